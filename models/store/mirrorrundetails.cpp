// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/codec.h"
#include "models/store/flowrunrepository.h"
#include "models/store/logrepository.h"
#include "models/store/mirrorlinks.h"
#include "models/store/mirrorrepository.h"
#include "models/store/taskrunrepository.h"

namespace fd {
namespace {

void insertState(Connection &connection, RowId flowRun, qsizetype seq, const State &state)
{
    connection
        .prepare("INSERT INTO flow_run_state (flow_run_id, seq, type, type_text, name, message, at, scheduled)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(flowRun)
        .bind(qint64(seq))
        .bind(codec::toInt(state.type))
        .bind(state.typeText)
        .bind(state.name)
        .bind(state.message)
        .bind(state.timestamp)
        .bind(state.scheduledTime)
        .run();
}

void writeTaskRun(Connection &connection, RowId flowRun, const TaskRun &run)
{
    Statement upsert = connection.prepare(
        "INSERT INTO task_run (uuid, flow_run_id, name, task_name, dynamic_key, state_type, state_type_text,"
        " state_name, state_message, state_at, started, ended, run_count, parents, child_flow_run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET"
        " flow_run_id = excluded.flow_run_id, name = excluded.name, task_name = excluded.task_name,"
        " dynamic_key = excluded.dynamic_key, state_type = excluded.state_type,"
        " state_type_text = excluded.state_type_text, state_name = excluded.state_name,"
        " state_message = excluded.state_message, state_at = excluded.state_at, started = excluded.started,"
        " ended = excluded.ended, run_count = excluded.run_count, parents = excluded.parents,"
        " child_flow_run = excluded.child_flow_run");
    upsert.bind(run.id.toBytes()).bind(flowRun).bind(run.name).bind(run.taskName).bind(run.dynamicKey);
    upsert.bind(codec::toInt(run.state.type)).bind(run.state.typeText).bind(run.state.name).bind(run.state.message);
    upsert.bind(run.state.timestamp).bind(run.start).bind(run.end).bind(run.runCount);
    upsert.bind(codec::idsToBytes(run.parents)).bind(run.childFlowRun).run();
}

/// Runs that were called by a task which is known only now.
void linkChildren(Connection &connection, RowId flowRun, const TaskRunId &task)
{
    std::vector<RowId> children;
    {
        Statement statement = connection.prepare("SELECT flow_run_id FROM mirrored_run WHERE missing_parent = ?");
        statement.bind(task.toBytes());
        children = codec::readRowIds(statement);
    }
    for (const RowId child : children) {
        connection
            .prepare("UPDATE flow_run SET parent_flow_run_id = ?,"
                     " parent_task_run_id = (SELECT id FROM task_run WHERE uuid = ?) WHERE id = ?")
            .bind(flowRun)
            .bind(task.toBytes())
            .bind(child)
            .run();
        connection.prepare("UPDATE mirrored_run SET missing_parent = NULL WHERE flow_run_id = ?").bind(child).run();
        connection.updated(Entity::FlowRun, child);
    }
}

/// Lines that came before the task run that wrote them.
void linkLines(Connection &connection, RowId flowRun)
{
    std::vector<std::pair<qint64, RowId>> lines;
    {
        Statement statement
            = connection.prepare("SELECT m.seq, t.id FROM mirrored_log m JOIN task_run t ON t.uuid = m.missing_task"
                                 " WHERE m.flow_run_id = ? AND m.missing_task IS NOT NULL");
        statement.bind(flowRun);
        while (statement.step())
            lines.emplace_back(statement.integer(0), statement.rowId(1));
    }
    for (const auto &[seq, task] : lines) {
        connection.prepare("UPDATE log SET task_run_id = ? WHERE flow_run_id = ? AND seq = ?")
            .bind(task)
            .bind(flowRun)
            .bind(seq)
            .run();
        connection.updated(Entity::Log, flowRun);
    }
    connection
        .prepare("UPDATE mirrored_log SET missing_task = NULL WHERE flow_run_id = ? AND missing_task IN"
                 " (SELECT uuid FROM task_run)")
        .bind(flowRun)
        .run();
}

/// Tells lines apart and finds their task runs.
class LineIntake
{
public:
    LineIntake(Connection &connection, RowId flowRun) : m_db(connection), m_flowRun(flowRun)
    {
        Statement statement = m_db.prepare("SELECT coalesce(max(seq) + 1, 0) FROM log WHERE flow_run_id = ?");
        statement.bind(flowRun);
        m_next = statement.step() ? statement.integer(0) : 0;
    }

    /// The line as it is to be appended; nothing when it is there already.
    [[nodiscard]] std::optional<LogEntry> take(const MirroredLog &line)
    {
        LogEntry entry = line.value;
        entry.taskRun = taskOf(line.taskRun);
        m_db.prepare("INSERT OR IGNORE INTO mirrored_log (flow_run_id, uuid, seq, missing_task) VALUES (?, ?, ?, ?)")
            .bind(m_flowRun)
            .bind(line.id.toRfc4122())
            .bind(m_next)
            .bind(entry.taskRun == 0 ? line.taskRun : TaskRunId())
            .run();
        if (m_db.changedRows() == 0)
            return std::nullopt;
        ++m_next;
        return entry;
    }

private:
    [[nodiscard]] RowId taskOf(const TaskRunId &id)
    {
        if (id.isNull())
            return 0;
        const auto known = m_tasks.constFind(id);
        if (known != m_tasks.constEnd())
            return *known;
        const RowId row = TaskRunRepository(m_db).rowOf(id);
        m_tasks.insert(id, row);
        return row;
    }

    Connection &m_db;
    RowId m_flowRun;
    qint64 m_next = 0;
    QHash<TaskRunId, RowId> m_tasks;
};

} // namespace

void MirrorRepository::replaceStates(RowId flowRun, const QList<State> &states)
{
    const QList<State> known = FlowRunRepository(m_db).states(flowRun);
    QList<State> wanted = states;
    // The history was asked for apart from the run, which may have gone on since.
    if (!known.isEmpty() && (wanted.isEmpty() || known.last().timestamp > wanted.last().timestamp))
        wanted.append(known.last());
    if (wanted == known || !hasRun(m_db, flowRun))
        return;
    m_db.prepare("DELETE FROM flow_run_state WHERE flow_run_id = ?").bind(flowRun).run();
    for (qsizetype seq = 0; seq < wanted.size(); ++seq)
        insertState(m_db, flowRun, seq, wanted[seq]);
    m_db.updated(Entity::FlowRun, flowRun);
}

void MirrorRepository::putTaskRuns(RowId flowRun, std::span<const MirroredTaskRun> runs)
{
    if (!hasRun(m_db, flowRun))
        return;
    QHash<TaskRunId, TaskRun> known;
    for (const TaskRun &run : TaskRunRepository(m_db).ofFlowRun(flowRun))
        known.insert(run.id, run);
    bool hasNew = false;
    for (const MirroredTaskRun &run : runs) {
        const TaskRun before = known.value(run.value.id);
        TaskRun after = run.value;
        after.row = before.row;
        after.flowRun = flowRun;
        if (after == before)
            continue;
        writeTaskRun(m_db, flowRun, after);
        m_db.updated(Entity::TaskRun, flowRun);
        if (before.row == 0) {
            linkChildren(m_db, flowRun, after.id);
            hasNew = true;
        }
    }
    if (hasNew)
        linkLines(m_db, flowRun);
}

void MirrorRepository::putLogs(RowId flowRun, std::span<const MirroredLog> lines)
{
    if (!hasRun(m_db, flowRun))
        return;
    LineIntake intake(m_db, flowRun);
    std::vector<LogEntry> fresh;
    for (const MirroredLog &line : lines) {
        if (const std::optional<LogEntry> entry = intake.take(line))
            fresh.push_back(*entry);
    }
    LogRepository(m_db).append(flowRun, fresh);
}

} // namespace fd
