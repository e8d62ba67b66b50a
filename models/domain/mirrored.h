// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"

namespace fd {

/// Rows as a server gave them: they name each other by id, and the store finds the rows.
/// `fingerprint` is a hash of everything that the server said about the object, without what changes on every
/// answer (estimated_run_time, estimated_start_time_delta): the same fingerprint means nothing to write.

struct MirroredFlow {
    Flow value;
    quint64 fingerprint = 0;
};

/// `value.flowName` is empty: servers send only the flow's id.
struct MirroredDeployment {
    Deployment value;
    FlowId flow;
    quint64 fingerprint = 0;
};

/// `value.flowName`, `deploymentName` and row references are empty.
struct MirroredFlowRun {
    FlowRun value;
    FlowId flow;
    /// Null for a run of no deployment; may name one that is gone.
    DeploymentId deployment;
    TaskRunId parentTaskRun;
    quint64 fingerprint = 0;
};

/// `value.flowRun` is 0.
struct MirroredTaskRun {
    TaskRun value;
    FlowRunId flowRun;
};

/// `value.seq` and `value.taskRun` are 0.
struct MirroredLog {
    QUuid id;
    LogEntry value;
    FlowRunId flowRun;
    /// Null for a line of the flow itself.
    TaskRunId taskRun;
};

} // namespace fd
