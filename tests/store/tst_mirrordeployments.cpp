// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/migrator.h"
#include "tests/store/mirrorworld.h"
#include "tests/store/recount.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace fd;
using namespace fd::test;
using namespace Qt::StringLiterals;

namespace {

QStringList indexesOf(Connection &db)
{
    Statement statement = db.prepare("SELECT name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE type = 'index'"
                                     " ORDER BY name");
    QStringList names;
    while (statement.step())
        names += statement.text(0);
    return names;
}

} // namespace

class TestMirrorDeployments : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_world = std::make_unique<MirrorWorld>(); }
    void cleanup() { m_world.reset(); }
    void roundTrip();
    void sameFingerprintIsNotTouched();
    void lateAnswerChangesNothing();
    void changesAndMoves();
    void recreatedUnderTheSameName();
    void olderAnswerDoesNotBringTheOldOneBack();
    void namesSwapInOneAnswer();
    void flowsThatComeLater();
    void flowIsRenamed();
    void flowIsRecreated();
    void flowComesBackAfterItWasAbsorbed();
    void passRemovesWhatItDidNotSee();
    void removalTakesScheduledRuns();
    void sortsByVersionAndWorkPool();
    void bulkLeavesTheSameIndexes();
    void bulkThatWasCutOff();
    void bulkOnlyForAnEmptyList();
    void olderWorkspaceGetsTheStep();
    void otherProcessHearsOfIt();

private:
    MirrorWorld &world() { return *m_world; }

    std::unique_ptr<MirrorWorld> m_world;
};

void TestMirrorDeployments::roundTrip()
{
    const MirroredFlow flow = makeMirroredFlow(u"orders"_s);
    MirroredDeployment deployment = makeMirroredDeployment(flow.value.id, u"hourly"_s);
    Deployment &value = deployment.value;
    value.description = u"<b>x</b>"_s;
    value.tags = {u"etl"_s, u"tier-1"_s};
    value.schedules = {{.json = R"({"cron":"0 9 * * *"})", .active = true, .otherFields = R"({"id":"x","slug":null})"},
        {.json = R"({"interval":3600.0})", .active = false}};
    value.concurrencyLimit = 7;
    value.jobVariables = R"({"image":"a","n":9223372036854775807})";
    value.enforceParameterSchema = true;
    value.otherFields = R"({"labels":{"x":3.0},"pull_steps":null})";
    value.created = kNow.plusUs(-5);
    value.updated = kNow.plusUs(5);
    QCOMPARE(world().put(flow).added, 1);
    QCOMPARE(world().put(deployment).added, 1);
    Deployment expected = value;
    expected.flowName = u"orders"_s;
    auto found = world().find(deployment);
    QVERIFY(found);
    expected.row = found->row;
    QCOMPARE(*found, expected);
    const DeploymentRow row = world().rowOf(deployment);
    QCOMPARE(row.workPoolName, u"pool"_s);
    QCOMPARE(row.workQueueName, u"default"_s);
    QCOMPARE(row.status, u"READY"_s);
    QCOMPARE(row.parameterCount, 1);
    QCOMPARE(row.scheduleCount, 2);
    QCOMPARE(row.updated, value.updated);
}

void TestMirrorDeployments::sameFingerprintIsNotTouched()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    MirroredDeployment deployment = makeMirroredDeployment(flow.value.id, u"d"_s);
    world().put(flow);
    world().put(deployment, 1);
    QVERIFY(world().changes.of(Entity::Deployment).added.contains(world().find(deployment)->row));
    deployment.value.description = u"another text, but the server's fingerprint says it is the same"_s;
    const MirrorTally tally = world().put(deployment, 2);
    QCOMPARE(tally.same, 1);
    QCOMPARE(tally.added + tally.changed, 0);
    QVERIFY(world().changes.isEmpty());
    QCOMPARE(world().find(deployment)->description, QString());
    QCOMPARE(world().put(flow, 2).same, 1);
    QVERIFY(world().changes.isEmpty());
}

