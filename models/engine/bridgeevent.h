// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <variant>

namespace fd {

/// The interpreter has begun: its version and the like, as keys for the run's details.
struct HelloEvent {
    QByteArray details;
};

/// A flow run has begun, the main one or a subflow's.
struct FlowRunEvent {
    FlowRunId run;
    TaskRunId parentTaskRun;
    FlowRunId parentFlowRun;
    QString name;
    QString flowName;
    QByteArray parameters;
    Instant at;
};

struct FlowStateEvent {
    FlowRunId run;
    State state;
};

/// A task run was made; `run.flowRun` is not set, `flowRun` says it.
struct TaskRunEvent {
    TaskRun run;
    FlowRunId flowRun;
};

struct TaskStateEvent {
    TaskRunId run;
    State state;
};

/// A log record or a printed line; `entry.taskRun` is not set, `task` says it (null for none).
struct LogEvent {
    FlowRunId run;
    TaskRunId task;
    LogEntry entry;
    /// Printed rather than logged.
    bool isOutput = false;
};

/// What the Python bridge reports while a flow runs.
using BridgeEvent = std::variant<LogEvent, FlowStateEvent, TaskStateEvent, FlowRunEvent, TaskRunEvent, HelloEvent>;

/// Python's logging level that printed lines get.
inline constexpr int kOutputLevel = 20;

/// Reads the bridge's JSON lines. Log and printed lines, which come by the hundred thousand, take a fast path.
class BridgeEventReader
{
public:
    /// One line; nothing when it means nothing to an engine or is no event (then `isBroken` is true).
    [[nodiscard]] std::optional<BridgeEvent> read(QByteArrayView line);
    [[nodiscard]] bool isBroken() const { return m_broken; }

private:
    [[nodiscard]] std::optional<BridgeEvent> readLog(QByteArrayView line, bool printed);
    [[nodiscard]] std::optional<BridgeEvent> readOther(QByteArrayView line);

    /// An id or name as it was last seen, since neighbours nearly always have the same.
    template<typename Value>
    struct Remembered {
        QByteArray text;
        Value value;
    };
    Remembered<FlowRunId> m_run;
    Remembered<TaskRunId> m_task;
    Remembered<QString> m_logger;
    bool m_broken = false;
};

} // namespace fd
