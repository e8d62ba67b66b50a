// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/client.h"
#include "tests/prefect/prefecttest.h"
#include "tests/support/fakeprefect.h"

#include <QPointer>

using namespace fd;
using namespace fd::test;

namespace {

std::unique_ptr<PrefectClient> connectedTo(FakePrefect &server)
{
    auto client = std::make_unique<PrefectClient>(settingsFor(server.apiUrl()), nullptr, quickLimits());
    if (const auto info = finished(client->connectToServer()); !info)
        qFatal("%s", qPrintable(toText(info.error())));
    server.forgetRequests();
    return client;
}

QByteArray nameOf(int number) { return "d" + QByteArray::number(number).rightJustified(5, '0'); }

/// Deployments d00000, d00001 … of one flow, in the order of their names.
QList<QByteArray> fill(FakePrefect &server, int count)
{
    const QByteArray flow = server.addFlow("flow");
    QList<QByteArray> ids;
    for (int i = 0; i < count; ++i)
        ids.append(server.addDeployment(flow, nameOf(i)));
    return ids;
}

} // namespace

class ClientTest : public QObject
{
    Q_OBJECT

private slots:
    void serversAreFoundOut_data()
    {
        QTest::addColumn<Generation>("generation");
        QTest::addColumn<QString>("title");
        QTest::addColumn<int>("flags");
        QTest::newRow("Orion") << Generation::Orion << "Orion 2.0b8" << 0;
        QTest::newRow("2") << Generation::Prefect2 << "Prefect 2.20.25" << 0b1111110;
        QTest::newRow("3") << Generation::Prefect3 << "Prefect 3.8.8" << 0b1111111;
    }
    void serversAreFoundOut()
    {
        QFETCH(Generation, generation);
        QFETCH(QString, title);
        QFETCH(int, flags);
        FakePrefect server(generation);
        server.pageLimit = 50;
        PrefectClient client(settingsFor(server.apiUrl()), nullptr, quickLimits());
        const Result<ServerInfo> info = finished(client.connectToServer());
        QVERIFY2(info, info ? "" : qPrintable(toText(info.error())));
        QCOMPARE(client.info(), *info);
        QCOMPARE(info->generation, generation);
        QCOMPARE(info->title, title);
        QCOMPARE(info->pageLimit, 50);
        QCOMPARE(info->uiUrl, server.origin());
        const QList<bool> found{info->hasWorkPools, info->hasWorkers, info->canEditDeployments, info->hasManySchedules,
            info->canSortByUpdated, info->canPauseRuns, info->hasEvents};
        int bits = 0;
        for (const bool flag : found)
            bits = bits * 2 + (flag ? 1 : 0);
        QCOMPARE(bits, flags);
        QVERIFY(!info->isCloud);
        QVERIFY(!info->needsCsrf);
        QCOMPARE(client.events() != nullptr, info->hasEvents);
        // Nothing was written, and nothing was asked that counts as a worker's poll.
        for (const FakeRequest &request : server.requests())
            QVERIFY(request.method == "GET" || request.path.endsWith("/filter") || request.path.endsWith("/count"));
    }

    void cloudHasNoVersion()
    {
        FakeServer server;
        const QByteArray workspace = "/api/accounts/0d8c3d4e-0000-4000-8000-000000000001/workspaces/"
                                     "0d8c3d4e-0000-4000-8000-000000000002";
        server.on(workspace + "/deployments/count", FakeAnswer::json("3"));
        server.on(workspace + "/deployments/filter", FakeAnswer::detail(422, "UPDATED_DESC"));
        server.on(workspace + "/flow_runs/count", FakeAnswer::json("0"));
        server.on(workspace + "/events/filter", FakeAnswer::json(R"({"events":[],"total":0,"next_page":null})"));
        server.on(workspace + "/work_pools/flowdeck/workers/filter", FakeAnswer::detail(404, "Work pool not found"));
        QUrl url = server.origin();
        url.setPath(QString::fromLatin1(workspace));
        PrefectClient client(withKey(url), nullptr, quickLimits());
        const Result<ServerInfo> info = finished(client.connectToServer());
        QVERIFY2(info, info ? "" : qPrintable(toText(info.error())));
        QVERIFY(info->isCloud);
        QVERIFY(info->hasEvents);
        QVERIFY(info->hasWorkers);
        QVERIFY(info->version.isEmpty());
        QCOMPARE(info->uiUrl.path(),
            QStringLiteral("/account/0d8c3d4e-0000-4000-8000-000000000001/workspace/"
                           "0d8c3d4e-0000-4000-8000-000000000002"));
    }

