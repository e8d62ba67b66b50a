// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/remoteworld.h"

#include <QLocale>

using namespace fd;
using namespace fd::test;

namespace {

constexpr qint64 kHourUs = 3'600'000'000;
constexpr qint64 kDayUs = 24 * kHourUs;

} // namespace

/// A mirror of a server over real HTTP: what is there, what changes, what goes.
class RemoteWorkspaceTest : public QObject
{
    Q_OBJECT

private slots:
    void mirrorsWhole_data();
    void mirrorsWhole();
    void showsFirstRowsFirst();
    void resumesAfterARestart();
    void followsChanges_data();
    void followsChanges();
    void findsDeletedRows();
    void keepsRunsOfTheWindow();
    void asksLittleWhenNothingChanged();
    void showsTheRestBesideAPoisonedRow();
    void takesNoStandingDateForTheTime();
    void takesRemadeRuns();
    void refusesToWrite();
};

void RemoteWorkspaceTest::mirrorsWhole_data()
{
    QTest::addColumn<ChangingServer::Kind>("kind");
    QTest::newRow("Orion") << ChangingServer::Kind::Orion;
    QTest::newRow("Prefect 2") << ChangingServer::Kind::Prefect2;
    QTest::newRow("Prefect 3") << ChangingServer::Kind::Prefect3;
}

void RemoteWorkspaceTest::mirrorsWhole()
{
    QFETCH(ChangingServer::Kind, kind);
    RemoteWorld world(kind);
    world.addDeployments(450);
    const QString waiting = world.server.addRun(world.ids.first(), QStringLiteral("SCHEDULED"), kNow.plusUs(kDayUs));
    const QString running = world.server.addRun(world.ids.first(), QStringLiteral("RUNNING"), kNow.plusUs(-kHourUs));
    const QString old = world.server.addRun(world.ids.at(1), QStringLiteral("COMPLETED"), kNow.plusUs(-10 * kDayUs));
    RemoteWorkspace &workspace = world.open();
    QCOMPARE(workspace.name(), QStringLiteral("staging"));
    QCOMPARE(workspace.location(), world.server.http.apiUrl().toString());
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.names(), world.serverNames());
    QCOMPARE(world.runCount(), 3);
    QCOMPARE(world.run(waiting)->state.type, StateType::Scheduled);
    QCOMPARE(world.run(running)->state.type, StateType::Running);
    QCOMPARE(world.run(running)->flowName, QStringLiteral("etl"));
    QCOMPARE(world.run(old)->deploymentName, QStringLiteral("d0001"));
    QVERIFY(!workspace.syncStatus().serverTitle.isEmpty());
    QCOMPARE(workspace.syncStatus().error, std::nullopt);
    // One question at a time, but for those that find out what the server is.
    QVERIFY(world.server.http.mostAtOnce() <= 6);
}

void RemoteWorkspaceTest::showsFirstRowsFirst()
{
    RemoteWorld world;
    world.addDeployments(60);
    QList<int> limits;
    int shown = -1;
    world.server.instead = nullptr;
    connect(&world.server.http, &FakeServer::requested, this, [&](const FakeRequest &request) {
        if (request.path != "/api/deployments/filter")
            return;
        const auto body = parseJson(request.body);
        limits += memberOf(*body, "limit").get<int>();
        if (limits.last() > 10 && shown < 0)
            shown = int(world.names().size());
    });
    RemoteWorkspace &workspace = world.open();
    QCOMPARE(workspace.syncStatus().kind, SyncStatus::Kind::Connecting);
    QVERIFY(world.waitUntilFresh());
    // Ten rows were written, with their flow, before the next page was asked for or soon after.
    QVERIFY(limits.contains(10));
    QVERIFY2(shown <= 10, qPrintable(QString::number(shown)));
    QCOMPARE(world.names(), world.serverNames());
}

void RemoteWorkspaceTest::resumesAfterARestart()
{
    RemoteWorld world;
    world.server.pageLimit = 20;
    world.server.delayMs = 25;
    world.addDeployments(900);
    world.open();
    QVERIFY(eventually([&] { return world.names().size() >= 100; }));
    QVERIFY(world.kind() == SyncStatus::Kind::Mirroring);
    world.close();
    const int before = world.server.rowsGiven("/api/deployments/filter");
    QVERIFY(before < 900);
    // Cached rows are there before anything is asked.
    world.open();
    QVERIFY(world.names().size() >= 100);
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.names(), world.serverNames());
    // It went on where it was: some pages again, not all of them.
    QVERIFY2(world.server.rowsGiven("/api/deployments/filter") < 1600,
        qPrintable(QString::number(world.server.rowsGiven("/api/deployments/filter"))));
}

