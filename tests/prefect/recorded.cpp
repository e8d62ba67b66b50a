// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/prefect/recorded.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace fd::test {
namespace {

QString folderOf(Generation generation)
{
    switch (generation) {
    case Generation::Orion:
        return QStringLiteral("orion-2.0b8");
    case Generation::Prefect2:
        return QStringLiteral("prefect-2.20");
    case Generation::Prefect3:
        break;
    }
    return QStringLiteral("prefect-3");
}

std::optional<Kind> kindOf(const QString &name, const QString &path, int status)
{
    static const std::pair<const char *, Kind> kPatterns[] = {
        {"^/api/flows/filter$", Kind::Flows},
        {"^/api/deployments/filter$", Kind::Deployments},
        {"^/api/flow_runs/filter$", Kind::FlowRuns},
        {"^/api/task_runs/filter$", Kind::TaskRuns},
        {"^/api/logs/filter$", Kind::Logs},
        {"^/api/flow_run_states/", Kind::States},
        {"^/api/work_pools/filter$", Kind::WorkPools},
        {"^/api/(work_queues|work_pools/[^/]+/queues)/filter$", Kind::WorkQueues},
        {"^/api/work_pools/[^/]+/workers/filter$", Kind::Workers},
    };
    if (status >= 300)
        return std::nullopt;
    for (const auto &[pattern, kind] : kPatterns) {
        if (path.contains(QRegularExpression(QLatin1String(pattern))))
            return kind;
    }
    if (name.startsWith(QLatin1String("deployments-read")) || name.startsWith(QLatin1String("deployments-create")))
        return Kind::Deployment;
    if (name.startsWith(QLatin1String("flow_runs-read")))
        return Kind::FlowRun;
    return std::nullopt;
}

template<typename Id>
Json textOrNull(const Id &id)
{
    return id.isNull() ? Json() : toJson(id.toText());
}

Json timeOf(const std::optional<Instant> &instant) { return instant ? Json(instant->us) : Json(); }

Json parsed(const QByteArray &text) { return text.isEmpty() ? Json() : Json::parse(text.begin(), text.end()); }

Json textsOf(const QStringList &list)
{
    Json texts = Json::array();
    for (const QString &text : list)
        texts.push_back(toJson(text));
    return texts;
}

Json numberOf(const std::optional<int> &number) { return number ? Json(*number) : Json(); }

Json describe(const State &state)
{
    return {{"type", toJson(toWire(state.type))}, {"typeText", toJson(state.typeText)}, {"name", toJson(state.name)},
        {"message", toJson(state.message)}, {"timestamp", state.timestamp.us},
        {"scheduled", timeOf(state.scheduledTime)}};
}

Json describe(const MirroredFlow &row)
{
    return {{"id", textOrNull(row.value.id)}, {"name", toJson(row.value.name)}, {"created", row.value.created.us},
        {"updated", row.value.updated.us}};
}

Json describe(const MirroredDeployment &row)
{
    const Deployment &value = row.value;
    Json schedules = Json::array();
    for (const Schedule &schedule : value.schedules) {
        schedules.push_back(
            {{"json", parsed(schedule.json)}, {"active", schedule.active}, {"other", parsed(schedule.otherFields)}});
    }
    return {{"id", textOrNull(value.id)}, {"name", toJson(value.name)}, {"flow", textOrNull(row.flow)},
        {"description", toJson(value.description)}, {"version", toJson(value.version)}, {"tags", textsOf(value.tags)},
        {"parameters", parsed(value.parameters)}, {"schema", parsed(value.parameterSchema)}, {"schedules", schedules},
        {"paused", value.paused}, {"runner", toJson(value.runner.type)}, {"config", parsed(value.runner.config)},
        {"path", toJson(value.path)}, {"entrypoint", toJson(value.entrypoint)}, {"pool", toJson(value.workPoolName)},
        {"queue", toJson(value.workQueueName)}, {"status", toJson(value.status)},
        {"limit", numberOf(value.concurrencyLimit)}, {"variables", parsed(value.jobVariables)},
        {"enforce", value.enforceParameterSchema}, {"other", parsed(value.otherFields)}, {"created", value.created.us},
        {"updated", value.updated.us}};
}

Json describe(const MirroredFlowRun &row)
{
    const FlowRun &run = row.value;
    return {{"id", textOrNull(run.id)}, {"name", toJson(run.name)}, {"flow", textOrNull(row.flow)},
        {"deployment", textOrNull(row.deployment)}, {"parent", textOrNull(row.parentTaskRun)},
        {"state", describe(run.state)}, {"tags", textsOf(run.tags)}, {"parameters", parsed(run.parameters)},
        {"createdBy", static_cast<int>(run.createdBy)}, {"expected", run.expectedStart.us},
        {"start", timeOf(run.start)}, {"end", timeOf(run.end)}, {"runTimeUs", run.runTimeUs},
        {"runCount", run.runCount}, {"key", toJson(run.idempotencyKey)}, {"details", parsed(run.details)},
        {"created", run.created.us}};
}

Json describe(const MirroredTaskRun &row)
{
    const TaskRun &run = row.value;
    Json parents = Json::array();
    for (const TaskRunId &parent : run.parents)
        parents.push_back(toJson(parent.toText()));
    return {{"id", textOrNull(run.id)}, {"name", toJson(run.name)}, {"run", textOrNull(row.flowRun)},
        {"task", toJson(run.taskName)}, {"key", toJson(run.dynamicKey)}, {"state", describe(run.state)},
        {"parents", parents}, {"child", textOrNull(run.childFlowRun)}, {"start", timeOf(run.start)},
        {"end", timeOf(run.end)}, {"runCount", run.runCount}};
}

Json describe(const MirroredLog &row)
{
    return {{"id", toJson(row.id.toString(QUuid::WithoutBraces))}, {"run", textOrNull(row.flowRun)},
        {"task", textOrNull(row.taskRun)}, {"timestamp", row.value.timestamp.us}, {"level", row.value.level},
        {"logger", toJson(row.value.logger)}, {"message", toJson(row.value.message)}};
}

Json describe(const WorkPool &pool)
{
    return {{"id", textOrNull(pool.id)}, {"name", toJson(pool.name)}, {"description", toJson(pool.description)},
        {"type", toJson(pool.type)}, {"paused", pool.paused}, {"limit", numberOf(pool.concurrencyLimit)},
        {"status", toJson(pool.status)}, {"created", pool.created.us}, {"updated", pool.updated.us}};
}

Json describe(const WorkQueue &queue)
{
    return {{"id", textOrNull(queue.id)}, {"name", toJson(queue.name)}, {"description", toJson(queue.description)},
        {"pool", toJson(queue.poolName)}, {"paused", queue.paused}, {"limit", numberOf(queue.concurrencyLimit)},
        {"priority", numberOf(queue.priority)}, {"polled", timeOf(queue.lastPolled)}, {"status", toJson(queue.status)},
        {"filter", parsed(queue.filter)}, {"created", queue.created.us}, {"updated", queue.updated.us}};
}

Json describe(const Worker &worker)
{
    return {{"id", textOrNull(worker.id)}, {"name", toJson(worker.name)}, {"pool", toJson(worker.poolName)},
        {"heartbeat", timeOf(worker.lastHeartbeat)}, {"status", toJson(worker.status)}};
}

template<typename Row>
Result<ReadPage> described(Result<Page<Row>> page)
{
    if (!page)
        return fail(page.error());
    ReadPage read{.rows = {}, .unreadable = std::move(page->unreadable), .received = page->received};
    for (const Row &row : page->rows)
        read.rows.push_back(describe(row));
    return read;
}

template<typename Row>
Result<ReadPage> described(const Result<Row> &row)
{
    if (!row)
        return fail(row.error());
    return ReadPage{.rows = {describe(*row)}, .unreadable = {}, .received = 1};
}

// What an object says, read the slow way.

Json text(const Json &sent, const char *key) { return Json(textOf(sent, key)); }

/// QDateTime for the seconds, the digits behind the point by themselves.
Json time(const Json &sent, const char *key)
{
    const QString iso = toQString(textOf(sent, key));
    if (iso.isEmpty())
        return {};
    static const QRegularExpression kParts(QStringLiteral("^(.{19})(\\.\\d{6})?(.+)$"));
    const auto parts = kParts.match(iso);
    const qint64 seconds = QDateTime::fromString(parts.captured(1) + parts.captured(3), Qt::ISODate).toSecsSinceEpoch();
    return seconds * 1'000'000 + parts.captured(2).mid(1).toInt();
}

Json orElse(const Json &value, const Json &fallback) { return value.is_null() ? fallback : value; }
Json member(const Json &sent, const char *key) { return memberOf(sent, key); }

Json expectedState(const Json &sent)
{
    return {{"type", text(sent, "type")}, {"typeText", text(sent, "type")}, {"name", text(sent, "name")},
        {"message", text(sent, "message")}, {"timestamp", time(sent, "timestamp")},
        {"scheduled", time(member(sent, "state_details"), "scheduled_time")}};
}

Json without(Json object, std::initializer_list<const char *> keys)
{
    for (const char *key : keys)
        object.erase(key);
    return object;
}

Json expectedSchedules(Generation generation, const Json &sent)
{
    Json schedules = Json::array();
    if (generation == Generation::Orion) {
        if (!member(sent, "schedule").is_null()) {
            schedules.push_back({{"json", member(sent, "schedule")}, {"active", member(sent, "is_schedule_active")},
                {"other", Json::object()}});
        }
        return schedules;
    }
    for (const Json &schedule : member(sent, "schedules")) {
        schedules.push_back({{"json", member(schedule, "schedule")}, {"active", member(schedule, "active")},
            {"other", without(schedule, {"schedule", "active"})}});
    }
    return schedules;
}

Json otherDeploymentFields(Generation generation, const Json &sent)
{
    Json other = without(sent, {"id", "created", "updated", "name", "flow_id", "parameters", "tags"});
    if (generation == Generation::Orion)
        return without(std::move(other), {"schedule", "is_schedule_active", "flow_runner"});
    other = without(std::move(other),
        {"version", "description", "paused", "schedules", "work_queue_name", "parameter_openapi_schema", "path",
            "entrypoint", "work_pool_name", "status", "enforce_parameter_schema"});
    if (generation == Generation::Prefect2)
        return without(std::move(other), {"infra_overrides", "schedule", "is_schedule_active"});
    return without(std::move(other), {"concurrency_limit", "global_concurrency_limit", "job_variables"});
}

Json expectedDeployment(Generation generation, const Json &sent)
{
    const Json runner = orElse(member(sent, "flow_runner"), Json::object());
    const Json description = text(sent, "description");
    const char *variables = generation == Generation::Prefect2 ? "infra_overrides" : "job_variables";
    return {{"id", text(sent, "id")}, {"name", text(sent, "name")}, {"flow", text(sent, "flow_id")},
        {"description", description == "None" ? Json("") : description}, {"version", text(sent, "version")},
        {"tags", member(sent, "tags")}, {"parameters", member(sent, "parameters")},
        {"schema", member(sent, "parameter_openapi_schema")}, {"schedules", expectedSchedules(generation, sent)},
        {"paused", orElse(member(sent, "paused"), false)}, {"runner", text(runner, "type")},
        {"config", orElse(member(runner, "config"), Json::object())}, {"path", text(sent, "path")},
        {"entrypoint", text(sent, "entrypoint")}, {"pool", text(sent, "work_pool_name")},
        {"queue", text(sent, "work_queue_name")}, {"status", text(sent, "status")},
        {"limit", member(member(sent, "global_concurrency_limit"), "limit")},
        {"variables", orElse(member(sent, variables), Json::object())},
        {"enforce", orElse(member(sent, "enforce_parameter_schema"), false)},
        {"other", otherDeploymentFields(generation, sent)}, {"created", time(sent, "created")},
        {"updated", time(sent, "updated")}};
}

Json expectedFlowRun(const Json &sent)
{
    Json details = Json::object();
    for (const char *key :
        {"deployment_version", "work_queue_name", "flow_version", "context", "empirical_policy", "empirical_config",
            "labels", "infrastructure_pid", "created_by", "work_pool_name", "flow_runner", "job_variables"}) {
        if (const Json &value = memberOf(sent, key); !value.is_null() && !(value.is_structured() && value.empty()))
            details[key] = value;
    }
    Json ordered = Json::object();
    for (const auto &[key, value] : sent.items()) {
        if (details.contains(key))
            ordered[key] = value;
    }
    const bool isChild = !member(sent, "parent_task_run_id").is_null();
    const int createdBy = boolOf(sent, "auto_scheduled", false) ? 1 : isChild ? 2 : 0;
    return {{"id", text(sent, "id")}, {"name", text(sent, "name")}, {"flow", text(sent, "flow_id")},
        {"deployment", member(sent, "deployment_id")}, {"parent", member(sent, "parent_task_run_id")},
        {"state", expectedState(member(sent, "state"))}, {"tags", member(sent, "tags")},
        {"parameters", member(sent, "parameters")}, {"createdBy", createdBy},
        {"expected", time(sent, "expected_start_time")}, {"start", time(sent, "start_time")},
        {"end", time(sent, "end_time")}, {"runTimeUs", qRound64(member(sent, "total_run_time").get<double>() * 1e6)},
        {"runCount", member(sent, "run_count")}, {"key", text(sent, "idempotency_key")}, {"details", ordered},
        {"created", time(sent, "created")}};
}

Json expectedTaskRun(const Json &sent)
{
    Json parents = Json::array();
    for (const Json &inputs : member(sent, "task_inputs")) {
        for (const Json &input : inputs) {
            const bool isNew = std::find(parents.begin(), parents.end(), memberOf(input, "id")) == parents.end();
            if (textOf(input, "input_type") == "task_run" && isNew)
                parents.push_back(member(input, "id"));
        }
    }
    return {{"id", text(sent, "id")}, {"name", text(sent, "name")}, {"run", text(sent, "flow_run_id")},
        {"task", text(sent, "task_key")}, {"key", text(sent, "dynamic_key")},
        {"state", expectedState(member(sent, "state"))}, {"parents", parents},
        {"child", member(member(member(sent, "state"), "state_details"), "child_flow_run_id")},
        {"start", time(sent, "start_time")}, {"end", time(sent, "end_time")}, {"runCount", member(sent, "run_count")}};
}

Json expectedWork(Kind kind, const Json &sent)
{
    if (kind == Kind::Workers) {
        return {{"id", text(sent, "id")}, {"name", text(sent, "name")}, {"pool", "a pool"},
            {"heartbeat", time(sent, "last_heartbeat_time")}, {"status", text(sent, "status")}};
    }
    Json work = {{"id", text(sent, "id")}, {"name", text(sent, "name")}, {"description", text(sent, "description")}};
    work[kind == Kind::WorkPools ? "type" : "pool"] = text(sent, kind == Kind::WorkPools ? "type" : "work_pool_name");
    work["paused"] = member(sent, "is_paused");
    work["limit"] = member(sent, "concurrency_limit");
    if (kind == Kind::WorkQueues) {
        work["priority"] = member(sent, "priority");
        work["polled"] = time(sent, "last_polled");
    }
    work["status"] = text(sent, "status");
    if (kind == Kind::WorkQueues)
        work["filter"] = member(sent, "filter");
    work["created"] = time(sent, "created");
    work["updated"] = time(sent, "updated");
    return work;
}

} // namespace