    void csrfIsNoticed()
    {
        FakePrefect server;
        server.on("/api/csrf-token", FakeAnswer::json(R"({"token":"t"})"));
        server.on("/api/flow_runs/count", [](const FakeRequest &request) {
            return request.headers.contains("prefect-csrf-token") ? FakeAnswer::json("0")
                                                                  : FakeAnswer::detail(403, "Missing CSRF token.");
        });
        PrefectClient client(settingsFor(server.apiUrl()), nullptr, quickLimits());
        QVERIFY(finished(client.connectToServer())->needsCsrf);
    }

    void pagesAreRead()
    {
        for (const Generation generation : {Generation::Orion, Generation::Prefect2, Generation::Prefect3}) {
            FakePrefect server(generation);
            fill(server, 450);
            const auto client = connectedTo(server);
            int received = 0;
            for (const int offset : {0, 200, 400}) {
                const auto page = finished(client->deployments({}, {.offset = offset, .limit = 200}));
                QVERIFY2(page, page ? "" : qPrintable(toText(page.error())));
                QCOMPARE(page->received, static_cast<int>(page->rows.size()));
                QCOMPARE(page->rows.front().value.name, QString::fromLatin1(nameOf(offset)));
                received += page->received;
            }
            QCOMPARE(received, 450);
            QCOMPARE(*finished(client->countDeployments()), 450);
            QCOMPARE(finished(client->flows({}, {}))->received, 1);
            QCOMPARE(finished(client->workPools())->received, 0);
            QCOMPARE(finished(client->workQueues())->received, 0);
        }
    }

    void runsAreRead()
    {
        FakePrefect server;
        const QByteArray flow = server.addFlow("flow");
        const QByteArray deployment = server.addDeployment(flow, "d");
        const QByteArray late = server.addFlowRun(flow, deployment, "SCHEDULED", "2026-11-24T00:00:00+00:00");
        server.addFlowRun(flow, deployment, "COMPLETED", "2026-11-23T00:00:00+00:00");
        const auto client = connectedTo(server);
        FlowRunQuery query;
        query.states = {StateType::Scheduled};
        const auto page = finished(client->flowRuns(query, {}));
        QVERIFY(page);
        QCOMPARE(page->received, 1);
        QCOMPARE(page->rows.front().value.id.toText().toUtf8(), late);
        QCOMPARE(*finished(client->countFlowRuns(query)), 1);
        QCOMPARE(*finished(client->countFlowRuns({})), 2);
        QVERIFY(finished(client->flowRun(page->rows.front().value.id)));
        QCOMPARE(finished(client->states(page->rows.front().value.id))->received, 1);
        QVERIFY(finished(client->deployment(page->rows.front().deployment)));
        const auto absent = finished(client->flowRun(FlowRunId::make()));
        QCOMPARE(absent.error().kind, ErrorKind::NotFound);
    }

    void aLowerLimitIsKept()
    {
        FakePrefect server;
        fill(server, 120);
        // Settings that don't tell, as behind a proxy that hides /admin.
        server.on("/api/admin/settings", FakeAnswer::detail(404, "Not Found"));
        server.pageLimit = 50;
        const auto client = connectedTo(server);
        QCOMPARE(client->info().pageLimit, 200);
        const auto first = finished(client->deployments({}, {.offset = 0, .limit = 200}));
        QVERIFY(first);
        QCOMPARE(first->received, 50);
        QCOMPARE(client->info().pageLimit, 50);
        server.forgetRequests();
        QCOMPARE(finished(client->deployments({}, {.offset = 50, .limit = 200}))->received, 50);
        QCOMPARE(server.requests().size(), 1);
    }

