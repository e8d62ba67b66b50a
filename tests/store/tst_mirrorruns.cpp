// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/logrepository.h"
#include "models/store/taskrunrepository.h"
#include "models/store/workrepository.h"
#include "tests/store/mirrorworld.h"
#include "tests/store/recount.h"

#include <QTest>

using namespace fd;
using namespace fd::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMinuteUs = 60'000'000;

MirroredTaskRun makeTask(const QString &name)
{
    MirroredTaskRun task;
    task.value.id = TaskRunId::make();
    task.value.name = task.value.taskName = name;
    task.value.dynamicKey = u"0"_s;
    task.value.state = State::of(StateType::Completed, kNow);
    task.value.start = kNow;
    task.value.end = kNow.plusUs(5);
    task.value.runCount = 2;
    task.value.parents = {TaskRunId::make()};
    return task;
}

MirroredLog makeMirroredLine(const QString &message, const TaskRunId &task = {})
{
    return {.id = QUuid::createUuid(), .value = makeLine(message), .flowRun = {}, .taskRun = task};
}

QStringList messagesOf(Connection &db, RowId run)
{
    LogRepository logs(db);
    QStringList messages;
    for (const LogEntry &line : logs.lines(run, logs.positions(run, {})))
        messages += line.message;
    return messages;
}

} // namespace

class TestMirrorRuns : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void roundTrip();
    void sameAndLateAnswers();
    void statesAppend();
    void historyIsReplaced();
    void deploymentThatComesLater();
    void runMovesToAnotherDeployment();
    void oneRunPerKey();
    void keyOfAnOlderAnswer();
    void parentThatComesLater();
    void parentThatGoes();
    void windowKeepsScheduledRuns();
    void idsByTimeAndState();
    void removedRunLeavesNothing();
    void futureRunsLeaveTheStripAlone();
    void taskRunsFollowTheServer();
    void linesComeOnce();
    void linesBeforeTheirTask();
    void detailsOfAGoneRun();
    void workIsReplaced();

private:
    MirrorWorld &world() { return *m_world; }
    [[nodiscard]] MirroredFlowRun run(StateType state = StateType::Completed, Instant due = kNow, quint64 print = 1)
    {
        return makeMirroredRun(m_flow.value.id, m_deployment.value.id, state, due, print);
    }

    std::unique_ptr<MirrorWorld> m_world;
    MirroredFlow m_flow;
    MirroredDeployment m_deployment;
};

void TestMirrorRuns::init()
{
    m_world = std::make_unique<MirrorWorld>();
    m_flow = makeMirroredFlow(u"flow"_s);
    m_deployment = makeMirroredDeployment(m_flow.value.id, u"deployment"_s);
    world().put(m_flow);
    world().put(m_deployment);
}

void TestMirrorRuns::roundTrip()
{
    MirroredFlowRun given = run(StateType::Unknown);
    given.value.state.typeText = u"HIBERNATING"_s;
    given.value.state.name = u"Asleep"_s;
    given.value.state.message = u"zzz"_s;
    given.value.tags = {u"a"_s, u"b"_s};
    given.value.parameters = R"({"x":3.0})";
    given.value.details = R"({"labels":{}})";
    given.value.runTimeUs = 42;
    given.value.runCount = 3;
    given.value.start = kNow.plusUs(-7);
    given.value.end.reset();
    given.value.createdBy = CreatedBy::Schedule;
    given.value.idempotencyKey = u"scheduled x"_s;
    QCOMPARE(world().put(given).added, 1);
    FlowRun expected = given.value;
    const auto found = world().find(given);
    QVERIFY(found);
    expected.row = found->row;
    expected.deployment = world().find(m_deployment)->row;
    expected.deploymentName = u"deployment"_s;
    expected.flowName = u"flow"_s;
    QCOMPARE(*found, expected);
    QVERIFY(world().changes.of(Entity::FlowRun).added.contains(found->row));
}