QList<Exchange> exchanges(Generation generation)
{
    const QString root = qEnvironmentVariable("FLOWDECK_RECORDED", QStringLiteral(FLOWDECK_TEST_DATA "/recorded"));
    const QDir folder(root + QLatin1Char('/') + folderOf(generation));
    QList<Exchange> all;
    for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        const Json whole = Json::parse(bytes.begin(), bytes.end());
        const Json &request = memberOf(whole, "request");
        Exchange one;
        one.generation = generation;
        one.name = name;
        one.path = toQString(textOf(request, "path"));
        one.requestBody = memberOf(request, "body");
        one.status = memberOf(whole, "status").get<int>();
        one.response = memberOf(whole, "response");
        const std::string recorded = textOf(whole, "response_text");
        if (!recorded.empty())
            one.body = QByteArray::fromStdString(recorded);
        else if (one.response.is_string())
            one.body = QByteArray::fromStdString(one.response.get<std::string>());
        else if (!one.response.is_null())
            one.body = toJsonText(one.response);
        one.kind = kindOf(name, one.path, one.status);
        all.append(one);
    }
    return all;
}

QList<Exchange> readableExchanges()
{
    QList<Exchange> readable;
    for (const Generation generation : {Generation::Orion, Generation::Prefect2, Generation::Prefect3}) {
        for (const Exchange &one : exchanges(generation)) {
            if (one.kind)
                readable.append(one);
        }
    }
    return readable;
}

