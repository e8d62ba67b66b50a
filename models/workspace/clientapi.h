// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/client.h"
#include "models/workspace/serverapi.h"

namespace fd {

/// The reads of a PrefectClient that comes and goes: without one, and for questions that are under way when it goes,
/// the answer is ErrorKind::Cancelled.
class ClientApi : public ServerApi
{
public:
    /// Ends the client there is and finds out what answers at the address.
    QCoro::Task<Result<ServerInfo>> connectTo(ConnectionSettings settings);
    /// Ends the client: everything under way is cancelled.
    void disconnect() { m_client.reset(); }
    /// The client's live events; null without them.
    [[nodiscard]] EventFeed *events() { return m_client ? m_client->events() : nullptr; }

    [[nodiscard]] ServerInfo info() const override { return m_client ? m_client->info() : ServerInfo(); }
    QCoro::Task<Result<Page<MirroredDeployment>>> deployments(DeploymentQuery query, PageRange range) override;
    QCoro::Task<Result<int>> countDeployments(DeploymentQuery query) override;
    QCoro::Task<Result<Page<MirroredFlow>>> flows(QList<FlowId> ids, PageRange range) override;
    QCoro::Task<Result<Page<MirroredFlowRun>>> flowRuns(FlowRunQuery query, PageRange range) override;
    QCoro::Task<Result<int>> countFlowRuns(FlowRunQuery query) override;
    QCoro::Task<Result<Page<State>>> states(FlowRunId run) override;
    QCoro::Task<Result<Page<MirroredTaskRun>>> taskRuns(FlowRunId run, PageRange range) override;
    QCoro::Task<Result<Page<MirroredLog>>> logs(FlowRunId run, PageRange range) override;
    QCoro::Task<Result<Page<WorkPool>>> workPools() override;
    QCoro::Task<Result<Page<WorkQueue>>> workQueues() override;
    QCoro::Task<Result<Page<Worker>>> workers(QString poolName) override;

private:
    std::unique_ptr<PrefectClient> m_client;
};

} // namespace fd
