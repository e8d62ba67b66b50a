// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentwriter.h"

#include "models/domain/parameters.h"
#include "models/store/codec.h"

namespace fd {
namespace {

/// Binds what insert and update have in common, in this order.
void bindColumns(Statement &statement, RowId flow, const Deployment &deployment)
{
    const Schedule schedule = deployment.schedules.value(0);
    statement.bind(flow).bind(deployment.name).bind(deployment.flowName).bind(deployment.version);
    statement.bind(codec::tagsToText(deployment.tags)).bindText(schedule.json).bind(schedule.active);
    statement.bind(qint64(deployment.schedules.size()));
    statement.bind(countParameters(deployment.parameterSchema, deployment.parameters)).bind(deployment.paused);
    statement.bind(deployment.updated).bind(deployment.workPoolName).bind(deployment.workQueueName);
    statement.bind(deployment.status);
}

void writeDetail(Connection &connection, RowId row, const Deployment &deployment)
{
    Statement replace = connection.prepare(
        "INSERT OR REPLACE INTO deployment_detail (deployment_id, description, parameters, parameter_schema, schedules,"
        " runner_type, runner_config, path, entrypoint, spec_path, spec_text, concurrency_limit, job_variables,"
        " enforce_parameter_schema, other_fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    replace.bind(row).bind(deployment.description).bindText(deployment.parameters).bindText(deployment.parameterSchema);
    replace.bindText(codec::schedulesToText(deployment.schedules)).bind(deployment.runner.type);
    replace.bindText(deployment.runner.config).bind(deployment.path).bind(deployment.entrypoint);
    replace.bind(deployment.specPath).bind(deployment.specText).bind(deployment.concurrencyLimit);
    replace.bindText(deployment.jobVariables).bind(deployment.enforceParameterSchema);
    replace.bindText(deployment.otherFields).run();
}

void insertTags(Connection &connection, RowId row, const QStringList &tags)
{
    Statement insert = connection.prepare("INSERT OR IGNORE INTO deployment_tag (tag, deployment_id) VALUES (?, ?)");
    for (const QString &tag : tags)
        insert.bind(tag).bind(row).run();
}

bool hasTags(Connection &connection, RowId row, const QStringList &tags)
{
    Statement statement = connection.prepare("SELECT tags FROM deployment WHERE id = ?");
    statement.bind(row);
    return statement.step() && statement.text(0) == codec::tagsToText(tags);
}

} // namespace

RowId insertDeployment(Connection &connection, RowId flow, const Deployment &deployment)
{
    Statement insert = connection.prepare(
        "INSERT INTO deployment (flow_id, name, flow_name, version, tags, schedule, schedule_active, schedule_count,"
        " parameter_count, paused, updated, work_pool_name, work_queue_name, status, uuid, created)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bindColumns(insert, flow, deployment);
    insert.bind(deployment.id).bind(deployment.created).run();
    const RowId row = connection.lastInsertId();
    writeDetail(connection, row, deployment);
    insertTags(connection, row, deployment.tags);
    connection.added(Entity::Deployment, row);
    return row;
}

void updateDeployment(Connection &connection, RowId row, RowId flow, const Deployment &deployment)
{
    if (!hasTags(connection, row, deployment.tags)) {
        connection.prepare("DELETE FROM deployment_tag WHERE deployment_id = ?").bind(row).run();
        insertTags(connection, row, deployment.tags);
    }
    Statement update = connection.prepare(
        "UPDATE deployment SET flow_id = ?, name = ?, flow_name = ?, version = ?, tags = ?, schedule = ?,"
        " schedule_active = ?, schedule_count = ?, parameter_count = ?, paused = ?, updated = ?, work_pool_name = ?,"
        " work_queue_name = ?, status = ? WHERE id = ?");
    bindColumns(update, flow, deployment);
    update.bind(row).run();
    writeDetail(connection, row, deployment);
    connection.updated(Entity::Deployment, row);
}

} // namespace fd