void TestMirrorDeployments::lateAnswerChangesNothing()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    MirroredDeployment deployment = makeMirroredDeployment(flow.value.id, u"d"_s, 10);
    world().put(flow);
    world().put(deployment, 5);
    MirroredDeployment old = deployment;
    old.fingerprint = 9;
    old.value.paused = true;
    QCOMPARE(world().put(old, 4).same, 1);
    QVERIFY(!world().find(deployment)->paused);
    // A later answer that said the same makes what was asked before it older, too.
    world().put(deployment, 8);
    QCOMPARE(world().put(old, 7).same, 1);
    QVERIFY(!world().find(deployment)->paused);
    QCOMPARE(world().put(old, 9).changed, 1);
    QVERIFY(world().find(deployment)->paused);
    MirroredFlow renamed = flow;
    renamed.fingerprint = 2;
    renamed.value.name = u"old name"_s;
    QCOMPARE(world().put(renamed, 0).same, 1);
    QCOMPARE(world().find(deployment)->flowName, u"f"_s);
}

void TestMirrorDeployments::changesAndMoves()
{
    const MirroredFlow a = makeMirroredFlow(u"a"_s);
    const MirroredFlow b = makeMirroredFlow(u"b"_s);
    MirroredDeployment deployment = makeMirroredDeployment(a.value.id, u"d"_s, 1);
    world().put(a);
    world().put(b);
    world().put(deployment, 1);
    const RowId row = world().find(deployment)->row;
    deployment.flow = b.value.id;
    deployment.fingerprint = 2;
    deployment.value.name = u"e"_s;
    deployment.value.tags = {u"new"_s};
    QCOMPARE(world().put(deployment, 2).changed, 1);
    const auto found = world().find(deployment);
    QCOMPARE(found->row, row);
    QCOMPARE(found->flowName, u"b"_s);
    QCOMPARE(found->name, u"e"_s);
    QCOMPARE(DeploymentRepository(world().db()).idsWithTag(u"new"_s), std::vector<RowId>{row});
    QVERIFY(DeploymentRepository(world().db()).idsWithTag(u"etl"_s).empty());
    QVERIFY(world().changes.of(Entity::Deployment).updated.contains(row));
}

void TestMirrorDeployments::recreatedUnderTheSameName()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    const MirroredDeployment old = makeMirroredDeployment(flow.value.id, u"d"_s, 1);
    const MirroredDeployment next = makeMirroredDeployment(flow.value.id, u"d"_s, 2);
    const MirroredFlowRun oldRun = makeMirroredRun(flow.value.id, old.value.id);
    const MirroredFlowRun newRun = makeMirroredRun(flow.value.id, next.value.id, StateType::Failed);
    world().put(flow);
    world().put(old, 1);
    world().put(oldRun, 1);
    world().put(newRun, 2);
    const RowId row = world().find(old)->row;
    QCOMPARE(world().put(next, 2).added, 1);
    QVERIFY(world().changes.of(Entity::Deployment).removed.contains(row));
    QVERIFY(!world().find(old));
    QCOMPARE(DeploymentRepository(world().db()).count(), 1);
    QCOMPARE(world().find(oldRun)->deployment, 0);
    QCOMPARE(world().rowOf(next).lastState.type, StateType::Failed);
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorDeployments::olderAnswerDoesNotBringTheOldOneBack()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    const MirroredDeployment old = makeMirroredDeployment(flow.value.id, u"d"_s, 1);
    const MirroredDeployment next = makeMirroredDeployment(flow.value.id, u"d"_s, 2);
    world().put(flow);
    world().put(next, 5);
    QCOMPARE(world().put(old, 4).same, 1);
    QVERIFY(!world().find(old));
    QVERIFY(world().find(next));
}

void TestMirrorDeployments::namesSwapInOneAnswer()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    std::array page{makeMirroredDeployment(flow.value.id, u"a"_s, 1), makeMirroredDeployment(flow.value.id, u"b"_s, 2)};
    const MirroredFlowRun run = makeMirroredRun(flow.value.id, page[1].value.id);
    world().put(flow);
    world().mirror([&page](MirrorRepository &mirror) { return mirror.putDeployments(page, {1}, 1); });
    world().put(run);
    std::swap(page[0].value.name, page[1].value.name);
    page[0].fingerprint = 3;
    page[1].fingerprint = 4;
    world().mirror([&page](MirrorRepository &mirror) { return mirror.putDeployments(page, {2}, 1); });
    QCOMPARE(world().find(page[0])->name, u"b"_s);
    QCOMPARE(world().find(page[1])->name, u"a"_s);
    QCOMPARE(world().find(run)->deployment, world().find(page[1])->row);
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorDeployments::flowsThatComeLater()
{
    const MirroredFlow flow = makeMirroredFlow(u"late"_s);
    const MirroredDeployment deployment = makeMirroredDeployment(flow.value.id, u"d"_s);
    const MirroredFlowRun run = makeMirroredRun(flow.value.id, deployment.value.id);
    world().put(deployment);
    world().put(run);
    const auto unknown = world().mirror([](MirrorRepository &mirror) { return mirror.unknownFlows(10); });
    QCOMPARE(unknown, std::vector<FlowId>{flow.value.id});
    QCOMPARE(world().put(flow).changed, 1);
    QCOMPARE(world().find(deployment)->flowName, u"late"_s);
    QCOMPARE(world().find(run)->flowName, u"late"_s);
    QVERIFY(world().changes.of(Entity::Deployment).touches(world().find(deployment)->row));
    QVERIFY(world().changes.of(Entity::FlowRun).touches(world().find(run)->row));
    QVERIFY(world().mirror([](MirrorRepository &mirror) { return mirror.unknownFlows(10); }).empty());
}

