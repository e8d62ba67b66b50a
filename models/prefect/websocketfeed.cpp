// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/websocketfeed.h"

#include "models/core/json.h"
#include "models/prefect/addresses.h"
#include "models/prefect/httpvalues.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace fd {

namespace {

using namespace std::chrono_literals;

constexpr qint64 kMinuteUs = 60'000'000;
constexpr qint64 kYearUs = 365 * 24 * 60 * kMinuteUs;
/// More than the server keeps for one who comes back (15 minutes).
constexpr std::size_t kRememberedIds = 20'000;
constexpr quint64 kLargestMessage = 4 * 1024 * 1024;
/// A server that does not understand the filter drops the connection at once, without a word (prefect-3 §3.1).
constexpr qint64 kImmediatelyMs = 1000;
constexpr int kDropsThatMeanRefusal = 2;

/// The object of "prefect.flow-run.<uuid>"; null for another kind.
QUuid idIn(const std::string &resource, std::string_view prefix)
{
    if (resource.compare(0, prefix.size(), prefix) != 0)
        return {};
    return QUuid::fromString(
        QLatin1String(resource.data() + prefix.size(), static_cast<int>(resource.size() - prefix.size())));
}

std::string resourceId(const Json &resource) { return textOf(resource, "prefect.resource.id"); }

QString filterMessage(Instant since, Instant now)
{
    // Without "until" no live event ever passes; "related" is not looked at live (prefect-3 T31).
    Json filter;
    filter["occurred"] = {{"since", toIso(since).toStdString()}, {"until", toIso(now.plusUs(kYearUs)).toStdString()}};
    filter["event"]
        = {{"prefix", {"prefect.flow-run.", "prefect.deployment.", "prefect.work-queue.", "prefect.work-pool."}}};
    Json message;
    message["type"] = "filter";
    message["filter"] = std::move(filter);
    message["backfill"] = true;
    return QString::fromUtf8(toJsonText(message));
}

QString authMessage(const Secret &token)
{
    Json message;
    message["type"] = "auth";
    if (token.isEmpty())
        message["token"] = nullptr;
    else
        message["token"] = token.reveal().toStdString();
    return QString::fromUtf8(toJsonText(message));
}

/// Qt makes a protocol error of close codes that it does not know, such as 1012 of a server that restarts: the words
/// tell what the server itself refused (prefect-3 §3.1).
bool isAboutFilter(const QString &reason)
{
    return reason.startsWith(QLatin1String("Invalid filter")) || reason.startsWith(QLatin1String("Expected 'filter'"));
}

/// The HTTP status in Qt's words for a refused upgrade; 0 when it is about something else.
int refusedStatus(const QString &qtText)
{
    static const QRegularExpression status(QStringLiteral("status code: (\\d{3})"));
    return status.match(qtText).captured(1).toInt();
}

} // namespace

std::optional<ServerEvent> readEvent(const QByteArray &message)
{
    const Result<Json> parsed = parseJson(message);
    if (!parsed || textOf(*parsed, "type") != "event")
        return std::nullopt;
    const Json &event = memberOf(*parsed, "event");
    const Json &resource = memberOf(event, "resource");
    const auto occurred = instantFromIso(toQString(textOf(event, "occurred")));
    ServerEvent read;
    read.id = QUuid::fromString(toQString(textOf(event, "id")));
    read.name = toQString(textOf(event, "event"));
    if (read.id.isNull() || read.name.isEmpty() || !occurred)
        return std::nullopt;
    read.occurred = *occurred;
    read.flowRun = FlowRunId(idIn(resourceId(resource), "prefect.flow-run."));
    read.deployment = DeploymentId(idIn(resourceId(resource), "prefect.deployment."));
    if (!read.flowRun.isNull())
        read.stateType = toQString(textOf(resource, "prefect.state-type"));
    const Json &related = memberOf(event, "related");
    for (const Json &one : related.is_array() ? related : Json::array()) {
        const std::string role = textOf(one, "prefect.resource.role");
        if (role == "flow-run" && read.flowRun.isNull())
            read.flowRun = FlowRunId(idIn(resourceId(one), "prefect.flow-run."));
        if (role == "deployment" && read.deployment.isNull())
            read.deployment = DeploymentId(idIn(resourceId(one), "prefect.deployment."));
    }
    return read;
}

