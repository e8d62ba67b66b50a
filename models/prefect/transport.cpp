// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/transport.h"

#include "models/core/json.h"
#include "models/prefect/addresses.h"
#include "models/prefect/httpvalues.h"

#include <QCoreApplication>
#include <QCoroFuture>
#include <QRandomGenerator>
#include <QUuid>

namespace fd {

namespace {

constexpr int kMostRedirects = 3;

std::shared_ptr<QNetworkAccessManager> newManager()
{
    const std::shared_ptr<QNetworkAccessManager> manager(
        new QNetworkAccessManager, [](QNetworkAccessManager *unused) { unused->deleteLater(); });
    manager->setProxyFactory(new ProxyChoice);
    return manager;
}

/// Its one HTTP thread may still be busy with the answer that came too late: it would keep the next one waiting, and
/// whoever deletes the manager as well, for up to five seconds.
void retire(const std::shared_ptr<QNetworkAccessManager> &manager)
{
    QTimer::singleShot(std::chrono::minutes(1), QCoreApplication::instance(), [manager] {});
}

bool isRedirect(const Reply &reply) { return reply.status >= 300 && reply.status < 400 && reply.status != 304; }

/// Prefect's words for a missing or outdated token (prefect-3 §1.3); any other 403 is a refusal.
bool asksForCsrf(const Answer &answer)
{
    if (!answer || answer->status != 403)
        return false;
    return answer->body.contains("Missing CSRF token.") || answer->body.contains("Missing client identifier.")
        || answer->body.contains("Invalid CSRF token or client identifier.");
}

/// Where a redirect may be followed to; otherwise why not.
Answered<QUrl> redirectTarget(const Request &request, const QUrl &from, const Reply &reply, int followed)
{
    const QUrl target = from.resolved(QUrl::fromEncoded(reply.location));
    if (!reply.location.isEmpty() && target.isValid() && !request.body && followed < kMostRedirects
        && isSameOrigin(from, target) && target.userInfo().isEmpty())
        return target;
    tl::unexpected<NetworkFault> refusal = noAnswer(Fault::Redirect, ErrorKind::Network,
        Transport::tr("%1 redirects to %2, which is not followed. If that is the server you mean, enter its address.")
            .arg(hostAndPort(from), reply.location.isEmpty() ? Transport::tr("nowhere") : toSentence(target)));
    refusal.value().redirect = target;
    return refusal;
}

void settle(const std::shared_ptr<QPromise<bool>> &waiter, bool value)
{
    waiter->addResult(value);
    waiter->finish();
}

std::shared_ptr<QPromise<bool>> newWaiter()
{
    auto waiter = std::make_shared<QPromise<bool>>();
    waiter->start();
    return waiter;
}

} // namespace

/// How often one request was sent again, and for what.
struct Transport::Attempts {
    int retries = 0;
    int resets = 0;
    int refusals = 0;
    int redirects = 0;
    bool csrf = false;
};

Transport::Transport(ConnectionSettings settings, Limits limits)
    : m_factory(std::move(settings)), m_limits(limits), m_manager(newManager()),
      m_csrfClient(QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Transport::giveTurns);
}

Transport::~Transport() { shutDown(); }

QCoro::Task<Answer> Transport::send(Request request)
{
    const auto self = shared_from_this();
    QUrl url = m_factory.urlOf(request.path);
    Attempts attempts;
    for (bool again = false;; again = true) {
        const QByteArray token = m_csrfToken;
        Answer answer = co_await sendOnce(request, url, again);
        if (m_isShutDown)
            co_return cancelledRequest();
        if (answer && isRedirect(*answer)) {
            const Answered<QUrl> target = redirectTarget(request, url, *answer, attempts.redirects++);
            if (!target)
                co_return tl::unexpected<NetworkFault>(target.error());
            url = *target;
            continue;
        }
        if (asksForCsrf(answer) && !std::exchange(attempts.csrf, true)) {
            m_usesCsrf = true;
            const QFuture<bool> fresh = freshToken(token);
            if (!co_await fresh)
                co_return answer;
            continue;
        }
        const auto pause = request.retry ? pauseAfter(answer, attempts) : std::nullopt;
        if (!pause)
            co_return answer;
        pauseAll(*pause);
    }
}

