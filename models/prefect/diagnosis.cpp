// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/diagnosis.h"

#include "models/prefect/addresses.h"
#include "models/prefect/serverprobe.h"

#include <QCoreApplication>
#include <QCoroFuture>
#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QHostAddress>
#include <QHostInfo>

namespace fd {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("fd::Diagnosis", text); }

Error error(ErrorKind kind, const QString &detail) { return {.kind = kind, .detail = detail, .field = {}, .file = {}}; }

/// Adds steps to a diagnosis, each with the time since the one before.
class Steps
{
public:
    Steps() { m_clock.start(); }

    void passed(DiagnosisStep::Kind kind, const QString &detail) { add(kind, true, detail); }
    void failed(DiagnosisStep::Kind kind, const Error &why)
    {
        add(kind, false, why.detail);
        diagnosis.error = why;
    }

    Diagnosis diagnosis;

private:
    void add(DiagnosisStep::Kind kind, bool passed, const QString &detail)
    {
        diagnosis.steps.append(
            {.kind = kind, .passed = passed, .tookUs = m_clock.nsecsElapsed() / 1000, .detail = detail});
        m_clock.restart();
    }

    QElapsedTimer m_clock;
};

/// The addresses of a name; empty when there are none, or none came in time. Ends with the transport.
QFuture<QList<QHostAddress>> lookUp(const std::shared_ptr<Transport> &transport, const QString &name)
{
    auto found = std::make_shared<QPromise<QList<QHostAddress>>>();
    found->start();
    auto *context = new QObject;
    const auto settle = [found, context](const QList<QHostAddress> &addresses) {
        if (found->future().isFinished())
            return;
        found->addResult(addresses);
        found->finish();
        context->deleteLater();
    };
    QHostInfo::lookupHost(name, context, [settle](const QHostInfo &info) { settle(info.addresses()); });
    auto *timeout = new QFutureWatcher<bool>(context);
    QObject::connect(timeout, &QFutureWatcherBase::finished, context, [settle] { settle({}); });
    timeout->setFuture(transport->sleep(transport->limits().probe));
    return found->future();
}

/// The same connection at another address, without its key: it is not known yet whose address that is.
std::shared_ptr<Transport> strangerAt(const std::shared_ptr<Transport> &transport, const QUrl &url)
{
    ConnectionSettings settings = transport->factory().settings();
    settings.apiUrl = url;
    settings.auth = ConnectionSettings::Auth::None;
    settings.headers.clear();
    return std::make_shared<Transport>(settings, transport->limits());
}

/// The first of the addresses where a Prefect API answers; empty when none does.
QCoro::Task<QUrl> firstApi(std::shared_ptr<Transport> transport, QList<QUrl> candidates)
{
    for (const QUrl &candidate : candidates) {
        const std::shared_ptr<Transport> stranger = strangerAt(transport, candidate);
        const FirstContact contact = co_await contactServer(stranger, false);
        if (transport->isShutDown())
            co_return QUrl();
        if (contact.info || contact.isRefused)
            co_return candidate;
    }
    co_return QUrl();
}

/// Prefect 1's server speaks GraphQL and nothing else.
QCoro::Task<bool> isPrefect1(std::shared_ptr<Transport> transport)
{
    QUrl origin = transport->factory().settings().apiUrl;
    origin.setPath({});
    Request request;
    request.path = "/graphql";
    request.deadline = transport->limits().probe;
    request.retry = false;
    const std::shared_ptr<Transport> stranger = strangerAt(transport, origin);
    const Answer answer = co_await stranger->send(request);
    co_return answer && answer->status == 400 && answer->body.contains("query missing");
}

QUrl withScheme(QUrl url, const char *scheme)
{
    url.setScheme(QString::fromLatin1(scheme));
    return url;
}

/// Where a server that could not be asked may be asked instead.
QList<QUrl> otherWays(const QUrl &url, const NetworkFault &why)
{
    switch (why.fault) {
    case Fault::NotTls:
        return {withScheme(url, "http")};
    case Fault::Cut:
        return url.scheme() == QLatin1String("http") ? QList<QUrl>{withScheme(url, "https")} : QList<QUrl>();
    case Fault::Redirect: {
        QUrl target = why.redirect;
        const QString path = target.path();
        if (!path.endsWith(QLatin1String("/admin/version")) || !target.scheme().startsWith(QLatin1String("http")))
            return {};
        target.setPath(path.chopped(14));
        return {target.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)};
    }
    default:
        return {};
    }
}

QString nameStep(const QUrl &url, const QList<QHostAddress> &addresses)
{
    QStringList texts;
    for (const QHostAddress &address : addresses)
        texts.append(address.toString());
    texts.removeDuplicates();
    return tr("%1 is %2").arg(url.host(), texts.mid(0, 3).join(QLatin1String(", ")));
}

