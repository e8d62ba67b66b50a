// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"
#include "models/workspace/localworkspace.h"
#include "tests/engine/engineworld.h"

#include <QFile>
#include <QFileInfo>

using namespace fd;
using namespace fd::test;

namespace {

const QString kSamples = QStringLiteral(FLOWDECK_SOURCE_DIR "/resources/samples/");

LocalWorkspaceOptions optionsIn(const QTemporaryDir &folder)
{
    LocalWorkspaceOptions options;
    options.storePath = folder.filePath(QStringLiteral("sample.flowdeck"));
    options.create = true;
    options.supervisorPath = QStringLiteral(FLOWDECK_SUPERVISOR);
    options.bridgePath = QStringLiteral(FLOWDECK_BRIDGE);
    options.graceSeconds = 1;
    return options;
}

std::unique_ptr<LocalWorkspace> opened(const LocalWorkspaceOptions &options)
{
    auto workspace = LocalWorkspace::open(options);
    if (!workspace)
        qFatal("%s", qPrintable(toText(workspace.error())));
    return std::move(*workspace);
}

/// The value of a task, waited for with the event loop running.
template<typename T>
T finished(QCoro::Task<T> task)
{
    if (!QTest::qWaitFor([&task] { return task.isReady(); }, kDeadlineMs))
        qFatal("a task did not finish in time");
    return QCoro::waitFor(std::move(task));
}

RowId deploymentNamed(LocalWorkspace &workspace, const QString &flow, const QString &name)
{
    const auto found = DeploymentRepository(workspace.store().reader()).findByName(flow, name);
    return found ? found->row : 0;
}

State stateOf(LocalWorkspace &workspace, RowId run)
{
    const auto found = FlowRunRepository(workspace.store().reader()).find(run);
    return found ? found->state : State();
}

bool waitForEnd(LocalWorkspace &workspace, RowId run)
{
    return QTest::qWaitFor([&] { return isTerminal(stateOf(workspace, run).type); }, kDeadlineMs);
}

QString problemText(const SpecPlan &plan)
{
    QStringList texts;
    for (const SpecProblem &problem : plan.problems)
        texts += toText(problem.error);
    return texts.join(u'\n');
}

} // namespace

/// What the views talk to, over real samples, flows and processes.
class LocalWorkspaceTest : public QObject
{
    Q_OBJECT

private slots:
    void createsTheSamples_data();
    void createsTheSamples();
    void runsASampleOnce();
    void asksForMissingParameters();
    void updatesOnlyWhatChanged();
    void cancelsAndDeletes();
    void remembersItsName();
    void looksOnlyWithoutAnEngine();
};

void LocalWorkspaceTest::createsTheSamples_data()
{
    QTest::addColumn<QString>("spec");
    for (const char *name : {"first-steps", "sales", "finance", "platform"})
        QTest::newRow(name) << kSamples + QLatin1String(name) + QStringLiteral(".yaml");
}

void LocalWorkspaceTest::createsTheSamples()
{
    QFETCH(QString, spec);
    const QTemporaryDir folder;
    const auto workspace = opened(optionsIn(folder));
    const auto plan = finished(workspace->planSpec(spec));
    QVERIFY(plan.has_value());
    QVERIFY2(plan->canApply(), qPrintable(problemText(*plan)));
    for (const SpecPlanItem &item : plan->items)
        QCOMPARE(item.action, SpecPlanItem::Action::Create);
    const auto applied = finished(workspace->applySpec(*plan));
    QCOMPARE(applied->created, int(plan->items.size()));
    const auto again = finished(workspace->planSpec(spec));
    for (const SpecPlanItem &item : again->items)
        QVERIFY2(item.action == SpecPlanItem::Action::Unchanged, qPrintable(item.changedFields.join(u',')));
    const auto appliedAgain = finished(workspace->applySpec(*again));
    QCOMPARE(appliedAgain->unchanged, int(again->items.size()));
}

