// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/runqueries.h"
#include "models/engine/spool.h"
#include "tests/engine/engineworld.h"
#include "tests/engine/processes.h"

#include <QDir>
#include <QProcess>

#include <csignal>

using namespace fd;
using namespace fd::test;

namespace {

/// Notes its start, says a few things over some time, and ends.
QByteArray talking(const QString &file, int lines)
{
    return "import time\nfrom prefect import flow, get_run_logger\n@flow\ndef talking():\n"
           "    with open('"
        + file.toUtf8() + "', 'a') as f: f.write('started\\n')\n    log = get_run_logger()\n    for i in range("
        + QByteArray::number(lines) + "):\n        log.info('line %d', i)\n        time.sleep(0.01)\n";
}

/// An engine in a process of its own.
std::unique_ptr<QProcess> host(const EngineWorld &world, const QStringList &more = {})
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedChannels);
    process->start(QStringLiteral(FLOWDECK_ENGINE_HOST), QStringList{world.path({})} + more);
    if (!process->waitForStarted())
        qFatal("the engine host did not start");
    return process;
}

} // namespace

/// What is left of a run when Flowdeck is killed at any moment.
class RecoveryTest : public QObject
{
    Q_OBJECT

private slots:
    void runsOnceWheneverItIsKilled();
    void followsOnAfterAKill();
    void takesOverFromAKilledLeader();
    void tellsWhenTheSupervisorWasKilled();
    void tellsWhenAllWereKilled();
    void finishesACancellation();
    void startsAnAttemptThatNeverBegan();
    void endsACancelledAttemptThatNeverBegan();
    void neverStartsTwoAttempts();
    void leavesNothingOfADeletedRun();

private:
    void checkFinished(EngineWorld &world, RowId run, int lines);
};

void RecoveryTest::checkFinished(EngineWorld &world, RowId run, int lines)
{
    QVERIFY(waitForEnd(world, run));
    QVERIFY2(world.stateOf(run) == StateType::Completed, qPrintable(world.run(run).state.message));
    QCOMPARE(world.fileContent(QStringLiteral("mark")), QByteArray("started\n"));
    QStringList said = world.logLines(run).filter(QStringLiteral("line "));
    QCOMPARE(said.size(), lines);
    QCOMPARE(QSet<QString>(said.begin(), said.end()).size(), lines);
    QTRY_COMPARE_WITH_TIMEOUT(world.processesOf(run), 0, kDeadlineMs);
    QTRY_COMPARE_WITH_TIMEOUT(
        QDir(world.options().runFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 0, kDeadlineMs);
}

void RecoveryTest::runsOnceWheneverItIsKilled()
{
    // A sweep over the start (opening, lease, taking, spawning) and the run itself.
    constexpr int kSteps = 24;
    for (int step = 0; step < kSteps; ++step) {
        EngineWorld world;
        const RowId run
            = world.schedule(world.deploy(QStringLiteral("talking"), talking(world.path(QStringLiteral("mark")), 10)));
        const int us = 2000 + step * step * 700;
        auto killed = host(world, {QString::number(us)});
        QVERIFY(killed->waitForFinished(kDeadlineMs));
        Engine engine(world.store(), world.options());
        engine.start();
        checkFinished(world, run, 10);
        if (QTest::currentTestFailed())
            qWarning("after a kill at %d us", us);
    }
}

void RecoveryTest::followsOnAfterAKill()
{
    EngineWorld world;
    const RowId run
        = world.schedule(world.deploy(QStringLiteral("talking"), talking(world.path(QStringLiteral("mark")), 100)));
    auto first = host(world);
    for (int kills = 0; kills < 4; ++kills) {
        const auto said = [&] { return world.logLines(run).size(); };
        const auto before = said();
        QTRY_VERIFY_WITH_TIMEOUT(said() > before + 5, kDeadlineMs);
        first->kill();
        QVERIFY(first->waitForFinished(kDeadlineMs));
        first = host(world);
    }
    checkFinished(world, run, 100);
    first->kill();
    first->waitForFinished(kDeadlineMs);
}

void RecoveryTest::takesOverFromAKilledLeader()
{
    EngineWorld world;
    const RowId deployment = world.deploy(QStringLiteral("talking"), talking(world.path(QStringLiteral("mark")), 50));
    auto leader = host(world);
    Engine watcher(world.store(), world.options());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(world.path(QStringLiteral("workspace.flowdeck.engine-lock"))), kDeadlineMs);
    watcher.start();
    QTRY_COMPARE_WITH_TIMEOUT(watcher.report().kind, EngineReport::Kind::Elsewhere, kDeadlineMs);
    QTRY_COMPARE_WITH_TIMEOUT(watcher.report().pid, leader->processId(), kDeadlineMs);
    const RowId run = world.schedule(deployment);
    QVERIFY(waitForFile(world, QStringLiteral("mark")));
    QCOMPARE(watcher.report().activeRuns, 0);
    leader->kill();
    QVERIFY(leader->waitForFinished(kDeadlineMs));
    QTRY_COMPARE_WITH_TIMEOUT(watcher.report().kind, EngineReport::Kind::Here, 3000);
    checkFinished(world, run, 50);
}