/// The name step; false when it failed.
QCoro::Task<bool> findName(std::shared_ptr<Transport> transport, std::shared_ptr<Steps> steps)
{
    const QUrl url = transport->factory().settings().apiUrl;
    const QString proxy = RequestFactory::proxyName(url);
    if (!QHostAddress(url.host()).isNull()) {
        steps->passed(DiagnosisStep::Kind::Name, tr("an IP address, nothing to look up"));
        co_return true;
    }
    if (!proxy.isEmpty()) {
        steps->passed(DiagnosisStep::Kind::Name, tr("left to the system's proxy %1").arg(proxy));
        co_return true;
    }
    const QFuture<QList<QHostAddress>> lookup = lookUp(transport, url.host());
    const QList<QHostAddress> addresses = co_await lookup;
    if (!addresses.isEmpty()) {
        steps->passed(DiagnosisStep::Kind::Name, nameStep(url, addresses));
        co_return true;
    }
    const NetworkFault unknown = transport->isShutDown() ? cancelledRequest().value()
                                                         : toFault(QNetworkReply::HostNotFoundError, {}, url, {}, {});
    steps->failed(DiagnosisStep::Kind::Name, unknown.error);
    co_return false;
}

/// Explains an answer that is no Prefect API's.
QCoro::Task<> explainOther(std::shared_ptr<Transport> transport, std::shared_ptr<Steps> steps, Error why)
{
    const QUrl url = transport->factory().settings().apiUrl;
    const QUrl meant = co_await firstApi(transport, likelyApiUrls(url));
    if (!meant.isEmpty()) {
        steps->diagnosis.suggestedUrl = meant;
        why.detail = tr("%1 is not the address of the API, perhaps that of a page. The API is at %2.")
                         .arg(toSentence(url), toSentence(meant));
    } else if (co_await isPrefect1(transport)) {
        why = error(ErrorKind::Validation,
            tr("%1 speaks GraphQL as Prefect 1 does, which is too old: Flowdeck knows Orion 2.0b8 and everything "
               "newer.")
                .arg(hostAndPort(url)));
    }
    steps->failed(DiagnosisStep::Kind::Version, why);
}

} // namespace

std::optional<Error> faultOfAddress(const QUrl &url)
{
    if (!url.isValid() || url.isEmpty())
        return error(ErrorKind::Validation, tr("That is no address; one looks like http://127.0.0.1:4200/api."));
    if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))
        return error(ErrorKind::Validation, tr("The address has to begin with http:// or https://."));
    if (url.host().isEmpty())
        return error(ErrorKind::Validation, tr("The address names no computer."));
    if (!url.userInfo().isEmpty())
        return error(ErrorKind::Validation, tr("User and password belong into the sign-in, not into the address."));
    const bool isCloud = url.host().endsWith(QLatin1String(".prefect.cloud"));
    if (isCloud
        && (url.host() != QLatin1String("api.prefect.cloud") || !isCloudWorkspace(url)
            || !likelyApiUrls(url).isEmpty())) {
        return error(ErrorKind::Validation,
            tr("That is a page of Prefect Cloud, not the API of a workspace, which looks like "
               "https://api.prefect.cloud/api/accounts/…/workspaces/…."));
    }
    if (url.hasQuery() || url.hasFragment())
        return error(ErrorKind::Validation, tr("The address has something behind a ? or #; an API's ends before."));
    return std::nullopt;
}

QCoro::Task<Diagnosis> diagnoseServer(std::shared_ptr<Transport> transport)
{
    using Kind = DiagnosisStep::Kind;
    const auto steps = std::make_shared<Steps>();
    const QUrl url = transport->factory().settings().apiUrl;
    std::optional<Error> wrong = faultOfAddress(url);
    if (!wrong) {
        if (const auto made = transport->factory().request(url); !made)
            wrong = made.error();
    }
    if (wrong) {
        steps->failed(Kind::Address, *wrong);
        if (const QList<QUrl> better = likelyApiUrls(url); faultOfAddress(url) && !better.isEmpty()
            && url.scheme().startsWith(QLatin1String("http")) && !url.host().isEmpty())
            steps->diagnosis.suggestedUrl = better.first();
        co_return steps->diagnosis;
    }
    steps->passed(Kind::Address, tr("%1 is well formed").arg(toSentence(url)));
    if (!co_await findName(transport, steps))
        co_return steps->diagnosis;

    const FirstContact contact = co_await contactServer(transport, false);
    if (contact.isUnreached) {
        steps->failed(Kind::Connection, contact.info.error());
        steps->diagnosis.suggestedUrl = co_await firstApi(transport, otherWays(url, contact.why));
        co_return steps->diagnosis;
    }
    steps->passed(Kind::Connection,
        url.scheme() == QLatin1String("https") ? tr("%1 answers over TLS").arg(hostAndPort(url))
                                               : tr("%1 answers").arg(hostAndPort(url)));
    if (contact.isRefused) {
        steps->failed(Kind::SignIn, contact.info.error());
        co_return steps->diagnosis;
    }
    if (contact.isOther) {
        co_await explainOther(transport, steps, contact.info.error());
        co_return steps->diagnosis;
    }
    steps->passed(Kind::SignIn,
        transport->factory().settings().auth == ConnectionSettings::Auth::None ? tr("not asked for") : tr("accepted"));
    if (!contact.info) {
        steps->failed(Kind::Version, contact.info.error());
        co_return steps->diagnosis;
    }
    const Result<ServerInfo> info = co_await probeCapabilities(transport, *contact.info);
    if (info) {
        steps->passed(Kind::Version, info->title);
        steps->diagnosis.info = *info;
    } else {
        steps->failed(Kind::Version, info.error());
    }
    co_return steps->diagnosis;
}

} // namespace fd