void LocalWorkspaceTest::runsASampleOnce()
{
    const QTemporaryDir folder;
    const auto workspace = opened(optionsIn(folder));
    const auto plan = finished(workspace->planSpec(kSamples + QStringLiteral("first-steps.yaml")));
    QVERIFY(finished(workspace->applySpec(*plan)).has_value());
    const SpecPlanItem &first = plan->items.first();
    const RowId deployment = deploymentNamed(*workspace, first.planned.flowName, first.planned.name);
    const RunRequest request{.idempotencyKey = makeIdempotencyKey(), .deployment = deployment};
    auto firstClick = workspace->startRun(request);
    auto secondClick = workspace->startRun(request);
    const auto started = finished(std::move(firstClick));
    const auto doubled = finished(std::move(secondClick));
    QVERIFY(started.has_value() && doubled.has_value());
    QVERIFY(!started->alreadyThere);
    QVERIFY(doubled->alreadyThere);
    QCOMPARE(doubled->run, started->run);
    QCOMPARE(doubled->name, started->name);
    QVERIFY(waitForEnd(*workspace, started->run));
    QCOMPARE(stateOf(*workspace, started->run).type, StateType::Completed);
    QCOMPARE(FlowRunRepository(workspace->store().reader()).ids({}, FlowRunSort::Start, false).size(), size_t(1));
}

void LocalWorkspaceTest::asksForMissingParameters()
{
    const QTemporaryDir folder;
    QFile flow(folder.filePath(QStringLiteral("needs.py")));
    QVERIFY(flow.open(QIODevice::WriteOnly));
    flow.write("from prefect import flow\n@flow\ndef needs(day: str):\n    print(day)\n");
    flow.close();
    QFile spec(folder.filePath(QStringLiteral("needs.yaml")));
    QVERIFY(spec.open(QIODevice::WriteOnly));
    spec.write("name: it\nflow:\n  path: needs.py\n");
    spec.close();
    const auto workspace = opened(optionsIn(folder));
    const auto plan = finished(workspace->planSpec(spec.fileName()));
    QVERIFY2(plan->canApply(), qPrintable(problemText(*plan)));
    QVERIFY(finished(workspace->applySpec(*plan)).has_value());
    const RowId deployment = deploymentNamed(*workspace, QStringLiteral("needs"), QStringLiteral("it"));
    const auto refused
        = finished(workspace->startRun({.idempotencyKey = makeIdempotencyKey(), .deployment = deployment}));
    QCOMPARE(refused.error().kind, ErrorKind::Validation);
    QCOMPARE(refused.error().field, QStringLiteral("parameters.day"));
    const auto started = finished(workspace->startRun(
        {.idempotencyKey = makeIdempotencyKey(), .deployment = deployment, .parameters = R"({"day":"monday"})"}));
    QVERIFY(waitForEnd(*workspace, started->run));
    QCOMPARE(stateOf(*workspace, started->run).type, StateType::Completed);
    const auto unknown = finished(workspace->startRun({.idempotencyKey = makeIdempotencyKey(), .deployment = 999}));
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
}

