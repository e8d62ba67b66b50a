// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/bridgeevent.h"
#include "models/store/connection.h"

#include <QHash>

#include <optional>
#include <vector>

namespace fd {

/// A stretch of a run's spool, ready to be stored in one transaction.
struct RunBatch {
    std::vector<BridgeEvent> events;
    /// Keys for the run's details, a JSON object.
    QByteArray details = "{}";
    /// Where the next stretch begins.
    qint64 offset = 0;
};

/// How a run's process ended.
struct RunEnding {
    enum class Kind {
        Exited,
        Signalled,
        /// It never began; `number` is an errno, or `reason` says why.
        NotStarted,
        /// Its supervisor was gone, too.
        Lost,
    };
    Kind kind = Kind::Lost;
    /// Exit code or signal.
    int number = 0;
    QString reason;
    Instant at;
};

/// Writes what a run reports into the store. Every function belongs inside one transaction; a rolled-back one
/// leaves nothing behind here.
class RunRecorder
{
public:
    RunRecorder(Connection &connection, RowId run) : m_db(connection), m_run(run) { }

    /// Stores states, tasks and logs, together with how far the spool has been read.
    void store(const RunBatch &batch);
    /// Brings the run, its task runs and its subflows to an end that is true, unless they have one.
    void close(const RunEnding &ending);
    /// Ends a run that could not be started: its state and a log line that says why.
    void closeUnstarted(const State &state);

private:
    void take(const LogEvent &event);
    void take(const FlowStateEvent &event);
    void take(const TaskStateEvent &event);
    void take(const FlowRunEvent &event);
    void take(const TaskRunEvent &event);
    void take(const HelloEvent &event);
    void setState(RowId run, State state);
    void closeParts(RowId run, const State &state);
    [[nodiscard]] RowId rowOf(const FlowRunId &id);
    [[nodiscard]] RowId rowOf(const TaskRunId &id);

    Connection &m_db;
    RowId m_run;
    QHash<FlowRunId, RowId> m_flowRuns;
    QHash<TaskRunId, RowId> m_taskRuns;
    QHash<RowId, std::vector<LogEntry>> m_logs;
};

/// The rule for every state a process reports: an ended run stays as it is; one that is being cancelled takes only
/// an end, and a crash then is the cancellation. Nothing when the state is not to be stored.
[[nodiscard]] std::optional<State> admittedState(const State &current, State reported);

} // namespace fd
