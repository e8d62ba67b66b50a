// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/verdict.h"

#include "models/core/json.h"
#include "models/domain/parameters.h"
#include "views/deployments/deploymenttext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace fd {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::Verdict)
};

VerdictLine engineLine(const EngineStatus &engine)
{
    switch (engine.kind) {
    case EngineStatus::Kind::Here:
        return {Notice::Done, Words::tr("The engine runs here"),
            engine.activeRuns == 0       ? Words::tr("nothing else is running")
                : engine.activeRuns == 1 ? Words::tr("1 run is active")
                                         : Words::tr("%n runs are active", nullptr, engine.activeRuns)};
    case EngineStatus::Kind::Elsewhere:
        return {Notice::Done, Words::tr("Another Flowdeck runs the flows"), oneLine(engine.detail)};
    case EngineStatus::Kind::Failed:
        return {Notice::Broken, Words::tr("The engine failed"), oneLine(engine.detail)};
    case EngineStatus::Kind::Stopped:
        break;
    }
    return {Notice::Broken, Words::tr("The engine is stopped"), Words::tr("runs wait until it starts")};
}

VerdictLine parameterLine(const Deployment &deployment)
{
    const QStringList missing = missingParameters(deployment.parameterSchema, deployment.parameters);
    if (missing.isEmpty())
        return {Notice::Done, Words::tr("Every required parameter is set"), {}};
    if (missing.size() == 1)
        return {Notice::Look, Words::tr("Parameter “%1” is required").arg(oneLine(missing.constFirst())),
            Words::tr("Quick Run asks for it")};
    return {Notice::Look, Words::tr("%n parameters are required", nullptr, static_cast<int>(missing.size())),
        Words::tr("Quick Run asks for %1").arg(oneLine(missing.join(QStringLiteral(", "))))};
}

VerdictLine fileLine(const Deployment &deployment)
{
    const QFileInfo file(deployment.path);
    if (file.isFile() && file.isReadable())
        return {Notice::Done, Words::tr("The flow's file is there"), oneLine(file.fileName())};
    return {Notice::Broken, Words::tr("The flow's file is missing"), oneLine(deployment.path)};
}

VerdictLine interpreterLine(const Deployment &deployment)
{
    const Json config = parseJson(deployment.runner.config).value_or(Json::object());
    const auto text = [&config](const char *key) {
        const auto found = config.is_object() ? config.find(key) : config.end();
        return found != config.end() && found->is_string() ? toQString(found->get<std::string>()) : QString();
    };
    const QString virtualenv = text("virtualenv");
    if (!virtualenv.isEmpty()) {
        const QDir base = QFileInfo(deployment.specPath.isEmpty() ? deployment.path : deployment.specPath).dir();
        const bool there = QFileInfo(base.absoluteFilePath(virtualenv) + QStringLiteral("/bin/python")).isExecutable();
        return {there ? Notice::Done : Notice::Broken,
            there ? Words::tr("The virtual environment has a Python")
                  : Words::tr("The virtual environment has no Python"),
            oneLine(virtualenv)};
    }
    if (const QString conda = text("condaenv"); !conda.isEmpty())
        return {Notice::Note, Words::tr("Runs in a conda environment"), oneLine(conda)};
    return {Notice::Done, Words::tr("Runs with the workspace's Python"), {}};
}

} // namespace

Verdict judge(const Deployment &deployment, const EngineStatus &engine, const Capabilities &capabilities)
{
    Verdict verdict;
    verdict.lines = {engineLine(engine), parameterLine(deployment), fileLine(deployment), interpreterLine(deployment)};
    if (!capabilities.canRun)
        verdict.lines.prepend({Notice::Broken, Words::tr("Runs cannot be started here"), capabilities.reason});
    if (deployment.paused && !deployment.schedules.isEmpty())
        verdict.lines.append({Notice::Note, Words::tr("Its schedules are paused"), Words::tr("Quick Run still works")});
    verdict.answer = Words::tr("Yes");
    for (const VerdictLine &line : std::as_const(verdict.lines)) {
        if (line.notice == Notice::Broken && verdict.notice != Notice::Broken) {
            verdict.notice = Notice::Broken;
            verdict.answer = Words::tr("No");
        } else if (line.notice == Notice::Look && verdict.notice == Notice::Done) {
            verdict.notice = Notice::Look;
            verdict.answer = Words::tr("Yes, it asks first");
        }
    }
    return verdict;
}

} // namespace fd
