// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/mirrored.h"
#include "models/domain/work.h"
#include "models/store/connection.h"

#include <span>
#include <vector>

namespace fd {

/// What writing a page did.
struct MirrorTally {
    int added = 0;
    int changed = 0;
    int same = 0;
    /// The deployments that were added or changed; of other kinds of rows none are listed.
    std::vector<DeploymentId> deployments = {};
};

/// Writes what a server said into the store: upserts by id that touch nothing when the fingerprint is the same, keep
/// every summary in step, and never let an older answer overwrite a newer one. Errors stick to the connection.
///
/// `asked` is when the request left (a counter or a clock, only compared): a row that was written by an answer to a
/// later question stays as it is.
class MirrorRepository
{
public:
    explicit MirrorRepository(Connection &connection) : m_db(connection) { }

    /// Drops the indexes that a first mirror of an empty workspace builds faster at its end, and builds them.
    /// Between the two everything works, slower. `finishBulk` is safe to call when none was begun.
    void beginBulk();
    void finishBulk();
    /// Builds one of them; false when none was left. One per transaction lets other writers in between.
    bool finishBulkStep();

    MirrorTally putFlows(std::span<const MirroredFlow> flows, Instant asked);
    /// Deployments of unknown flows are stored under a flow without a name until `putFlows` brings it.
    /// Their ids are noted as seen in pass `pass`, for `removeDeploymentsNotSeen`.
    MirrorTally putDeployments(std::span<const MirroredDeployment> deployments, Instant asked, qint64 pass);
    MirrorTally putFlowRuns(std::span<const MirroredFlowRun> runs, Instant asked);

    /// Flows that deployments or runs name and whose own row was never brought.
    [[nodiscard]] std::vector<FlowId> unknownFlows(int limit);

    /// Ids of the deployments that no full pass from `notSeenIn` on saw; of all of them for 0.
    [[nodiscard]] std::vector<DeploymentId> deploymentIds(qint64 notSeenIn);
    /// Deletes the deployments that no full pass from `pass` on saw, with their scheduled runs, as the server did;
    /// returns how many.
    int removeDeploymentsNotSeen(qint64 pass);
    void removeDeployment(const DeploymentId &id);
    void removeFlowRun(const FlowRunId &id);
    /// Deletes runs due before `before`, at most `limit` at a time: the window of time that the user keeps. Unfinished
    /// ones are mirrored whatever their time, and stay. Returns how many.
    int removeFlowRunsBefore(Instant before, int limit);
    /// Ids of the runs due in [from, to) that are in one of `states`, to find those that went away on the server.
    [[nodiscard]] std::vector<FlowRunId> flowRunIds(Instant from, Instant to, const QList<StateType> &states);

    /// The following do nothing for a run that has gone.

    /// Ids of the runs of a deployment that wait for a time after `now`.
    [[nodiscard]] std::vector<FlowRunId> waitingRunIds(const DeploymentId &deployment, Instant now);

    /// Replaces a run's history, oldest first. A newer state that is known already stays behind it.
    void replaceStates(RowId flowRun, const QList<State> &states);
    /// Stores a run's task runs, in the order they were made; those that are not among them stay.
    void putTaskRuns(RowId flowRun, std::span<const MirroredTaskRun> runs);
    /// Appends the lines that are not there yet, by their id.
    void putLogs(RowId flowRun, std::span<const MirroredLog> lines);

    /// Deletes all that was mirrored, for an address that answers with another server's data.
    void clear();

    /// Each replaces everything of its kind; rows keep their keys, and what stays the same is not announced.
    void replaceWorkPools(std::span<const WorkPool> pools);
    void replaceWorkQueues(std::span<const WorkQueue> queues);
    void replaceWorkers(std::span<const Worker> workers);

private:
    Connection &m_db;
};

} // namespace fd
