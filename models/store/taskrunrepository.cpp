// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/taskrunrepository.h"

#include "models/store/codec.h"

namespace fd {
namespace {

void bindChild(Statement &statement, const FlowRunId &child)
{
    if (child.isNull())
        statement.bindNull();
    else
        statement.bind(child.toBytes());
}

/// Takes one more state of a task run into account.
void follow(QList<TaskTry> &tries, StateType type, const QString &name, Instant at)
{
    const bool isOpen = !tries.isEmpty() && !tries.last().end;
    if (type == StateType::Running && !isOpen) {
        tries.append({.start = at, .end = {}, .stateType = type, .stateName = name});
        return;
    }
    if (!isOpen)
        return;
    const bool goesOn = type == StateType::Running || type == StateType::Cancelling || type == StateType::Paused;
    TaskTry &last = tries.last();
    // Servers put the wait for the retry in place of the failure before it.
    const bool failed = !goesOn && !isTerminal(type);
    last.stateType = failed ? StateType::Failed : type;
    last.stateName = failed ? defaultStateName(StateType::Failed) : name;
    if (!goesOn)
        last.end = at;
}

} // namespace

RowId TaskRunRepository::upsert(const TaskRun &run)
{
    if (const RowId known = rowOf(run.id)) {
        describe(known, run);
        return known;
    }
    Statement insert = m_db.prepare(
        "INSERT INTO task_run (uuid, flow_run_id, name, task_name, dynamic_key, state_type, state_type_text, "
        "state_name,"
        " state_message, state_at, parents, child_flow_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(run.id.toBytes()).bind(run.flowRun).bind(run.name).bind(run.taskName).bind(run.dynamicKey);
    insert.bind(codec::toInt(run.state.type)).bind(run.state.typeText).bind(run.state.name).bind(run.state.message);
    insert.bind(run.state.timestamp).bind(codec::idsToBytes(run.parents));
    bindChild(insert, run.childFlowRun);
    insert.run();
    const RowId row = m_db.lastInsertId();
    insertState(row, run.state);
    m_db.updated(Entity::TaskRun, run.flowRun);
    return row;
}

void TaskRunRepository::insertState(RowId row, const State &state)
{
    m_db.prepare("INSERT INTO task_run_state (task_run_id, seq, type, type_text, name, message, at) VALUES (?1,"
                 " (SELECT coalesce(max(seq) + 1, 0) FROM task_run_state WHERE task_run_id = ?1), ?2, ?3, ?4, ?5, ?6)")
        .bind(row)
        .bind(codec::toInt(state.type))
        .bind(state.typeText)
        .bind(state.name)
        .bind(state.message)
        .bind(state.timestamp)
        .run();
}

void TaskRunRepository::describe(RowId row, const TaskRun &run)
{
    Statement update = m_db.prepare("UPDATE task_run SET name = ?, parents = ?, child_flow_run = ? WHERE id = ?");
    update.bind(run.name).bind(codec::idsToBytes(run.parents));
    bindChild(update, run.childFlowRun);
    update.bind(row).run();
    m_db.updated(Entity::TaskRun, run.flowRun);
}

void TaskRunRepository::setState(RowId row, const State &state)
{
    const bool runs = state.type == StateType::Running;
    const bool ends = isTerminal(state.type);
    m_db.prepare("UPDATE task_run SET state_type = ?1, state_type_text = ?2, state_name = ?3, state_message = ?4, "
                 "state_at = ?5,"
                 " started = CASE WHEN ?6 THEN coalesce(started, ?5) ELSE started END,"
                 " ended = CASE WHEN ?7 AND started IS NOT NULL THEN ?5 WHEN ?7 THEN ended ELSE NULL END,"
                 " run_count = run_count + ?6 WHERE id = ?8")
        .bind(codec::toInt(state.type))
        .bind(state.typeText)
        .bind(state.name)
        .bind(state.message)
        .bind(state.timestamp)
        .bind(runs)
        .bind(ends)
        .bind(row)
        .run();
    Statement statement = m_db.prepare("SELECT flow_run_id FROM task_run WHERE id = ?");
    statement.bind(row);
    if (!statement.step())
        return;
    insertState(row, state);
    m_db.updated(Entity::TaskRun, statement.rowId(0));
}

RowId TaskRunRepository::rowOf(const TaskRunId &id)
{
    Statement statement = m_db.prepare("SELECT id FROM task_run WHERE uuid = ?");
    statement.bind(id.toBytes());
    return statement.step() ? statement.rowId(0) : 0;
}

QList<TaskRun> TaskRunRepository::ofFlowRun(RowId flowRun)
{
    Statement statement = m_db.prepare(
        "SELECT id, uuid, name, task_name, dynamic_key, state_type, state_type_text, state_name, state_message, "
        "state_at,"
        " started, ended, run_count, parents, child_flow_run FROM task_run WHERE flow_run_id = ? ORDER BY id");
    statement.bind(flowRun);
    QList<TaskRun> runs;
    while (statement.step()) {
        TaskRun run;
        int column = 0;
        run.row = statement.rowId(column++);
        run.id = TaskRunId::fromBytes(statement.bytes(column++));
        run.flowRun = flowRun;
        run.name = statement.text(column++);
        run.taskName = statement.text(column++);
        run.dynamicKey = statement.text(column++);
        run.state.type = codec::stateType(statement.integer(column++));
        run.state.typeText = statement.text(column++);
        run.state.name = statement.text(column++);
        run.state.message = statement.text(column++);
        run.state.timestamp = statement.instant(column++);
        run.start = statement.optionalInstant(column++);
        run.end = statement.optionalInstant(column++);
        run.runCount = static_cast<int>(statement.integer(column++));
        run.parents = codec::idsFromBytes(statement.bytes(column++));
        run.childFlowRun = FlowRunId::fromBytes(statement.bytes(column++));
        runs.append(run);
    }
    readTries(flowRun, runs);
    return runs;
}

void TaskRunRepository::readTries(RowId flowRun, QList<TaskRun> &runs)
{
    Statement statement = m_db.prepare(
        "SELECT s.task_run_id, s.type, s.name, s.at FROM task_run t JOIN task_run_state s ON s.task_run_id = t.id"
        " WHERE t.flow_run_id = ? AND t.run_count > 1 ORDER BY s.task_run_id, s.seq");
    statement.bind(flowRun);
    // Both ascend by row.
    auto run = runs.begin();
    while (statement.step()) {
        while (run != runs.end() && run->row < statement.rowId(0))
            ++run;
        if (run == runs.end())
            break;
        follow(run->tries, codec::stateType(statement.integer(1)), statement.text(2), statement.instant(3));
    }
    for (TaskRun &task : runs) {
        if (task.tries.size() < 2)
            task.tries.clear();
    }
}

} // namespace fd