void RemoteWorkspaceTest::followsChanges_data() { mirrorsWhole_data(); }

void RemoteWorkspaceTest::followsChanges()
{
    QFETCH(ChangingServer::Kind, kind);
    RemoteWorld world(kind);
    world.addDeployments(15);
    world.open();
    QVERIFY(world.waitUntilFresh());
    world.server.change(world.ids.at(3), "name", "renamed");
    world.server.change(world.ids.at(4), "tags", Json::array({"nightly"}));
    QVERIFY(world.refresh());
    QCOMPARE(world.names(), world.serverNames());
    QCOMPARE(DeploymentRepository(world.workspace->store().reader()).idsWithTag(QStringLiteral("nightly")).size(),
        size_t(1));
    const QString flow = world.server.addFlow(QStringLiteral("other"));
    const QString made = world.server.addDeployment(flow, QStringLiteral("made"));
    world.server.removeDeployment(world.ids.at(5));
    QVERIFY(world.refresh());
    QTRY_COMPARE_WITH_TIMEOUT(world.names(), world.serverNames(), kRemoteDeadlineMs);
    const auto here = DeploymentRepository(world.workspace->store().reader()).find(DeploymentId::fromText(made));
    QCOMPARE(here->flowName, QStringLiteral("other"));
    // A run that somebody starts passes through its states.
    const QString run = world.server.addRun(made, QStringLiteral("SCHEDULED"), world.now());
    QVERIFY(world.refresh());
    QCOMPARE(world.run(run)->state.type, StateType::Scheduled);
    for (const char *type : {"PENDING", "RUNNING", "COMPLETED"}) {
        world.server.setState(run, QLatin1String(type));
        QVERIFY(world.refresh());
        QCOMPARE(world.run(run)->state.type, stateTypeFromWire(QString::fromLatin1(type)));
    }
    // And one that was tried again long after its time.
    const QString old = world.server.addRun(made, QStringLiteral("FAILED"), kNow.plusUs(-2 * kDayUs));
    world.server.setState(old, QStringLiteral("RUNNING"));
    QVERIFY(world.refresh());
    QCOMPARE(world.run(old)->state.type, StateType::Running);
    world.server.removeRun(old);
    QVERIFY(world.refresh());
    QCOMPARE(world.run(old), std::nullopt);
}

void RemoteWorkspaceTest::findsDeletedRows()
{
    RemoteWorld world;
    world.addDeployments(300);
    world.open();
    QVERIFY(world.waitUntilFresh());
    const int before = world.server.rowsGiven("/api/deployments/filter");
    for (const int i : {0, 17, 150, 151, 299})
        world.server.removeDeployment(world.ids.at(i));
    QVERIFY(world.refresh());
    QCOMPARE(world.names(), world.serverNames());
    // By counting, not by reading the list.
    const int read = world.server.rowsGiven("/api/deployments/filter") - before;
    QVERIFY2(read < 60, qPrintable(QString::number(read)));
    // All at once, as when a flow is deleted.
    while (world.server.deployments.size() > 10)
        world.server.removeDeployment(toQString(textOf(world.server.deployments.back(), "id")));
    QVERIFY(world.refresh());
    QCOMPARE(world.names(), world.serverNames());
}

void RemoteWorkspaceTest::keepsRunsOfTheWindow()
{
    RemoteWorld world;
    world.server.pageLimit = 20;
    world.addDeployments(3);
    // Many at one moment, more than a page, and some before the window.
    for (int i = 0; i < 50; ++i)
        world.server.addRun(world.ids.first(), QStringLiteral("COMPLETED"), kNow.plusUs(-3 * kDayUs));
    for (int i = 0; i < 90; ++i)
        world.server.addRun(world.ids.at(1), QStringLiteral("COMPLETED"), kNow.plusUs(-i * kHourUs));
    world.server.addRun(world.ids.at(1), QStringLiteral("COMPLETED"), kNow.plusUs(-20 * kDayUs));
    for (int i = 1; i <= 70; ++i)
        world.server.addRun(world.ids.at(2), QStringLiteral("SCHEDULED"), kNow.plusUs(i * kDayUs));
    world.open();
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.runCount(), 210);
    // Runs deleted behind its back make no event: a day's count tells, in some poll soon.
    const QString gone = toQString(textOf(world.server.runs.at(60), "id"));
    QVERIFY(world.run(gone).has_value());
    world.server.removeRun(gone);
    const QString unscheduled = toQString(textOf(world.server.runs.back(), "id"));
    world.server.removeRun(unscheduled);
    for (int i = 0; i < 200 && (world.run(gone) || world.run(unscheduled)); ++i)
        QVERIFY(world.refresh());
    QCOMPARE(world.run(gone), std::nullopt);
    QCOMPARE(world.run(unscheduled), std::nullopt);
    QCOMPARE(world.runCount(), 208);
}

