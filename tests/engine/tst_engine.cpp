// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/settingrepository.h"
#include "models/store/taskrunrepository.h"
#include "tests/engine/engineworld.h"
#include "tests/engine/processes.h"

#include <QDir>
#include <QSignalSpy>

using namespace fd;
using namespace fd::test;

namespace {

const QByteArray kHello = R"(
from prefect import flow, task, get_run_logger

@task
def double(x):
    return 2 * x

@flow
def hello(name="world"):
    get_run_logger().info("Hello, %s", name)
    print("printed")
    first = double.submit(1)
    return double.submit(first).result()
)";

/// Appends a line to `file` when it starts, then waits until it is ended.
QByteArray waiting(const QString &file, const QByteArray &before = {})
{
    return "import time, signal, os, sys, subprocess\nfrom prefect import flow\n@flow\ndef waiting():\n" + before
        + "    with open('" + file.toUtf8() + "', 'a') as f: f.write('started\\n')\n" + "    time.sleep(600)\n";
}

} // namespace

/// One engine with the real supervisor, bridge, interpreter and store.
class EngineTest : public QObject
{
    Q_OBJECT

private slots:
    void runsADueFlowToCompletion();
    void waitsForTheDueTime();
    void keepsTheConcurrencyLimit();
    void leavesOutPrintsWhenToldTo();
    void saysWhatFailedToStart_data();
    void saysWhatFailedToStart();
    void reportsTheEndOfAProcess_data();
    void reportsTheEndOfAProcess();
    void storesSubflows();
    void cancelsBeforeTheStart();
    void cancelsARunningFlow();
    void killsWhatIgnoresTheSignal();
    void keepsTheTruthWhenCancelledTooLate();
    void stopsWithAndWithoutItsRuns();
    void reportsItself();
};

void EngineTest::runsADueFlowToCompletion()
{
    EngineWorld world;
    const RowId run = world.schedule(world.deploy(QStringLiteral("hello"), kHello), R"({"name":"you"})");
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateNames(run),
        QStringList({QStringLiteral("Scheduled"), QStringLiteral("Pending"), QStringLiteral("Running"),
            QStringLiteral("Completed")}));
    const QStringList lines = world.logLines(run);
    QVERIFY2(lines.contains(QStringLiteral("Hello, you")), qPrintable(lines.join(u'\n')));
    QVERIFY(lines.contains(QStringLiteral("printed")));
    const QList<TaskRun> tasks = TaskRunRepository(world.store().reader()).ofFlowRun(run);
    QCOMPARE(tasks.size(), 2);
    QCOMPARE(tasks[1].state.type, StateType::Completed);
    QCOMPARE(tasks[1].parents, QList<TaskRunId>{tasks[0].id});
    QTRY_VERIFY_WITH_TIMEOUT(world.run(run).details.contains("exit_code"), kDeadlineMs);
    const QByteArray details = world.run(run).details;
    for (const char *key : {"interpreter", "python_version", "pid", "command", "working_folder"})
        QVERIFY2(details.contains(key), key);
    QTRY_COMPARE_WITH_TIMEOUT(
        QDir(world.options().runFolder).entryList(QDir::NoDotAndDotDot | QDir::Dirs).size(), 0, kDeadlineMs);
    QTRY_COMPARE_WITH_TIMEOUT(ownChildren().size(), 0, kDeadlineMs);
}

