// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/storefacts.h"

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/logrepository.h"
#include "models/store/taskrunrepository.h"

#include <QHash>
#include <QMap>

#include <algorithm>

namespace fd::test {
namespace {

constexpr int kShownDifferences = 6;

Json timeFact(const std::optional<Instant> &instant) { return instant ? Json(instant->us) : Json(); }
Json textFact(const QByteArray &text) { return text.toStdString(); }

Json tagFacts(const QStringList &tags)
{
    Json facts = Json::array();
    for (const QString &tag : tags)
        facts.push_back(toJson(tag));
    return facts;
}

Json stateFact(const State &state)
{
    return {{"type", toJson(toWire(state.type))}, {"name", toJson(state.name)}, {"message", toJson(state.message)},
        {"at", state.timestamp.us}, {"due", timeFact(state.scheduledTime)}};
}

Json scheduleFacts(const QList<Schedule> &schedules)
{
    Json facts = Json::array();
    for (const Schedule &schedule : schedules)
        facts.push_back({{"json", textFact(schedule.json)}, {"active", schedule.active}});
    return facts;
}

const char *makerFact(CreatedBy maker)
{
    switch (maker) {
    case CreatedBy::Manual:
        return "manual";
    case CreatedBy::Schedule:
        return "schedule";
    case CreatedBy::Flow:
        break;
    }
    return "flow";
}

Json deploymentFact(const Deployment &deployment)
{
    return {{"id", toJson(deployment.id.toText())}, {"name", toJson(deployment.name)},
        {"flow", toJson(deployment.flowName)}, {"tags", tagFacts(deployment.tags)},
        {"parameters", textFact(deployment.parameters)}, {"schedules", scheduleFacts(deployment.schedules)},
        {"paused", deployment.paused}, {"description", toJson(deployment.description)},
        {"version", toJson(deployment.version)}, {"pool", toJson(deployment.workPoolName)},
        {"queue", toJson(deployment.workQueueName)}, {"status", toJson(deployment.status)},
        {"entrypoint", toJson(deployment.entrypoint)}, {"created", deployment.created.us},
        {"updated", deployment.updated.us}};
}

Json flowRunFact(const FlowRun &run, const QString &deployment)
{
    return {{"id", toJson(run.id.toText())}, {"name", toJson(run.name)}, {"flow", toJson(run.flowName)},
        {"deployment", toJson(deployment)}, {"tags", tagFacts(run.tags)}, {"parameters", textFact(run.parameters)},
        {"state", stateFact(run.state)}, {"expected", run.expectedStart.us}, {"start", timeFact(run.start)},
        {"end", timeFact(run.end)}, {"ran", run.runTimeUs}, {"count", run.runCount},
        {"key", toJson(run.idempotencyKey)}, {"maker", makerFact(run.createdBy)}, {"created", run.created.us}};
}

/// By id where the rows have one; others by place.
QMap<QString, Json> byId(const Json &facts)
{
    QMap<QString, Json> rows;
    for (const Json &fact : facts) {
        const std::string id = textOf(fact, "id");
        rows.insert(id.empty() ? QStringLiteral("#%1").arg(rows.size(), 6, 10, QLatin1Char('0')) : toQString(id), fact);
    }
    return rows;
}

QString shown(const Json &value) { return QString::fromUtf8(toJsonText(value)).left(300); }

} // namespace

Json deploymentFacts(Connection &db)
{
    Json facts = Json::array();
    DeploymentRepository deployments(db);
    for (const RowId row : deployments.ids(DeploymentSort::Name, false)) {
        if (const auto deployment = deployments.find(row))
            facts.push_back(deploymentFact(*deployment));
    }
    return facts;
}

Json flowRunFacts(Connection &db)
{
    Json facts = Json::array();
    FlowRunRepository runs(db);
    DeploymentRepository deployments(db);
    QHash<RowId, QString> ids{{0, QString()}};
    for (const RowId row : runs.ids({}, FlowRunSort::Start, false)) {
        const auto run = runs.find(row);
        if (!run)
            continue;
        if (!ids.contains(run->deployment))
            ids.insert(run->deployment, deployments.find(run->deployment).value_or(Deployment()).id.toText());
        facts.push_back(flowRunFact(*run, ids.value(run->deployment)));
    }
    return facts;
}

Json stateFacts(Connection &db, RowId run)
{
    Json facts = Json::array();
    for (const State &state : FlowRunRepository(db).states(run))
        facts.push_back(stateFact(state));
    return facts;
}

Json taskRunFacts(Connection &db, RowId run)
{
    Json facts = Json::array();
    for (const TaskRun &task : TaskRunRepository(db).ofFlowRun(run)) {
        QStringList parents;
        for (const TaskRunId &parent : task.parents)
            parents += parent.toText();
        parents.sort();
        facts.push_back({{"id", toJson(task.id.toText())}, {"name", toJson(task.name)}, {"task", toJson(task.taskName)},
            {"key", toJson(task.dynamicKey)}, {"state", stateFact(task.state)}, {"start", timeFact(task.start)},
            {"end", timeFact(task.end)}, {"count", task.runCount}, {"parents", tagFacts(parents)}});
    }
    return facts;
}

Json logFacts(Connection &db, RowId run)
{
    QHash<RowId, QString> tasks{{0, QString()}};
    for (const TaskRun &task : TaskRunRepository(db).ofFlowRun(run))
        tasks.insert(task.row, task.id.toText());
    LogRepository logs(db);
    const std::vector<qint32> positions = logs.positions(run, {});
    Json facts = Json::array();
    for (const LogEntry &line : logs.lines(run, positions)) {
        facts.push_back({{"at", line.timestamp.us}, {"level", line.level}, {"logger", toJson(line.logger)},
            {"message", toJson(line.message)}, {"task", toJson(tasks.value(line.taskRun, QStringLiteral("?")))}});
    }
    // As facts.py sorts them.
    std::sort(facts.begin(), facts.end(), [](const Json &a, const Json &b) {
        return std::pair(a["at"], a["message"]) < std::pair(b["at"], b["message"]);
    });
    return facts;
}

QString differences(const Json &server, const Json &mirror)
{
    const QMap<QString, Json> theirs = byId(server);
    QMap<QString, Json> ours = byId(mirror);
    QStringList found;
    for (auto it = theirs.begin(); it != theirs.end(); ++it) {
        const auto here = ours.constFind(it.key());
        if (here == ours.constEnd()) {
            found += QStringLiteral("missing: %1").arg(shown(it.value()));
            continue;
        }
        for (const auto &[member, value] : it.value().items()) {
            if (memberOf(here.value(), member.c_str()) != value)
                found += QStringLiteral("%1 %2: the server has %3, the mirror %4")
                             .arg(it.key(), toQString(member), shown(value),
                                 shown(memberOf(here.value(), member.c_str())));
        }
        ours.remove(it.key());
    }
    for (const Json &left : ours)
        found += QStringLiteral("not on the server: %1").arg(shown(left));
    const qsizetype count = found.size();
    if (count > kShownDifferences)
        found = found.first(kShownDifferences) << QStringLiteral("… %1 in all").arg(count);
    return found.join(QLatin1Char('\n'));
}

} // namespace fd::test