void RemoteWorkspaceTest::asksLittleWhenNothingChanged()
{
    RemoteWorld world;
    world.addDeployments(300);
    for (int i = 0; i < 100; ++i)
        world.server.addRun(world.ids.at(i), QStringLiteral("COMPLETED"), kNow.plusUs(-kDayUs));
    world.open();
    QVERIFY(world.waitUntilFresh());
    QVERIFY(world.refresh());
    const auto rows = [&world] {
        return world.server.rowsGiven("/api/deployments/filter") + world.server.rowsGiven("/api/flow_runs/filter");
    };
    for (int poll = 0; poll < 12; ++poll) {
        const int before = rows();
        QVERIFY(world.refresh());
        QVERIFY2(rows() - before <= 20, qPrintable(QStringLiteral("%1 rows").arg(rows() - before)));
    }
}

void RemoteWorkspaceTest::showsTheRestBesideAPoisonedRow()
{
    RemoteWorld world;
    world.addDeployments(90);
    world.server.poisonedDeployment = world.ids.at(33);
    world.open();
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.names().size(), 89);
    QCOMPARE(world.workspace->syncStatus().unreadable, 1);
    QCOMPARE(world.workspace->syncStatus().error, std::nullopt);
    // Known from before it was poisoned, it stays as it was.
    world.server.poisonedDeployment = world.ids.at(34);
    QVERIFY(world.refresh());
    QVERIFY(world.refresh());
    QVERIFY(world.names().contains(QStringLiteral("d0034")));
}

/// Orion says the same Date for as long as a connection is kept.
void RemoteWorkspaceTest::takesNoStandingDateForTheTime()
{
    constexpr qint64 kMinuteUs = 60'000'000;
    const auto httpDate = [](Instant instant) {
        return QLocale::c()
            .toString(QDateTime::fromMSecsSinceEpoch(instant.floorMs(), Qt::UTC),
                QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
            .toLatin1();
    };
    RemoteWorld world(ChangingServer::Kind::Orion);
    world.addDeployments(1);
    world.server.date = httpDate(kNow);
    world.open();
    QVERIFY(world.waitUntilFresh());
    QCOMPARE(world.workspace->syncStatus().clockSkewUs, 0);
    world.clockJumpUs = kMinuteUs;
    QVERIFY(world.refresh());
    QCOMPARE(world.workspace->syncStatus().clockSkewUs, 0);
    world.server.date = httpDate(kNow.plusUs(4 * kMinuteUs));
    QVERIFY(world.refresh());
    QVERIFY(qAbs(world.workspace->syncStatus().clockSkewUs - 3 * kMinuteUs) < kMinuteUs);
}

/// A server replaces a changed deployment's waiting runs by as many new ones (prefect-3 T7): no count tells.
void RemoteWorkspaceTest::takesRemadeRuns()
{
    RemoteWorld world;
    world.addDeployments(3);
    const Instant due = world.now().plusUs(3'600'000'000);
    const QString before = world.server.addRun(world.ids[1], QStringLiteral("SCHEDULED"), due);
    world.open(1);
    QVERIFY(eventually([&world, &before] { return world.run(before) && world.kind() == SyncStatus::Kind::Polling; }));
    world.server.change(world.ids[1], "description", Json("other"));
    world.server.removeRun(before);
    QVERIFY(eventually([&world, &before] { return !world.run(before); }));
    const QString after = world.server.addRun(world.ids[1], QStringLiteral("SCHEDULED"), due);
    QVERIFY(eventually([&world, &after] { return world.run(after).has_value(); }));
}

void RemoteWorkspaceTest::refusesToWrite()
{
    RemoteWorld world;
    world.addDeployments(1);
    RemoteWorkspace &workspace = world.open();
    const Capabilities capabilities = workspace.capabilities();
    QVERIFY(!capabilities.canRun && !capabilities.canDeleteDeployments && !capabilities.reason.isEmpty());
    QCOMPARE(QCoro::waitFor(workspace.deleteDeployment(1)).error().kind, ErrorKind::Validation);
    QCoro::waitFor(workspace.shutDown(Workspace::Quit::LeaveRunsRunning));
}

QTEST_GUILESS_MAIN(RemoteWorkspaceTest)
#include "tst_remoteworkspace.moc"
