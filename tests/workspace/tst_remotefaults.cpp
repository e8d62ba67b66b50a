// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/logrepository.h"
#include "models/store/taskrunrepository.h"
#include "tests/workspace/remoteworld.h"

using namespace fd;
using namespace fd::test;

/// A server that is away, dies, comes back, refuses the key, is another one: what was seen last stays readable, and the
/// status says how things stand.
class RemoteFaultsTest : public QObject
{
    Q_OBJECT

private slots:
    void opensWithoutAServer();
    void showsTheLastKnownOffline();
    void goesOnAfterAnEndInTheMiddle();
    void stopsAskingWhenSignedOut();
    void pauses();
    void refusesWhatIsNoPrefect();
    void mirrorsAnotherServerAnew();
    void keepsItsRowsThroughAnUpgrade();
    void goesOnWithoutOneKindOfRows();
    void asksAgainAfterASleep();
    void followsARunToItsEnd();
    void closesInTheMiddle();
};

void RemoteFaultsTest::opensWithoutAServer()
{
    RemoteWorld world;
    world.addDeployments(30);
    world.server.http.goAway();
    world.open();
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Offline; }));
    const SyncStatus status = world.workspace->syncStatus();
    QVERIFY(status.nextTry && status.error && !status.asOf);
    QVERIFY(*status.nextTry <= world.now().plusUs(60'000'000));
    world.server.http.comeBack();
    world.workspace->refresh();
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.names(), world.serverNames());
    QCOMPARE(world.workspace->syncStatus().error, std::nullopt);
}

void RemoteFaultsTest::showsTheLastKnownOffline()
{
    RemoteWorld world;
    world.addDeployments(30);
    world.open();
    QVERIFY(world.waitUntilFresh());
    const auto asOf = world.workspace->syncStatus().asOf;
    const QStringList names = world.names();
    world.close();
    world.server.http.goAway();
    world.open();
    // At once, before anything could be asked.
    QCOMPARE(world.names(), names);
    QCOMPARE(world.workspace->syncStatus().asOf, asOf);
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Offline; }));
    QCOMPARE(world.workspace->syncStatus().asOf, asOf);
    DeploymentRepository deployments(world.workspace->store().reader());
    QCOMPARE(deployments.ids(DeploymentSort::Updated, true, 5).size(), size_t(5));
}

void RemoteFaultsTest::goesOnAfterAnEndInTheMiddle()
{
    RemoteWorld world;
    world.server.pageLimit = 10;
    world.addDeployments(200);
    world.open();
    QVERIFY(eventually([&] { return world.names().size() >= 50; }));
    world.server.http.goAway();
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Offline; }));
    const auto shown = world.names().size();
    world.server.http.comeBack();
    // By itself.
    QVERIFY(world.waitUntilFresh());
    QVERIFY(shown >= 50);
    QCOMPARE(world.names(), world.serverNames());
}

void RemoteFaultsTest::stopsAskingWhenSignedOut()
{
    RemoteWorld world;
    world.addDeployments(5);
    world.open(1);
    QVERIFY(world.waitUntilFresh());
    world.server.refusesKeys = true;
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::SignedOut; }));
    QVERIFY(world.workspace->syncStatus().error.has_value());
    world.server.http.forgetRequests();
    QTest::qWait(2500);
    QCOMPARE(world.server.http.requests().size(), 0);
    QCOMPARE(world.names().size(), 5);
    world.server.refusesKeys = false;
    ConnectionSettings mended;
    mended.apiUrl = world.server.http.apiUrl();
    mended.auth = ConnectionSettings::Auth::ApiKey;
    mended.secret = Secret("pnu_new");
    world.workspace->setConnection(mended);
    QVERIFY(world.waitUntilFresh());
    QVERIFY(world.server.http.requests().last().header("authorization").contains("pnu_new"));
}

void RemoteFaultsTest::pauses()
{
    RemoteWorld world;
    world.addDeployments(5);
    world.open(1);
    QVERIFY(world.waitUntilFresh());
    world.workspace->setSyncPaused(true);
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Paused; }));
    QTest::qWait(300);
    world.server.http.forgetRequests();
    QTest::qWait(2000);
    QCOMPARE(world.server.http.requests().size(), 0);
    // F5 asks once, and it stays paused; also after a restart.
    world.server.change(world.ids.first(), "name", "renamed");
    QVERIFY(world.refresh());
    QVERIFY(world.names().contains(QStringLiteral("renamed")));
    QCOMPARE(world.kind(), SyncStatus::Kind::Paused);
    world.open(1);
    QCOMPARE(world.kind(), SyncStatus::Kind::Paused);
    world.workspace->setSyncPaused(false);
    QVERIFY(world.waitUntilFresh());
}

void RemoteFaultsTest::refusesWhatIsNoPrefect()
{
    RemoteWorld world;
    world.addDeployments(5);
    world.open();
    QVERIFY(world.waitUntilFresh());
    world.server.instead = [](const FakeRequest &) { return FakeAnswer::html("<html>Sign in to the Wi-Fi</html>"); };
    world.close();
    world.open();
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Refused; }));
    QVERIFY(world.workspace->syncStatus().nextTry.has_value());
    QCOMPARE(world.names().size(), 5);
    world.server.instead = nullptr;
    world.workspace->refresh();
    QVERIFY(world.waitUntilFresh());
}