void TestMirrorRuns::sameAndLateAnswers()
{
    MirroredFlowRun given = run(StateType::Running, kNow, 1);
    world().put(given, 5);
    QCOMPARE(world().put(given, 8).same, 1);
    QVERIFY(world().changes.isEmpty());
    MirroredFlowRun late = given;
    late.fingerprint = 2;
    late.value.state = State::of(StateType::Pending, kNow.plusUs(-1));
    QCOMPARE(world().put(late, 7).same, 1);
    QCOMPARE(world().find(given)->state.type, StateType::Running);
    QCOMPARE(world().put(late, 9).changed, 1);
    QCOMPARE(world().find(given)->state.type, StateType::Pending);
    QCOMPARE(world().rowOf(m_deployment).activeRuns, 1);
}

void TestMirrorRuns::statesAppend()
{
    MirroredFlowRun given = run(StateType::Running, kNow, 1);
    world().put(given, 1);
    given.fingerprint = 2;
    given.value.runCount = 9;
    world().put(given, 2);
    const RowId row = world().find(given)->row;
    QCOMPARE(FlowRunRepository(world().db()).states(row).size(), 1);
    given.fingerprint = 3;
    given.value.state = State::of(StateType::Completed, kNow.plusUs(kMinuteUs), u"done"_s);
    given.value.end = kNow.plusUs(kMinuteUs);
    world().put(given, 3);
    const QList<State> states = FlowRunRepository(world().db()).states(row);
    QCOMPARE(states.size(), 2);
    QCOMPARE(states[1], given.value.state);
    // Times and counts are the server's.
    QCOMPARE(world().find(given)->runCount, 9);
    QCOMPARE(world().find(given)->runTimeUs, 0);
    QCOMPARE(world().find(given)->end, given.value.end);
}

void TestMirrorRuns::historyIsReplaced()
{
    MirroredFlowRun given = run(StateType::Running, kNow, 1);
    world().put(given, 1);
    const RowId row = world().find(given)->row;
    const QList<State> history{State::of(StateType::Scheduled, kNow.plusUs(-20)),
        State::of(StateType::Pending, kNow.plusUs(-10)), given.value.state};
    world().mirror([row, &history](MirrorRepository &mirror) { mirror.replaceStates(row, history); });
    QCOMPARE(FlowRunRepository(world().db()).states(row), history);
    QVERIFY(world().changes.of(Entity::FlowRun).updated.contains(row));
    world().mirror([row, &history](MirrorRepository &mirror) { mirror.replaceStates(row, history); });
    QVERIFY(world().changes.isEmpty());
    // An answer that is older than the run's own state does not take that away.
    world().mirror([row, &history](MirrorRepository &mirror) { mirror.replaceStates(row, history.first(2)); });
    QCOMPARE(FlowRunRepository(world().db()).states(row), history);
    // A state that the history brought first is not doubled by the run.
    const State next = State::of(StateType::Completed, kNow.plusUs(5));
    world().mirror(
        [row, &history, &next](MirrorRepository &mirror) { mirror.replaceStates(row, history + QList{next}); });
    given.value.state = next;
    given.fingerprint = 2;
    world().put(given, 2);
    QCOMPARE(FlowRunRepository(world().db()).states(row), history + QList{next});
}

