// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/codec.h"
#include "models/store/mirrorlinks.h"
#include "models/store/mirrorrepository.h"

#include <tuple>

namespace fd {
namespace {

MirrorMark findRun(Connection &connection, const FlowRunId &id)
{
    Statement statement = connection.prepare("SELECT r.id, m.fingerprint, m.asked FROM flow_run r"
                                             " LEFT JOIN mirrored_run m ON m.flow_run_id = r.id WHERE r.uuid = ?");
    statement.bind(id.toBytes());
    return readMark(statement);
}

struct KeyHolder {
    RowId row = 0;
    Instant asked;
    Instant created;
};

KeyHolder findHolder(Connection &connection, RowId flow, const QString &key)
{
    if (key.isEmpty())
        return {};
    Statement statement
        = connection.prepare("SELECT r.id, coalesce(m.asked, 0), r.created FROM flow_run r LEFT JOIN mirrored_run m"
                             " ON m.flow_run_id = r.id WHERE r.flow_id = ? AND r.idempotency_key = ?");
    statement.bind(flow).bind(key);
    if (!statement.step())
        return {};
    return {.row = statement.rowId(0), .asked = statement.instant(1), .created = statement.instant(2)};
}

std::optional<Instant> nextScheduled(const FlowRun &run)
{
    if (run.state.type != StateType::Scheduled)
        return std::nullopt;
    return run.state.scheduledTime.value_or(run.expectedStart);
}

RunFacts factsOf(RowId row, RowId deployment, const FlowRun &run)
{
    return {.row = row,
        .deployment = deployment,
        .type = run.state.type,
        .stateName = run.state.name,
        .due = run.expectedStart,
        .nextScheduled = nextScheduled(run),
        .started = run.start,
        .ended = run.end,
        .created = run.created};
}

/// Writes one page of runs.
class RunWriter
{
public:
    RunWriter(Connection &connection, Instant asked)
        : m_db(connection), m_asked(asked), m_flows(connection), m_summaries(connection)
    {
    }

    void put(const MirroredFlowRun &run, MirrorTally &tally);
    void finish() { m_summaries.write(); }

private:
    struct Links {
        RowId flow = 0;
        RowId deployment = 0;
        RowId parentTask = 0;
        RowId parentRun = 0;
    };
    [[nodiscard]] Links linksOf(const MirroredFlowRun &run);
    [[nodiscard]] RowId deploymentOf(const DeploymentId &id);
    void bindColumns(Statement &statement, const FlowRun &run, const Links &links);
    [[nodiscard]] RowId insert(const FlowRun &run, const Links &links);
    void update(RowId row, const FlowRun &run, const Links &links);
    void writeState(RowId row, const State &state);
    void writeMark(RowId row, const MirroredFlowRun &run, const Links &links);
    void noteSeen(RowId row);