void TestMirrorDeployments::flowIsRenamed()
{
    MirroredFlow flow = makeMirroredFlow(u"before"_s);
    const MirroredDeployment deployment = makeMirroredDeployment(flow.value.id, u"d"_s);
    world().put(flow);
    world().put(deployment);
    flow.value.name = u"Before"_s;
    flow.fingerprint = 2;
    QCOMPARE(world().put(flow, 2).changed, 1);
    QCOMPARE(world().find(deployment)->flowName, u"Before"_s);
    QCOMPARE(DeploymentRepository(world().db()).findByName(u"Before"_s, u"d"_s)->id, deployment.value.id);
}

void TestMirrorDeployments::flowIsRecreated()
{
    const MirroredFlow old = makeMirroredFlow(u"f"_s, 1);
    const MirroredFlow next = makeMirroredFlow(u"f"_s, 2);
    const std::array deployments{makeMirroredDeployment(old.value.id, u"same"_s, 1),
        makeMirroredDeployment(old.value.id, u"other"_s, 2), makeMirroredDeployment(next.value.id, u"same"_s, 3)};
    std::array runs{makeMirroredRun(old.value.id, deployments[0].value.id),
        makeMirroredRun(old.value.id, deployments[1].value.id), makeMirroredRun(next.value.id, {})};
    runs[1].value.idempotencyKey = runs[2].value.idempotencyKey = u"key"_s;
    world().put(old);
    for (const MirroredDeployment &deployment : deployments)
        world().put(deployment);
    for (const MirroredFlowRun &run : runs)
        world().put(run);
    QCOMPARE(world().put(next, 2).changed, 1);
    QCOMPARE(world().number("SELECT count(*) FROM flow"), 1);
    QVERIFY(!world().find(deployments[0]));
    QCOMPARE(world().find(deployments[1])->flowName, u"f"_s);
    QCOMPARE(world().find(deployments[2])->flowName, u"f"_s);
    QCOMPARE(world().find(runs[0])->deployment, 0);
    // Of two runs with one key one is gone on the server.
    QVERIFY(!world().find(runs[1]));
    QVERIFY(world().find(runs[2]));
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorDeployments::flowComesBackAfterItWasAbsorbed()
{
    // Names that change hands between two pages look like a flow that was made again.
    MirroredFlow a = makeMirroredFlow(u"a"_s, 1);
    MirroredFlow b = makeMirroredFlow(u"b"_s, 2);
    const MirroredDeployment ofA = makeMirroredDeployment(a.value.id, u"d"_s, 1);
    world().put(a);
    world().put(b);
    world().put(ofA);
    b.value.name = u"a"_s;
    b.fingerprint = 3;
    world().put(b, 2);
    QCOMPARE(world().find(ofA)->flowName, u"a"_s);
    a.value.name = u"c"_s;
    a.fingerprint = 4;
    world().put(a, 2);
    QCOMPARE(world().put(ofA, 2).changed, 1);
    QCOMPARE(world().find(ofA)->flowName, u"c"_s);
    QCOMPARE(world().number("SELECT count(*) FROM flow"), 2);
}

void TestMirrorDeployments::passRemovesWhatItDidNotSee()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    std::vector<MirroredDeployment> all;
    for (int i = 0; i < 10; ++i)
        all.push_back(makeMirroredDeployment(flow.value.id, QString::number(i), 1));
    world().put(flow);
    world().mirror([&all](MirrorRepository &mirror) { return mirror.putDeployments(all, {1}, 1); });
    const std::span seen(all.data(), 7);
    world().mirror([seen](MirrorRepository &mirror) { return mirror.putDeployments(seen, {2}, 2); });
    QVERIFY(world().changes.isEmpty());
    const MirroredFlowRun run = makeMirroredRun(flow.value.id, all[9].value.id);
    world().put(run);
    QCOMPARE(world().mirror([](MirrorRepository &mirror) { return mirror.removeDeploymentsNotSeen(2); }), 3);
    QCOMPARE(world().changes.of(Entity::Deployment).removed.size(), 3);
    QCOMPARE(DeploymentRepository(world().db()).count(), 7);
    QCOMPARE(world().find(run)->deployment, 0);
    // One that the pass missed comes back with its runs.
    world().put(all[9], 3, 2);
    QCOMPARE(world().rowOf(all[9]).lastRun, world().find(run)->row);
    QCOMPARE(differenceFromRecount(world().db()), QString());
}

