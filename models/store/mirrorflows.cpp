// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/codec.h"
#include "models/store/mirrorlinks.h"
#include "models/store/mirrorrepository.h"

namespace fd {
namespace {

MirrorMark findFlow(Connection &connection, const FlowId &id)
{
    Statement statement = connection.prepare("SELECT f.id, m.fingerprint, m.asked FROM flow f"
                                             " LEFT JOIN mirrored_flow m ON m.flow_id = f.id WHERE f.uuid = ?");
    statement.bind(id.toBytes());
    return readMark(statement);
}

MirrorMark findHolder(Connection &connection, const QString &name)
{
    Statement statement = connection.prepare("SELECT f.id, m.fingerprint, m.asked FROM flow f"
                                             " LEFT JOIN mirrored_flow m ON m.flow_id = f.id WHERE f.name = ?");
    statement.bind(name);
    return readMark(statement);
}

void writeMark(Connection &connection, RowId row, quint64 fingerprint, Instant asked)
{
    Statement replace
        = connection.prepare("INSERT INTO mirrored_flow (flow_id, fingerprint, asked) VALUES (?, ?, ?)"
                             " ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, asked = excluded.asked");
    replace.bind(row);
    bindFingerprint(replace, fingerprint);
    replace.bind(asked).run();
}

std::vector<RowId> deploymentsOf(Connection &connection, RowId flow)
{
    Statement statement = connection.prepare("SELECT id FROM deployment WHERE flow_id = ?");
    statement.bind(flow);
    return codec::readRowIds(statement);
}

/// Whether any run could show the name of a flow.
bool hasRuns(Connection &connection)
{
    Statement statement = connection.prepare("SELECT 1 FROM flow_run LIMIT 1");
    return statement.step();
}

/// Frees a name for the flow that now has it on the server.
void takeName(Connection &connection, RowId from)
{
    connection.prepare("UPDATE flow SET name = 'was ' || hex(uuid) WHERE id = ?").bind(from).run();
}

void moveDeployments(Connection &connection, RowId from, RowId to)
{
    for (const RowId deployment : deploymentsOf(connection, from)) {
        bool isTaken = false;
        {
            Statement statement = connection.prepare(
                "SELECT 1 FROM deployment d JOIN deployment o ON o.name = d.name COLLATE BINARY AND o.flow_id = ?"
                " WHERE d.id = ?");
            isTaken = statement.bind(to).bind(deployment).step();
        }
        if (isTaken) {
            supplantDeployment(connection, deployment);
            continue;
        }
        connection.prepare("UPDATE deployment SET flow_id = ? WHERE id = ?").bind(to).bind(deployment).run();
        connection.prepare("UPDATE mirrored_deployment SET fingerprint = NULL WHERE deployment_id = ?")
            .bind(deployment)
            .run();
    }
}

void moveRuns(Connection &connection, RowId from, RowId to)
{
    RunSummaries summaries(connection);
    std::vector<RowId> doubled;
    {
        Statement statement = connection.prepare(
            "SELECT o.id FROM flow_run o JOIN flow_run n ON n.idempotency_key = o.idempotency_key AND n.flow_id = ?"
            " WHERE o.flow_id = ? AND o.idempotency_key IS NOT NULL AND n.idempotency_key IS NOT NULL");
        statement.bind(to).bind(from);
        doubled = codec::readRowIds(statement);
    }
    for (const RowId run : doubled)
        deleteRun(connection, summaries, run);
    summaries.write();
    connection
        .prepare("UPDATE mirrored_run SET fingerprint = NULL"
                 " WHERE flow_run_id IN (SELECT id FROM flow_run WHERE flow_id = ?)")
        .bind(from)
        .run();
    connection.prepare("UPDATE flow_run SET flow_id = ? WHERE flow_id = ?").bind(to).bind(from).run();
}

/// A flow was deleted on the server and made again: the old row goes. What it had belongs to the new one until the
/// server is asked about it again, which then is believed whatever its fingerprint.
void absorbFlow(Connection &connection, RowId from, RowId to)
{
    moveDeployments(connection, from, to);
    moveRuns(connection, from, to);
    connection.prepare("DELETE FROM flow WHERE id = ?").bind(from).run();
    connection.removed(Entity::Flow, from);
}

RowId writeFlow(Connection &connection, RowId row, const Flow &flow)
{
    if (row == 0) {
        connection.prepare("INSERT INTO flow (uuid, name, created, updated) VALUES (?, ?, ?, ?)")
            .bind(flow.id.toBytes())
            .bind(flow.name)
            .bind(flow.created)
            .bind(flow.updated)
            .run();
        row = connection.lastInsertId();
        connection.added(Entity::Flow, row);
    } else {
        connection.prepare("UPDATE flow SET name = ?, created = ?, updated = ? WHERE id = ?")
            .bind(flow.name)
            .bind(flow.created)
            .bind(flow.updated)
            .bind(row)
            .run();
        connection.updated(Entity::Flow, row);
    }
    return row;
}

/// Everything that shows a flow's name follows it.
void spreadName(Connection &connection, RowId flow, const QString &name)
{
    std::vector<RowId> deployments;
    {
        Statement statement
            = connection.prepare("SELECT id FROM deployment WHERE flow_id = ? AND flow_name <> ? COLLATE BINARY");
        statement.bind(flow).bind(name);
        deployments = codec::readRowIds(statement);
    }
    for (const RowId deployment : deployments) {
        connection.prepare("UPDATE deployment SET flow_name = ? WHERE id = ?").bind(name).bind(deployment).run();
        connection.updated(Entity::Deployment, deployment);
    }
}

bool hasName(Connection &connection, RowId flow, const QString &name)
{
    Statement statement = connection.prepare("SELECT 1 FROM flow WHERE id = ? AND name = ?");
    return statement.bind(flow).bind(name).step();
}

} // namespace

MirrorTally MirrorRepository::putFlows(std::span<const MirroredFlow> flows, Instant asked)
{
    MirrorTally tally;
    bool hasNewNames = false;
    for (const MirroredFlow &flow : flows) {
        const MirrorMark known = findFlow(m_db, flow.value.id);
        const MirrorMark holder = findHolder(m_db, flow.value.name);
        const bool isTaken = holder.row != 0 && holder.row != known.row;
        if (known.asked > asked || (isTaken && holder.asked > asked)) {
            ++tally.same;
            continue;
        }
        if (known.fingerprint == flow.fingerprint && !isTaken) {
            writeMark(m_db, known.row, flow.fingerprint, asked);
            ++tally.same;
            continue;
        }
        const bool isRenamed = isTaken || (known.row != 0 && !hasName(m_db, known.row, flow.value.name));
        if (isTaken)
            takeName(m_db, holder.row);
        const RowId row = writeFlow(m_db, known.row, flow.value);
        if (isTaken)
            absorbFlow(m_db, holder.row, row);
        writeMark(m_db, row, flow.fingerprint, asked);
        if (isRenamed)
            spreadName(m_db, row, flow.value.name);
        hasNewNames = hasNewNames || isRenamed;
        ++(known.row == 0 ? tally.added : tally.changed);
    }
    // Runs are not found by their flow, and names seldom change.
    if (hasNewNames && hasRuns(m_db))
        m_db.everythingChanged(Entity::FlowRun);
    return tally;
}

std::vector<FlowId> MirrorRepository::unknownFlows(int limit)
{
    Statement statement = m_db.prepare("SELECT uuid FROM flow f WHERE NOT EXISTS"
                                       " (SELECT 1 FROM mirrored_flow m WHERE m.flow_id = f.id) LIMIT ?");
    statement.bind(limit);
    std::vector<FlowId> flows;
    while (statement.step())
        flows.push_back(FlowId::fromBytes(statement.bytes(0)));
    return flows;
}

} // namespace fd
