// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"

#include "models/store/codec.h"
#include "models/store/deploymentwriter.h"
#include "models/store/flowrepository.h"
#include "models/store/flowrunrepository.h"

namespace fd {
namespace {

constexpr const char *kDetailColumns
    = "SELECT d.id, d.uuid, d.name, d.flow_name, d.version, d.tags, d.paused, d.created, d.updated,"
      " t.description, t.parameters, t.parameter_schema, t.schedules, t.runner_type, t.runner_config,"
      " t.path, t.entrypoint, t.spec_path, t.spec_text, d.work_pool_name, d.work_queue_name, d.status,"
      " t.concurrency_limit, t.job_variables, t.enforce_parameter_schema, t.other_fields"
      " FROM deployment d JOIN deployment_detail t ON t.deployment_id = d.id";

std::optional<Deployment> readDeployment(Statement &statement)
{
    if (!statement.step())
        return std::nullopt;
    Deployment deployment;
    int column = 0;
    deployment.row = statement.rowId(column++);
    deployment.id = DeploymentId::fromBytes(statement.bytes(column++));
    deployment.name = statement.text(column++);
    deployment.flowName = statement.text(column++);
    deployment.version = statement.text(column++);
    deployment.tags = codec::tagsFromText(statement.text(column++));
    deployment.paused = statement.integer(column++) != 0;
    deployment.created = statement.instant(column++);
    deployment.updated = statement.instant(column++);
    deployment.description = statement.text(column++);
    deployment.parameters = statement.bytes(column++);
    deployment.parameterSchema = statement.bytes(column++);
    deployment.schedules = codec::schedulesFromText(statement.bytes(column++));
    deployment.runner.type = statement.text(column++);
    deployment.runner.config = statement.bytes(column++);
    deployment.path = statement.text(column++);
    deployment.entrypoint = statement.text(column++);
    deployment.specPath = statement.text(column++);
    deployment.specText = statement.text(column++);
    deployment.workPoolName = statement.text(column++);
    deployment.workQueueName = statement.text(column++);
    deployment.status = statement.text(column++);
    deployment.concurrencyLimit = statement.optionalInt(column++);
    deployment.jobVariables = statement.bytes(column++);
    deployment.enforceParameterSchema = statement.integer(column++) != 0;
    deployment.otherFields = statement.bytes(column++);
    return deployment;
}

DeploymentRow readRow(Statement &statement)
{
    DeploymentRow row;
    int column = 0;
    row.row = statement.rowId(column++);
    row.id = DeploymentId::fromBytes(statement.bytes(column++));
    row.name = statement.text(column++);
    row.flowName = statement.text(column++);
    row.version = statement.text(column++);
    row.tags = codec::tagsFromText(statement.text(column++));
    row.schedule.json = statement.bytes(column++);
    row.schedule.active = statement.integer(column++) != 0;
    row.scheduleCount = static_cast<int>(statement.integer(column++));
    row.parameterCount = static_cast<int>(statement.integer(column++));
    row.paused = statement.integer(column++) != 0;
    row.created = statement.instant(column++);
    row.updated = statement.instant(column++);
    row.nextRun = statement.optionalInstant(column++);
    row.lastRun = statement.rowId(column++);
    row.lastState.type = codec::stateType(statement.integer(column++));
    row.lastState.name = statement.text(column++);
    row.lastState.timestamp = statement.instant(column++);
    row.lastStart = statement.optionalInstant(column++);
    row.lastEnd = statement.optionalInstant(column++);
    row.activeRuns = static_cast<int>(statement.integer(column++));
    row.strip = codec::stripFromBytes(statement.bytes(column++));
    row.workPoolName = statement.text(column++);
    row.workQueueName = statement.text(column++);
    row.status = statement.text(column++);
    return row;
}

/// ORDER BY terms ascending and descending; rows without a value come last both ways.
struct SortTerms {
    const char *ascending;
    const char *descending;
};

SortTerms sortTerms(DeploymentSort sort)
{
    switch (sort) {
    case DeploymentSort::Name:
        return {"SELECT id FROM deployment ORDER BY name, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY name DESC, id DESC LIMIT ?"};
    case DeploymentSort::Flow:
        return {"SELECT id FROM deployment ORDER BY flow_name, name, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY flow_name DESC, name DESC, id DESC LIMIT ?"};
    case DeploymentSort::NextRun:
        return {"SELECT id FROM deployment ORDER BY next_run NULLS LAST, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY next_run DESC, id DESC LIMIT ?"};
    case DeploymentSort::LastRun:
        return {"SELECT id FROM deployment ORDER BY last_due NULLS LAST, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY last_due DESC, id DESC LIMIT ?"};
    case DeploymentSort::State:
        return {"SELECT id FROM deployment ORDER BY last_state_type NULLS LAST, last_due, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY last_state_type DESC, last_due DESC, id DESC LIMIT ?"};
    case DeploymentSort::Updated:
        return {"SELECT id FROM deployment ORDER BY updated, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY updated DESC, id DESC LIMIT ?"};
    case DeploymentSort::Created:
        return {"SELECT id FROM deployment ORDER BY created, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY created DESC, id DESC LIMIT ?"};
    case DeploymentSort::Tags:
        return {"SELECT id FROM deployment ORDER BY nullif(tags, '') NULLS LAST, name, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY nullif(tags, '') DESC, name DESC, id DESC LIMIT ?"};
    case DeploymentSort::Schedule:
        return {"SELECT id FROM deployment ORDER BY nullif(schedule, '') NULLS LAST, name, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY nullif(schedule, '') DESC, name DESC, id DESC LIMIT ?"};
    case DeploymentSort::Failures:
        return {"SELECT id FROM deployment ORDER BY failures, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY failures DESC, id DESC LIMIT ?"};
    case DeploymentSort::Version:
        return {"SELECT id FROM deployment ORDER BY version = '', version, name, id LIMIT ?",
            "SELECT id FROM deployment ORDER BY version DESC, name DESC, id DESC LIMIT ?"};
    case DeploymentSort::WorkPool:
        return {"SELECT id FROM deployment ORDER BY work_pool_name = '', work_pool_name, work_queue_name, name, id"
                " LIMIT ?",
            "SELECT id FROM deployment ORDER BY work_pool_name DESC, work_queue_name DESC, name DESC, id DESC"
            " LIMIT ?"};
    }
    Q_UNREACHABLE();
}

constexpr const char *kFactColumns
    = "SELECT d.id, d.name || char(10) || d.flow_name || char(10) || d.tags || t.entrypoint"
      " || char(10) || t.path || char(10) || t.parameters, d.last_run_id, d.last_state_type"
      " FROM deployment d JOIN deployment_detail t ON t.deployment_id = d.id";

DeploymentRepository::Facts readFacts(const Statement &statement)
{
    const RowId lastRun = statement.rowId(2);
    return {.row = statement.rowId(0),
        .text = statement.bytes(1),
        .state = lastRun != 0 ? codec::stateType(statement.integer(3)) : StateType::Unknown,
        .hasRun = lastRun != 0};
}

} // namespace

DeploymentRepository::Stored DeploymentRepository::upsert(const Deployment &deployment, Instant now)
{
    const RowId flow = FlowRepository(m_db).findOrCreate(deployment.flowName, now);
    Stored stored = findStored(flow, deployment.name);
    Deployment value = deployment;
    value.updated = now;
    if (stored.row == 0) {
        value.id = deployment.id.isNull() ? DeploymentId::make() : deployment.id;
        value.created = now;
        return {.row = insertDeployment(m_db, flow, value), .id = value.id, .created = true};
    }
    updateDeployment(m_db, stored.row, flow, value);
    return stored;
}

DeploymentRepository::Stored DeploymentRepository::findStored(RowId flow, const QString &name)
{
    Statement find = m_db.prepare("SELECT id, uuid FROM deployment WHERE flow_id = ? AND name = ? COLLATE BINARY");
    find.bind(flow).bind(name);
    if (!find.step())
        return {};
    return {.row = find.rowId(0), .id = DeploymentId::fromBytes(find.bytes(1)), .created = false};
}

void DeploymentRepository::remove(RowId row)
{
    FlowRunRepository(m_db).removeScheduledOf(row);
    Statement remove = m_db.prepare("DELETE FROM deployment WHERE id = ?");
    remove.bind(row).run();
    m_db.removed(Entity::Deployment, row);
}

std::optional<Deployment> DeploymentRepository::find(RowId row)
{
    static const QByteArray sql = QByteArray(kDetailColumns) + " WHERE d.id = ?";
    Statement statement = m_db.prepare(sql.constData());
    statement.bind(row);
    return readDeployment(statement);
}

std::optional<Deployment> DeploymentRepository::find(const DeploymentId &id)
{
    static const QByteArray sql = QByteArray(kDetailColumns) + " WHERE d.uuid = ?";
    Statement statement = m_db.prepare(sql.constData());
    statement.bind(id.toBytes());
    return readDeployment(statement);
}

std::optional<Deployment> DeploymentRepository::findByName(const QString &flowName, const QString &name)
{
    static const QByteArray sql = QByteArray(kDetailColumns)
        + " JOIN flow f ON f.id = d.flow_id WHERE f.name = ? AND d.name = ? COLLATE BINARY";
    Statement statement = m_db.prepare(sql.constData());
    statement.bind(flowName).bind(name);
    return readDeployment(statement);
}

std::vector<DeploymentRow> DeploymentRepository::rows(std::span<const RowId> ids)
{
    // CROSS JOIN keeps the order of the list: SQLite then walks it and looks each row up.
    Statement statement = m_db.prepare(
        "SELECT d.id, d.uuid, d.name, d.flow_name, d.version, d.tags, d.schedule, d.schedule_active, d.schedule_count,"
        " d.parameter_count, d.paused, d.created, d.updated, d.next_run, d.last_run_id, d.last_state_type,"
        " d.last_state_name, d.last_due, d.last_start, d.last_end, d.active_runs, d.strip,"
        " d.work_pool_name, d.work_queue_name, d.status"
        " FROM json_each(?) j CROSS JOIN deployment d ON d.id = j.value");
    statement.bindText(codec::rowIdsToJson(ids));
    std::vector<DeploymentRow> rows;
    rows.reserve(ids.size());
    while (statement.step())
        rows.push_back(readRow(statement));
    return rows;
}

std::vector<RowId> DeploymentRepository::ids(DeploymentSort sort, bool descending, int limit)
{
    const SortTerms terms = sortTerms(sort);
    Statement statement = m_db.prepare(descending ? terms.descending : terms.ascending);
    statement.bind(limit);
    return codec::readRowIds(statement);
}

std::vector<RowId> DeploymentRepository::idsWithTag(const QString &tag)
{
    Statement statement = m_db.prepare("SELECT deployment_id FROM deployment_tag WHERE tag = ? ORDER BY deployment_id");
    statement.bind(tag);
    return codec::readRowIds(statement);
}

int DeploymentRepository::count()
{
    Statement statement = m_db.prepare("SELECT count(*) FROM deployment");
    return statement.step() ? static_cast<int>(statement.integer(0)) : 0;
}

QList<std::pair<QString, int>> DeploymentRepository::tagCounts()
{
    Statement statement
        = m_db.prepare("SELECT tag, count(*) AS n FROM deployment_tag GROUP BY tag ORDER BY n DESC, tag");
    QList<std::pair<QString, int>> counts;
    while (statement.step())
        counts.append({statement.text(0), static_cast<int>(statement.integer(1))});
    return counts;
}

void DeploymentRepository::visitFacts(const std::function<void(const Facts &)> &visit)
{
    static const QByteArray sql = QByteArray(kFactColumns) + " ORDER BY d.id";
    Statement statement = m_db.prepare(sql.constData());
    while (statement.step())
        visit(readFacts(statement));
}

void DeploymentRepository::visitFacts(std::span<const RowId> ids, const std::function<void(const Facts &)> &visit)
{
    static const QByteArray sql
        = QByteArray(kFactColumns) + " WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id";
    Statement statement = m_db.prepare(sql.constData());
    statement.bindText(codec::rowIdsToJson(ids));
    while (statement.step())
        visit(readFacts(statement));
}

} // namespace fd
