// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeprefect.h"

#include <QUuid>

namespace fd::test {

namespace {

FakeAnswer jsonAnswer(const Json &value) { return FakeAnswer::json(toJsonText(value)); }

FakeAnswer notFound() { return FakeAnswer::detail(404, "Not Found"); }

QByteArray newId() { return QUuid::createUuid().toByteArray(QUuid::WithoutBraces); }

bool isIn(const Json &list, const std::string &value)
{
    return std::any_of(list.begin(), list.end(), [&value](const Json &one) { return one == value; });
}

/// `any_`, `before_`, `after_` and `is_null_` of one member's filter. Times are compared as text: rows and filters
/// of one test have one form.
bool passes(const Json &filter, const std::string &value)
{
    const Json &any = memberOf(filter, "any_");
    if (any.is_array() && !isIn(any, value))
        return false;
    const std::string after = textOf(filter, "after_");
    const std::string before = textOf(filter, "before_");
    if ((!after.empty() && value < after) || (!before.empty() && value > before))
        return false;
    const Json &null = memberOf(filter, "is_null_");
    return !null.is_boolean() || null.get<bool>() == value.empty();
}

bool rowPasses(const Json &filter, const Json &row)
{
    if (!filter.is_object())
        return true;
    for (const auto &[member, condition] : filter.items()) {
        if (member == "state") {
            const Json &type = memberOf(condition, "type");
            if (!passes(type, textOf(memberOf(row, "state"), "type")))
                return false;
        } else if (member == "start_time" && textOf(row, "start_time").empty()) {
            // As the servers compare: what has not started counts with when it should (prefect-3 T18).
            if (!passes(condition, textOf(row, "expected_start_time")))
                return false;
        } else if (condition.is_object() && !passes(condition, textOf(row, member.c_str()))) {
            return false;
        }
    }
    return true;
}

std::pair<std::string, bool> orderOf(const std::string &sort, const char *usual)
{
    std::string key = sort.empty() ? usual : sort;
    const bool descending = key.ends_with("_DESC");
    key.resize(std::min(key.size(), key.rfind('_')));
    std::transform(
        key.begin(), key.end(), key.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return {key, descending};
}

const Json *byId(const std::vector<Json> &rows, const QByteArray &id)
{
    const auto found = std::find_if(
        rows.begin(), rows.end(), [&id](const Json &row) { return textOf(row, "id") == id.toStdString(); });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

struct FakePrefect::Table {
    const std::vector<Json> &rows;
    /// Of its own filter in a body.
    const char *member;
    const char *usualSort;
    /// Sorts that the generation refuses, as part of the words of the 422; empty when it takes any.
    const char *sorts = "";
};

FakePrefect::FakePrefect(Generation generation, QObject *parent) : FakeServer(parent), m_generation(generation)
{
    version = generation == Generation::Orion ? "2.0b8" : generation == Generation::Prefect2 ? "2.20.25" : "3.8.8";
    otherwise([this](const FakeRequest &request) { return answer(request); });
}

FakeAnswer FakePrefect::answer(const FakeRequest &request)
{
    if (!authorization.isEmpty() && request.header("authorization") != authorization)
        return FakeAnswer::json(R"({"exception_message":"Unauthorized"})", 401);
    QByteArray path = request.path.left(request.path.contains('?') ? request.path.indexOf('?') : request.path.size());
    if (!path.startsWith("/api/"))
        return notFound();
    path.remove(0, 4);
    if (path == "/admin/version")
        return FakeAnswer::json('"' + version + '"');
    if (path == "/admin/settings")
        return settingsAnswer();
    if (path == "/flow_run_states/") {
        const Json *run = byId(flowRuns, request.path.mid(request.path.indexOf('=') + 1));
        return jsonAnswer(run ? Json::array({memberOf(*run, "state")}) : Json::array());
    }
    if (request.method == "POST") {
        const Result<Json> body = parseJson(request.body.isEmpty() ? QByteArray("{}") : request.body);
        if (!body)
            return FakeAnswer::detail(422, "bad JSON");
        return listAnswer(path, *body).value_or(notFound());
    }
    return objectAnswer(path).value_or(notFound());
}

FakeAnswer FakePrefect::settingsAnswer() const
{
    Json settings;
    if (m_generation == Generation::Prefect3)
        settings["server"]["api"]["default_limit"] = pageLimit;
    else
        settings[m_generation == Generation::Orion ? "PREFECT_ORION_API_DEFAULT_LIMIT" : "PREFECT_API_DEFAULT_LIMIT"]
            = pageLimit;
    return jsonAnswer(settings);
}

std::optional<FakeAnswer> FakePrefect::listAnswer(const QByteArray &path, const Json &body) const
{
    const bool isOrion = m_generation == Generation::Orion;
    const QList<QByteArray> words = path.mid(1).split('/');
    const bool onlyCount = words.last() == "count";
    if (!onlyCount && words.last() != "filter")
        return std::nullopt;
    const QByteArray kind = words.size() == 2 ? words.first() : words.value(2);
    if (words.first() == "work_pools" && isOrion)
        return std::nullopt;
    if (kind == "flows")
        return filtered({flows, "flows", "NAME_ASC"}, body, onlyCount);
    if (kind == "deployments") {
        const char *sorts = isOrion ? "" : "'CREATED_DESC', 'UPDATED_DESC', 'NAME_ASC', 'NAME_DESC'";
        return filtered({deployments, "deployments", "NAME_ASC", sorts}, body, onlyCount);
    }
    if (kind == "flow_runs") {
        const Json &types = memberOf(memberOf(memberOf(memberOf(body, "flow_runs"), "state"), "type"), "any_");
        if (isOrion && types.is_array() && isIn(types, "PAUSED"))
            return FakeAnswer::json(R"({"exception_message":"Invalid request received.","exception_detail":[]})", 422);
        return filtered({flowRuns, "flow_runs", "ID_DESC"}, body, onlyCount);
    }
    if (kind == "task_runs")
        return filtered({taskRuns, "task_runs", "ID_DESC"}, body, onlyCount);
    if (kind == "logs")
        return filtered({logs, "logs", "TIMESTAMP_ASC"}, body, onlyCount);
    if (kind == "work_pools")
        return filtered({workPools, "work_pools", "NAME_ASC"}, body, onlyCount);
    if (kind == "work_queues")
        return filtered({workQueues, "work_queues", "NAME_ASC"}, body, onlyCount);
    if (kind == "workers") {
        const bool isKnown = std::any_of(workPools.begin(), workPools.end(),
            [&words](const Json &pool) { return textOf(pool, "name") == words.at(1).toStdString(); });
        return isKnown ? filtered({workers, "workers", "NAME_ASC"}, body, onlyCount)
                       : FakeAnswer::detail(404, "Work pool \\\"" + words.at(1) + "\\\" not found.");
    }
    if (kind == "events" && m_generation == Generation::Prefect3)
        return FakeAnswer::json(R"({"events":[],"total":0,"next_page":null})");
    return std::nullopt;
}

std::optional<FakeAnswer> FakePrefect::objectAnswer(const QByteArray &path) const
{
    const QList<QByteArray> words = path.mid(1).split('/');
    const bool isSchedules = words.size() == 3 && words.at(0) == "deployments" && words.at(2) == "schedules";
    if (words.size() != 2 && !(isSchedules && m_generation != Generation::Orion))
        return std::nullopt;
    if (words.first() == "deployments") {
        const Json *row = byId(deployments, words.at(1));
        return row ? jsonAnswer(isSchedules ? memberOf(*row, "schedules") : *row)
                   : FakeAnswer::detail(404, "Deployment not found");
    }
    if (words.first() == "flow_runs") {
        const Json *row = byId(flowRuns, words.at(1));
        return row ? jsonAnswer(*row) : FakeAnswer::detail(404, "Flow run not found");
    }
    return std::nullopt;
}

FakeAnswer FakePrefect::filtered(const Table &table, const Json &body, bool onlyCount) const
{
    std::vector<const Json *> found;
    for (const Json &row : table.rows) {
        if (rowPasses(memberOf(body, table.member), row))
            found.push_back(&row);
    }
    if (onlyCount)
        return FakeAnswer::json(QByteArray::number(static_cast<int>(found.size())));
    const std::string sort = textOf(body, "sort");
    if (!sort.empty() && table.sorts[0] != '\0' && std::string(table.sorts).find(sort) == std::string::npos) {
        return FakeAnswer::json(
            QByteArray(
                R"({"exception_message":"Invalid request received.","exception_detail":[{"loc":["body","sort"],)")
                + "\"msg\":\"Input should be " + table.sorts + "\"}]}",
            422);
    }
    const Json &limitSent = memberOf(body, "limit");
    const Json &offsetSent = memberOf(body, "offset");
    const int limit = limitSent.is_number_integer() ? limitSent.get<int>() : pageLimit;
    const auto offset = offsetSent.is_number_integer() ? offsetSent.get<std::size_t>() : 0;
    if (limit > pageLimit)
        return FakeAnswer::detail(
            422, "Invalid limit: must be less than or equal to " + QByteArray::number(pageLimit) + '.');
    const auto [key, descending]
        = orderOf(table.sorts[0] == '\0' && sort.empty() ? table.usualSort : sort, table.usualSort);
    const auto less
        = [&name = key](const Json *a, const Json *b) { return textOf(*a, name.c_str()) < textOf(*b, name.c_str()); };
    if (descending)
        std::stable_sort(found.begin(), found.end(), [&less](const Json *a, const Json *b) { return less(b, a); });
    else
        std::stable_sort(found.begin(), found.end(), less);
    Json page = Json::array();
    for (std::size_t i = offset; i < found.size() && page.size() < static_cast<std::size_t>(limit); ++i) {
        if (poisonedIds.contains(QByteArray::fromStdString(textOf(*found[i], "id")))) {
            FakeAnswer broken = FakeAnswer::json(R"({"exception_message":"Internal Server Error"})", 500);
            broken.closeAfter = true;
            return broken;
        }
        page.push_back(*found[i]);
    }
    return jsonAnswer(page);
}

QByteArray FakePrefect::addFlow(const QByteArray &name)
{
    const QByteArray id = newId();
    Json row;
    row["id"] = id.toStdString();
    row["created"] = row["updated"] = "2026-11-24T00:00:00+00:00";
    row["name"] = name.toStdString();
    row["tags"] = Json::array();
    flows.push_back(std::move(row));
    return id;
}

QByteArray FakePrefect::addDeployment(const QByteArray &flow, const QByteArray &name)
{
    const QByteArray id = newId();
    Json row;
    row["id"] = id.toStdString();
    row["created"] = row["updated"] = "2026-11-24T00:00:00+00:00";
    row["name"] = name.toStdString();
    row["flow_id"] = flow.toStdString();
    row["tags"] = Json::array();
    row["parameters"] = Json::object();
    if (m_generation == Generation::Orion) {
        row["flow_data"] = {{"encoding", "blob"}, {"blob", "flow.py"}};
        row["schedule"] = nullptr;
        row["is_schedule_active"] = true;
        row["flow_runner"] = nullptr;
    } else {
        row["schedules"] = Json::array();
        row["paused"] = false;
        row["entrypoint"] = "flow.py:main";
    }
    deployments.push_back(std::move(row));
    return id;
}

QByteArray FakePrefect::addFlowRun(
    const QByteArray &flow, const QByteArray &deployment, const QByteArray &stateType, const QByteArray &expected)
{
    const QByteArray id = newId();
    const std::string time = expected.toStdString();
    Json row;
    row["id"] = id.toStdString();
    row["created"] = row["updated"] = time;
    row["name"] = "run-" + id.left(8).toStdString();
    row["flow_id"] = flow.toStdString();
    row["deployment_id"] = deployment.isEmpty() ? Json() : Json(deployment.toStdString());
    row["parameters"] = Json::object();
    row["tags"] = Json::array();
    row["expected_start_time"] = time;
    row["start_time"] = nullptr;
    row["end_time"] = nullptr;
    row["state_type"] = stateType.toStdString();
    row["state"] = {{"id", newId().toStdString()}, {"type", stateType.toStdString()}, {"name", stateType.toStdString()},
        {"timestamp", time}, {"message", nullptr}};
    flowRuns.push_back(std::move(row));
    return id;
}

} // namespace fd::test
