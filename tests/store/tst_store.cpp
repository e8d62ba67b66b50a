// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/leaserepository.h"
#include "models/store/logrepository.h"
#include "models/store/settingrepository.h"
#include "models/store/store.h"
#include "models/store/taskrunrepository.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

namespace {

constexpr Instant kNow{1'795'478'400'000'000};

Deployment fullDeployment()
{
    Deployment deployment;
    deployment.name = QStringLiteral("hourly 'ü'");
    deployment.flowName = QStringLiteral("orders-ingest");
    deployment.description = QStringLiteral("Loads orders.");
    deployment.version = QStringLiteral("2026.1");
    deployment.tags = {QStringLiteral("tier-1"), QStringLiteral("etl")};
    deployment.parameters = R"({"n":9223372036854775807,"x":3.0})";
    deployment.parameterSchema = R"({"properties":{"n":{},"x":{}}})";
    deployment.schedules
        = {{.json = R"({"cron":"0 9 * * *"})", .active = true}, {.json = R"({"interval":3600.0})", .active = false}};
    deployment.paused = true;
    deployment.runner = {.type = QStringLiteral("subprocess"), .config = R"({"env":{"A":"1"}})"};
    deployment.path = QStringLiteral("/flows/orders.py");
    deployment.entrypoint = QStringLiteral("ingest");
    deployment.specPath = QStringLiteral("/flows/orders.yaml");
    deployment.specText = QStringLiteral("name: hourly\n");
    return deployment;
}

FlowRun scheduledRun(RowId deployment, const QString &key, Instant due = kNow)
{
    FlowRun run;
    run.deployment = deployment;
    run.idempotencyKey = key;
    run.state = State::of(StateType::Scheduled, kNow);
    run.state.scheduledTime = due;
    run.expectedStart = due;
    run.created = kNow;
    return run;
}

} // namespace

class TestStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void deploymentRoundTrip();
    void upsertKeepsIdAndCreation();
    void sortsAndFindsByTag();
    void sameKeyIsTheSameRun();
    void runBookkeeping();
    void stateHistoryKeepsUnknownTypes();
    void dueLeavesOutFutureAndRetryWaits();
    void removeKeepsFinishedRuns();
    void taskRunsRoundTrip();
    void triesOfARetriedTask();
    void logsAppendAndSearch();
    void failedWorkChangesNothing();
    void announcesOwnChanges();
    void announcesChangesOfAnotherProcess();
    void leaseHasOneHolder();
    void settingsAreKept();
    void likeWildcardsAreText();

private:
    template<typename Work>
    auto write(Work work)
    {
        auto result = m_store->write(std::move(work)).result();
        if (!result)
            qFatal("%s", qPrintable(toText(result.error())));
        if constexpr (!std::is_void_v<typename decltype(result)::value_type>)
            return *result;
    }
    RowId addDeployment(const QString &name = QStringLiteral("hourly"))
    {
        Deployment deployment = fullDeployment();
        deployment.name = name;
        return write([deployment](Connection &db) { return DeploymentRepository(db).upsert(deployment, kNow).row; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

void TestStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = Store::open(m_folder->filePath(QStringLiteral("w.flowdeck")), Store::OpenMode::CreateIfMissing);
    QVERIFY2(opened, opened ? "" : qPrintable(toText(opened.error())));
    m_store = std::move(*opened);
}

void TestStore::cleanup()
{
    m_store.reset();
    m_folder.reset();
}

void TestStore::deploymentRoundTrip()
{
    const Deployment given = fullDeployment();
    const auto stored = write([given](Connection &db) { return DeploymentRepository(db).upsert(given, kNow); });
    QVERIFY(stored.created);
    Deployment expected = given;
    expected.row = stored.row;
    expected.id = stored.id;
    expected.created = expected.updated = kNow;
    DeploymentRepository repository(m_store->reader());
    QCOMPARE(repository.find(stored.row), expected);
    QCOMPARE(repository.find(stored.id), expected);
    QCOMPARE(repository.findByName(given.flowName, given.name), expected);
    QVERIFY(!repository.findByName(given.flowName, given.name.toUpper()));

    const RowId ids[] = {stored.row};
    const auto rows = repository.rows(ids);
    QCOMPARE(rows.size(), size_t(1));
    QCOMPARE(rows[0].tags, given.tags);
    QCOMPARE(rows[0].scheduleCount, 2);
    QCOMPARE(rows[0].parameterCount, 2);
    QCOMPARE(rows[0].schedule, given.schedules[0]);
    QCOMPARE(rows[0].lastRun, 0);
    QVERIFY(rows[0].paused);
}

void TestStore::upsertKeepsIdAndCreation()
{
    Deployment deployment = fullDeployment();
    const auto first
        = write([deployment](Connection &db) { return DeploymentRepository(db).upsert(deployment, kNow); });
    deployment.tags = {QStringLiteral("other")};
    const Instant later = kNow.plusUs(5);
    const auto second
        = write([deployment, later](Connection &db) { return DeploymentRepository(db).upsert(deployment, later); });
    QVERIFY(!second.created);
    QCOMPARE(second.row, first.row);
    QCOMPARE(second.id, first.id);
    const auto found = DeploymentRepository(m_store->reader()).find(first.row);
    QCOMPARE(found->created, kNow);
    QCOMPARE(found->updated, later);
    DeploymentRepository repository(m_store->reader());
    QVERIFY(repository.idsWithTag(QStringLiteral("tier-1")).empty());
    QCOMPARE(repository.idsWithTag(QStringLiteral("other")).size(), size_t(1));
    QCOMPARE(repository.count(), 1);
}

void TestStore::sortsAndFindsByTag()
{
    const RowId b = addDeployment(QStringLiteral("b"));
    const RowId a = addDeployment(QStringLiteral("A"));
    const RowId c = addDeployment(QStringLiteral("c"));
    write([c](Connection &db) { FlowRunRepository(db).create(scheduledRun(c, QStringLiteral("k"))); });
    DeploymentRepository repository(m_store->reader());
    QCOMPARE(repository.ids(DeploymentSort::Name, false), (std::vector<RowId>{a, b, c}));
    QCOMPARE(repository.ids(DeploymentSort::Name, true, 2), (std::vector<RowId>{c, b}));
    QCOMPARE(repository.ids(DeploymentSort::LastRun, false)[0], c);
    QCOMPARE(repository.ids(DeploymentSort::LastRun, true)[0], c);
    for (const auto sort :
        {DeploymentSort::Flow, DeploymentSort::NextRun, DeploymentSort::State, DeploymentSort::Updated,
            DeploymentSort::Created, DeploymentSort::Tags, DeploymentSort::Schedule, DeploymentSort::Failures}) {
        QCOMPARE(repository.ids(sort, false).size(), size_t(3));
        QCOMPARE(repository.ids(sort, true).size(), size_t(3));
    }
    QVERIFY(!m_store->reader().error());
    QCOMPARE(repository.tagCounts().size(), 2);
}

void TestStore::sameKeyIsTheSameRun()
{
    const RowId deployment = addDeployment();
    const auto create = [deployment](Connection &db) {
        return FlowRunRepository(db).create(scheduledRun(deployment, QStringLiteral("key-1")));
    };
    const auto first = write(create);
    const auto second = write(create);
    QVERIFY(first.created);
    QVERIFY(!second.created);
    QCOMPARE(second.row, first.row);
    QCOMPARE(second.id, first.id);
    QCOMPARE(FlowRunRepository(m_store->reader()).ids({}, FlowRunSort::Start, true).size(), size_t(1));
}

void TestStore::runBookkeeping()
{
    const RowId deployment = addDeployment();
    const RowId run = write(
        [deployment](Connection &db) { return FlowRunRepository(db).create(scheduledRun(deployment, {})).row; });
    write([run](Connection &db) {
        FlowRunRepository runs(db);
        runs.setState(run, State::of(StateType::Pending, kNow.plusUs(10)));
        runs.setState(run, State::of(StateType::Running, kNow.plusUs(20)));
        State retry = State::named(StateType::Scheduled, QStringLiteral("AwaitingRetry"), kNow.plusUs(50));
        retry.scheduledTime = kNow.plusUs(60);
        runs.setState(run, retry);
        runs.setState(run, State::named(StateType::Running, QStringLiteral("Retrying"), kNow.plusUs(60)));
        runs.setState(run, State::of(StateType::Completed, kNow.plusUs(100), QStringLiteral("All states completed.")));
    });
    const auto found = FlowRunRepository(m_store->reader()).find(run);
    QVERIFY(found);
    QCOMPARE(found->start, kNow.plusUs(20));
    QCOMPARE(found->end, kNow.plusUs(100));
    QCOMPARE(found->runTimeUs, 70);
    QCOMPARE(found->runCount, 2);
    QCOMPARE(found->state.name, QStringLiteral("Completed"));
    QCOMPARE(found->state.message, QStringLiteral("All states completed."));
    QCOMPARE(found->expectedStart, kNow);
    QCOMPARE(FlowRunRepository(m_store->reader()).states(run).size(), 6);
}

void TestStore::stateHistoryKeepsUnknownTypes()
{
    const RowId deployment = addDeployment();
    const RowId run = write(
        [deployment](Connection &db) { return FlowRunRepository(db).create(scheduledRun(deployment, {})).row; });
    State odd;
    odd.type = StateType::Unknown;
    odd.typeText = QStringLiteral("SUSPENDED");
    odd.name = QStringLiteral("Suspended");
    odd.timestamp = kNow;
    write([run, odd](Connection &db) { FlowRunRepository(db).setState(run, odd); });
    QCOMPARE(FlowRunRepository(m_store->reader()).states(run).last(), odd);
    QCOMPARE(FlowRunRepository(m_store->reader()).find(run)->state, odd);
}

void TestStore::dueLeavesOutFutureAndRetryWaits()
{
    const RowId deployment = addDeployment();
    const auto [now, future, waiting] = write([deployment](Connection &db) {
        FlowRunRepository runs(db);
        const RowId dueNow = runs.create(scheduledRun(deployment, {}, kNow)).row;
        const RowId dueLater = runs.create(scheduledRun(deployment, {}, kNow.plusUs(1000))).row;
        const RowId retry = runs.create(scheduledRun(deployment, {}, kNow)).row;
        State state = State::named(StateType::Scheduled, QStringLiteral("AwaitingRetry"), kNow);
        state.scheduledTime = kNow;
        runs.setState(retry, state);
        return std::array{dueNow, dueLater, retry};
    });
    FlowRunRepository runs(m_store->reader());
    QCOMPARE(runs.due(kNow, 10), std::vector<RowId>{now});
    QCOMPARE(runs.due(kNow.plusUs(1000), 10), (std::vector<RowId>{now, future}));
    QCOMPARE(runs.nextDue(), kNow);
    QCOMPARE(runs.active(), std::vector<RowId>{waiting});
}

void TestStore::removeKeepsFinishedRuns()
{
    const RowId deployment = addDeployment();
    const auto [done, waiting] = write([deployment](Connection &db) {
        FlowRunRepository runs(db);
        const RowId first = runs.create(scheduledRun(deployment, {})).row;
        runs.setState(first, State::of(StateType::Completed, kNow));
        return std::array{first, runs.create(scheduledRun(deployment, {}, kNow.plusUs(1000))).row};
    });
    write([deployment](Connection &db) { DeploymentRepository(db).remove(deployment); });
    FlowRunRepository runs(m_store->reader());
    QVERIFY(runs.find(done));
    QCOMPARE(runs.find(done)->deployment, 0);
    QVERIFY(!runs.find(waiting));
    QCOMPARE(DeploymentRepository(m_store->reader()).count(), 0);
    QVERIFY(!m_store->reader().error());
}

void TestStore::taskRunsRoundTrip()
{
    const RowId deployment = addDeployment();
    TaskRun task;
    task.id = TaskRunId::make();
    task.name = QStringLiteral("extract-0");
    task.taskName = QStringLiteral("extract");
    task.dynamicKey = QStringLiteral("0");
    task.parents = {TaskRunId::make(), TaskRunId::make()};
    task.childFlowRun = FlowRunId::make();
    task.state = State::of(StateType::Pending, kNow);
    task.flowRun = write(
        [deployment](Connection &db) { return FlowRunRepository(db).create(scheduledRun(deployment, {})).row; });
    task.row = write([task](Connection &db) { return TaskRunRepository(db).upsert(task); });
    QCOMPARE(TaskRunRepository(m_store->reader()).ofFlowRun(task.flowRun), QList<TaskRun>{task});
    QCOMPARE(write([task](Connection &db) { return TaskRunRepository(db).upsert(task); }), task.row);

    task.name = QStringLiteral("extract of May");
    task.parents.removeLast();
    write([task](Connection &db) { return TaskRunRepository(db).upsert(task); });
    QCOMPARE(TaskRunRepository(m_store->reader()).ofFlowRun(task.flowRun), QList<TaskRun>{task});

    write([task](Connection &db) {
        TaskRunRepository tasks(db);
        tasks.setState(task.row, State::of(StateType::Running, kNow.plusUs(10)));
        tasks.setState(task.row, State::of(StateType::Failed, kNow.plusUs(30), QStringLiteral("boom")));
    });
    const TaskRun ended = TaskRunRepository(m_store->reader()).ofFlowRun(task.flowRun).first();
    QCOMPARE(ended.start, kNow.plusUs(10));
    QCOMPARE(ended.end, kNow.plusUs(30));
    QCOMPARE(ended.runCount, 1);
    QCOMPARE(ended.state.message, QStringLiteral("boom"));
    QVERIFY(ended.tries.isEmpty());
}

void TestStore::triesOfARetriedTask()
{
    TaskRun task;
    task.id = TaskRunId::make();
    task.name = QStringLiteral("load-0");
    task.state = State::of(StateType::Pending, kNow);
    const RowId deployment = addDeployment();
    task.flowRun = write(
        [deployment](Connection &db) { return FlowRunRepository(db).create(scheduledRun(deployment, {})).row; });
    write([task](Connection &db) {
        TaskRunRepository tasks(db);
        const RowId row = tasks.upsert(task);
        TaskRun other = task;
        other.id = TaskRunId::make();
        tasks.setState(tasks.upsert(other), State::of(StateType::Running, kNow));
        tasks.setState(row, State::of(StateType::Running, kNow.plusUs(10)));
        tasks.setState(row, State::named(StateType::Scheduled, QStringLiteral("AwaitingRetry"), kNow.plusUs(20)));
        tasks.setState(row, State::named(StateType::Running, QStringLiteral("Retrying"), kNow.plusUs(50)));
        tasks.setState(row, State::of(StateType::Failed, kNow.plusUs(70)));
        tasks.setState(row, State::named(StateType::Running, QStringLiteral("Retrying"), kNow.plusUs(90)));
    });
    const QList<TaskRun> runs = TaskRunRepository(m_store->reader()).ofFlowRun(task.flowRun);
    const QString failed = QStringLiteral("Failed");
    const QString retrying = QStringLiteral("Retrying");
    const QList<TaskTry> tries{{kNow.plusUs(10), kNow.plusUs(20), StateType::Failed, failed},
        {kNow.plusUs(50), kNow.plusUs(70), StateType::Failed, failed},
        {kNow.plusUs(90), {}, StateType::Running, retrying}};
    QCOMPARE(runs.first().tries, tries);
    QVERIFY(runs.last().tries.isEmpty());
}

void TestStore::logsAppendAndSearch()
{
    std::vector<LogEntry> lines;
    for (int i = 0; i < 300; ++i)
        lines.push_back({.seq = 0,
            .taskRun = i % 3,
            .timestamp = kNow.plusUs(i),
            .level = 10 + 10 * (i % 4),
            .logger = {},
            .message = QStringLiteral("Line %1 100%").arg(i)});
    write([lines](Connection &db) {
        LogRepository logs(db);
        logs.append(7, std::span(lines).first(100));
        logs.append(7, std::span(lines).subspan(100));
        logs.append(8, std::span(lines).first(5));
    });
    LogRepository logs(m_store->reader());
    QCOMPARE(logs.positions(7, {}).size(), size_t(300));
    QCOMPARE(logs.positions(7, {.minimumLevel = 30, .taskRun = 0}).size(), size_t(150));
    QCOMPARE(logs.positions(7, {.minimumLevel = 0, .taskRun = 2}).size(), size_t(100));
    QCOMPARE(logs.positions(7, {}, 295), (std::vector<qint32>{295, 296, 297, 298, 299}));
    QCOMPARE(logs.search(7, {}, {.text = QStringLiteral("LINE 299")}), std::vector<qint32>{299});
    QCOMPARE(logs.search(7, {}, {.text = QStringLiteral("0%")}).size(), size_t(300));
    const qint32 wanted[] = {299, 0};
    const auto read = logs.lines(7, wanted);
    QCOMPARE(read.size(), size_t(2));
    QCOMPARE(read[0].message, QStringLiteral("Line 299 100%"));
    QCOMPARE(read[1].seq, 0);
    QCOMPARE(logs.levelCounts(7)[1].count, 225);
}

void TestStore::failedWorkChangesNothing()
{
    QSignalSpy changed(m_store.get(), &Store::changed);
    const auto result = m_store
                            ->write([](Connection &db) -> Result<void> {
                                DeploymentRepository(db).upsert(fullDeployment(), kNow);
                                return fail(ErrorKind::Conflict, QStringLiteral("no"));
                            })
                            .result();
    QVERIFY(!result);
    const auto broken = m_store
                            ->write([](Connection &db) {
                                DeploymentRepository(db).upsert(fullDeployment(), kNow);
                                db.execute("INSERT INTO nowhere VALUES (1)");
                            })
                            .result();
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, ErrorKind::Storage);
    QCOMPARE(DeploymentRepository(m_store->reader()).count(), 0);
    QVERIFY(addDeployment() > 0);
    QTRY_COMPARE(changed.count(), 1);
}

void TestStore::announcesOwnChanges()
{
    QSignalSpy changed(m_store.get(), &Store::changed);
    const RowId deployment = addDeployment();
    QTRY_COMPARE(changed.count(), 1);
    const auto changes = changed[0][0].value<Changes>();
    QVERIFY(changes.of(Entity::Deployment).added.contains(deployment));
    QVERIFY(changes.of(Entity::FlowRun).isEmpty());
}

void TestStore::announcesChangesOfAnotherProcess()
{
    QSignalSpy changed(m_store.get(), &Store::changed);
    auto other = Store::open(m_store->path(), Store::OpenMode::Existing);
    QVERIFY(other);
    QSignalSpy otherChanged(other->get(), &Store::changed);
    const RowId deployment = addDeployment();
    QTRY_COMPARE_WITH_TIMEOUT(otherChanged.count(), 1, 2000);
    QVERIFY(otherChanged[0][0].value<Changes>().of(Entity::Deployment).added.contains(deployment));
    // Nothing comes back as foreign.
    QTest::qWait(1200);
    QCOMPARE(changed.count(), 1);
}

void TestStore::leaseHasOneHolder()
{
    const Lease first{.holder = QStringLiteral("a"), .pid = 1, .host = QStringLiteral("h"), .heartbeat = kNow};
    const Lease second{
        .holder = QStringLiteral("b"), .pid = 2, .host = QStringLiteral("h"), .heartbeat = kNow.plusUs(5)};
    const auto acquire = [this](const Lease &lease) {
        return write(
            [lease](Connection &db) { return LeaseRepository(db).acquire(QStringLiteral("engine"), lease, 10); });
    };
    QVERIFY(acquire(first));
    QVERIFY(!acquire(second));
    QVERIFY(acquire(first));
    Lease late = second;
    late.heartbeat = kNow.plusUs(11);
    QVERIFY(acquire(late));
    QVERIFY(!acquire(first));
    write([](Connection &db) { LeaseRepository(db).release(QStringLiteral("engine"), QStringLiteral("b")); });
    QVERIFY(!LeaseRepository(m_store->reader()).holder(QStringLiteral("engine")));
}

void TestStore::settingsAreKept()
{
    write([](Connection &db) { SettingRepository(db).setValue(setting::kPython, QStringLiteral("/usr/bin/python3")); });
    write([](Connection &db) { SettingRepository(db).setValue(setting::kPython, QStringLiteral("/opt/python")); });
    SettingRepository settings(m_store->reader());
    QCOMPARE(settings.value(setting::kPython), QStringLiteral("/opt/python"));
    QCOMPARE(settings.value(QStringLiteral("none"), QStringLiteral("fallback")), QStringLiteral("fallback"));
}

void TestStore::likeWildcardsAreText()
{
    const RowId deployment = addDeployment(QStringLiteral("100%_done"));
    write([deployment](Connection &db) { FlowRunRepository(db).create(scheduledRun(deployment, {})); });
    FlowRunRepository runs(m_store->reader());
    const auto matching = [&runs](const QString &text) {
        return runs.ids({.states = {}, .deployment = 0, .text = text}, FlowRunSort::Start, true).size();
    };
    QCOMPARE(matching(QStringLiteral("0%_D")), size_t(1));
    QCOMPARE(matching(QStringLiteral("1%e")), size_t(0));
    QCOMPARE(matching(QStringLiteral("'; DROP TABLE flow_run; --")), size_t(0));
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