void EngineTest::waitsForTheDueTime()
{
    EngineWorld world;
    const RowId deployment = world.deploy(QStringLiteral("hello"), kHello);
    Engine engine(world.store(), world.options());
    engine.start();
    QTRY_COMPARE_WITH_TIMEOUT(engine.report().kind, EngineReport::Kind::Here, kDeadlineMs);
    const RowId run = world.schedule(deployment, "{}", 700);
    QVERIFY(waitForEnd(world, run));
    const QList<State> states = FlowRunRepository(world.store().reader()).states(run);
    const qint64 lateUs = states.at(1).timestamp - world.run(run).expectedStart;
    QVERIFY2(lateUs >= 0 && lateUs < 250'000, qPrintable(QString::number(lateUs)));
}

void EngineTest::keepsTheConcurrencyLimit()
{
    EngineWorld world;
    const RowId deployment = world.deploy(QStringLiteral("hello"), kHello);
    (void)await(world.store().write(
        [](Connection &db) { SettingRepository(db).setValue(setting::kConcurrencyLimit, QStringLiteral("1")); }));
    QList<RowId> runs;
    for (int i = 0; i < 4; ++i)
        runs += world.schedule(deployment);
    Engine engine(world.store(), world.options());
    int most = 0;
    connect(&engine, &Engine::reportChanged, this,
        [&most](const EngineReport &report) { most = std::max(most, report.activeRuns); });
    engine.start();
    for (const RowId run : runs) {
        QVERIFY(waitForEnd(world, run));
        QCOMPARE(world.stateOf(run), StateType::Completed);
    }
    QCOMPARE(most, 1);
}

void EngineTest::leavesOutPrintsWhenToldTo()
{
    EngineWorld world;
    const RowId run = world.schedule(world.deploy(QStringLiteral("hello"), kHello, R"({"stream_output":false})"));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QVERIFY(world.logLines(run).contains(QStringLiteral("Hello, world")));
    QVERIFY(!world.logLines(run).contains(QStringLiteral("printed")));
}

void EngineTest::saysWhatFailedToStart_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<bool>("noSupervisor");
    QTest::addColumn<StateType>("state");
    QTest::addColumn<QString>("words");
    QTest::newRow("no file") << QByteArray() << QByteArray("{}") << false << StateType::Failed
                             << QStringLiteral("there is no file");
    QTest::newRow("no virtualenv") << kHello << QByteArray(R"({"virtualenv":"/no/where"})") << false
                                   << StateType::Crashed << QStringLiteral("/no/where has no bin/python");
    QTest::newRow("two environments") << kHello << QByteArray(R"({"virtualenv":"/a","condaenv":"/b"})") << false
                                      << StateType::Crashed << QStringLiteral("only one");
    QTest::newRow("no supervisor") << kHello << QByteArray("{}") << true << StateType::Crashed
                                   << QStringLiteral("No such file");
    QTest::newRow("syntax error") << QByteArray("def flow(:\n") << QByteArray("{}") << false << StateType::Failed
                                  << QStringLiteral("line 1");
}

void EngineTest::saysWhatFailedToStart()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, config);
    QFETCH(bool, noSupervisor);
    QFETCH(QString, words);
    EngineWorld world;
    const RowId run = world.schedule(world.deploy(QStringLiteral("hello"), body, config));
    EngineOptions options = world.options();
    if (noSupervisor)
        options.supervisorPath = QStringLiteral("/no/where");
    Engine engine(world.store(), options);
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QTEST(world.stateOf(run), "state");
    const QString message = world.run(run).state.message;
    QVERIFY2(message.contains(words), qPrintable(message));
}

void EngineTest::reportsTheEndOfAProcess_data()
{
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QString>("words");
    QTest::newRow("kill") << QByteArray("os.kill(os.getpid(), 9)") << QStringLiteral("SIGKILL (9)");
    QTest::newRow("segfault") << QByteArray("os.kill(os.getpid(), 11)") << QStringLiteral("SIGSEGV (11)");
    QTest::newRow("exit 0") << QByteArray("os._exit(0)") << QStringLiteral("exit code 0");
    QTest::newRow("exit 7") << QByteArray("os._exit(7)") << QStringLiteral("exit code 7");
}

void EngineTest::reportsTheEndOfAProcess()
{
    QFETCH(QByteArray, statement);
    QFETCH(QString, words);
    EngineWorld world;
    const QByteArray body
        = "import os, time\nfrom prefect import flow, task\n@task\ndef dies():\n    time.sleep(0.2)\n    " + statement
        + "\n@flow\ndef dying():\n    dies()\n";
    const RowId run = world.schedule(world.deploy(QStringLiteral("dying"), body));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Crashed);
    QVERIFY2(world.run(run).state.message.contains(words), qPrintable(world.run(run).state.message));
    const QList<TaskRun> tasks = TaskRunRepository(world.store().reader()).ofFlowRun(run);
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks[0].state.type, StateType::Crashed);
}

void EngineTest::storesSubflows()
{
    EngineWorld world;
    const QByteArray body = R"(
from prefect import flow

@flow
def inner(x):
    return x

@flow
def outer():
    return inner(1)
)";
    const RowId deployment = world.deploy(QStringLiteral("outer"), body);
    (void)await(world.store().write([deployment](Connection &db) {
        db.execute("UPDATE deployment_detail SET entrypoint = 'outer'");
        return deployment;
    }));
    const RowId run = world.schedule(deployment);
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Completed);
    const auto subflows = FlowRunRepository(world.store().reader()).subflows(run);
    QCOMPARE(subflows.size(), size_t(1));
    QCOMPARE(subflows[0].flowName, QStringLiteral("inner"));
    QCOMPARE(subflows[0].stateType, StateType::Completed);
    const Result<void> cancelled = await(engine.cancel(subflows[0].row));
    QCOMPARE(cancelled.error().kind, ErrorKind::Conflict);
}

