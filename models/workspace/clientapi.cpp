// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/clientapi.h"

#include "models/prefect/eventfeed.h"
#include "models/workspace/syncsession.h"

namespace fd {
namespace {

template<typename T>
QCoro::Task<Result<T>> withoutClient()
{
    co_return fail(SyncSession::cancelled());
}

} // namespace

QCoro::Task<Result<ServerInfo>> ClientApi::connectTo(ConnectionSettings settings)
{
    m_client = std::make_unique<PrefectClient>(std::move(settings));
    return m_client->connectToServer();
}

QCoro::Task<Result<Page<MirroredDeployment>>> ClientApi::deployments(DeploymentQuery query, PageRange range)
{
    return m_client ? m_client->deployments(std::move(query), range) : withoutClient<Page<MirroredDeployment>>();
}

QCoro::Task<Result<int>> ClientApi::countDeployments(DeploymentQuery query)
{
    return m_client ? m_client->countDeployments(std::move(query)) : withoutClient<int>();
}

QCoro::Task<Result<Page<MirroredFlow>>> ClientApi::flows(QList<FlowId> ids, PageRange range)
{
    return m_client ? m_client->flows(std::move(ids), range) : withoutClient<Page<MirroredFlow>>();
}

QCoro::Task<Result<Page<MirroredFlowRun>>> ClientApi::flowRuns(FlowRunQuery query, PageRange range)
{
    return m_client ? m_client->flowRuns(std::move(query), range) : withoutClient<Page<MirroredFlowRun>>();
}

QCoro::Task<Result<int>> ClientApi::countFlowRuns(FlowRunQuery query)
{
    return m_client ? m_client->countFlowRuns(std::move(query)) : withoutClient<int>();
}

QCoro::Task<Result<Page<State>>> ClientApi::states(FlowRunId run)
{
    return m_client ? m_client->states(run) : withoutClient<Page<State>>();
}

QCoro::Task<Result<Page<MirroredTaskRun>>> ClientApi::taskRuns(FlowRunId run, PageRange range)
{
    return m_client ? m_client->taskRuns(run, range) : withoutClient<Page<MirroredTaskRun>>();
}

QCoro::Task<Result<Page<MirroredLog>>> ClientApi::logs(FlowRunId run, PageRange range)
{
    return m_client ? m_client->logs(run, range) : withoutClient<Page<MirroredLog>>();
}

QCoro::Task<Result<Page<WorkPool>>> ClientApi::workPools()
{
    return m_client ? m_client->workPools() : withoutClient<Page<WorkPool>>();
}

QCoro::Task<Result<Page<WorkQueue>>> ClientApi::workQueues()
{
    return m_client ? m_client->workQueues() : withoutClient<Page<WorkQueue>>();
}

QCoro::Task<Result<Page<Worker>>> ClientApi::workers(QString poolName)
{
    return m_client ? m_client->workers(std::move(poolName)) : withoutClient<Page<Worker>>();
}

} // namespace fd