void TestMirrorDeployments::removalTakesScheduledRuns()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    const MirroredDeployment deployment = makeMirroredDeployment(flow.value.id, u"d"_s);
    const MirroredFlowRun done = makeMirroredRun(flow.value.id, deployment.value.id);
    const MirroredFlowRun waiting = makeMirroredRun(flow.value.id, deployment.value.id, StateType::Scheduled);
    world().put(deployment);
    world().put(done);
    world().put(waiting);
    QCOMPARE(world().rowOf(deployment).nextRun, std::optional(kNow));
    world().mirror([&deployment](MirrorRepository &mirror) { mirror.removeDeployment(deployment.value.id); });
    QVERIFY(!world().find(deployment));
    QVERIFY(!world().find(waiting));
    QCOMPARE(world().find(done)->deployment, 0);
    QCOMPARE(differenceFromRecount(world().db()), QString());
    world().mirror([&deployment](MirrorRepository &mirror) { mirror.removeDeployment(deployment.value.id); });
    QVERIFY(world().changes.isEmpty());
}

void TestMirrorDeployments::sortsByVersionAndWorkPool()
{
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    std::array page{makeMirroredDeployment(flow.value.id, u"a"_s), makeMirroredDeployment(flow.value.id, u"b"_s),
        makeMirroredDeployment(flow.value.id, u"c"_s)};
    page[0].value.version.clear();
    page[0].value.workPoolName.clear();
    page[1].value.version = u"2"_s;
    page[1].value.workPoolName = u"a-pool"_s;
    page[2].value.version = u"1"_s;
    page[2].value.workPoolName = u"B-pool"_s;
    world().mirror([&page](MirrorRepository &mirror) { return mirror.putDeployments(page, {1}, 1); });
    std::vector<RowId> rows;
    for (const MirroredDeployment &deployment : page)
        rows.push_back(world().find(deployment)->row);
    DeploymentRepository repository(world().db());
    using Ids = std::vector<RowId>;
    QCOMPARE(repository.ids(DeploymentSort::Version, false), (Ids{rows[2], rows[1], rows[0]}));
    QCOMPARE(repository.ids(DeploymentSort::Version, true), (Ids{rows[1], rows[2], rows[0]}));
    QCOMPARE(repository.ids(DeploymentSort::WorkPool, false), (Ids{rows[1], rows[2], rows[0]}));
    QCOMPARE(repository.ids(DeploymentSort::WorkPool, true), (Ids{rows[2], rows[1], rows[0]}));
}

void TestMirrorDeployments::bulkLeavesTheSameIndexes()
{
    const QStringList before = indexesOf(world().db());
    const MirroredFlow flow = makeMirroredFlow(u"f"_s);
    std::vector<MirroredDeployment> all;
    for (int i = 0; i < 300; ++i)
        all.push_back(makeMirroredDeployment(flow.value.id, QString::number(i), 1));
    world().mirror([](MirrorRepository &mirror) { mirror.beginBulk(); });
    QVERIFY(indexesOf(world().db()).size() < before.size() - 8);
    world().mirror([&all](MirrorRepository &mirror) { return mirror.putDeployments(all, {1}, 1); });
    QCOMPARE(DeploymentRepository(world().db()).ids(DeploymentSort::Name, false).size(), size_t(300));
    QVERIFY(world().mirror([](MirrorRepository &mirror) { return mirror.finishBulkStep(); }));
    world().mirror([](MirrorRepository &mirror) { mirror.finishBulk(); });
    QVERIFY(!world().mirror([](MirrorRepository &mirror) { return mirror.finishBulkStep(); }));
    QCOMPARE(indexesOf(world().db()), before);
    world().mirror([](MirrorRepository &mirror) { mirror.finishBulk(); });
    QCOMPARE(indexesOf(world().db()), before);
}

