// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/json.h"
#include "models/prefect/codec.h"

namespace fd {

struct DeploymentDraft;
template<typename Target>
struct MemberTable;

/// What all generations say alike; each adds what it has of its own.
class CommonCodec : public Codec
{
public:
    QByteArray filter(const DeploymentQuery &query, PageRange range) const override;
    QByteArray filter(const FlowRunQuery &query, PageRange range) const override;
    QByteArray flowsFilter(const QList<FlowId> &ids, PageRange range) const override;
    QByteArray taskRunsFilter(const FlowRunId &run, PageRange range) const override;
    QByteArray logsFilter(const FlowRunId &run, PageRange range) const override;
    bool supports(const DeploymentQuery &query) const override;
    bool supports(const FlowRunQuery &query) const override;

    Result<Page<MirroredFlow>> flows(const QByteArray &body) const override;
    Result<Page<MirroredDeployment>> deployments(const QByteArray &body) const override;
    Result<Page<MirroredFlowRun>> flowRuns(const QByteArray &body) const override;
    Result<Page<MirroredTaskRun>> taskRuns(const QByteArray &body) const override;
    Result<Page<MirroredLog>> logs(const QByteArray &body) const override;
    Result<Page<State>> states(const QByteArray &body) const override;
    Result<Page<WorkPool>> workPools(const QByteArray &body) const override;
    Result<Page<WorkQueue>> workQueues(const QByteArray &body) const override;
    Result<Page<Worker>> workers(const QByteArray &body, const QString &poolName) const override;
    Result<MirroredDeployment> deployment(const QByteArray &body) const override;
    Result<MirroredFlowRun> flowRun(const QByteArray &body) const override;

protected:
    /// The members of a deployment.
    [[nodiscard]] virtual const MemberTable<DeploymentDraft> &deploymentTable() const = 0;
    /// The sort of a deployments filter; null when the generation takes none.
    [[nodiscard]] virtual const char *deploymentSort(DeploymentQuery::Order order) const;
    /// Whether the generation's enumeration has the type; it refuses requests that name any other.
    [[nodiscard]] virtual bool knows(StateType type) const;
    /// The `flow_runs` member of a filter; an empty object when nothing is restricted.
    [[nodiscard]] virtual Json runFilter(const FlowRunQuery &query) const;
};

/// The one codec of each generation.
[[nodiscard]] const Codec &orionCodec();
[[nodiscard]] const Codec &prefect2Codec();
[[nodiscard]] const Codec &prefect3Codec();

} // namespace fd
