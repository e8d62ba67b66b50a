// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/serverprobe.h"

#include "models/core/json.h"
#include "models/prefect/addresses.h"
#include "models/prefect/answers.h"
#include "models/prefect/codec.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace fd {

namespace {

constexpr int kUsualPageLimit = 200;
constexpr int kOldestBeta = 8;

QString tr(const char *text) { return QCoreApplication::translate("fd::ServerProbe", text); }

bool isGood(const Answer &answer) { return answer && answer->status == 200; }

/// A route that is there but has no such object answers 404 in other words than a route that is not there.
bool isAbsent(const Answer &answer)
{
    return answer
        && (answer->status == 405 || (answer->status == 404 && answer->body.contains("\"detail\":\"Not Found\"")));
}

/// The page limit that the settings name, in the form of each generation (prefect-3 §1.5).
int pageLimitOf(const Answer &settings)
{
    if (!isGood(settings))
        return kUsualPageLimit;
    const Result<Json> parsed = parseJson(settings->body);
    if (!parsed)
        return kUsualPageLimit;
    const Json nested = memberOf(memberOf(memberOf(*parsed, "server"), "api"), "default_limit");
    for (const Json &limit : {nested, memberOf(*parsed, "PREFECT_API_DEFAULT_LIMIT"),
             memberOf(*parsed, "PREFECT_ORION_API_DEFAULT_LIMIT")}) {
        if (limit.is_number_integer() && limit.get<qint64>() > 0)
            return static_cast<int>(std::min<qint64>(limit.get<qint64>(), kUsualPageLimit * 10));
    }
    return kUsualPageLimit;
}

QCoro::Task<Answer> ask(std::shared_ptr<Transport> transport, QByteArray path, std::optional<QByteArray> body)
{
    Request request;
    request.path = path;
    request.body = body;
    request.deadline = transport->limits().probe;
    co_return co_await transport->send(request);
}

FirstContact failed(Error error)
{
    FirstContact contact;
    contact.info = fail(std::move(error));
    return contact;
}

FirstContact notPrefect(const QUrl &url, const QString &what)
{
    FirstContact contact = failed({.kind = ErrorKind::Parse,
        .detail = tr("%1 is not a Prefect API: %2.").arg(toSentence(url), what),
        .field = {},
        .file = {}});
    contact.isOther = true;
    return contact;
}

/// What the status alone says; nothing when the body has to be read.
std::optional<FirstContact> contactByStatus(const Answer &answer, const QUrl &url, bool signsIn)
{
    if (!answer) {
        FirstContact contact = failed(answer.error().error);
        contact.isUnreached = true;
        contact.why = answer.error();
        return contact;
    }
    if (answer->status == 401 || answer->status == 403) {
        FirstContact contact = failed(Codec::error(answer->status, isWebPage(*answer) ? QByteArray() : answer->body));
        contact.info.error().kind = ErrorKind::Auth;
        contact.info.error().detail = signsIn
            ? tr("%1 does not accept this key or password (%2).").arg(hostAndPort(url)).arg(answer->status)
            : tr("%1 wants a key or password (%2).").arg(hostAndPort(url)).arg(answer->status);
        contact.isRefused = true;
        return contact;
    }
    if (isWebPage(*answer))
        return notPrefect(url, tr("it answers with a web page"));
    if (answer->status == 404 || answer->status == 405)
        return notPrefect(url, tr("it has no such route"));
    if (answer->status != 200)
        return failed(Codec::error(answer->status, answer->body));
    return std::nullopt;
}

} // namespace

Result<ServerInfo> infoOfVersion(const QString &version)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:([abrc]+)(\\d+))?"));
    const QRegularExpressionMatch match = pattern.match(version);
    if (!match.hasMatch())
        return fail(ErrorKind::Parse, tr("\"%1\" is no version of Prefect.").arg(version.left(40)));
    const int major = match.captured(1).toInt();
    const bool isBeta = major == 2 && match.captured(2).toInt() == 0 && match.captured(3).isEmpty();
    const bool isOldBeta = isBeta
        && (match.captured(4).startsWith(u'a')
            || (match.captured(4) == QLatin1String("b") && match.captured(5).toInt() < kOldestBeta));
    if (major < 2 || isOldBeta) {
        return fail(ErrorKind::Validation,
            tr("This server is Prefect %1, which is too old: Flowdeck knows Orion 2.0b8 and everything newer.")
                .arg(version));
    }
    ServerInfo info;
    info.version = version;
    info.generation = major >= 3                            ? Generation::Prefect3
        : match.captured(4) == QLatin1String("b") && isBeta ? Generation::Orion
                                                            : Generation::Prefect2;
    info.title = (info.generation == Generation::Orion ? QStringLiteral("Orion %1") : QStringLiteral("Prefect %1"))
                     .arg(version);
    return info;
}