void TestMirrorDeployments::bulkThatWasCutOff()
{
    const QStringList before = indexesOf(world().db());
    world().mirror([](MirrorRepository &mirror) { mirror.beginBulk(); });
    world().put(makeMirroredDeployment(FlowId::make(), u"d"_s));
    world().reopen();
    QCOMPARE(indexesOf(world().db()), before);
    QCOMPARE(DeploymentRepository(world().db()).count(), 1);
    QCOMPARE(world().number("SELECT count(*) FROM dropped_index"), 0);
}

void TestMirrorDeployments::bulkOnlyForAnEmptyList()
{
    world().put(makeMirroredDeployment(FlowId::make(), u"d"_s));
    const QStringList before = indexesOf(world().db());
    world().mirror([](MirrorRepository &mirror) { mirror.beginBulk(); });
    QCOMPARE(indexesOf(world().db()), before);
}

void TestMirrorDeployments::olderWorkspaceGetsTheStep()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"old.flowdeck"_s);
    {
        auto connection = Connection::open(path, Connection::Mode::Create);
        QVERIFY(connection);
        for (const QString &step : {u"0001"_s, u"0002"_s}) {
            QFile file(u":/sql/schema/%1.sql"_s.arg(step));
            QVERIFY(file.open(QIODevice::ReadOnly));
            (*connection)->execute(file.readAll());
        }
        (*connection)
            ->execute("INSERT INTO flow VALUES (1, randomblob(16), 'f', 1, 1);"
                      "INSERT INTO deployment (id, uuid, flow_id, name, flow_name, version, tags, schedule,"
                      " schedule_active, schedule_count, parameter_count, paused, created, updated)"
                      " VALUES (7, randomblob(16), 1, 'd', 'f', '1', '', '', 0, 0, 0, 0, 1, 1);"
                      "INSERT INTO deployment_detail VALUES (7, 'text', '{}', '', '[{\"schedule\":{\"cron\":\"0 9 * *"
                      " *\"},\"active\":false}]', 'universal', '{}', '', '', '', '');"
                      "PRAGMA application_id = 1178883923; PRAGMA user_version = 2");
        QVERIFY(!(*connection)->error());
    }
    auto store = Store::open(path, Store::OpenMode::Existing);
    QVERIFY2(store, store ? "" : qPrintable(toText(store.error())));
    QVERIFY(QFile::exists(path + u".before-schema-3"_s));
    const auto found = DeploymentRepository((*store)->reader()).find(7);
    QVERIFY(found);
    QCOMPARE(found->description, u"text"_s);
    QCOMPARE(found->jobVariables, "{}");
    QCOMPARE(found->schedules.size(), 1);
    QCOMPARE(found->schedules[0].otherFields, "{}");
    QVERIFY(!found->schedules[0].active);
    QVERIFY(!found->concurrencyLimit);
    store->reset();
    QCOMPARE(indexesOf(world().db()).size(), [&path] {
        auto again = Store::open(path, Store::OpenMode::Existing);
        return indexesOf((*again)->reader()).size();
    }());
}

void TestMirrorDeployments::otherProcessHearsOfIt()
{
    auto other = Store::open(world().path(), Store::OpenMode::Existing);
    QVERIFY(other);
    QSignalSpy heard(other->get(), &Store::changed);
    const MirroredDeployment deployment = makeMirroredDeployment(FlowId::make(), u"d"_s);
    world().put(deployment);
    QTRY_COMPARE(heard.size(), 1);
    QVERIFY(heard[0][0].value<Changes>().of(Entity::Deployment).added.contains(world().find(deployment)->row));
    WorkPool pool;
    pool.id = WorkPoolId::make();
    pool.name = u"p"_s;
    world().mirror([&pool](MirrorRepository &mirror) { mirror.replaceWorkPools({&pool, 1}); });
    QTRY_COMPARE(heard.size(), 2);
    QCOMPARE(heard[1][0].value<Changes>().of(Entity::Work).added.size(), 1);
}

QTEST_GUILESS_MAIN(TestMirrorDeployments)
#include "tst_mirrordeployments.moc"
