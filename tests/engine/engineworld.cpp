// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/engineworld.h"

#include "models/engine/runlaunch.h"
#include "models/store/deploymentrepository.h"
#include "models/store/logrepository.h"
#include "models/store/settingrepository.h"
#include "tests/engine/processes.h"

#include <QFile>

namespace fd::test {

EngineWorld::EngineWorld(const QString &folder) : m_folder(folder.isEmpty() ? m_temporary.path() : folder)
{
    openStore();
}

void EngineWorld::openStore()
{
    auto store = Store::open(path(QStringLiteral("workspace.flowdeck")), Store::OpenMode::CreateIfMissing);
    if (!store)
        qFatal("%s", qPrintable(toText(store.error())));
    m_store = std::move(*store);
}

EngineOptions EngineWorld::options() const
{
    EngineOptions options;
    options.runFolder = path(QStringLiteral("runs"));
    options.supervisorPath = QStringLiteral(FLOWDECK_SUPERVISOR);
    options.bridgePath = QStringLiteral(FLOWDECK_BRIDGE);
    options.graceSeconds = 1;
    return options;
}

RowId EngineWorld::deploy(const QString &name, const QByteArray &body, const QByteArray &runnerConfig)
{
    Deployment deployment;
    deployment.id = DeploymentId::make();
    deployment.name = name;
    deployment.flowName = name;
    deployment.path = path(name + QStringLiteral(".py"));
    deployment.runner = {.type = QStringLiteral("subprocess"), .config = runnerConfig};
    QFile file(deployment.path);
    if (!body.isEmpty() && (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size()))
        qFatal("cannot write %s", qPrintable(deployment.path));
    return await(m_store->write([deployment](Connection &db) {
        SettingRepository(db).setValue(setting::kPython, QStringLiteral("/usr/bin/python3"));
        return DeploymentRepository(db).upsert(deployment, systemClock()()).row;
    })).value();
}

RowId EngineWorld::schedule(RowId deployment, const QByteArray &parameters, int afterMs)
{
    const Instant now = systemClock()();
    FlowRun run;
    run.id = FlowRunId::make();
    run.name = makeRunName();
    run.deployment = deployment;
    run.parameters = parameters;
    run.created = now;
    run.expectedStart = now.plusUs(qint64(afterMs) * 1000);
    run.state = State::of(StateType::Scheduled, now);
    run.state.scheduledTime = run.expectedStart;
    return await(m_store->write([run](Connection &db) { return FlowRunRepository(db).create(run).row; })).value();
}

FlowRun EngineWorld::run(RowId row) { return FlowRunRepository(m_store->reader()).find(row).value_or(FlowRun()); }

QStringList EngineWorld::stateNames(RowId row)
{
    QStringList names;
    for (const State &state : FlowRunRepository(m_store->reader()).states(row))
        names += state.name;
    return names;
}

QStringList EngineWorld::logLines(RowId row)
{
    LogRepository logs(m_store->reader());
    QStringList lines;
    for (const LogEntry &line : logs.lines(row, logs.positions(row, {})))
        lines += line.message;
    return lines;
}

QByteArray EngineWorld::fileContent(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qsizetype EngineWorld::processesOf(RowId row)
{
    return processesWith((kRunMark + u'=' + run(row).id.toText()).toUtf8()).size();
}

bool waitForEnd(EngineWorld &world, RowId run)
{
    return QTest::qWaitFor([&] { return isTerminal(world.stateOf(run)); }, kDeadlineMs);
}

bool waitForState(EngineWorld &world, RowId run, StateType state)
{
    return QTest::qWaitFor([&] { return world.stateOf(run) == state; }, kDeadlineMs);
}

bool waitForFile(const EngineWorld &world, const QString &name)
{
    return QTest::qWaitFor([&] { return !world.fileContent(name).isEmpty(); }, kDeadlineMs);
}

} // namespace fd::test