    void badRowsHideOnlyThemselves_data()
    {
        QTest::addColumn<QList<int>>("bad");
        QTest::newRow("one") << QList<int>{37};
        QTest::newRow("first and last") << QList<int>{0, 119};
        QTest::newRow("several") << QList<int>{3, 4, 64, 99};
    }
    void badRowsHideOnlyThemselves()
    {
        QFETCH(QList<int>, bad);
        FakePrefect server;
        const QList<QByteArray> ids = fill(server, 120);
        for (const int row : bad)
            server.poisonedIds.insert(ids.at(row));
        const auto client = connectedTo(server);
        const auto page = finished(client->deployments({}, {}));
        QVERIFY2(page, page ? "" : qPrintable(toText(page.error())));
        QCOMPARE(page->received, 120);
        QCOMPARE(static_cast<qsizetype>(page->unreadable.size()), bad.size());
        QCOMPARE(static_cast<qsizetype>(page->rows.size()), 120 - bad.size());
        QVERIFY(page->unreadable.front().detail.contains(QString::number(bad.first() + 1)));
        std::size_t next = 0;
        for (int i = 0; i < 120; ++i) {
            if (!bad.contains(i))
                QCOMPARE(page->rows.at(next++).value.name, QString::fromLatin1(nameOf(i)));
        }
        // Halving 200 takes 8 steps; each bad row costs at most both halves of each.
        QVERIFY2(server.requests().size() <= 3 + 16 * bad.size(),
            qPrintable(QStringLiteral("%1 requests").arg(server.requests().size())));
        // What lies behind is found where it is.
        const auto rest = finished(client->deployments({}, {.offset = page->received, .limit = 200}));
        QCOMPARE(rest->received, 0);
    }

    void aBrokenListIsNoBadRow()
    {
        FakePrefect server;
        fill(server, 120);
        const auto client = connectedTo(server);
        server.on("/api/deployments/filter", FakeAnswer::json(R"({"exception_message":"Internal Server Error"})", 500));
        const auto page = finished(client->deployments({}, {}));
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::Server);
        QCOMPARE(server.requests().size(), 2);
    }

    void pagesForPeopleAreNoData()
    {
        FakePrefect server;
        const auto client = connectedTo(server);
        server.on("/api/deployments/filter", FakeAnswer::html("<html><b>Sign in</b></html>"));
        const auto portal = finished(client->deployments({}, {}));
        QCOMPARE(portal.error().kind, ErrorKind::Parse);
        QVERIFY(!portal.error().detail.contains(u'<'));
        server.on("/api/deployments/filter", FakeAnswer::html("<html><b>Bad gateway</b></html>", 504));
        const auto gateway = finished(client->deployments({}, {}));
        QCOMPARE(gateway.error().kind, ErrorKind::Server);
        QVERIFY(!gateway.error().detail.contains(u'<'));
        server.on("/api/deployments/filter", FakeAnswer::json("[{\"id\":"));
        QCOMPARE(finished(client->deployments({}, {})).error().kind, ErrorKind::Parse);
    }

    void namesMayHoldAnything()
    {
        FakePrefect server;
        const auto client = connectedTo(server);
        finished(client->workers(QStringLiteral("a/b ?#%")));
        QCOMPARE(server.requests().first().path, "/api/work_pools/a%2Fb%20%3F%23%25/workers/filter");
    }

    void destroyedAtEveryMoment()
    {
        FakePrefect server;
        const QList<QByteArray> ids = fill(server, 400);
        server.poisonedIds.insert(ids.at(150));
        int ended = 0;
        for (int rounds = 0; rounds < 60; ++rounds) {
            auto client = std::make_unique<PrefectClient>(settingsFor(server.apiUrl()), nullptr, quickLimits());
            auto connecting = client->connectToServer();
            auto diagnosing = client->diagnose();
            auto page = client->deployments({}, {.offset = 200, .limit = 200});
            auto bisected = client->deployments({}, {});
            auto pools = client->workQueues();
            for (int i = 0; i < rounds; ++i)
                QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            client.reset();
            const auto info = finished(std::move(connecting));
            const auto rows = finished(std::move(page));
            const auto around = finished(std::move(bisected));
            const auto queues = finished(std::move(pools));
            finished(std::move(diagnosing));
            for (const bool good : {info.has_value(), rows.has_value(), around.has_value(), queues.has_value()})
                ended += good ? 0 : 1;
            if (!info)
                QCOMPARE(info.error().kind, ErrorKind::Cancelled);
            if (!rows)
                QCOMPARE(rows.error().kind, ErrorKind::Cancelled);
            if (!around)
                QCOMPARE(around.error().kind, ErrorKind::Cancelled);
        }
        QVERIFY(ended > 60);
    }
};

QTEST_GUILESS_MAIN(ClientTest)
#include "tst_client.moc"
