// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/mirrorlinks.h"

#include "models/store/codec.h"

namespace fd {
namespace {

void noteRunsOf(Connection &connection, RowId deployment)
{
    Statement statement = connection.prepare("SELECT id FROM flow_run WHERE deployment_id = ?");
    statement.bind(deployment);
    while (statement.step())
        connection.updated(Entity::FlowRun, statement.rowId(0));
}

/// Runs that a run's tasks called lose it, and keep the task's id.
void releaseChildren(Connection &connection, RowId parent)
{
    std::vector<RowId> children;
    {
        Statement statement = connection.prepare("SELECT id FROM flow_run WHERE parent_flow_run_id = ?");
        statement.bind(parent);
        children = codec::readRowIds(statement);
    }
    for (const RowId child : children) {
        connection
            .prepare("UPDATE mirrored_run SET missing_parent = (SELECT t.uuid FROM flow_run r JOIN task_run t"
                     " ON t.id = r.parent_task_run_id WHERE r.id = mirrored_run.flow_run_id) WHERE flow_run_id = ?")
            .bind(child)
            .run();
        connection.prepare("UPDATE flow_run SET parent_task_run_id = NULL, parent_flow_run_id = NULL WHERE id = ?")
            .bind(child)
            .run();
        connection.updated(Entity::FlowRun, child);
    }
}

} // namespace

MirrorMark readMark(Statement &statement)
{
    MirrorMark mark;
    if (!statement.step())
        return mark;
    mark.row = statement.rowId(0);
    if (!statement.isNull(1))
        mark.fingerprint = static_cast<quint64>(statement.integer(1));
    if (!statement.isNull(2))
        mark.asked = statement.instant(2);
    return mark;
}

void bindFingerprint(Statement &statement, quint64 fingerprint) { statement.bind(static_cast<qint64>(fingerprint)); }

FlowLinks::Found FlowLinks::of(const FlowId &id)
{
    if (const auto known = m_found.constFind(id); known != m_found.constEnd())
        return *known;
    Found found;
    {
        Statement statement = m_db.prepare("SELECT id, name FROM flow WHERE uuid = ?");
        statement.bind(id.toBytes());
        if (statement.step())
            found = {.row = statement.rowId(0), .name = statement.text(1)};
    }
    if (found.row == 0) {
        found.name = id.toText();
        m_db.prepare("INSERT INTO flow (uuid, name, created, updated) VALUES (?, ?, 0, 0)")
            .bind(id.toBytes())
            .bind(found.name)
            .run();
        found.row = m_db.lastInsertId();
        m_db.added(Entity::Flow, found.row);
    }
    m_found.insert(id, found);
    return found;
}

void keepDeploymentId(Connection &connection, RowId deployment)
{
    noteRunsOf(connection, deployment);
    connection
        .prepare("UPDATE mirrored_run SET missing_deployment = (SELECT uuid FROM deployment WHERE id = ?1)"
                 " WHERE flow_run_id IN (SELECT id FROM flow_run WHERE deployment_id = ?1)")
        .bind(deployment)
        .run();
}

void supplantDeployment(Connection &connection, RowId row)
{
    keepDeploymentId(connection, row);
    connection.prepare("DELETE FROM deployment WHERE id = ?").bind(row).run();
    connection.removed(Entity::Deployment, row);
}

void adoptRuns(Connection &connection, RunSummaries &summaries, RowId deployment, const DeploymentId &id)
{
    std::vector<RowId> runs;
    {
        Statement statement = connection.prepare("SELECT flow_run_id FROM mirrored_run WHERE missing_deployment = ?");
        statement.bind(id.toBytes());
        runs = codec::readRowIds(statement);
    }
    for (const RowId run : runs) {
        std::optional<RunFacts> facts = readRunFacts(connection, run);
        if (!facts)
            continue;
        connection.prepare("UPDATE flow_run SET deployment_id = ? WHERE id = ?").bind(deployment).bind(run).run();
        connection.prepare("UPDATE mirrored_run SET missing_deployment = NULL WHERE flow_run_id = ?").bind(run).run();
        RunFacts adopted = *facts;
        adopted.deployment = deployment;
        summaries.note(facts, adopted);
        connection.updated(Entity::FlowRun, run);
    }
}

void deleteRun(Connection &connection, RunSummaries &summaries, RowId row)
{
    const std::optional<RunFacts> before = readRunFacts(connection, row);
    if (!before)
        return;
    releaseChildren(connection, row);
    // Lines are not tied to their run, so that writing them costs no look-up.
    connection.prepare("DELETE FROM log WHERE flow_run_id = ?").bind(row).run();
    connection.prepare("DELETE FROM flow_run WHERE id = ?").bind(row).run();
    summaries.note(before, std::nullopt);
    connection.removed(Entity::FlowRun, row);
}

bool hasRun(Connection &connection, RowId row)
{
    Statement statement = connection.prepare("SELECT 1 FROM flow_run WHERE id = ?");
    statement.bind(row);
    return statement.step();
}

} // namespace fd