void LocalWorkspaceTest::updatesOnlyWhatChanged()
{
    const QTemporaryDir folder;
    QFile::copy(kSamples + QStringLiteral("flows/hello.py"), folder.filePath(QStringLiteral("hello.py")));
    QFile spec(folder.filePath(QStringLiteral("spec.yaml")));
    const auto write = [&spec](const QByteArray &text) {
        return spec.open(QIODevice::WriteOnly) && spec.write(text) == text.size() && (spec.close(), true);
    };
    const auto workspace = opened(optionsIn(folder));
    QVERIFY(write("name: it\nflow:\n  path: hello.py\ntags: [a]\n"));
    auto plan = finished(workspace->planSpec(spec.fileName()));
    QVERIFY2(plan->canApply(), qPrintable(problemText(*plan)));
    QVERIFY(finished(workspace->applySpec(*plan)).has_value());
    const QString flow = plan->items.first().planned.flowName;
    const RowId row = deploymentNamed(*workspace, flow, QStringLiteral("it"));
    QVERIFY(write("name: it\nflow:\n  path: hello.py\ntags: [a, b]\nschedule:\n  interval: 60\n"));
    plan = finished(workspace->planSpec(spec.fileName()));
    QCOMPARE(plan->items.first().action, SpecPlanItem::Action::Update);
    QCOMPARE(plan->items.first().changedFields,
        QStringList({QStringLiteral("tags"), QStringLiteral("schedule"), QStringLiteral("spec")}));
    const auto applied = finished(workspace->applySpec(*plan));
    QCOMPARE(applied->updated, 1);
    QCOMPARE(deploymentNamed(*workspace, flow, QStringLiteral("it")), row);
}

void LocalWorkspaceTest::cancelsAndDeletes()
{
    const QTemporaryDir folder;
    QFile flow(folder.filePath(QStringLiteral("slow.py")));
    QVERIFY(flow.open(QIODevice::WriteOnly));
    flow.write("import time\nfrom prefect import flow\n@flow\ndef slow():\n    time.sleep(600)\n");
    flow.close();
    QFile spec(folder.filePath(QStringLiteral("slow.yaml")));
    QVERIFY(spec.open(QIODevice::WriteOnly));
    spec.write("flow:\n  path: slow.py\n");
    spec.close();
    const auto workspace = opened(optionsIn(folder));
    const auto plan = finished(workspace->planSpec(spec.fileName()));
    QVERIFY2(plan->canApply(), qPrintable(problemText(*plan)));
    QVERIFY(finished(workspace->applySpec(*plan)).has_value());
    const RowId deployment = deploymentNamed(*workspace, QStringLiteral("slow"), QStringLiteral("slow"));
    QVERIFY(deployment != 0);
    const auto started
        = finished(workspace->startRun({.idempotencyKey = makeIdempotencyKey(), .deployment = deployment}));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*workspace, started->run).type, StateType::Running, kDeadlineMs);
    QTRY_COMPARE_WITH_TIMEOUT(workspace->engineStatus().activeRuns, 1, kDeadlineMs);
    QVERIFY(finished(workspace->cancelRun(started->run)).has_value());
    QVERIFY(waitForEnd(*workspace, started->run));
    QCOMPARE(stateOf(*workspace, started->run).type, StateType::Cancelled);
    QVERIFY(finished(workspace->deleteDeployment(deployment)).has_value());
    QCOMPARE(finished(workspace->deleteDeployment(deployment)).error().kind, ErrorKind::NotFound);
    QCOMPARE(stateOf(*workspace, started->run).type, StateType::Cancelled);
}

void LocalWorkspaceTest::remembersItsName()
{
    const QTemporaryDir folder;
    LocalWorkspaceOptions options = optionsIn(folder);
    options.name = QStringLiteral("My flows");
    QCOMPARE(opened(options)->name(), QStringLiteral("My flows"));
    options.name.clear();
    QCOMPARE(opened(options)->name(), QStringLiteral("My flows"));
    QCOMPARE(QFileInfo(options.storePath).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void LocalWorkspaceTest::looksOnlyWithoutAnEngine()
{
    const QTemporaryDir folder;
    LocalWorkspaceOptions options = optionsIn(folder);
    options.runEngine = false;
    const auto workspace = opened(options);
    QCOMPARE(workspace->engineStatus().kind, EngineStatus::Kind::Stopped);
    auto task = workspace->shutDown(Workspace::Quit::StopRuns);
    QVERIFY(QTest::qWaitFor([&task] { return task.isReady(); }, kDeadlineMs));
    options.create = false;
    options.storePath += QStringLiteral(".missing");
    QCOMPARE(LocalWorkspace::open(options).error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(LocalWorkspaceTest)
#include "tst_localworkspace.moc"