void RecoveryTest::tellsWhenTheSupervisorWasKilled()
{
    EngineWorld world;
    const RowId run
        = world.schedule(world.deploy(QStringLiteral("talking"), talking(world.path(QStringLiteral("mark")), 60'000)));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForFile(world, QStringLiteral("mark")));
    const QString spool = spoolPath(world.options().runFolder + u'/' + world.run(run).id.toText(), 1);
    const pid_t supervisor = spoolState(spool).supervisor;
    QVERIFY(supervisor > 0);
    kill(supervisor, SIGKILL);
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Crashed);
    QTRY_COMPARE_WITH_TIMEOUT(world.processesOf(run), 0, kDeadlineMs);
}

void RecoveryTest::tellsWhenAllWereKilled()
{
    EngineWorld world;
    const QByteArray body
        = talking(world.path(QStringLiteral("mark")), 60'000)
              .replace("    log = ", "    import subprocess; subprocess.Popen(['setsid', 'sleep', '600'])\n    log = ");
    const RowId run = world.schedule(world.deploy(QStringLiteral("talking"), body));
    auto leader = host(world);
    QTRY_VERIFY_WITH_TIMEOUT(world.processesOf(run) >= 3, kDeadlineMs);
    QTRY_VERIFY_WITH_TIMEOUT(!world.logLines(run).isEmpty(), kDeadlineMs);
    const QString spool = spoolPath(world.options().runFolder + u'/' + world.run(run).id.toText(), 1);
    const pid_t supervisor = spoolState(spool).supervisor;
    leader->kill();
    kill(supervisor, SIGKILL);
    QVERIFY(leader->waitForFinished(kDeadlineMs));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Crashed);
    QTRY_COMPARE_WITH_TIMEOUT(world.processesOf(run), 0, kDeadlineMs);
    QCOMPARE(world.fileContent(QStringLiteral("mark")), QByteArray("started\n"));
}

void RecoveryTest::finishesACancellation()
{
    EngineWorld world;
    const RowId run
        = world.schedule(world.deploy(QStringLiteral("talking"), talking(world.path(QStringLiteral("mark")), 60'000)));
    auto leader = host(world);
    QVERIFY(waitForFile(world, QStringLiteral("mark")));
    leader->kill();
    QVERIFY(leader->waitForFinished(kDeadlineMs));
    (void)await(world.store().write([run](Connection &db) { return requestCancel(db, run, systemClock()()); }));
    QCOMPARE(world.stateOf(run), StateType::Cancelling);
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(world.processesOf(run), 0, kDeadlineMs);
}

void RecoveryTest::startsAnAttemptThatNeverBegan()
{
    EngineWorld world;
    const RowId run
        = world.schedule(world.deploy(QStringLiteral("talking"), talking(world.path(QStringLiteral("mark")), 3)));
    const auto taken
        = await(world.store().write([](Connection &db) { return takeDueRuns(db, systemClock()(), 1, {}); }));
    QCOMPARE(taken->size(), size_t(1));
    Engine engine(world.store(), world.options());
    engine.start();
    checkFinished(world, run, 3);
    QCOMPARE(FlowRunRepository(world.store().reader()).spool(run).attempt, 2);
}

void RecoveryTest::endsACancelledAttemptThatNeverBegan()
{
    EngineWorld world;
    const RowId run
        = world.schedule(world.deploy(QStringLiteral("talking"), talking(world.path(QStringLiteral("mark")), 3)));
    (void)await(world.store().write([run](Connection &db) {
        (void)takeDueRuns(db, systemClock()(), 1, {});
        return requestCancel(db, run, systemClock()());
    }));
    Engine engine(world.store(), world.options());
    engine.start();
    QVERIFY(waitForEnd(world, run));
    QCOMPARE(world.stateOf(run), StateType::Cancelled);
    QVERIFY(world.fileContent(QStringLiteral("mark")).isEmpty());
}

void RecoveryTest::neverStartsTwoAttempts()
{
    // The supervisor of a killed leader may come late: it finds its attempt taken.
    EngineWorld world;
    const QString folder = world.path(QStringLiteral("late"));
    QVERIFY(QDir().mkpath(folder));
    const QString spool = spoolPath(folder, 1);
    QCOMPARE(claimSpool(spool).value(), true);
    QCOMPARE(QProcess::execute(QStringLiteral(FLOWDECK_SUPERVISOR),
                 {spool, QStringLiteral("1"), QStringLiteral("--"), QStringLiteral("/usr/bin/touch"),
                     world.path(QStringLiteral("ran"))}),
        75);
    QVERIFY(!QFile::exists(world.path(QStringLiteral("ran"))));
}

void RecoveryTest::leavesNothingOfADeletedRun()
{
    EngineWorld world;
    const QString folder = world.options().runFolder + u'/' + FlowRunId::make().toText();
    QVERIFY(QDir().mkpath(folder));
    Engine engine(world.store(), world.options());
    engine.start();
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(folder), kDeadlineMs);
}

QTEST_GUILESS_MAIN(RecoveryTest)
#include "tst_recovery.moc"