QCoro::Task<FirstContact> contactServer(std::shared_ptr<Transport> transport, bool retry)
{
    const ConnectionSettings settings = transport->factory().settings();
    const bool isCloud = isCloudWorkspace(settings.apiUrl);
    Request request;
    request.path = isCloud ? "/deployments/count" : "/admin/version";
    if (isCloud)
        request.body = "{}";
    request.deadline = transport->limits().probe;
    request.retry = retry;
    const Answer answer = co_await transport->send(request);
    const bool signsIn = settings.auth != ConnectionSettings::Auth::None;
    if (const std::optional<FirstContact> contact = contactByStatus(answer, settings.apiUrl, signsIn))
        co_return *contact;
    const Result<Json> said = parseJson(answer->body);
    FirstContact contact;
    if (isCloud && said && said->is_number_integer()) {
        ServerInfo info;
        info.isCloud = true;
        info.title = QStringLiteral("Prefect Cloud");
        contact.info = info;
    } else if (!isCloud && said && said->is_string()) {
        contact.info = infoOfVersion(toQString(said->get<std::string>()));
        contact.isOther = !contact.info && contact.info.error().kind == ErrorKind::Parse;
    } else {
        contact = notPrefect(settings.apiUrl, tr("something else answers there"));
    }
    co_return contact;
}

QCoro::Task<Result<ServerInfo>> probeCapabilities(std::shared_ptr<Transport> transport, ServerInfo info)
{
    const QUrl url = transport->factory().settings().apiUrl;
    const QByteArray now = toIso(systemClock()()).toUtf8();
    // All under way before the first is waited for. None of them reads rows.
    auto settingsTask = ask(transport, "/admin/settings", std::nullopt);
    auto workersTask = ask(transport, "/work_pools/flowdeck/workers/filter", "{\"limit\":0}");
    auto sortTask = ask(transport, "/deployments/filter", "{\"limit\":0,\"sort\":\"?\"}");
    auto pauseTask = ask(
        transport, "/flow_runs/count", R"({"flow_runs":{"id":{"any_":[]},"state":{"type":{"any_":["PAUSED"]}}}})");
    auto schedulesTask = ask(transport, "/deployments/00000000-0000-0000-0000-000000000000/schedules", std::nullopt);
    auto eventsTask = ask(transport, "/events/filter",
        R"({"limit":0,"filter":{"occurred":{"since":")" + now + R"(","until":")" + now + R"("}}})");
    const Answer settings = co_await settingsTask;
    const Answer workers = co_await workersTask;
    const Answer sort = co_await sortTask;
    const Answer pause = co_await pauseTask;
    const Answer schedules = co_await schedulesTask;
    const Answer events = co_await eventsTask;
    Answer pools = workers;
    if (isAbsent(workers))
        pools = co_await ask(transport, "/work_pools/filter", "{\"limit\":0}");
    for (const Answer &answer : {settings, workers, sort, pause, schedules, events, pools}) {
        if (!answer || answer->status == 401 || answer->status >= 500)
            co_return fail(toResult(answer, url).error());
    }
    info.pageLimit = pageLimitOf(settings);
    info.hasWorkers = !isAbsent(workers);
    info.hasWorkPools = !isAbsent(pools);
    // A server that sorts names its orders when it is asked for one that it does not have.
    info.canSortByUpdated = sort->status == 422 && sort->body.contains("UPDATED_DESC");
    info.canPauseRuns = isGood(pause);
    info.hasManySchedules = !isAbsent(schedules);
    info.canEditDeployments = info.generation != Generation::Orion;
    // Prefect 2's own stop answering with a subscriber (prefect-3 §3.1): those are polled.
    info.hasEvents = info.generation == Generation::Prefect3 && isGood(events);
    info.needsCsrf = transport->usesCsrf();
    info.uiUrl = uiUrlOf(url);
    co_return info;
}

} // namespace fd
