// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/codec.h"
#include "models/prefect/serverinfo.h"

#include <QCoroTask>

namespace fd {

/// What the mirror asks of a server: PrefectClient's reads, and a model of a server in the tests of rows that move
/// between pages. Every answer may be ErrorKind::Cancelled; then nothing else must be touched.
class ServerApi
{
public:
    virtual ~ServerApi() = default;

    [[nodiscard]] virtual ServerInfo info() const = 0;
    virtual QCoro::Task<Result<Page<MirroredDeployment>>> deployments(DeploymentQuery query, PageRange range) = 0;
    virtual QCoro::Task<Result<int>> countDeployments(DeploymentQuery query) = 0;
    virtual QCoro::Task<Result<Page<MirroredFlow>>> flows(QList<FlowId> ids, PageRange range) = 0;
    virtual QCoro::Task<Result<Page<MirroredFlowRun>>> flowRuns(FlowRunQuery query, PageRange range) = 0;
    virtual QCoro::Task<Result<int>> countFlowRuns(FlowRunQuery query) = 0;
    virtual QCoro::Task<Result<Page<State>>> states(FlowRunId run) = 0;
    virtual QCoro::Task<Result<Page<MirroredTaskRun>>> taskRuns(FlowRunId run, PageRange range) = 0;
    virtual QCoro::Task<Result<Page<MirroredLog>>> logs(FlowRunId run, PageRange range) = 0;
    virtual QCoro::Task<Result<Page<WorkPool>>> workPools() = 0;
    virtual QCoro::Task<Result<Page<WorkQueue>>> workQueues() = 0;
    virtual QCoro::Task<Result<Page<Worker>>> workers(QString poolName) = 0;
};

} // namespace fd