void TestMirrorRuns::deploymentThatComesLater()
{
    const MirroredDeployment late = makeMirroredDeployment(m_flow.value.id, u"late"_s);
    const MirroredFlowRun failed = makeMirroredRun(m_flow.value.id, late.value.id, StateType::Failed);
    const MirroredFlowRun waiting
        = makeMirroredRun(m_flow.value.id, late.value.id, StateType::Scheduled, kNow.plusUs(kMinuteUs));
    world().put(failed);
    world().put(waiting);
    QCOMPARE(world().find(failed)->deployment, 0);
    world().put(late);
    const DeploymentRow row = world().rowOf(late);
    QCOMPARE(world().find(failed)->deployment, row.row);
    QCOMPARE(row.lastState.type, StateType::Failed);
    QCOMPARE(row.nextRun, std::optional(waiting.value.expectedStart));
    QVERIFY(world().changes.of(Entity::FlowRun).updated.contains(world().find(failed)->row));
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorRuns::runMovesToAnotherDeployment()
{
    const MirroredDeployment other = makeMirroredDeployment(m_flow.value.id, u"other"_s);
    world().put(other);
    MirroredFlowRun given = run(StateType::Running);
    world().put(given, 1);
    given.deployment = other.value.id;
    given.fingerprint = 2;
    world().put(given, 2);
    QCOMPARE(world().rowOf(m_deployment).lastRun, 0);
    QCOMPARE(world().rowOf(m_deployment).activeRuns, 0);
    QCOMPARE(world().rowOf(other).activeRuns, 1);
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorRuns::oneRunPerKey()
{
    MirroredFlowRun old = run();
    MirroredFlowRun next = run(StateType::Failed);
    old.value.idempotencyKey = next.value.idempotencyKey = u"key"_s;
    world().put(old, 1);
    const RowId row = world().find(old)->row;
    QCOMPARE(world().put(next, 2).added, 1);
    QVERIFY(!world().find(old));
    QVERIFY(world().changes.of(Entity::FlowRun).removed.contains(row)
        || world().changes.of(Entity::FlowRun).added.contains(row));
    QVERIFY(world().find(next));
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorRuns::keyOfAnOlderAnswer()
{
    MirroredFlowRun old = run();
    MirroredFlowRun next = run(StateType::Failed);
    old.value.idempotencyKey = next.value.idempotencyKey = u"key"_s;
    world().put(next, 2);
    QCOMPARE(world().put(old, 1).same, 1);
    QVERIFY(!world().find(old));
    QVERIFY(world().find(next));
}

void TestMirrorRuns::parentThatComesLater()
{
    const MirroredFlowRun parent = run();
    MirroredFlowRun child = makeMirroredRun(m_flow.value.id, {});
    const MirroredTaskRun task = makeTask(u"sub"_s);
    child.parentTaskRun = task.value.id;
    world().put(child);
    world().put(parent);
    QCOMPARE(world().find(child)->parentFlowRun, 0);
    const RowId row = world().find(parent)->row;
    world().mirror([row, &task](MirrorRepository &mirror) { mirror.putTaskRuns(row, {&task, 1}); });
    QCOMPARE(world().find(child)->parentFlowRun, row);
    QVERIFY(world().find(child)->parentTaskRun != 0);
    QVERIFY(world().changes.of(Entity::FlowRun).updated.contains(world().find(child)->row));
    QCOMPARE(FlowRunRepository(world().db()).subflows(row).size(), size_t(1));
    // And the other way round.
    MirroredFlowRun second = child;
    second.value.id = FlowRunId::make();
    world().put(second);
    QCOMPARE(world().find(second)->parentFlowRun, row);
}

void TestMirrorRuns::parentThatGoes()
{
    const MirroredFlowRun parent = run();
    MirroredFlowRun child = makeMirroredRun(m_flow.value.id, {});
    const MirroredTaskRun task = makeTask(u"sub"_s);
    child.parentTaskRun = task.value.id;
    const auto putParent = [this, &parent, &task] {
        world().put(parent);
        const RowId row = world().find(parent)->row;
        world().mirror([row, &task](MirrorRepository &mirror) { mirror.putTaskRuns(row, {&task, 1}); });
    };
    putParent();
    world().put(child);
    world().mirror([&parent](MirrorRepository &mirror) { mirror.removeFlowRun(parent.value.id); });
    QCOMPARE(world().find(child)->parentFlowRun, 0);
    QCOMPARE(world().find(child)->parentTaskRun, 0);
    putParent();
    QCOMPARE(world().find(child)->parentFlowRun, world().find(parent)->row);
}

void TestMirrorRuns::windowKeepsScheduledRuns()
{
    const MirroredFlowRun fresh = run();
    const MirroredFlowRun late = run(StateType::Scheduled, kNow.plusUs(-10));
    std::vector<MirroredFlowRun> old;
    for (int i = 1; i <= 5; ++i)
        old.push_back(run(StateType::Completed, kNow.plusUs(-i * kMinuteUs)));
    world().mirror([&old](MirrorRepository &mirror) { return mirror.putFlowRuns(old, {1}); });
    world().put(fresh);
    world().put(late);
    const auto remove = [](MirrorRepository &mirror) { return mirror.removeFlowRunsBefore(kNow, 3); };
    QCOMPARE(world().mirror(remove), 3);
    QVERIFY(!world().find(old[4]));
    QVERIFY(world().find(old[0]));
    QCOMPARE(world().mirror(remove), 2);
    QCOMPARE(world().mirror(remove), 0);
    QVERIFY(world().find(fresh));
    QVERIFY(world().find(late));
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorRuns::idsByTimeAndState()
{
    const std::array runs{run(StateType::Scheduled), run(StateType::Running), run(StateType::Scheduled, kNow.plusUs(9)),
        run(StateType::Scheduled, kNow.plusUs(10))};
    world().mirror([&runs](MirrorRepository &mirror) { return mirror.putFlowRuns(runs, {1}); });
    const auto ids = [this](const QList<StateType> &states) {
        auto found = world().mirror(
            [&states](MirrorRepository &mirror) { return mirror.flowRunIds(kNow, kNow.plusUs(10), states); });
        return QSet<FlowRunId>(found.begin(), found.end());
    };
    QCOMPARE(ids({StateType::Scheduled}), (QSet<FlowRunId>{runs[0].value.id, runs[2].value.id}));
    QCOMPARE(ids({StateType::Scheduled, StateType::Running}).size(), 3);
    QVERIFY(ids({}).isEmpty());
}

void TestMirrorRuns::removedRunLeavesNothing()
{
    const MirroredFlowRun given = run(StateType::Running);
    world().put(given);
    const RowId row = world().find(given)->row;
    const MirroredTaskRun task = makeTask(u"t"_s);
    const MirroredLog line = makeMirroredLine(u"hello"_s);
    world().mirror([row, &task, &line](MirrorRepository &mirror) {
        mirror.putTaskRuns(row, {&task, 1});
        mirror.putLogs(row, {&line, 1});
    });
    world().mirror([&given](MirrorRepository &mirror) { mirror.removeFlowRun(given.value.id); });
    QVERIFY(world().changes.of(Entity::FlowRun).removed.contains(row));
    for (const char *table :
        {"flow_run", "flow_run_detail", "flow_run_state", "task_run", "log", "mirrored_run", "mirrored_log"})
        QCOMPARE(world().number(QByteArray("SELECT count(*) FROM ") + table), 0);
    QCOMPARE(world().rowOf(m_deployment).activeRuns, 0);
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorRuns::futureRunsLeaveTheStripAlone()
{
    world().put(run(StateType::Completed));
    world().put(run(StateType::Scheduled, kNow.plusUs(20LL * 24 * 60 * kMinuteUs)));
    const ActivityStrip strip = world().rowOf(m_deployment).strip;
    QCOMPARE(strip.lastDay, localDay(kNow));
    QCOMPARE(strip.days.back().completed, 1);
}

void TestMirrorRuns::taskRunsFollowTheServer()
{
    const MirroredFlowRun given = run();
    world().put(given);
    const RowId row = world().find(given)->row;
    std::array tasks{makeTask(u"a"_s), makeTask(u"b"_s)};
    const auto put = [this, row, &tasks] {
        world().mirror([row, &tasks](MirrorRepository &mirror) { mirror.putTaskRuns(row, tasks); });
    };
    put();
    QVERIFY(world().changes.of(Entity::TaskRun).updated.contains(row));
    put();
    QVERIFY(world().changes.isEmpty());
    tasks[0].value.state = State::of(StateType::Failed, kNow.plusUs(9), u"no"_s);
    tasks[0].value.end.reset();
    tasks[0].value.childFlowRun = FlowRunId::make();
    put();
    QList<TaskRun> found = TaskRunRepository(world().db()).ofFlowRun(row);
    QCOMPARE(found.size(), 2);
    for (size_t i = 0; i < tasks.size(); ++i) {
        TaskRun expected = tasks[i].value;
        expected.row = found[qsizetype(i)].row;
        expected.flowRun = row;
        QCOMPARE(found[qsizetype(i)], expected);
    }
}

void TestMirrorRuns::linesComeOnce()
{
    const MirroredFlowRun given = run();
    world().put(given);
    const RowId row = world().find(given)->row;
    const std::vector lines{makeMirroredLine(u"a"_s), makeMirroredLine(u"b"_s), makeMirroredLine(u"b"_s)};
    const auto put = [this, row](std::span<const MirroredLog> part) {
        world().mirror([row, part](MirrorRepository &mirror) { mirror.putLogs(row, part); });
    };
    put(std::span(lines).first(2));
    QVERIFY(world().changes.of(Entity::Log).updated.contains(row));
    put(std::span(lines).first(2));
    QVERIFY(world().changes.isEmpty());
    put(lines);
    QCOMPARE(messagesOf(world().db(), row), (QStringList{u"a"_s, u"b"_s, u"b"_s}));
}

void TestMirrorRuns::linesBeforeTheirTask()
{
    const MirroredFlowRun given = run();
    world().put(given);
    const RowId row = world().find(given)->row;
    const MirroredTaskRun task = makeTask(u"t"_s);
    const std::array lines{makeMirroredLine(u"flow"_s), makeMirroredLine(u"task"_s, task.value.id)};
    world().mirror([row, &lines](MirrorRepository &mirror) { mirror.putLogs(row, lines); });
    world().mirror([row, &task](MirrorRepository &mirror) { mirror.putTaskRuns(row, {&task, 1}); });
    QVERIFY(world().changes.of(Entity::Log).updated.contains(row));
    LogRepository logs(world().db());
    const RowId taskRow = TaskRunRepository(world().db()).rowOf(task.value.id);
    QCOMPARE(logs.positions(row, {.taskRun = taskRow}), std::vector<qint32>{1});
}

void TestMirrorRuns::detailsOfAGoneRun()
{
    const MirroredTaskRun task = makeTask(u"t"_s);
    const MirroredLog line = makeMirroredLine(u"hello"_s);
    world().mirror([&task, &line](MirrorRepository &mirror) {
        mirror.replaceStates(99, {State::of(StateType::Running, kNow)});
        mirror.putTaskRuns(99, {&task, 1});
        mirror.putLogs(99, {&line, 1});
        mirror.removeFlowRun(FlowRunId::make());
    });
    QVERIFY(world().changes.isEmpty());
}

void TestMirrorRuns::workIsReplaced()
{
    WorkPool pool;
    pool.id = WorkPoolId::make();
    pool.name = u"k8s"_s;
    pool.description = u"d"_s;
    pool.type = u"kubernetes"_s;
    pool.concurrencyLimit = 3;
    pool.status = u"READY"_s;
    pool.created = pool.updated = kNow;
    WorkPool other;
    other.id = WorkPoolId::make();
    other.name = u"A"_s;
    WorkQueue queue;
    queue.id = WorkQueueId::make();
    queue.name = u"default"_s;
    queue.poolName = u"k8s"_s;
    queue.paused = true;
    queue.priority = 1;
    queue.lastPolled = kNow;
    queue.filter = R"({"tags":[]})";
    Worker worker;
    worker.id = WorkerId::make();
    worker.name = u"w"_s;
    worker.poolName = u"k8s"_s;
    worker.lastHeartbeat = kNow;
    worker.status = u"ONLINE"_s;
    const auto put = [this, &queue, &worker](const std::vector<WorkPool> &pools) {
        world().mirror([&pools, &queue, &worker](MirrorRepository &mirror) {
            mirror.replaceWorkPools(pools);
            mirror.replaceWorkQueues({&queue, 1});
            mirror.replaceWorkers({&worker, 1});
        });
    };
    put({pool, other});
    WorkRepository work(world().db());
    QList<WorkPool> pools = work.pools();
    QCOMPARE(pools.size(), 2);
    QCOMPARE(pools[0].name, u"A"_s);
    const RowId row = pools[1].row;
    pool.row = row;
    QCOMPARE(pools[1], pool);
    queue.row = work.queues().at(0).row;
    QCOMPARE(work.queues(), QList{queue});
    worker.row = work.workers().at(0).row;
    QCOMPARE(work.workers(), QList{worker});
    put({other, pool});
    QVERIFY(world().changes.isEmpty());
    pool.paused = true;
    pool.concurrencyLimit.reset();
    put({pool});
    QCOMPARE(work.pools(), QList{pool});
    QVERIFY(world().changes.of(Entity::Work).updated.contains(row));
    QCOMPARE(world().changes.of(Entity::Work).removed.size(), 1);
}

QTEST_GUILESS_MAIN(TestMirrorRuns)
#include "tst_mirrorruns.moc"