QCoro::Task<Answer> Transport::sendOnce(Request request, QUrl url, bool urgent)
{
    const auto self = shared_from_this();
    const QFuture<bool> allowed = turn(urgent);
    if (!co_await allowed)
        co_return cancelledRequest();
    Result<QNetworkRequest> made = m_factory.request(url);
    if (!made) {
        --m_inFlight;
        giveTurns();
        co_return tl::unexpected<NetworkFault>(
            NetworkFault{.fault = Fault::NotSent, .error = made.error(), .redirect = {}});
    }
    if (request.body && !m_csrfToken.isEmpty()) {
        made->setRawHeader("Prefect-Csrf-Token", m_csrfToken);
        made->setRawHeader("Prefect-Csrf-Client", m_csrfClient);
    }
    auto *exchange = new Exchange(m_manager, *made, request.body, m_limits, request.deadline.value_or(m_limits.total));
    m_exchanges.removeAll(nullptr);
    m_exchanges.append(exchange);
    const QFuture<Answer> pending = exchange->answer();
    Answer answer = co_await pending;
    --m_inFlight;
    if (answer)
        m_hasAnswered = true;
    else if (answer.error().fault == Fault::Timeout)
        retire(std::exchange(m_manager, newManager()));
    giveTurns();
    co_return answer;
}

std::optional<std::chrono::milliseconds> Transport::pauseAfter(const Answer &answer, Attempts &attempts) const
{
    using std::chrono::milliseconds;
    const auto grown = [this, &attempts]() -> std::optional<milliseconds> {
        if (attempts.retries >= m_limits.retries)
            return std::nullopt;
        const double chance = QRandomGenerator::global()->generateDouble();
        return growingPause(attempts.retries++, m_limits.firstPause, m_limits.longestRetryAfter, chance);
    };
    if (answer) {
        if (!isWorthRetrying(answer->status))
            return std::nullopt;
        const std::optional<milliseconds> wait = grown();
        if (!wait)
            return std::nullopt;
        const Instant now = answer->serverTime.value_or(systemClock()());
        return waitOfRetryAfter(answer->retryAfter, now, m_limits.longestRetryAfter).value_or(*wait);
    }
    switch (answer.error().fault) {
    case Fault::Cut:
        // After a 500 the server closes the connection without a word, and the next request dies of it (T54).
        return attempts.resets++ == 0 ? milliseconds(0) : grown();
    case Fault::Refused:
        // Once, for a server that restarts; who asks regularly does the rest, and shows that it is away.
        return m_hasAnswered && attempts.refusals++ == 0 ? grown() : std::nullopt;
    default:
        return std::nullopt;
    }
}

QFuture<bool> Transport::turn(bool urgent)
{
    const Waiter waiter = newWaiter();
    if (m_isShutDown)
        settle(waiter, false);
    else if (urgent)
        m_waiting.push_front(waiter);
    else
        m_waiting.push_back(waiter);
    giveTurns();
    return waiter->future();
}

void Transport::giveTurns()
{
    while (!m_isShutDown && !m_pause.isActive() && m_inFlight < m_limits.inFlight && !m_waiting.empty()) {
        const Waiter next = m_waiting.front();
        m_waiting.pop_front();
        ++m_inFlight;
        settle(next, true);
    }
}

void Transport::pauseAll(std::chrono::milliseconds time)
{
    if (time.count() > 0 && time.count() > m_pause.remainingTime())
        m_pause.start(time);
}

QFuture<bool> Transport::sleep(std::chrono::milliseconds time)
{
    const Waiter waiter = newWaiter();
    if (m_isShutDown) {
        settle(waiter, false);
        return waiter->future();
    }
    m_sleeping.append(waiter);
    QTimer::singleShot(time, this, [this, waiter] {
        if (m_sleeping.removeOne(waiter))
            settle(waiter, true);
    });
    return waiter->future();
}

QFuture<bool> Transport::freshToken(QByteArray stale)
{
    if (m_csrfFetch)
        return m_csrfFetch->future();
    const Waiter waiter = newWaiter();
    if (m_csrfToken != stale) {
        settle(waiter, true);
        return waiter->future();
    }
    m_csrfFetch = waiter;
    fetchToken();
    return waiter->future();
}

QCoro::Task<> Transport::fetchToken()
{
    const auto self = shared_from_this();
    m_csrfToken.clear();
    Request request;
    request.path = "/csrf-token?client=" + m_csrfClient;
    const Answer answer = co_await sendOnce(request, m_factory.urlOf(request.path), true);
    if (answer && answer->status == 200) {
        if (const Result<Json> parsed = parseJson(answer->body))
            m_csrfToken = QByteArray::fromStdString(textOf(*parsed, "token"));
    }
    settle(std::exchange(m_csrfFetch, nullptr), !m_csrfToken.isEmpty());
}

void Transport::shutDown()
{
    if (std::exchange(m_isShutDown, true))
        return;
    m_pause.stop();
    for (const Waiter &waiter : std::exchange(m_waiting, {}))
        settle(waiter, false);
    for (const Waiter &waiter : std::exchange(m_sleeping, {}))
        settle(waiter, false);
    for (const QPointer<Exchange> &exchange : std::exchange(m_exchanges, {})) {
        if (exchange)
            exchange->cancel();
    }
}

} // namespace fd
