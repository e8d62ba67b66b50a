// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/client.h"

#include "models/prefect/diagnosis.h"
#include "models/prefect/pagefetch.h"
#include "models/prefect/serverprobe.h"
#include "models/prefect/websocketfeed.h"

namespace fd {

namespace {

QByteArray pageOnly(PageRange range)
{
    return "{\"limit\":" + QByteArray::number(range.limit) + ",\"offset\":" + QByteArray::number(range.offset) + '}';
}

/// `/count` routes answer with a bare number.
Result<int> readCount(const QByteArray &body)
{
    bool isNumber = false;
    const int count = body.trimmed().toInt(&isNumber);
    if (!isNumber || count < 0)
        return fail(ErrorKind::Parse, PrefectClient::tr("The server's count is no number."));
    return count;
}

QCoro::Task<Result<int>> fetchCount(std::shared_ptr<ServerLink> link, QByteArray path, QByteArray body)
{
    Request request;
    request.path = path;
    request.body = body;
    const Answer answer = co_await link->transport->send(request);
    const std::function<Result<int>(const QByteArray &)> decode = readCount;
    co_return co_await decoded<int>(link, answer, decode);
}

QCoro::Task<Result<ServerInfo>> connectTo(std::shared_ptr<ServerLink> link)
{
    if (const std::optional<Error> wrong = faultOfAddress(link->url()))
        co_return fail(*wrong);
    const FirstContact contact = co_await contactServer(link->transport, true);
    if (!contact.info)
        co_return contact.info;
    const Result<ServerInfo> info = co_await probeCapabilities(link->transport, *contact.info);
    if (info)
        link->info = *info;
    co_return info;
}

template<typename T>
QCoro::Task<Result<Page<T>>> noRows()
{
    co_return Page<T>();
}

} // namespace

class PrefectClient::Private
{
public:
    std::shared_ptr<ServerLink> link;
    WebSocketFeed *feed = nullptr;

    [[nodiscard]] const Codec &codec() const { return Codec::of(link->info.generation); }
};

PrefectClient::PrefectClient(ConnectionSettings settings, QObject *parent, const Limits &limits)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->link = std::make_shared<ServerLink>();
    d->link->transport = std::make_shared<Transport>(std::move(settings), limits);
}

PrefectClient::~PrefectClient() { d->link->transport->shutDown(); }

const ConnectionSettings &PrefectClient::settings() const { return d->link->transport->factory().settings(); }

const ServerInfo &PrefectClient::info() const { return d->link->info; }

QCoro::Task<Result<ServerInfo>> PrefectClient::connectToServer() { return connectTo(d->link); }

QCoro::Task<Diagnosis> PrefectClient::diagnose() { return diagnoseServer(d->link->transport); }

QCoro::Task<Result<Page<MirroredDeployment>>> PrefectClient::deployments(DeploymentQuery query, PageRange range)
{
    const Codec &codec = d->codec();
    PageRoute<Page<MirroredDeployment>> route{.path = "/deployments/filter",
        .body = [&codec, query](PageRange part) { return codec.filter(query, part); },
        .decode = [&codec](const QByteArray &body) { return codec.deployments(body); }};
    return fetchPage(d->link, std::move(route), range);
}

QCoro::Task<Result<int>> PrefectClient::countDeployments(DeploymentQuery query)
{
    // A count takes the filters and does not look at sort, limit and offset.
    return fetchCount(d->link, "/deployments/count", d->codec().filter(query, PageRange{}));
}

QCoro::Task<Result<Page<MirroredFlow>>> PrefectClient::flows(QList<FlowId> ids, PageRange range)
{
    const Codec &codec = d->codec();
    PageRoute<Page<MirroredFlow>> route{.path = "/flows/filter",
        .body = [&codec, ids](PageRange part) { return codec.flowsFilter(ids, part); },
        .decode = [&codec](const QByteArray &body) { return codec.flows(body); }};
    return fetchPage(d->link, std::move(route), range);
}

QCoro::Task<Result<Page<MirroredFlowRun>>> PrefectClient::flowRuns(FlowRunQuery query, PageRange range)
{
    const Codec &codec = d->codec();
    PageRoute<Page<MirroredFlowRun>> route{.path = "/flow_runs/filter",
        .body = [&codec, query](PageRange part) { return codec.filter(query, part); },
        .decode = [&codec](const QByteArray &body) { return codec.flowRuns(body); }};
    return fetchPage(d->link, std::move(route), range);
}

