// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"

#include "models/domain/parameters.h"
#include "models/store/codec.h"
#include "models/store/flowrepository.h"
#include "models/store/flowrunrepository.h"

namespace fd {
namespace {

constexpr const char *kDetailColumns
    = "SELECT d.id, d.uuid, d.name, d.flow_name, d.version, d.tags, d.paused, d.created, d.updated,"
      " t.description, t.parameters, t.parameter_schema, t.schedules, t.runner_type, t.runner_config,"
      " t.path, t.entrypoint, t.spec_path, t.spec_text"
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
    return row;
}

int parameterCount(const Deployment &deployment)
{
    return static_cast<int>(describeParameters(deployment.parameterSchema, deployment.parameters).size());
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
    if (stored.row == 0) {
        stored = {.row = 0, .id = deployment.id.isNull() ? DeploymentId::make() : deployment.id, .created = true};
        Statement insert = m_db.prepare(
            "INSERT INTO deployment (uuid, flow_id, name, flow_name, version, tags, schedule, schedule_active,"
            " schedule_count, parameter_count, paused, created, updated)"
            " VALUES (?, ?, ?, ?, '', '', '', 0, 0, 0, 0, ?, ?)");
        insert.bind(stored.id.toBytes())
            .bind(flow)
            .bind(deployment.name)
            .bind(deployment.flowName)
            .bind(now)
            .bind(now)
            .run();
        stored.row = m_db.lastInsertId();
    }
    writeColumns(stored.row, deployment, now);
    writeDetail(stored.row, deployment);
    writeTags(stored.row, deployment.tags);
    if (stored.created)
        m_db.added(Entity::Deployment, stored.row);
    else
        m_db.updated(Entity::Deployment, stored.row);
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

void DeploymentRepository::writeColumns(RowId row, const Deployment &deployment, Instant now)
{
    const Schedule schedule = deployment.schedules.value(0);
    Statement update = m_db.prepare("UPDATE deployment SET version = ?, tags = ?, schedule = ?, schedule_active = ?,"
                                    " schedule_count = ?, parameter_count = ?, paused = ?, updated = ? WHERE id = ?");
    update.bind(deployment.version)
        .bind(codec::tagsToText(deployment.tags))
        .bindText(schedule.json)
        .bind(schedule.active);
    update.bind(qint64(deployment.schedules.size()))
        .bind(parameterCount(deployment))
        .bind(deployment.paused)
        .bind(now)
        .bind(row)
        .run();
}

void DeploymentRepository::writeDetail(RowId row, const Deployment &deployment)
{
    Statement replace = m_db.prepare(
        "INSERT OR REPLACE INTO deployment_detail (deployment_id, description, parameters, parameter_schema, schedules,"
        " runner_type, runner_config, path, entrypoint, spec_path, spec_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)");
    replace.bind(row).bind(deployment.description).bindText(deployment.parameters).bindText(deployment.parameterSchema);
    replace.bindText(codec::schedulesToText(deployment.schedules))
        .bind(deployment.runner.type)
        .bindText(deployment.runner.config);
    replace.bind(deployment.path).bind(deployment.entrypoint).bind(deployment.specPath).bind(deployment.specText).run();
}

void DeploymentRepository::writeTags(RowId row, const QStringList &tags)
{
    m_db.prepare("DELETE FROM deployment_tag WHERE deployment_id = ?").bind(row).run();
    Statement insert = m_db.prepare("INSERT OR IGNORE INTO deployment_tag (tag, deployment_id) VALUES (?, ?)");
    for (const QString &tag : tags)
        insert.bind(tag).bind(row).run();
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
        " d.last_state_name, d.last_due, d.last_start, d.last_end, d.active_runs, d.strip"
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

std::vector<RowId> DeploymentRepository::idsMatching(const QStringList &words, int limit)
{
    QByteArray sql = "SELECT id FROM deployment WHERE 1";
    for (qsizetype i = 0; i < words.size(); ++i)
        sql += " AND flow_name || ' / ' || name LIKE ? ESCAPE '\\'";
    sql += " ORDER BY NOT (flow_name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\'), flow_name, name, id LIMIT ?";
    Statement query = m_db.prepareOnce(sql);
    for (const QString &word : words)
        query.bind(codec::likePattern(word));
    const QString start = words.isEmpty() ? QString() : codec::likePattern(words.first()).mid(1);
    query.bind(start).bind(start).bind(limit);
    return codec::readRowIds(query);
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
