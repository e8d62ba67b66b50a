// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/specplanner.h"

#include "models/engine/interpreter.h"
#include "models/store/deploymentrepository.h"
#include "models/store/settingrepository.h"
#include "models/store/store.h"
#include "models/workspace/planneddeployment.h"

#include <QCoroFuture>
#include <QtConcurrent>

#include <map>
#include <tuple>

namespace fd {
namespace {

/// What makes two documents share one look into a flow file.
struct InspectionKey {
    QString python;
    QByteArray runnerConfig;
    QString file;

    friend bool operator<(const InspectionKey &a, const InspectionKey &b)
    {
        return std::tie(a.python, a.runnerConfig, a.file) < std::tie(b.python, b.runnerConfig, b.file);
    }
};
using Inspections = std::map<InspectionKey, QCoro::Task<Result<InspectedFlow>>>;
using Inspected = std::map<InspectionKey, Result<InspectedFlow>>;

InspectionKey keyOf(const DeploymentSpec &spec, const Interpreter &interpreter)
{
    return {interpreter.program, spec.runner.config, spec.flowPath};
}

QList<Result<Interpreter>> interpretersOf(const QList<DeploymentSpec> &specs, const QString &workspacePython)
{
    QList<Result<Interpreter>> found;
    for (const DeploymentSpec &spec : specs)
        found += findInterpreter(spec.runner, InterpreterSearch::system(workspacePython));
    return found;
}

/// Begins every look at once; how many run at a time is the inspector's business.
Inspections beginInspections(
    const QList<DeploymentSpec> &specs, const QList<Result<Interpreter>> &interpreters, const QString &bridgePath)
{
    Inspections begun;
    for (qsizetype i = 0; i < specs.size(); ++i) {
        if (!interpreters[i])
            continue;
        const Interpreter &interpreter = *interpreters[i];
        const InspectionKey key = keyOf(specs[i], interpreter);
        if (begun.contains(key))
            continue;
        InspectRequest request;
        request.python = interpreter.program;
        request.environment = interpreter.environment(QProcessEnvironment::systemEnvironment(), specs[i].runner);
        request.bridge = bridgePath;
        request.file = specs[i].flowPath;
        request.anyFlow = true;
        begun.emplace(key, inspectFlow(std::move(request)));
    }
    return begun;
}

/// What one document becomes; its problems go to `problems`.
std::optional<Deployment> planDocument(const DeploymentSpec &spec, const Result<InspectedFlow> &inspected,
    const QString &specPath, QList<SpecProblem> &problems)
{
    if (!inspected) {
        problems += problemAt(spec, specPath, QStringLiteral("flow.path"), inspected.error());
        return {};
    }
    for (const QString &note : inspected->notes) {
        const Error error{.kind = ErrorKind::Validation, .detail = note, .field = {}, .file = {}};
        problems += problemAt(spec, specPath, QStringLiteral("flow.path"), error, SpecProblem::Severity::Warning);
    }
    const auto flow = chooseFlow(spec, *inspected, specPath);
    if (!flow) {
        problems += {.severity = SpecProblem::Severity::Error, .error = flow.error()};
        return {};
    }
    problems += parameterProblems(spec, *flow, specPath);
    return plannedDeployment(spec, *flow, specPath);
}

/// Two documents for one deployment would overwrite each other.
void refuseTwice(
    const DeploymentSpec &spec, const Deployment &deployment, const SpecPlan &plan, QList<SpecProblem> &problems)
{
    for (const SpecPlanItem &item : plan.items) {
        if (item.planned.name != deployment.name || item.planned.flowName != deployment.flowName)
            continue;
        const Error error{.kind = ErrorKind::Conflict,
            .detail = QStringLiteral("The deployment \"%1/%2\" is in this file already.")
                          .arg(deployment.flowName, deployment.name),
            .field = {},
            .file = {}};
        problems += problemAt(spec, plan.path, QStringLiteral("name"), error);
    }
}

void compareWithStored(Connection &db, SpecPlan &plan)
{
    DeploymentRepository deployments(db);
    for (SpecPlanItem &item : plan.items) {
        item.current = deployments.findByName(item.planned.flowName, item.planned.name);
        if (!item.current)
            continue;
        item.planned.row = item.current->row;
        item.planned.id = item.current->id;
        item.planned.paused = item.current->paused;
        item.planned.created = item.current->created;
        item.changedFields = changedFields(*item.current, item.planned);
        item.action = item.changedFields.isEmpty() ? SpecPlanItem::Action::Unchanged : SpecPlanItem::Action::Update;
    }
}

SpecPlan assemble(const SpecFile &file, const QList<Result<Interpreter>> &interpreters, const Inspected &inspected)
{
    SpecPlan plan{.path = file.path, .items = {}, .problems = file.problems};
    for (qsizetype i = 0; i < file.deployments.size(); ++i) {
        const DeploymentSpec &spec = file.deployments[i];
        if (!interpreters[i]) {
            plan.problems += problemAt(spec, file.path, QStringLiteral("flow_runner"), interpreters[i].error());
            continue;
        }
        const auto deployment
            = planDocument(spec, inspected.at(keyOf(spec, *interpreters[i])), file.path, plan.problems);
        if (!deployment)
            continue;
        refuseTwice(spec, *deployment, plan, plan.problems);
        plan.items += SpecPlanItem{.planned = *deployment, .current = {}, .changedFields = {}};
    }
    std::stable_sort(plan.problems.begin(), plan.problems.end(),
        [](const SpecProblem &a, const SpecProblem &b) { return a.error.line < b.error.line; });
    return plan;
}

} // namespace

QCoro::Task<Result<SpecPlan>> planSpecFile(Store &store, QString bridgePath, QString path)
{
    auto readingFile = QtConcurrent::run([path] { return readSpecFile(path); });
    const SpecFile file = co_await readingFile;
    if (!file.isUsable())
        co_return SpecPlan{.path = file.path, .items = {}, .problems = file.problems};
    auto readingSetting = store.read([](Connection &db) { return SettingRepository(db).value(setting::kPython); });
    const Result<QString> python = co_await readingSetting;
    if (!python)
        co_return fail(python.error());
    auto finding
        = QtConcurrent::run([specs = file.deployments, python = *python] { return interpretersOf(specs, python); });
    const QList<Result<Interpreter>> interpreters = co_await finding;
    Inspections begun = beginInspections(file.deployments, interpreters, bridgePath);
    Inspected inspected;
    for (auto &[key, task] : begun) {
        Result<InspectedFlow> flow = co_await task;
        inspected.emplace(key, std::move(flow));
    }
    SpecPlan plan = assemble(file, interpreters, inspected);
    auto comparing = store.read([plan](Connection &db) {
        SpecPlan compared = plan;
        compareWithStored(db, compared);
        return compared;
    });
    co_return co_await comparing;
}

SpecApplied storePlan(Connection &db, const SpecPlan &plan, Instant now)
{
    SpecPlan fresh = plan;
    for (SpecPlanItem &item : fresh.items)
        item.action = SpecPlanItem::Action::Create;
    compareWithStored(db, fresh);
    SpecApplied applied;
    for (const SpecPlanItem &item : fresh.items) {
        if (item.action == SpecPlanItem::Action::Unchanged) {
            ++applied.unchanged;
            continue;
        }
        if (DeploymentRepository(db).upsert(item.planned, now).created)
            ++applied.created;
        else
            ++applied.updated;
    }
    return applied;
}

} // namespace fd
