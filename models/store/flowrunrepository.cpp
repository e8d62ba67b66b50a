// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/flowrunrepository.h"

#include "models/core/json.h"
#include "models/domain/parameters.h"
#include "models/store/codec.h"
#include "models/store/flowrepository.h"
#include "models/store/runsummary.h"

namespace fd {
namespace {

constexpr const char *kRunColumns
    = "SELECT r.id, r.uuid, r.name, coalesce(r.deployment_id, 0), coalesce(d.name, ''), f.name, r.state_type, "
      "r.state_name,"
      " r.tags, r.created_by, r.due, r.started, r.ended, r.run_time, r.run_count, coalesce(r.idempotency_key, ''),"
      " coalesce(r.parent_task_run_id, 0), coalesce(r.parent_flow_run_id, 0), r.created, t.parameters, t.details,"
      " s.message, s.at, s.scheduled, s.type_text"
      " FROM flow_run r JOIN flow f ON f.id = r.flow_id LEFT JOIN deployment d ON d.id = r.deployment_id"
      " LEFT JOIN flow_run_detail t ON t.flow_run_id = r.id"
      " LEFT JOIN flow_run_state s ON s.flow_run_id = r.id"
      " AND s.seq = (SELECT max(seq) FROM flow_run_state WHERE flow_run_id = r.id)";

std::optional<FlowRun> readRun(Statement &statement)
{
    if (!statement.step())
        return std::nullopt;
    FlowRun run;
    int column = 0;
    run.row = statement.rowId(column++);
    run.id = FlowRunId::fromBytes(statement.bytes(column++));
    run.name = statement.text(column++);
    run.deployment = statement.rowId(column++);
    run.deploymentName = statement.text(column++);
    run.flowName = statement.text(column++);
    run.state.type = codec::stateType(statement.integer(column++));
    run.state.name = statement.text(column++);
    run.tags = codec::tagsFromText(statement.text(column++));
    run.createdBy = static_cast<CreatedBy>(statement.integer(column++));
    run.expectedStart = statement.instant(column++);
    run.start = statement.optionalInstant(column++);
    run.end = statement.optionalInstant(column++);
    run.runTimeUs = statement.integer(column++);
    run.runCount = static_cast<int>(statement.integer(column++));
    run.idempotencyKey = statement.text(column++);
    run.parentTaskRun = statement.rowId(column++);
    run.parentFlowRun = statement.rowId(column++);
    run.created = statement.instant(column++);
    run.parameters = statement.bytes(column++);
    run.details = statement.bytes(column++);
    run.state.message = statement.text(column++);
    run.state.timestamp = statement.instant(column++);
    run.state.scheduledTime = statement.optionalInstant(column++);
    run.state.typeText = statement.text(column++);
    return run;
}

constexpr const char *kRowColumns = "SELECT r.id, r.uuid, r.name, coalesce(r.deployment_id, 0), coalesce(d.name, ''), "
                                    "f.name, r.state_type, r.state_name,"
                                    " r.due, r.started, r.ended, r.created_by, r.tags, r.run_count";

FlowRunRow readRow(const Statement &statement)
{
    FlowRunRow row;
    int column = 0;
    row.row = statement.rowId(column++);
    row.id = FlowRunId::fromBytes(statement.bytes(column++));
    row.name = statement.text(column++);
    row.deployment = statement.rowId(column++);
    row.deploymentName = statement.text(column++);
    row.flowName = statement.text(column++);
    row.stateType = codec::stateType(statement.integer(column++));
    row.stateName = statement.text(column++);
    row.expectedStart = statement.instant(column++);
    row.start = statement.optionalInstant(column++);
    row.end = statement.optionalInstant(column++);
    row.createdBy = static_cast<CreatedBy>(statement.integer(column++));
    row.tags = codec::tagsFromText(statement.text(column++));
    row.runCount = static_cast<int>(statement.integer(column++));
    return row;
}

std::vector<FlowRunRow> readRows(Statement &statement)
{
    std::vector<FlowRunRow> rows;
    while (statement.step())
        rows.push_back(readRow(statement));
    return rows;
}

struct Bookkeeping {
    std::optional<Instant> started;
    std::optional<Instant> ended;
    qint64 runTimeUs = 0;
    int runCount = 0;
};

/// Prefect's rules for times and counts (orion §2.5, "Bookkeeping on every stored state").
Bookkeeping follow(Bookkeeping kept, const State &from, const State &to)
{
    if (from.type == StateType::Running && to.type != StateType::Running)
        kept.runTimeUs += std::max<qint64>(0, to.timestamp - from.timestamp);
    if (to.type == StateType::Running) {
        ++kept.runCount;
        if (!kept.started)
            kept.started = to.timestamp;
    }
    if (isTerminal(to.type) && kept.started && !kept.ended)
        kept.ended = to.timestamp;
    if (isTerminal(from.type) && !isTerminal(to.type))
        kept.ended.reset();
    return kept;
}

} // namespace

FlowRunRepository::Stored FlowRunRepository::create(const FlowRun &run)
{
    const RowId flow = flowOf(run);
    if (!run.idempotencyKey.isEmpty()) {
        const Stored known = findByKey(flow, run.idempotencyKey);
        if (known.row != 0)
            return known;
    }
    Stored stored{.row = 0, .id = run.id.isNull() ? FlowRunId::make() : run.id, .created = true};
    const Bookkeeping kept = follow({}, {}, run.state);
    Statement insert = m_db.prepare(
        "INSERT INTO flow_run (uuid, flow_id, deployment_id, name, state_type, state_name, due, next_scheduled, "
        "started,"
        " ended, run_count, created, created_by, tags, idempotency_key, parent_task_run_id, parent_flow_run_id)"
        " VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, 0), nullif(?, 0))");
    insert.bind(stored.id.toBytes())
        .bind(flow)
        .bind(run.deployment)
        .bind(run.name.isEmpty() ? makeRunName() : run.name);
    insert.bind(codec::toInt(run.state.type))
        .bind(run.state.name)
        .bind(run.expectedStart)
        .bind(run.state.scheduledTime);
    insert.bind(kept.started)
        .bind(kept.ended)
        .bind(kept.runCount)
        .bind(run.created)
        .bind(static_cast<int>(run.createdBy));
    insert.bind(codec::tagsToText(run.tags))
        .bind(run.idempotencyKey)
        .bind(run.parentTaskRun)
        .bind(run.parentFlowRun)
        .run();
    stored.row = m_db.lastInsertId();
    m_db.prepare("INSERT INTO flow_run_detail (flow_run_id, parameters, details) VALUES (?, ?, ?)")
        .bind(stored.row)
        .bindText(run.parameters)
        .bindText(run.details)
        .run();
    insertState(stored.row, run.state);
    updateRunSummaries(m_db, std::nullopt, readRunFacts(m_db, stored.row));
    m_db.added(Entity::FlowRun, stored.row);
    return stored;
}

RowId FlowRunRepository::flowOf(const FlowRun &run)
{
    if (run.deployment != 0) {
        Statement statement = m_db.prepare("SELECT flow_id FROM deployment WHERE id = ?");
        statement.bind(run.deployment);
        if (statement.step())
            return statement.rowId(0);
    }
    return FlowRepository(m_db).findOrCreate(run.flowName, run.created);
}

FlowRunRepository::Stored FlowRunRepository::findByKey(RowId flow, const QString &key)
{
    Statement statement = m_db.prepare("SELECT id, uuid FROM flow_run WHERE flow_id = ? AND idempotency_key = ?");
    statement.bind(flow).bind(key);
    if (!statement.step())
        return {};
    return {.row = statement.rowId(0), .id = FlowRunId::fromBytes(statement.bytes(1)), .created = false};
}

void FlowRunRepository::insertState(RowId row, const State &state)
{
    m_db.prepare("INSERT INTO flow_run_state (flow_run_id, seq, type, type_text, name, message, at, scheduled)"
                 " VALUES (?1, (SELECT coalesce(max(seq) + 1, 0) FROM flow_run_state WHERE flow_run_id = ?1), ?2, ?3, "
                 "?4, ?5, ?6, ?7)")
        .bind(row)
        .bind(codec::toInt(state.type))
        .bind(state.typeText)
        .bind(state.name)
        .bind(state.message)
        .bind(state.timestamp)
        .bind(state.scheduledTime)
        .run();
}

void FlowRunRepository::setState(RowId row, const State &state)
{
    const std::optional<RunFacts> before = readRunFacts(m_db, row);
    if (!before)
        return;
    const std::optional<FlowRun> run = find(row);
    const Bookkeeping kept
        = follow({.started = run->start, .ended = run->end, .runTimeUs = run->runTimeUs, .runCount = run->runCount},
            run->state, state);
    const std::optional<Instant> next = state.type == StateType::Scheduled
        ? std::optional(state.scheduledTime.value_or(state.timestamp))
        : std::nullopt;
    m_db.prepare("UPDATE flow_run SET state_type = ?, state_name = ?, next_scheduled = ?, started = ?, ended = ?, "
                 "run_time = ?,"
                 " run_count = ? WHERE id = ?")
        .bind(codec::toInt(state.type))
        .bind(state.name)
        .bind(next)
        .bind(kept.started)
        .bind(kept.ended)
        .bind(kept.runTimeUs)
        .bind(kept.runCount)
        .bind(row)
        .run();
    insertState(row, state);
    updateRunSummaries(m_db, before, readRunFacts(m_db, row));
    m_db.updated(Entity::FlowRun, row);
}

void FlowRunRepository::mergeDetails(RowId row, const QByteArray &details)
{
    QByteArray known = "{}";
    {
        Statement statement = m_db.prepare("SELECT details FROM flow_run_detail WHERE flow_run_id = ?");
        statement.bind(row);
        if (statement.step())
            known = statement.bytes(0);
    }
    const Result<QByteArray> merged = mergeParameters(known, details);
    if (!merged)
        return;
    m_db.prepare("UPDATE flow_run_detail SET details = ? WHERE flow_run_id = ?").bindText(*merged).bind(row).run();
    m_db.updated(Entity::FlowRun, row);
}

void FlowRunRepository::describe(RowId row, const QString &name, const QByteArray &parameters)
{
    m_db.prepare("UPDATE flow_run SET name = coalesce(nullif(?, ''), name) WHERE id = ?").bind(name).bind(row).run();
    m_db.prepare("UPDATE flow_run_detail SET parameters = ? WHERE flow_run_id = ?")
        .bindText(parameters)
        .bind(row)
        .run();
    m_db.updated(Entity::FlowRun, row);
}

std::optional<FlowRun> FlowRunRepository::find(RowId row)
{
    static const QByteArray sql = QByteArray(kRunColumns) + " WHERE r.id = ?";
    Statement statement = m_db.prepare(sql.constData());
    statement.bind(row);
    return readRun(statement);
}

std::optional<FlowRun> FlowRunRepository::find(const FlowRunId &id)
{
    static const QByteArray sql = QByteArray(kRunColumns) + " WHERE r.uuid = ?";
    Statement statement = m_db.prepare(sql.constData());
    statement.bind(id.toBytes());
    return readRun(statement);
}

QList<State> FlowRunRepository::states(RowId row)
{
    Statement statement = m_db.prepare("SELECT type, type_text, name, message, at, scheduled FROM flow_run_state"
                                       " WHERE flow_run_id = ? ORDER BY seq");
    statement.bind(row);
    QList<State> states;
    while (statement.step()) {
        states.append({.type = codec::stateType(statement.integer(0)),
            .typeText = statement.text(1),
            .name = statement.text(2),
            .message = statement.text(3),
            .timestamp = statement.instant(4),
            .scheduledTime = statement.optionalInstant(5)});
    }
    return states;
}

std::vector<RowId> FlowRunRepository::due(Instant now, int limit)
{
    // A run that awaits its retry still has its process, which wakes by itself. Without statistics SQLite would rather
    // walk all scheduled runs, hence the index by name.
    Statement statement = m_db.prepare(
        "SELECT id FROM flow_run INDEXED BY flow_run_scheduled WHERE state_type = 0 AND next_scheduled <= ?"
        " AND state_name <> 'AwaitingRetry' ORDER BY next_scheduled, id LIMIT ?");
    statement.bind(now).bind(limit);
    return codec::readRowIds(statement);
}

std::optional<Instant> FlowRunRepository::nextDue()
{
    Statement statement = m_db.prepare("SELECT next_scheduled FROM flow_run INDEXED BY flow_run_scheduled"
                                       " WHERE state_type = 0 AND next_scheduled IS NOT NULL"
                                       " AND state_name <> 'AwaitingRetry' ORDER BY next_scheduled LIMIT 1");
    return statement.step() ? statement.optionalInstant(0) : std::nullopt;
}

std::vector<RowId> FlowRunRepository::active()
{
    Statement statement = m_db.prepare(
        "SELECT id FROM flow_run INDEXED BY flow_run_active WHERE parent_flow_run_id IS NULL"
        " AND (state_type IN (1, 2, 7, 8) OR (state_type = 0 AND state_name = 'AwaitingRetry')) ORDER BY id");
    return codec::readRowIds(statement);
}

std::vector<FlowRunRow> FlowRunRepository::rows(std::span<const RowId> ids)
{
    static const QByteArray sql = QByteArray(kRowColumns)
        + " FROM json_each(?) j CROSS JOIN flow_run r ON r.id = j.value JOIN flow f ON f.id = r.flow_id"
          " LEFT JOIN deployment d ON d.id = r.deployment_id";
    Statement statement = m_db.prepare(sql.constData());
    statement.bindText(codec::rowIdsToJson(ids));
    return readRows(statement);
}

std::vector<RowId> FlowRunRepository::ids(const FlowRunFilter &filter, FlowRunSort sort, bool descending, int limit)
{
    return listedRuns(m_db, filter, sort, descending, limit);
}

std::vector<FlowRunRow> FlowRunRepository::recent(RowId deployment, int limit)
{
    static const QByteArray sql = QByteArray(kRowColumns)
        + " FROM flow_run r JOIN flow f ON f.id = r.flow_id LEFT JOIN deployment d ON d.id = r.deployment_id"
          " WHERE r.deployment_id = ? AND (r.state_type <> 0 OR r.state_name <> 'Scheduled' OR r.due <= r.created)"
          " ORDER BY r.due DESC LIMIT ?";
    Statement statement = m_db.prepare(sql.constData());
    statement.bind(deployment).bind(limit);
    return readRows(statement);
}

std::vector<FlowRunRow> FlowRunRepository::subflows(RowId parentFlowRun)
{
    static const QByteArray sql = QByteArray(kRowColumns)
        + " FROM flow_run r JOIN flow f ON f.id = r.flow_id LEFT JOIN deployment d ON d.id = r.deployment_id"
          " WHERE r.parent_flow_run_id = ? ORDER BY r.id";
    Statement statement = m_db.prepare(sql.constData());
    statement.bind(parentFlowRun);
    return readRows(statement);
}

QList<FlowRunRepository::StateCount> FlowRunRepository::countsByState()
{
    Statement statement = m_db.prepare("SELECT state_type, state_name, n FROM run_count WHERE n > 0");
    QList<StateCount> counts;
    while (statement.step()) {
        counts.append(
            {.type = codec::stateType(statement.integer(0)), .name = statement.text(1), .count = statement.integer(2)});
    }
    return counts;
}

QList<FlowRunRepository::HourCount> FlowRunRepository::histogram(Instant from, Instant to)
{
    Statement statement = m_db.prepare(
        "SELECT hour, state_type, n FROM run_hour WHERE hour BETWEEN ? AND ? AND n > 0 ORDER BY hour, state_type");
    statement.bind(from.us / 3'600'000'000).bind(to.us / 3'600'000'000);
    QList<HourCount> counts;
    while (statement.step()) {
        counts.append({.hour = statement.integer(0),
            .type = codec::stateType(statement.integer(1)),
            .count = static_cast<int>(statement.integer(2))});
    }
    return counts;
}

void FlowRunRepository::removeScheduledOf(RowId deployment)
{
    std::vector<RowId> scheduled;
    {
        Statement statement = m_db.prepare("SELECT id FROM flow_run WHERE deployment_id = ? AND state_type = 0");
        statement.bind(deployment);
        while (statement.step())
            scheduled.push_back(statement.rowId(0));
    }
    for (const RowId row : scheduled) {
        const std::optional<RunFacts> before = readRunFacts(m_db, row);
        // Its number may be given again, and a run that waited for its retry has lines.
        m_db.prepare("DELETE FROM log WHERE flow_run_id = ?").bind(row).run();
        m_db.prepare("DELETE FROM flow_run WHERE id = ?").bind(row).run();
        updateRunSummaries(m_db, before, std::nullopt);
        m_db.removed(Entity::FlowRun, row);
    }
}

FlowRunRepository::Spool FlowRunRepository::spool(RowId row)
{
    Statement statement = m_db.prepare("SELECT spool_offset, attempt FROM flow_run_detail WHERE flow_run_id = ?");
    statement.bind(row);
    if (!statement.step())
        return {};
    return {.offset = statement.integer(0), .attempt = static_cast<int>(statement.integer(1))};
}

void FlowRunRepository::setSpool(RowId row, Spool spool)
{
    m_db.prepare("UPDATE flow_run_detail SET spool_offset = ?, attempt = ? WHERE flow_run_id = ?")
        .bind(spool.offset)
        .bind(spool.attempt)
        .bind(row)
        .run();
}

} // namespace fd