    Connection &m_db;
    Instant m_asked;
    FlowLinks m_flows;
    RunSummaries m_summaries;
    QHash<DeploymentId, RowId> m_deployments;
};

void RunWriter::put(const MirroredFlowRun &run, MirrorTally &tally)
{
    const MirrorMark known = findRun(m_db, run.value.id);
    if (known.row != 0 && (known.asked > m_asked || known.fingerprint == run.fingerprint)) {
        noteSeen(known.row);
        ++tally.same;
        return;
    }
    const Links links = linksOf(run);
    const KeyHolder holder = findHolder(m_db, links.flow, run.value.idempotencyKey);
    if (holder.row != 0 && holder.row != known.row) {
        // A server has one run per flow and key: of two, one was deleted there.
        if (std::tie(holder.asked, holder.created) > std::tie(m_asked, run.value.created)) {
            ++tally.same;
            return;
        }
        deleteRun(m_db, m_summaries, holder.row);
    }
    RowId row = known.row;
    std::optional<RunFacts> before;
    if (row == 0) {
        row = insert(run.value, links);
        m_db.added(Entity::FlowRun, row);
        ++tally.added;
    } else {
        before = readRunFacts(m_db, row);
        update(row, run.value, links);
        m_db.updated(Entity::FlowRun, row);
        ++tally.changed;
    }
    writeMark(row, run, links);
    m_summaries.note(before, factsOf(row, links.deployment, run.value));
}

RunWriter::Links RunWriter::linksOf(const MirroredFlowRun &run)
{
    Links links{.flow = m_flows.of(run.flow).row, .deployment = deploymentOf(run.deployment)};
    if (run.parentTaskRun.isNull())
        return links;
    Statement statement = m_db.prepare("SELECT id, flow_run_id FROM task_run WHERE uuid = ?");
    statement.bind(run.parentTaskRun.toBytes());
    if (statement.step()) {
        links.parentTask = statement.rowId(0);
        links.parentRun = statement.rowId(1);
    }
    return links;
}

RowId RunWriter::deploymentOf(const DeploymentId &id)
{
    if (id.isNull())
        return 0;
    const auto known = m_deployments.constFind(id);
    if (known != m_deployments.constEnd())
        return *known;
    Statement statement = m_db.prepare("SELECT id FROM deployment WHERE uuid = ?");
    statement.bind(id.toBytes());
    const RowId row = statement.step() ? statement.rowId(0) : 0;
    m_deployments.insert(id, row);
    return row;
}

void RunWriter::bindColumns(Statement &statement, const FlowRun &run, const Links &links)
{
    statement.bind(links.flow).bind(links.deployment).bind(run.name).bind(codec::toInt(run.state.type));
    statement.bind(run.state.name).bind(run.expectedStart).bind(nextScheduled(run)).bind(run.start).bind(run.end);
    statement.bind(run.runTimeUs).bind(run.runCount).bind(run.created).bind(static_cast<int>(run.createdBy));
    statement.bind(codec::tagsToText(run.tags)).bind(run.idempotencyKey).bind(links.parentTask).bind(links.parentRun);
}

RowId RunWriter::insert(const FlowRun &run, const Links &links)
{
    Statement insert = m_db.prepare(
        "INSERT INTO flow_run (flow_id, deployment_id, name, state_type, state_name, due, next_scheduled, started,"
        " ended, run_time, run_count, created, created_by, tags, idempotency_key, parent_task_run_id,"
        " parent_flow_run_id, uuid) VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''),"
        " nullif(?, 0), nullif(?, 0), ?)");
    bindColumns(insert, run, links);
    insert.bind(run.id).run();
    const RowId row = m_db.lastInsertId();
    m_db.prepare("INSERT INTO flow_run_detail (flow_run_id, parameters, details) VALUES (?, ?, ?)")
        .bind(row)
        .bindText(run.parameters)
        .bindText(run.details)
        .run();
    writeState(row, run.state);
    return row;
}

void RunWriter::update(RowId row, const FlowRun &run, const Links &links)
{
    Statement update = m_db.prepare(
        "UPDATE flow_run SET flow_id = ?, deployment_id = nullif(?, 0), name = ?, state_type = ?, state_name = ?,"
        " due = ?, next_scheduled = ?, started = ?, ended = ?, run_time = ?, run_count = ?, created = ?,"
        " created_by = ?, tags = ?, idempotency_key = nullif(?, ''), parent_task_run_id = nullif(?, 0),"
        " parent_flow_run_id = nullif(?, 0) WHERE id = ?");
    bindColumns(update, run, links);
    update.bind(row).run();
    m_db.prepare("UPDATE flow_run_detail SET parameters = ?, details = ? WHERE flow_run_id = ?")
        .bindText(run.parameters)
        .bindText(run.details)
        .bind(row)
        .run();
    // The history may have brought this very state already.
    m_db.prepare("UPDATE flow_run_state SET type_text = ?, message = ?, scheduled = ?"
                 " WHERE flow_run_id = ? AND at = ? AND type = ? AND name = ?")
        .bind(run.state.typeText)
        .bind(run.state.message)
        .bind(run.state.scheduledTime)
        .bind(row)
        .bind(run.state.timestamp)
        .bind(codec::toInt(run.state.type))
        .bind(run.state.name)
        .run();
    if (m_db.changedRows() == 0)
        writeState(row, run.state);
}

void RunWriter::writeState(RowId row, const State &state)
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

void RunWriter::writeMark(RowId row, const MirroredFlowRun &run, const Links &links)
{
    Statement replace
        = m_db.prepare("INSERT INTO mirrored_run (flow_run_id, fingerprint, asked, missing_deployment, missing_parent)"
                       " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint,"
                       " asked = excluded.asked, missing_deployment = excluded.missing_deployment,"
                       " missing_parent = excluded.missing_parent");
    replace.bind(row);
    bindFingerprint(replace, run.fingerprint);
    replace.bind(m_asked);
    replace.bind(links.deployment == 0 ? run.deployment : DeploymentId());
    replace.bind(links.parentTask == 0 ? run.parentTaskRun : TaskRunId()).run();
}

void RunWriter::noteSeen(RowId row)
{
    m_db.prepare("UPDATE mirrored_run SET asked = ?1 WHERE flow_run_id = ?2 AND asked < ?1")
        .bind(m_asked)
        .bind(row)
        .run();
}

} // namespace

MirrorTally MirrorRepository::putFlowRuns(std::span<const MirroredFlowRun> runs, Instant asked)
{
    MirrorTally tally;
    RunWriter writer(m_db, asked);
    for (const MirroredFlowRun &run : runs)
        writer.put(run, tally);
    writer.finish();
    return tally;
}

void MirrorRepository::removeFlowRun(const FlowRunId &id)
{
    RunSummaries summaries(m_db);
    if (const RowId row = findRun(m_db, id).row; row != 0)
        deleteRun(m_db, summaries, row);
    summaries.write();
}

int MirrorRepository::removeFlowRunsBefore(Instant before, int limit)
{
    std::vector<RowId> old;
    {
        Statement statement = m_db.prepare(
            "SELECT id FROM flow_run WHERE due < ? AND state_type NOT IN (0, 1, 2, 7, 8) ORDER BY due LIMIT ?");
        statement.bind(before).bind(limit);
        old = codec::readRowIds(statement);
    }
    RunSummaries summaries(m_db);
    for (const RowId row : old)
        deleteRun(m_db, summaries, row);
    summaries.write();
    return static_cast<int>(old.size());
}

std::vector<FlowRunId> MirrorRepository::flowRunIds(Instant from, Instant to, const QList<StateType> &states)
{
    std::vector<FlowRunId> ids;
    for (const StateType state : states) {
        Statement statement = m_db.prepare("SELECT uuid FROM flow_run WHERE state_type = ? AND due >= ? AND due < ?");
        statement.bind(codec::toInt(state)).bind(from).bind(to);
        while (statement.step())
            ids.push_back(FlowRunId::fromBytes(statement.bytes(0)));
    }
    return ids;
}

std::vector<FlowRunId> MirrorRepository::waitingRunIds(const DeploymentId &deployment, Instant now)
{
    Statement statement = m_db.prepare("SELECT r.uuid FROM flow_run r JOIN deployment d ON d.id = r.deployment_id"
                                       " WHERE d.uuid = ? AND r.state_type = 0 AND r.due > ?");
    statement.bind(deployment.toBytes()).bind(now);
    std::vector<FlowRunId> ids;
    while (statement.step())
        ids.push_back(FlowRunId::fromBytes(statement.bytes(0)));
    return ids;
}

} // namespace fd