QCoro::Task<Result<int>> PrefectClient::countFlowRuns(FlowRunQuery query)
{
    return fetchCount(d->link, "/flow_runs/count", d->codec().filter(query, PageRange{}));
}

QCoro::Task<Result<MirroredDeployment>> PrefectClient::deployment(DeploymentId id)
{
    const Codec &codec = d->codec();
    const std::function<Result<MirroredDeployment>(const QByteArray &)> decode
        = [&codec](const QByteArray &body) { return codec.deployment(body); };
    return fetchOne(d->link, "/deployments/" + id.toText().toUtf8(), decode);
}

QCoro::Task<Result<MirroredFlowRun>> PrefectClient::flowRun(FlowRunId id)
{
    const Codec &codec = d->codec();
    const std::function<Result<MirroredFlowRun>(const QByteArray &)> decode
        = [&codec](const QByteArray &body) { return codec.flowRun(body); };
    return fetchOne(d->link, "/flow_runs/" + id.toText().toUtf8(), decode);
}

QCoro::Task<Result<Page<State>>> PrefectClient::states(FlowRunId run)
{
    const Codec &codec = d->codec();
    const std::function<Result<Page<State>>(const QByteArray &)> decode
        = [&codec](const QByteArray &body) { return codec.states(body); };
    return fetchOne(d->link, "/flow_run_states/?flow_run_id=" + run.toText().toUtf8(), decode);
}

QCoro::Task<Result<Page<MirroredTaskRun>>> PrefectClient::taskRuns(FlowRunId run, PageRange range)
{
    const Codec &codec = d->codec();
    PageRoute<Page<MirroredTaskRun>> route{.path = "/task_runs/filter",
        .body = [&codec, run](PageRange part) { return codec.taskRunsFilter(run, part); },
        .decode = [&codec](const QByteArray &body) { return codec.taskRuns(body); }};
    return fetchPage(d->link, std::move(route), range);
}

QCoro::Task<Result<Page<MirroredLog>>> PrefectClient::logs(FlowRunId run, PageRange range)
{
    const Codec &codec = d->codec();
    PageRoute<Page<MirroredLog>> route{.path = "/logs/filter",
        .body = [&codec, run](PageRange part) { return codec.logsFilter(run, part); },
        .decode = [&codec](const QByteArray &body) { return codec.logs(body); }};
    return fetchPage(d->link, std::move(route), range);
}

QCoro::Task<Result<Page<WorkPool>>> PrefectClient::workPools()
{
    if (!d->link->info.hasWorkPools)
        return noRows<WorkPool>();
    const Codec &codec = d->codec();
    PageRoute<Page<WorkPool>> route{.path = "/work_pools/filter",
        .body = pageOnly,
        .decode = [&codec](const QByteArray &body) { return codec.workPools(body); }};
    return fetchAll(d->link, std::move(route));
}

QCoro::Task<Result<Page<WorkQueue>>> PrefectClient::workQueues()
{
    const Codec &codec = d->codec();
    PageRoute<Page<WorkQueue>> route{.path = "/work_queues/filter",
        .body = pageOnly,
        .decode = [&codec](const QByteArray &body) { return codec.workQueues(body); }};
    return fetchAll(d->link, std::move(route));
}

QCoro::Task<Result<Page<Worker>>> PrefectClient::workers(QString poolName)
{
    if (!d->link->info.hasWorkers)
        return noRows<Worker>();
    const Codec &codec = d->codec();
    PageRoute<Page<Worker>> route{.path = "/work_pools/" + pathSegment(poolName) + "/workers/filter",
        .body = pageOnly,
        .decode = [&codec, poolName](const QByteArray &body) { return codec.workers(body, poolName); }};
    return fetchAll(d->link, std::move(route));
}

EventFeed *PrefectClient::events()
{
    if (!d->link->info.hasEvents)
        return nullptr;
    if (!d->feed)
        d->feed = new WebSocketFeed(d->link->transport->factory(), d->link->transport->limits(), this);
    return d->feed;
}

} // namespace fd
