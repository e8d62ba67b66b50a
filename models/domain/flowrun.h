// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/domain/state.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <optional>

namespace fd {

/// Who asked for a run.
enum class CreatedBy : quint8 { Manual, Schedule, Flow };

/// One run of a flow. `parameters` is a compact JSON object.
struct FlowRun {
    RowId row = 0;
    FlowRunId id;
    QString name;
    /// 0 when it belongs to no deployment (a subflow run).
    RowId deployment = 0;
    QString deploymentName;
    QString flowName;
    State state;
    QStringList tags;
    QByteArray parameters = "{}";
    CreatedBy createdBy = CreatedBy::Manual;
    /// When it was due.
    Instant expectedStart;
    std::optional<Instant> start;
    std::optional<Instant> end;
    /// Time spent in RUNNING, without the running one; microseconds.
    qint64 runTimeUs = 0;
    /// How often it entered RUNNING.
    int runCount = 0;
    QString idempotencyKey;
    /// The task run of the parent flow run that called this subflow; 0 for a top-level run.
    RowId parentTaskRun = 0;
    RowId parentFlowRun = 0;
    /// Interpreter, command line, process id and the like, a compact JSON object.
    QByteArray details = "{}";
    Instant created;

    friend bool operator==(const FlowRun &, const FlowRun &) = default;
};

/// One row of the runs table.
struct FlowRunRow {
    RowId row = 0;
    FlowRunId id;
    QString name;
    RowId deployment = 0;
    QString deploymentName;
    QString flowName;
    StateType stateType = StateType::Scheduled;
    QString stateName;
    Instant expectedStart;
    std::optional<Instant> start;
    std::optional<Instant> end;
    CreatedBy createdBy = CreatedBy::Manual;
    QStringList tags;
    int runCount = 0;
};

/// One run of a task inside a flow run.
/// One try of a task run that was retried.
struct TaskTry {
    Instant start;
    /// Nothing while it runs.
    std::optional<Instant> end;
    /// How it ended: Failed for one after which a retry was awaited.
    StateType stateType = StateType::Running;
    QString stateName;

    friend bool operator==(const TaskTry &, const TaskTry &) = default;
};

struct TaskRun {
    RowId row = 0;
    TaskRunId id;
    RowId flowRun = 0;
    QString name;
    QString taskName;
    QString dynamicKey;
    State state;
    /// Task runs it waited for or took data from.
    QList<TaskRunId> parents;
    /// The flow run it stands for when it is a subflow; null otherwise.
    FlowRunId childFlowRun;
    std::optional<Instant> start;
    std::optional<Instant> end;
    int runCount = 0;
    /// Oldest first; empty when there was only one, or when they are not known.
    QList<TaskTry> tries;

    friend bool operator==(const TaskRun &, const TaskRun &) = default;
};

/// One line of a run's log. Levels are Python's: 10 DEBUG, 20 INFO, 30 WARNING, 40 ERROR, 50 CRITICAL.
struct LogEntry {
    /// Position within the run, from 0 without holes.
    qint32 seq = 0;
    RowId taskRun = 0;
    Instant timestamp;
    int level = 20;
    QString logger;
    QString message;
};

/// "calm-otter": a random name in Prefect's manner for a run that has none.
[[nodiscard]] QString makeRunName();

} // namespace fd

Q_DECLARE_METATYPE(const fd::FlowRunRow *)
Q_DECLARE_METATYPE(const fd::LogEntry *)