Exchange exchange(Generation generation, const QString &name)
{
    for (const Exchange &one : exchanges(generation)) {
        if (one.name == name)
            return one;
    }
    qFatal("%s is not recorded", qPrintable(name));
}

Result<ReadPage> readAs(Kind kind, const Codec &codec, const QByteArray &body)
{
    switch (kind) {
    case Kind::Flows:
        return described(codec.flows(body));
    case Kind::Deployments:
        return described(codec.deployments(body));
    case Kind::FlowRuns:
        return described(codec.flowRuns(body));
    case Kind::TaskRuns:
        return described(codec.taskRuns(body));
    case Kind::Logs:
        return described(codec.logs(body));
    case Kind::States:
        return described(codec.states(body));
    case Kind::WorkPools:
        return described(codec.workPools(body));
    case Kind::WorkQueues:
        return described(codec.workQueues(body));
    case Kind::Workers:
        return described(codec.workers(body, QStringLiteral("a pool")));
    case Kind::Deployment:
        return described(codec.deployment(body));
    case Kind::FlowRun:
        break;
    }
    return described(codec.flowRun(body));
}

Json expectedRow(Kind kind, Generation generation, const Json &sent)
{
    switch (kind) {
    case Kind::Flows:
        return {{"id", text(sent, "id")}, {"name", text(sent, "name")}, {"created", time(sent, "created")},
            {"updated", time(sent, "updated")}};
    case Kind::Deployments:
    case Kind::Deployment:
        return expectedDeployment(generation, sent);
    case Kind::FlowRuns:
    case Kind::FlowRun:
        return expectedFlowRun(sent);
    case Kind::TaskRuns:
        return expectedTaskRun(sent);
    case Kind::Logs:
        return {{"id", text(sent, "id")}, {"run", member(sent, "flow_run_id")}, {"task", member(sent, "task_run_id")},
            {"timestamp", time(sent, "timestamp")}, {"level", member(sent, "level")}, {"logger", text(sent, "name")},
            {"message", text(sent, "message")}};
    case Kind::States:
        return expectedState(sent);
    case Kind::WorkPools:
    case Kind::WorkQueues:
    case Kind::Workers:
        break;
    }
    return expectedWork(kind, sent);
}

} // namespace fd::test
