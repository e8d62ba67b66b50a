// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/runhistogram.h"
#include "models/items/watchers.h"
#include "models/store/taskrunrepository.h"
#include "tests/support/builders.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;
using namespace fd::test;

class TestWatchers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aDeploymentIsThereAtOnceAndFollowed();
    void aRemovedDeploymentIsNothing();
    void aRunIsThereAtOnceAndFollowed();
    void tasksFollow();
    void whatCannotBeReadIsSaidAndStays();
    void watchingAnotherRunForgetsTheFirst();
    void theHistogramCountsHoursAndFollows();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
    RowId m_deployment = 0;
};

void TestWatchers::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = std::move(*Store::open(m_dir->filePath(QStringLiteral("a")), Store::OpenMode::CreateIfMissing));
    m_deployment = store(*m_store, makeDeployment(QStringLiteral("flow"), QStringLiteral("first")));
}

void TestWatchers::aDeploymentIsThereAtOnceAndFollowed()
{
    DeploymentWatcher watcher(*m_store);
    QVERIFY(!watcher.deployment());
    watcher.watch(m_deployment);
    QCOMPARE(watcher.deployment()->name, QStringLiteral("first"));
    QCOMPARE(watcher.summary().row, m_deployment);
    QVERIFY(watcher.recentRuns().empty());
    QSignalSpy changes(&watcher, &DeploymentWatcher::changed);
    const RowId run = store(*m_store, makeRun(m_deployment, StateType::Running));
    QTRY_VERIFY(!changes.isEmpty());
    QCOMPARE(watcher.recentRuns().size(), 1u);
    QCOMPARE(watcher.recentRuns()[0].row, run);
    QCOMPARE(watcher.summary().activeRuns, 1);
    changes.clear();
    store(*m_store, makeDeployment(QStringLiteral("flow"), QStringLiteral("another")));
    QTest::qWait(50);
    QVERIFY(changes.isEmpty());
}

void TestWatchers::aRemovedDeploymentIsNothing()
{
    DeploymentWatcher watcher(*m_store);
    watcher.watch(m_deployment);
    removeDeployment(*m_store, m_deployment);
    QTRY_VERIFY(!watcher.deployment());
    watcher.watch(0);
    QVERIFY(!watcher.deployment());
}

void TestWatchers::aRunIsThereAtOnceAndFollowed()
{
    const RowId run = store(*m_store, makeRun(m_deployment, StateType::Pending));
    store(*m_store, makeRun(m_deployment, StateType::Completed, kNow.plusUs(-1'000'000)));
    FlowRunWatcher watcher(*m_store);
    watcher.watch(run);
    QCOMPARE(watcher.run()->row, run);
    QCOMPARE(watcher.states().size(), 1);
    QCOMPARE(watcher.siblings().size(), 2u);
    QCOMPARE(watcher.siblings()[0].row, run);
    QCOMPARE(watcher.deploymentParameters(), makeDeployment({}, {}).parameters);
    setState(*m_store, run, StateType::Running);
    QTRY_COMPARE(watcher.states().size(), 2);
    QCOMPARE(watcher.run()->state.type, StateType::Running);
    FlowRun child = makeRun(0, StateType::Running);
    child.parentFlowRun = run;
    store(*m_store, child);
    QTRY_COMPARE(watcher.subflows().size(), 1u);
}

void TestWatchers::tasksFollow()
{
    const RowId run = store(*m_store, makeRun(m_deployment, StateType::Running));
    FlowRunWatcher watcher(*m_store);
    watcher.watch(run);
    const auto addTask = [this, run](const QString &name) {
        auto written = m_store->write([run, name](Connection &connection) {
            TaskRun task;
            task.id = TaskRunId::make();
            task.flowRun = run;
            task.name = name;
            task.state = State::of(StateType::Running, kNow);
            TaskRunRepository(connection).upsert(task);
        });
        written.waitForFinished();
    };
    for (int i = 0; i < 5; ++i)
        addTask(QStringLiteral("task-%1").arg(i));
    QTRY_COMPARE(watcher.tasks().size(), 5);
    QCOMPARE(watcher.tasks()[0].name, QStringLiteral("task-0"));
}