void EngineTest::cancelsBeforeTheStart()
{
    EngineWorld world;
    const RowId run = world.schedule(world.deploy(QStringLiteral("hello"), kHello), "{}", 3600'000);
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(await(engine.cancel(run)).has_value());
    QVERIFY(waitForState(world, run, StateType::Cancelled));
    QCOMPARE(await(engine.cancel(run)).error().kind, ErrorKind::Conflict);
    QCOMPARE(await(engine.cancel(9999)).error().kind, ErrorKind::NotFound);
}

void EngineTest::cancelsARunningFlow()
{
    EngineWorld world;
    const RowId run = world.schedule(world.deploy(QStringLiteral("waiting"),
        waiting(world.path(QStringLiteral("mark")), "    subprocess.Popen(['setsid', 'sleep', '600'])\n")));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForFile(world, QStringLiteral("mark")));
    QVERIFY(world.processesOf(run) >= 2);
    QVERIFY(await(engine.cancel(run)).has_value());
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Cancelled);
    QVERIFY(world.stateNames(run).contains(QStringLiteral("Cancelling")));
    QTRY_COMPARE_WITH_TIMEOUT(world.processesOf(run), 0, kDeadlineMs);
}

void EngineTest::killsWhatIgnoresTheSignal()
{
    EngineWorld world;
    const RowId run = world.schedule(world.deploy(QStringLiteral("waiting"),
        waiting(world.path(QStringLiteral("mark")), "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n")));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForFile(world, QStringLiteral("mark")));
    QVERIFY(await(engine.cancel(run)).has_value());
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Cancelled);
    QVERIFY(world.run(run).state.message.contains(QStringLiteral("SIGKILL")));
    QTRY_COMPARE_WITH_TIMEOUT(world.processesOf(run), 0, kDeadlineMs);
}

void EngineTest::keepsTheTruthWhenCancelledTooLate()
{
    EngineWorld world;
    const QByteArray body = "import signal, time\nfrom prefect import flow\n@flow\ndef waiting():\n"
                            "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                            "    with open('"
        + world.path(QStringLiteral("mark")).toUtf8()
        + "', 'w') as f: f.write('1')\n"
          "    time.sleep(0.5)\n";
    const RowId run = world.schedule(world.deploy(QStringLiteral("waiting"), body));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForFile(world, QStringLiteral("mark")));
    QVERIFY(await(engine.cancel(run)).has_value());
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Completed);
}

void EngineTest::stopsWithAndWithoutItsRuns()
{
    EngineWorld world;
    const RowId run
        = world.schedule(world.deploy(QStringLiteral("waiting"), waiting(world.path(QStringLiteral("mark")))));
    auto first = std::make_unique<Engine>(world.store(), world.options());
    first->start();
    QVERIFY(waitForFile(world, QStringLiteral("mark")));
    await(first->stop(false));
    QCOMPARE(first->report().kind, EngineReport::Kind::Stopped);
    QVERIFY(world.processesOf(run) >= 1);
    QVERIFY(!isTerminal(world.stateOf(run)));

    Engine second(world.store(), world.options());
    second.start();
    QTRY_COMPARE_WITH_TIMEOUT(second.report().activeRuns, 1, kDeadlineMs);
    await(second.stop(true));
    QCOMPARE(world.stateOf(run), StateType::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(world.processesOf(run), 0, kDeadlineMs);
    QCOMPARE(world.fileContent(QStringLiteral("mark")), QByteArray("started\n"));
}

void EngineTest::reportsItself()
{
    EngineWorld world;
    Engine leader(world.store(), world.options());
    QCOMPARE(leader.report().kind, EngineReport::Kind::Stopped);
    leader.start();
    QTRY_COMPARE_WITH_TIMEOUT(leader.report().kind, EngineReport::Kind::Here, kDeadlineMs);
    Engine watcher(world.store(), world.options());
    watcher.start();
    QTRY_COMPARE_WITH_TIMEOUT(watcher.report().kind, EngineReport::Kind::Elsewhere, kDeadlineMs);
    QCOMPARE(watcher.report().pid, qint64(QCoreApplication::applicationPid()));
    await(leader.stop(false));
    QTRY_COMPARE_WITH_TIMEOUT(watcher.report().kind, EngineReport::Kind::Here, kDeadlineMs);
}

QTEST_GUILESS_MAIN(EngineTest)
#include "tst_engine.moc"