WebSocketFeed::WebSocketFeed(RequestFactory factory, const Limits &limits, QObject *parent)
    : EventFeed(parent), m_factory(std::move(factory)), m_limits(limits), m_seen(kRememberedIds)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &WebSocketFeed::open);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(m_limits.probe);
    connect(&m_deadline, &QTimer::timeout, this,
        [this] { hangUp(ErrorKind::Timeout, tr("The event stream of the server did not open in time.")); });
    m_pulse.setInterval(m_limits.ping);
    connect(&m_pulse, &QTimer::timeout, this, &WebSocketFeed::checkPulse);
}

WebSocketFeed::~WebSocketFeed() { stop(); }

void WebSocketFeed::start()
{
    if (m_stage != Stage::Stopped)
        return;
    m_failures = 0;
    m_dropsAfterFilter = 0;
    open();
}

void WebSocketFeed::stop()
{
    m_stage = Stage::Stopped;
    m_pause.stop();
    m_deadline.stop();
    m_pulse.stop();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    if (m_socket->isValid())
        m_socket->close();
    else
        m_socket->abort();
    // It may be what called us.
    m_socket.release()->deleteLater();
}

void WebSocketFeed::open()
{
    const Result<QNetworkRequest> request = m_factory.webSocketRequest("/events/out");
    if (!request) {
        end(request.error(), true);
        return;
    }
    m_stage = Stage::Opening;
    m_ownReason.reset();
    m_hasReceived = false;
    m_socket = std::make_unique<QWebSocket>(QString(), QWebSocketProtocol::VersionLatest);
    m_socket->setProxy(RequestFactory::proxyFor(m_factory.urlOf("/events/out")));
    m_socket->setSslConfiguration(request->sslConfiguration());
    m_socket->setMaxAllowedIncomingMessageSize(kLargestMessage);
    connect(m_socket.get(), &QWebSocket::connected, this, &WebSocketFeed::signIn);
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, &WebSocketFeed::read);
    connect(m_socket.get(), &QWebSocket::pong, this, [this] { m_isAlive = true; });
    // Late, so that the socket is done with what it was doing when it is let go; it may not be ours any more then.
    const auto ended = [this, socket = m_socket.get()] {
        if (m_socket.get() == socket)
            onEnded();
    };
    connect(m_socket.get(), &QWebSocket::disconnected, this, ended, Qt::QueuedConnection);
    connect(
        m_socket.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, ended, Qt::QueuedConnection);
    QWebSocketHandshakeOptions options;
    // Only this one: 2.20 refuses a list.
    options.setSubprotocols({QStringLiteral("prefect")});
    m_deadline.start();
    m_socket->open(*request, options);
}

void WebSocketFeed::signIn()
{
    m_stage = Stage::SigningIn;
    m_isAlive = true;
    m_pulse.start();
    m_socket->sendTextMessage(authMessage(m_factory.webSocketToken()));
    m_socket->ping();
}

void WebSocketFeed::read(const QString &text)
{
    m_isAlive = true;
    const QByteArray message = text.toUtf8();
    if (m_stage == Stage::SigningIn) {
        const Result<Json> answer = parseJson(message);
        if (answer && textOf(*answer, "type") == "auth_success")
            listen();
        else
            hangUp(ErrorKind::Auth, tr("The server's event stream does not accept this key or password."));
        return;
    }
    const std::optional<ServerEvent> event = readEvent(message);
    if (m_stage != Stage::Live || !event)
        return;
    m_hasReceived = true;
    m_failures = 0;
    m_lastOccurred = std::max(m_lastOccurred.value_or(event->occurred), event->occurred);
    if (m_seen.add(event->id))
        emit received(*event);
}