void RemoteFaultsTest::mirrorsAnotherServerAnew()
{
    RemoteWorld world;
    world.addDeployments(30);
    world.server.addRun(world.ids.first(), QStringLiteral("COMPLETED"), kNow);
    world.open();
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.runCount(), 1);
    world.close();
    world.server.reset();
    world.ids.clear();
    const QString flow = world.server.addFlow(QStringLiteral("elsewhere"));
    for (int i = 0; i < 20; ++i)
        world.server.addDeployment(flow, QStringLiteral("other%1").arg(i, 2, 10, QLatin1Char('0')));
    world.open();
    bool isTold = false;
    connect(world.workspace.get(), &Workspace::syncStatusChanged, this, [&](const SyncStatus &status) {
        isTold = isTold || (status.error && status.error->kind == ErrorKind::Conflict);
    });
    QVERIFY(eventually([&] { return world.names() == world.serverNames(); }));
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.runCount(), 0);
    QVERIFY(isTold);
}

void RemoteFaultsTest::keepsItsRowsThroughAnUpgrade()
{
    RemoteWorld world(ChangingServer::Kind::Prefect2);
    world.addDeployments(30);
    world.open();
    QVERIFY(world.waitUntilFresh());
    DeploymentRepository before(world.workspace->store().reader());
    const std::vector<RowId> rows = before.ids(DeploymentSort::Name, false);
    world.close();
    world.server.kind = ChangingServer::Kind::Prefect3;
    world.open();
    QVERIFY(eventually([&] { return world.workspace->syncStatus().serverTitle.contains(QLatin1Char('3')); }));
    QVERIFY(world.waitUntilFresh());
    DeploymentRepository after(world.workspace->store().reader());
    QVERIFY(after.ids(DeploymentSort::Name, false) == rows);
}

void RemoteFaultsTest::goesOnWithoutOneKindOfRows()
{
    RemoteWorld world;
    world.addDeployments(5);
    world.open();
    QVERIFY(world.waitUntilFresh());
    world.server.http.on("/api/flow_runs/filter", FakeAnswer::detail(409, "not now"));
    world.server.change(world.ids.first(), "name", "renamed");
    const auto before = world.workspace->syncStatus().asOf;
    world.workspace->refresh();
    QVERIFY(eventually([&] { return world.workspace->syncStatus().error.has_value(); }));
    QCOMPARE(world.kind(), SyncStatus::Kind::Polling);
    QVERIFY(world.names().contains(QStringLiteral("renamed")));
    // Not everything was confirmed.
    QCOMPARE(world.workspace->syncStatus().asOf, before);
}

void RemoteFaultsTest::asksAgainAfterASleep()
{
    RemoteWorld world;
    world.addDeployments(5);
    world.open();
    QVERIFY(world.waitUntilFresh());
    world.server.change(world.ids.first(), "name", "renamed");
    world.server.http.forgetRequests();
    world.clockJumpUs = 600'000'000;
    QVERIFY(eventually([&] { return world.names().contains(QStringLiteral("renamed")); }));
    QVERIFY(world.waitUntilFresh());
    // Once: what finds out what the server is, and one poll.
    QCOMPARE(world.server.http.requestsFor("/api/admin/version").size(), 1);
}

void RemoteFaultsTest::followsARunToItsEnd()
{
    RemoteWorld world;
    world.addDeployments(1);
    const QString run = world.server.addRun(world.ids.first(), QStringLiteral("RUNNING"), kNow);
    for (int i = 0; i < 450; ++i)
        world.server.addLog(run, QStringLiteral("line %1").arg(i));
    world.server.addTask(run, QStringLiteral("extract"));
    world.open();
    QVERIFY(world.waitUntilFresh());
    const RowId row = world.run(run)->row;
    const auto lines = [&] { return int(LogRepository(world.workspace->store().reader()).positions(row, {}).size()); };
    QCOMPARE(lines(), 0);
    world.workspace->followRun(row);
    QVERIFY(eventually([&] { return lines() == 450; }));
    world.server.addLog(run, QStringLiteral("one more"));
    world.server.addTask(run, QStringLiteral("load"));
    QVERIFY(eventually([&] { return lines() == 451; }));
    world.server.setState(run, QStringLiteral("COMPLETED"));
    QVERIFY(eventually([&] { return world.run(run)->state.type == StateType::Completed; }));
    // Tasks are recorded some seconds after the end, and a line comes late.
    world.server.addTask(run, QStringLiteral("report"));
    world.server.addLog(run, QStringLiteral("the end"));
    QVERIFY(eventually([&] { return lines() == 452; }));
    const auto tasks = [&] { return TaskRunRepository(world.workspace->store().reader()).ofFlowRun(row); };
    QVERIFY(eventually([&] { return tasks().size() == 3; }));
    QCOMPARE(FlowRunRepository(world.workspace->store().reader()).states(row).size(), 2);
    // Then it is left alone.
    int asked = -1;
    QVERIFY(eventually([&] {
        const int now = int(world.server.http.requestsFor("/api/logs/filter").size());
        const bool isStill = now == asked;
        asked = now;
        QTest::qWait(3000);
        return isStill;
    }));
    world.workspace->unfollowRun(row);
}

void RemoteFaultsTest::closesInTheMiddle()
{
    // At each request in turn: nothing may come back to what is gone.
    for (int after = 1; after < 25; ++after) {
        RemoteWorld world;
        world.server.pageLimit = 10;
        world.addDeployments(40);
        const QString run = world.server.addRun(world.ids.first(), QStringLiteral("RUNNING"), kNow);
        world.open();
        QVERIFY(eventually([&] { return int(world.server.http.requests().size()) >= after; }));
        if (const auto known = world.run(run))
            world.workspace->followRun(known->row);
        world.close();
        QTest::qWait(1);
        world.open();
        QVERIFY(world.waitUntilFresh());
        QCOMPARE(world.names(), world.serverNames());
    }
}

QTEST_GUILESS_MAIN(RemoteFaultsTest)
#include "tst_remotefaults.moc"
