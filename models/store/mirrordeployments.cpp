// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/codec.h"
#include "models/store/deferredindexes.h"
#include "models/store/deploymentwriter.h"
#include "models/store/mirrorlinks.h"
#include "models/store/mirrorrepository.h"

namespace fd {
namespace {

MirrorMark findDeployment(Connection &connection, const DeploymentId &id)
{
    Statement statement
        = connection.prepare("SELECT d.id, m.fingerprint, m.asked FROM deployment d"
                             " LEFT JOIN mirrored_deployment m ON m.deployment_id = d.id WHERE d.uuid = ?");
    statement.bind(id.toBytes());
    return readMark(statement);
}

MirrorMark findHolder(Connection &connection, RowId flow, const QString &name)
{
    Statement statement
        = connection.prepare("SELECT d.id, m.fingerprint, m.asked FROM deployment d LEFT JOIN mirrored_deployment m"
                             " ON m.deployment_id = d.id WHERE d.flow_id = ? AND d.name = ? COLLATE BINARY");
    statement.bind(flow).bind(name);
    return readMark(statement);
}

/// Notes that a pass saw a row whose content is known.
void noteSeen(Connection &connection, RowId row, Instant asked, qint64 pass)
{
    connection
        .prepare("UPDATE mirrored_deployment SET asked = max(asked, ?), pass = max(pass, ?) WHERE deployment_id = ?")
        .bind(asked)
        .bind(pass)
        .bind(row)
        .run();
}

void writeMark(Connection &connection, RowId row, quint64 fingerprint, Instant asked, qint64 pass)
{
    Statement replace = connection.prepare(
        "INSERT INTO mirrored_deployment (deployment_id, fingerprint, asked, pass) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, asked = excluded.asked,"
        " pass = max(pass, excluded.pass)");
    replace.bind(row);
    bindFingerprint(replace, fingerprint);
    replace.bind(asked).bind(pass).run();
}

bool isAnyRunWaiting(Connection &connection)
{
    Statement statement = connection.prepare("SELECT 1 FROM mirrored_run WHERE missing_deployment IS NOT NULL LIMIT 1");
    return statement.step();
}

/// The server deletes a deployment's scheduled runs with it; the others stay.
void deleteDeployment(Connection &connection, RowId row)
{
    std::vector<RowId> scheduled;
    {
        Statement statement = connection.prepare("SELECT id FROM flow_run WHERE deployment_id = ? AND state_type = 0");
        statement.bind(row);
        scheduled = codec::readRowIds(statement);
    }
    RunSummaries summaries(connection);
    for (const RowId run : scheduled)
        deleteRun(connection, summaries, run);
    summaries.write();
    releaseDeployment(connection, row);
}

} // namespace

MirrorTally MirrorRepository::putDeployments(
    std::span<const MirroredDeployment> deployments, Instant asked, qint64 pass)
{
    MirrorTally tally;
    FlowLinks flows(m_db);
    RunSummaries summaries(m_db);
    for (const MirroredDeployment &deployment : deployments) {
        const MirrorMark known = findDeployment(m_db, deployment.value.id);
        if (known.row != 0 && (known.asked > asked || known.fingerprint == deployment.fingerprint)) {
            noteSeen(m_db, known.row, asked, pass);
            ++tally.same;
            continue;
        }
        const FlowLinks::Found flow = flows.of(deployment.flow);
        const MirrorMark holder = findHolder(m_db, flow.row, deployment.value.name);
        if (holder.row != 0 && holder.row != known.row) {
            if (holder.asked > asked) {
                if (known.row != 0)
                    noteSeen(m_db, known.row, asked, pass);
                ++tally.same;
                continue;
            }
            releaseDeployment(m_db, holder.row);
        }
        Deployment value = deployment.value;
        value.flowName = flow.name;
        RowId row = known.row;
        if (row == 0) {
            row = insertDeployment(m_db, flow.row, value);
            ++tally.added;
        } else {
            updateDeployment(m_db, row, flow.row, value);
            ++tally.changed;
        }
        tally.deployments.push_back(value.id);
        writeMark(m_db, row, deployment.fingerprint, asked, pass);
        if (known.row == 0 && isAnyRunWaiting(m_db))
            adoptRuns(m_db, summaries, row, value.id);
    }
    summaries.write();
    return tally;
}

std::vector<DeploymentId> MirrorRepository::deploymentIds(qint64 notSeenIn)
{
    Statement statement = m_db.prepare("SELECT d.uuid FROM deployment d LEFT JOIN mirrored_deployment m"
                                       " ON m.deployment_id = d.id WHERE ?1 = 0 OR coalesce(m.pass, 0) < ?1");
    statement.bind(notSeenIn);
    std::vector<DeploymentId> ids;
    while (statement.step())
        ids.push_back(DeploymentId::fromBytes(statement.bytes(0)));
    return ids;
}

int MirrorRepository::removeDeploymentsNotSeen(qint64 pass)
{
    std::vector<RowId> unseen;
    {
        Statement statement = m_db.prepare("SELECT deployment_id FROM mirrored_deployment WHERE pass < ?");
        statement.bind(pass);
        unseen = codec::readRowIds(statement);
    }
    for (const RowId row : unseen)
        deleteDeployment(m_db, row);
    return static_cast<int>(unseen.size());
}

void MirrorRepository::removeDeployment(const DeploymentId &id)
{
    if (const RowId row = findDeployment(m_db, id).row; row != 0)
        deleteDeployment(m_db, row);
}

void MirrorRepository::clear()
{
    // Deployments, runs and what belongs to them go with their flows.
    for (const char *table : {"flow", "log", "run_count", "run_hour", "work_pool", "work_queue", "worker"})
        m_db.execute(QByteArray("DELETE FROM ") + table);
    for (int entity = 0; entity < kEntityCount; ++entity)
        m_db.everythingChanged(static_cast<Entity>(entity));
}

void MirrorRepository::beginBulk()
{
    {
        Statement statement = m_db.prepare("SELECT 1 FROM deployment LIMIT 1");
        if (statement.step())
            return;
    }
    deferDeploymentIndexes(m_db);
    // Every checkpoint would write nearly all of the file again.
    m_db.execute("PRAGMA wal_autocheckpoint = 16384");
}

bool MirrorRepository::finishBulkStep() { return restoreDeferredIndex(m_db); }

void MirrorRepository::finishBulk()
{
    restoreDeferredIndexes(m_db);
    m_db.execute("PRAGMA wal_autocheckpoint = 1000");
}

} // namespace fd