void WebSocketFeed::listen()
{
    const Instant now = systemClock()();
    const Instant since = m_lastOccurred.value_or(now).plusUs(-kMinuteUs);
    m_socket->sendTextMessage(filterMessage(since, now));
    m_deadline.stop();
    m_listening.start();
    m_stage = Stage::Live;
    emit opened();
}

void WebSocketFeed::checkPulse()
{
    if (!std::exchange(m_isAlive, false)) {
        hangUp(ErrorKind::Network, tr("The server's event stream showed no sign of life."));
        return;
    }
    if (m_stage == Stage::Live && m_listening.elapsed() > kImmediatelyMs) {
        m_failures = 0;
        m_dropsAfterFilter = 0;
    }
    m_socket->ping();
}

void WebSocketFeed::hangUp(ErrorKind kind, const QString &why)
{
    m_ownReason = Error{.kind = kind, .detail = why, .field = {}, .file = {}};
    onEnded();
}

void WebSocketFeed::onEnded()
{
    bool isRefused = false;
    const Error why = whyEnded(isRefused);
    m_deadline.stop();
    m_pulse.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket.release()->deleteLater();
    end(why, isRefused);
}

Error WebSocketFeed::whyEnded(bool &isRefused)
{
    const auto because = [](ErrorKind kind, const QString &detail) {
        return Error{.kind = kind, .detail = detail, .field = {}, .file = {}};
    };
    if (m_ownReason) {
        isRefused = m_ownReason->kind == ErrorKind::Auth;
        return *m_ownReason;
    }
    const QString reason = m_socket->closeReason().simplified().left(200);
    const QString where = hostAndPort(m_factory.settings().apiUrl);
    if (m_socket->closeCode() == QWebSocketProtocol::CloseCodePolicyViolated) {
        isRefused = true;
        return because(ErrorKind::Auth, tr("The event stream of %1 refused the sign-in: %2.").arg(where, reason));
    }
    if (m_socket->closeCode() == QWebSocketProtocol::CloseCodeProtocolError && isAboutFilter(reason)) {
        isRefused = true;
        return because(ErrorKind::Validation, tr("The event stream of %1 refused the filter: %2.").arg(where, reason));
    }
    if (m_stage == Stage::Live) {
        const bool isDrop = m_socket->error() != QAbstractSocket::UnknownSocketError;
        if (isDrop && !m_hasReceived && m_listening.elapsed() < kImmediatelyMs)
            isRefused = ++m_dropsAfterFilter >= kDropsThatMeanRefusal;
        else
            m_dropsAfterFilter = 0;
        if (isRefused)
            return because(ErrorKind::Validation,
                tr("The event stream of %1 closes as soon as it is asked for events.").arg(where));
        return because(ErrorKind::Network, tr("The event stream of %1 ended.").arg(where));
    }
    const int status = refusedStatus(m_socket->errorString());
    if (status != 0) {
        isRefused = status < 500 && status != 408 && status != 429;
        return because(status == 401 || status == 403 ? ErrorKind::Auth : ErrorKind::Network,
            tr("%1 refused to open its event stream (%2).").arg(where).arg(status));
    }
    return because(
        ErrorKind::Network, tr("The event stream of %1 can't be opened: %2.").arg(where, m_socket->errorString()));
}

void WebSocketFeed::end(const Error &why, bool isRefused)
{
    m_stage = isRefused ? Stage::Stopped : Stage::Pausing;
    if (!isRefused) {
        const double chance = QRandomGenerator::global()->generateDouble();
        m_pause.start(growingPause(m_failures++, m_limits.firstPause, m_limits.longestFeedPause, chance));
    }
    emit closed(why);
}

} // namespace fd