void TestWatchers::whatCannotBeReadIsSaidAndStays()
{
    QSignalSpy announced(&*m_store, &Store::changed);
    const RowId run = store(*m_store, makeRun(m_deployment, StateType::Running));
    // Announced afterwards, it would make the watcher read once more.
    QTRY_VERIFY(!announced.isEmpty());
    const auto execute = [this](const QByteArray &sql) {
        m_store->write([sql](Connection &connection) { connection.execute(sql); }).waitForFinished();
    };
    FlowRunWatcher watcher(*m_store);
    QSignalSpy tasksRead(&watcher, &FlowRunWatcher::tasksChanged);
    watcher.watch(run);
    // Empty at once, then as they are.
    QTRY_COMPARE(tasksRead.size(), 2);
    QSignalSpy failed(&watcher, &FlowRunWatcher::failed);
    QSignalSpy tasksFailed(&watcher, &FlowRunWatcher::tasksFailed);
    execute("ALTER TABLE task_run RENAME TO away");
    watcher.reload();
    QTRY_COMPARE(tasksFailed.size(), 1);
    QCOMPARE(failed.size(), 0);
    execute("ALTER TABLE flow_run_state RENAME TO away_too");
    watcher.reload();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(watcher.run()->row, run);
    QCOMPARE(watcher.states().size(), 1);
    QTRY_COMPARE(tasksFailed.size(), 2);
    execute("ALTER TABLE away_too RENAME TO flow_run_state; ALTER TABLE away RENAME TO task_run");
    QSignalSpy changed(&watcher, &FlowRunWatcher::changed);
    QSignalSpy tasks(&watcher, &FlowRunWatcher::tasksChanged);
    watcher.reload();
    QCOMPARE(changed.size(), 1);
    QTRY_COMPARE(tasks.size(), 1);
    QCOMPARE(failed.size(), 1);
}

void TestWatchers::watchingAnotherRunForgetsTheFirst()
{
    const RowId first = store(*m_store, makeRun(m_deployment, StateType::Running));
    const RowId second = store(*m_store, makeRun(0, StateType::Running));
    FlowRunWatcher watcher(*m_store);
    watcher.watch(first);
    watcher.watch(second);
    QCOMPARE(watcher.run()->row, second);
    QVERIFY(watcher.siblings().empty());
    QVERIFY(watcher.deploymentParameters().isEmpty());
    watcher.watch(0);
    QVERIFY(!watcher.run());
    QTest::qWait(50);
    QVERIFY(watcher.tasks().isEmpty());
}

void TestWatchers::theHistogramCountsHoursAndFollows()
{
    constexpr qint64 kHour = 3'600'000'000;
    store(*m_store, makeRun(m_deployment, StateType::Completed, kNow));
    store(*m_store, makeRun(m_deployment, StateType::Failed, kNow.plusUs(-kHour)));
    store(*m_store, makeRun(m_deployment, StateType::Failed, kNow.plusUs(-50 * kHour)));
    RunHistogram histogram(*m_store);
    QSignalSpy changes(&histogram, &RunHistogram::changed);
    histogram.setRange(kNow.plusUs(-3 * kHour), kNow);
    QTRY_COMPARE(changes.size(), 1);
    QCOMPARE(histogram.hours().size(), 4);
    QCOMPARE(histogram.hours()[0].from, kNow.plusUs(-3 * kHour));
    QCOMPARE(histogram.hours()[2].counts[static_cast<size_t>(StateType::Failed)], 1);
    QCOMPARE(histogram.hours()[3].counts[static_cast<size_t>(StateType::Completed)], 1);
    store(*m_store, makeRun(m_deployment, StateType::Completed, kNow));
    QTRY_COMPARE(histogram.hours()[3].counts[static_cast<size_t>(StateType::Completed)], 2);
}

QTEST_GUILESS_MAIN(TestWatchers)
#include "tst_watchers.moc"
