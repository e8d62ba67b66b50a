// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/changingserver.h"

#include "tests/support/builders.h"

#include <QUuid>

#include <algorithm>

namespace fd::test {
namespace {

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

Json timeJson(Instant at) { return toJson(toIso(at)); }

/// Whether `value` is among the texts of `filter`'s any_; without a filter everything is.
bool isAny(const Json &filter, const std::string &value)
{
    const Json &any = memberOf(filter, "any_");
    return !any.is_array()
        || std::any_of(any.begin(), any.end(), [&value](const Json &one) { return one == Json(value); });
}

bool isWithin(const Json &filter, const std::string &text)
{
    const auto bound = [&filter](const char *key) { return instantFromIso(toQString(textOf(filter, key))); };
    if (!filter.is_object())
        return true;
    const auto at = instantFromIso(toQString(text));
    const auto after = bound("after_");
    const auto before = bound("before_");
    return at && (!after || *at >= *after) && (!before || *at <= *before);
}

bool passes(const Json &filter, const Json &row)
{
    return isAny(memberOf(filter, "id"), textOf(row, "id"))
        && isAny(memberOf(filter, "deployment_id"), textOf(row, "deployment_id"))
        && isAny(memberOf(filter, "flow_run_id"), textOf(row, "flow_run_id"))
        && isAny(memberOf(memberOf(filter, "state"), "type"), textOf(row, "state_type"))
        && isWithin(memberOf(filter, "expected_start_time"), textOf(row, "expected_start_time"));
}

struct Sort {
    const char *name;
    const char *member;
    bool descending;
};

constexpr Sort kSorts[] = {
    {"NAME_ASC", "name", false},
    {"UPDATED_DESC", "updated", true},
    {"EXPECTED_START_TIME_ASC", "expected_start_time", false},
    {"EXPECTED_START_TIME_DESC", "expected_start_time", true},
    {"TIMESTAMP_ASC", "timestamp", false},
};

} // namespace

ChangingServer::ChangingServer(Kind which) : kind(which), clock(kNow)
{
    http.otherwise([this](const FakeRequest &request) {
        FakeAnswer answered = answer(request);
        answered.delayMs = std::max(answered.delayMs, delayMs);
        if (!date.isEmpty())
            answered.headers.append({"Date", date});
        return answered;
    });
}

Instant ChangingServer::tick()
{
    clock = clock.plusUs(1'000'000);
    return clock;
}

QString ChangingServer::addFlow(const QString &name)
{
    const QString id = newId();
    const Json now = timeJson(tick());
    flows.push_back(
        {{"id", toJson(id)}, {"created", now}, {"updated", now}, {"name", toJson(name)}, {"tags", Json::array()}});
    return id;
}

QString ChangingServer::addDeployment(const QString &flow, const QString &name)
{
    const QString id = newId();
    const Json now = timeJson(tick());
    Json row = {{"id", toJson(id)}, {"created", now}, {"updated", now}, {"name", toJson(name)},
        {"flow_id", toJson(flow)}, {"parameters", Json::object()}, {"tags", Json::array()}};
    if (kind == Kind::Orion)
        row.update({{"schedule", nullptr}, {"is_schedule_active", true},
            {"flow_runner", {{"type", "universal"}, {"config", Json::object()}}}});
    else
        row.update({{"paused", false}, {"schedules", Json::array()}, {"version", "1"}, {"description", nullptr},
            {"work_pool_name", "local"}, {"work_queue_name", "default"}, {"status", "READY"}});
    deployments.push_back(row);
    return id;
}

QString ChangingServer::addRun(const QString &deployment, const QString &type, Instant due)
{
    const QString id = newId();
    runs.push_back({{"id", toJson(id)}, {"created", timeJson(due)}, {"updated", timeJson(due)},
        {"name", toJson(QStringLiteral("run-") + id.left(4))},
        {"flow_id", memberOf(rowOf(deployments, deployment), "flow_id")}, {"deployment_id", toJson(deployment)},
        {"parameters", Json::object()}, {"tags", Json::array()}, {"expected_start_time", timeJson(due)},
        {"start_time", nullptr}, {"end_time", nullptr}, {"run_count", 0}, {"total_run_time", 0.0},
        {"parent_task_run_id", nullptr}, {"idempotency_key", nullptr}});
    setState(id, type);
    return id;
}

void ChangingServer::setState(const QString &run, const QString &type)
{
    Json &row = rowOf(runs, run);
    const QString name = type.left(1) + type.mid(1).toLower();
    const Instant at = tick();
    Json state = {{"id", toJson(newId())}, {"type", toJson(type)}, {"name", toJson(name)}, {"timestamp", timeJson(at)},
        {"message", ""}, {"state_details", Json::object()}};
    row["state"] = state;
    row["state_type"] = toJson(type);
    row["state_name"] = toJson(name);
    if (type == QLatin1String("RUNNING")) {
        row["start_time"] = timeJson(at);
        row["run_count"] = 1;
    } else if (type == QLatin1String("COMPLETED") || type == QLatin1String("FAILED")) {
        row["end_time"] = timeJson(at);
    }
    state["flow_run_id"] = toJson(run);
    states.push_back(state);
}

QString ChangingServer::addTask(const QString &run, const QString &name)
{
    const QString id = newId();
    const Instant at = tick();
    tasks.push_back({{"id", toJson(id)}, {"created", timeJson(at)}, {"updated", timeJson(at)}, {"name", toJson(name)},
        {"flow_run_id", toJson(run)}, {"task_key", toJson(name)}, {"dynamic_key", "0"}, {"task_inputs", Json::object()},
        {"state_type", "COMPLETED"}, {"state_name", "Completed"}, {"expected_start_time", timeJson(at)},
        {"start_time", timeJson(at)}, {"end_time", timeJson(at)}, {"run_count", 1},
        {"state",
            {{"id", toJson(newId())}, {"type", "COMPLETED"}, {"name", "Completed"}, {"timestamp", timeJson(at)},
                {"message", ""}, {"state_details", Json::object()}}}});
    return id;
}

void ChangingServer::addLog(const QString &run, const QString &message)
{
    clock = clock.plusUs(1000);
    logs.push_back({{"id", toJson(newId())}, {"name", "prefect.flow_runs"}, {"level", 20}, {"message", toJson(message)},
        {"timestamp", timeJson(clock)}, {"flow_run_id", toJson(run)}, {"task_run_id", nullptr}});
}

void ChangingServer::change(const QString &deployment, const char *member, const Json &value)
{
    Json &row = rowOf(deployments, deployment);
    row[member] = value;
    row["updated"] = timeJson(tick());
}

Json &ChangingServer::rowOf(std::vector<Json> &table, const QString &id)
{
    const auto found = std::find_if(
        table.begin(), table.end(), [&id](const Json &row) { return memberOf(row, "id") == toJson(id); });
    if (found == table.end())
        qFatal("the fake server has no %s", qPrintable(id));
    return *found;
}

void ChangingServer::removeDeployment(const QString &id)
{
    std::erase_if(deployments, [&id](const Json &row) { return memberOf(row, "id") == toJson(id); });
    std::erase_if(runs, [&id](const Json &row) {
        return memberOf(row, "deployment_id") == toJson(id) && textOf(row, "state_type") == "SCHEDULED";
    });
}

void ChangingServer::removeRun(const QString &id)
{
    std::erase_if(runs, [&id](const Json &row) { return memberOf(row, "id") == toJson(id); });
}

void ChangingServer::reset()
{
    for (auto *table : {&flows, &deployments, &runs, &states, &tasks, &logs, &pools, &queues, &workers})
        table->clear();
}

FakeAnswer ChangingServer::answer(const FakeRequest &request)
{
    if (instead)
        return instead(request);
    if (refusesKeys)
        return FakeAnswer::json(R"({"exception_message":"Unauthorized"})", 401);
    const QByteArray path = request.path.left(
        qMax(0, request.path.indexOf('?') < 0 ? int(request.path.size()) : int(request.path.indexOf('?'))));
    if (path == "/api/admin/version")
        return FakeAnswer::json(kind == Kind::Orion ? "\"2.0b8\""
                : kind == Kind::Prefect2            ? "\"2.20.25\""
                                                    : "\"3.8.8\"");
    if (path == "/api/admin/settings")
        return FakeAnswer::json(R"({"server":{"api":{"default_limit":)" + QByteArray::number(pageLimit) + "}}}");
    if (path == "/api/flow_run_states/") {
        Json found = Json::array();
        for (const Json &state : states) {
            if (request.path.endsWith(QByteArray::fromStdString(textOf(state, "flow_run_id"))))
                found.push_back(state);
        }
        return FakeAnswer::json(toJsonText(found));
    }
    if (path == "/api/events/filter" && hasEvents)
        return FakeAnswer::json(R"({"events":[],"total":0,"next_page":null})");
    if (request.method == "GET" && path.endsWith("/schedules") && kind != Kind::Orion)
        return FakeAnswer::detail(404, "Deployment not found");
    const auto body = parseJson(request.body);
    if (request.method != "POST" || !body)
        return FakeAnswer::detail(404, "Not Found");
    return list(path, *body);
}

FakeAnswer ChangingServer::list(const QByteArray &path, const Json &body)
{
    struct Route {
        const char *path;
        const std::vector<Json> *table;
        const char *filter;
    };
    const Route routes[] = {{"/api/flows/", &flows, "flows"}, {"/api/deployments/", &deployments, "deployments"},
        {"/api/flow_runs/", &runs, "flow_runs"}, {"/api/task_runs/", &tasks, "task_runs"},
        {"/api/logs/", &logs, "logs"}, {"/api/work_pools/", &pools, "work_pools"},
        {"/api/work_queues/", &queues, "work_queues"}};
    if (kind == Kind::Orion && path.startsWith("/api/work_pools"))
        return FakeAnswer::detail(404, "Not Found");
    if (path.startsWith("/api/work_pools/") && path.endsWith("/workers/filter"))
        return FakeAnswer::json("[]");
    for (const Route &route : routes) {
        const bool counts = path == QByteArray(route.path) + "count";
        if (!counts && path != QByteArray(route.path) + "filter")
            continue;
        Json filter = memberOf(body, route.filter);
        // A task's or log's run may be named on either level.
        if (const Json &ofRun = memberOf(memberOf(body, "flow_runs"), "id");
            ofRun.is_object() && (route.table == &tasks || route.table == &logs))
            filter["flow_run_id"] = ofRun;
        std::vector<const Json *> found;
        for (const Json &row : *route.table) {
            if (passes(filter, row))
                found.push_back(&row);
        }
        return counts ? FakeAnswer::json(QByteArray::number(qsizetype(found.size()))) : page(path, body, found);
    }
    return FakeAnswer::detail(404, "Not Found");
}

FakeAnswer ChangingServer::page(const QByteArray &path, const Json &body, std::vector<const Json *> rows)
{
    const Json &limit = memberOf(body, "limit");
    const auto number = [&body](const char *key, size_t otherwise) {
        const Json &value = memberOf(body, key);
        return value.is_number_integer() ? value.get<size_t>() : otherwise;
    };
    if (limit.is_number_integer() && limit.get<int>() > pageLimit)
        return FakeAnswer::detail(
            422, "Invalid limit: must be less than or equal to " + QByteArray::number(pageLimit) + '.');
    std::string sort = textOf(body, "sort");
    if (path == "/api/deployments/filter" && kind == Kind::Orion)
        sort.clear();
    if (sort == "?")
        return FakeAnswer::json(
            R"({"exception_message":"Invalid request received.","exception_detail":[{"loc":["body","sort"],"msg":"Input should be 'CREATED_DESC', 'UPDATED_DESC', 'NAME_ASC' or 'NAME_DESC'","type":"enum"}]})",
            422);
    if (sort.empty())
        sort = "NAME_ASC";
    const auto by
        = std::find_if(std::begin(kSorts), std::end(kSorts), [&sort](const Sort &one) { return sort == one.name; });
    if (by != std::end(kSorts)) {
        std::stable_sort(rows.begin(), rows.end(), [by](const Json *a, const Json *b) {
            const std::string x = textOf(*a, by->member);
            const std::string y = textOf(*b, by->member);
            return by->descending ? x > y : x < y;
        });
    }
    Json found = Json::array();
    const size_t offset = number("offset", 0);
    for (size_t i = offset; i < rows.size() && i < offset + number("limit", size_t(pageLimit)); ++i) {
        if (!poisonedDeployment.isEmpty() && memberOf(*rows[i], "id") == toJson(poisonedDeployment))
            return FakeAnswer::json(R"({"exception_message":"Internal Server Error"})", 500);
        found.push_back(*rows[i]);
    }
    m_rowsGiven[path] += int(found.size());
    return FakeAnswer::json(toJsonText(found));
}

} // namespace fd::test
