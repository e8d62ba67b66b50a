// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/prefect/websocketfeed.h"
#include "tests/prefect/prefecttest.h"

#include <QSignalSpy>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace fd;
using namespace fd::test;
using namespace std::chrono_literals;

namespace {

const QByteArray kRun = "5528d986-b6a3-493c-8d3e-65bd5ccf7aab";
const QByteArray kDeployment = "8af1810e-c3c6-4132-988f-4f3496ce70f9";

QByteArray eventMessage(const QUuid &id, const QByteArray &occurred = "2026-11-24T00:23:15.589533Z")
{
    return R"({"type":"event","event":{"occurred":")" + occurred
        + R"(","event":"prefect.flow-run.Running","resource":{"prefect.resource.id":"prefect.flow-run.)" + kRun
        + R"(","prefect.state-type":"RUNNING"},"related":[{"prefect.resource.id":"prefect.deployment.)" + kDeployment
        + R"(","prefect.resource.role":"deployment"}],"payload":{},"id":")" + id.toByteArray(QUuid::WithoutBraces)
        + R"("}})";
}

/// /events/out of a server: takes the sign-in and the filter as Prefect 3 does, unless told otherwise.
class FakeEvents : public QObject
{
public:
    FakeEvents() : m_server(QStringLiteral("fake"), QWebSocketServer::NonSecureMode)
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port");
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] { accept(); });
    }

    [[nodiscard]] QUrl apiUrl() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/api").arg(m_server.serverPort()));
    }
    void send(const QByteArray &message)
    {
        if (socket)
            socket->sendTextMessage(QString::fromUtf8(message));
    }

    QPointer<QWebSocket> socket;
    int connections = 0;
    QList<Json> received;
    QUrl url;
    QByteArray userAgent;
    QByteArray authorization;
    /// What happens to a message instead of the usual.
    std::function<bool(const Json &)> instead = [](const Json &) { return false; };

private:
    void accept()
    {
        socket = m_server.nextPendingConnection();
        ++connections;
        url = socket->requestUrl();
        userAgent = socket->request().rawHeader("User-Agent");
        authorization = socket->request().rawHeader("Authorization");
        connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
            const Json message = *parseJson(text.toUtf8());
            received.append(message);
            if (!instead(message) && textOf(message, "type") == "auth")
                send(R"({"type":"auth_success"})");
        });
        connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    }

    QWebSocketServer m_server;
};

std::unique_ptr<WebSocketFeed> feedOf(const ConnectionSettings &settings, const Limits &limits = quickLimits())
{
    return std::make_unique<WebSocketFeed>(RequestFactory(settings), limits);
}

} // namespace

class EventFeedTest : public QObject
{
    Q_OBJECT

private slots:
    void signsInFiltersAndListens()
    {
        FakeEvents server;
        ConnectionSettings settings = settingsFor(server.apiUrl());
        settings.auth = ConnectionSettings::Auth::Basic;
        settings.secret = Secret("admin:s3cret");
        const auto feed = feedOf(settings);
        QSignalSpy opened(feed.get(), &EventFeed::opened);
        QList<ServerEvent> events;
        connect(feed.get(), &EventFeed::received, this, [&events](const ServerEvent &event) { events.append(event); });
        feed->start();
        QVERIFY(QTest::qWaitFor([&server] { return server.received.size() == 2; }));
        QCOMPARE(opened.size(), 1);
        QVERIFY(feed->isLive());
        QCOMPARE(server.url.path(), QStringLiteral("/api/events/out"));
        QVERIFY(server.userAgent.startsWith("Flowdeck/"));
        // The raw text, not base64, and only in the message.
        QCOMPARE(textOf(server.received.at(0), "type"), std::string("auth"));
        QCOMPARE(textOf(server.received.at(0), "token"), std::string("admin:s3cret"));
        QVERIFY(server.authorization.isEmpty());
        const Json &filter = memberOf(server.received.at(1), "filter");
        const auto since = instantFromIso(toQString(textOf(memberOf(filter, "occurred"), "since")));
        const auto until = instantFromIso(toQString(textOf(memberOf(filter, "occurred"), "until")));
        QVERIFY(since && until);
        QVERIFY(*since < systemClock()().plusUs(-59'000'000));
        QVERIFY(*until > systemClock()().plusUs(qint64(360) * 86'400 * 1'000'000));
        QVERIFY(boolOf(server.received.at(1), "backfill", false));
        const QUuid id = QUuid::createUuid();
        server.send(eventMessage(id));
        server.send("no JSON at all");
        server.send(R"({"type":"event","event":{"id":5}})");
        server.send(eventMessage(id));
        server.send(eventMessage(QUuid::createUuid()));
        QVERIFY(QTest::qWaitFor([&events] { return events.size() == 2; }));
        QCOMPARE(events.first().id, id);
        QCOMPARE(events.first().name, QStringLiteral("prefect.flow-run.Running"));
        QCOMPARE(events.first().stateType, QStringLiteral("RUNNING"));
        QCOMPARE(events.first().flowRun.toText().toUtf8(), kRun);
        QCOMPARE(events.first().deployment.toText().toUtf8(), kDeployment);
        QCOMPARE(toIso(events.first().occurred), QStringLiteral("2026-11-24T00:23:15.589533+00:00"));
        feed->stop();
        QVERIFY(!feed->isLive());
    }

    void withoutASignInItSaysSo()
    {
        FakeEvents server;
        const auto feed = feedOf(settingsFor(server.apiUrl()));
        feed->start();
        QVERIFY(QTest::qWaitFor([&server] { return !server.received.isEmpty(); }));
        QVERIFY(server.received.first().contains("token"));
        QVERIFY(server.received.first()["token"].is_null());
    }

    void refusalsEndIt_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("afterFilter");
        QTest::addColumn<int>("connections");
        QTest::newRow("sign-in") << int(QWebSocketProtocol::CloseCodePolicyViolated) << false << 1;
        QTest::newRow("filter") << int(QWebSocketProtocol::CloseCodeProtocolError) << true << 1;
        QTest::newRow("drop after filter") << -1 << true << 2;
    }
    void refusalsEndIt()
    {
        QFETCH(int, code);
        QFETCH(bool, afterFilter);
        QFETCH(int, connections);
        FakeEvents server;
        server.instead = [&server, code, afterFilter](const Json &message) {
            if ((textOf(message, "type") == "filter") != afterFilter)
                return false;
            if (code < 0)
                server.socket->abort();
            else
                server.socket->close(
                    static_cast<QWebSocketProtocol::CloseCode>(code), QStringLiteral("Invalid filter: x"));
            return true;
        };
        const auto feed = feedOf(withKey(server.apiUrl()));
        QList<Error> reasons;
        connect(feed.get(), &EventFeed::closed, this, [&reasons](const Error &reason) { reasons.append(reason); });
        feed->start();
        QVERIFY(QTest::qWaitFor([&reasons, connections] { return reasons.size() == connections; }));
        QTest::qWait(200);
        QCOMPARE(server.connections, connections);
        QVERIFY(!feed->isLive());
        QCOMPARE(reasons.last().kind, afterFilter ? ErrorKind::Validation : ErrorKind::Auth);
        for (const Error &reason : reasons)
            QVERIFY(!reason.detail.contains(QLatin1String("canary")));
    }

    void refusedUpgradesEndIt()
    {
        FakeServer server;
        server.on("/api/events/out", FakeAnswer::detail(403, "no"));
        const auto feed = feedOf(settingsFor(server.apiUrl()));
        QSignalSpy closed(feed.get(), &EventFeed::closed);
        feed->start();
        QVERIFY(QTest::qWaitFor([&closed] { return closed.size() == 1; }));
        QTest::qWait(100);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests().first().header("sec-websocket-protocol"), "prefect");
        QCOMPARE(closed.first().first().value<Error>().kind, ErrorKind::Auth);
        // A proxy without its server is only away.
        server.on("/api/events/out", FakeAnswer::detail(503, "no"));
        server.forgetRequests();
        feed->start();
        QVERIFY(QTest::qWaitFor([&server] { return server.requests().size() >= 4; }));
    }

    void comesBackAfterTheServerDid_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("restart") << 1012;
        QTest::newRow("normal") << 1000;
        QTest::newRow("keep-alive") << 1011;
        QTest::newRow("killed") << -1;
    }
    void comesBackAfterTheServerDid()
    {
        QFETCH(int, code);
        FakeEvents server;
        const auto feed = feedOf(settingsFor(server.apiUrl()));
        QSignalSpy received(feed.get(), &EventFeed::received);
        QSignalSpy opened(feed.get(), &EventFeed::opened);
        QSignalSpy closed(feed.get(), &EventFeed::closed);
        feed->start();
        QVERIFY(QTest::qWaitFor([&server] { return server.received.size() == 2; }));
        const QUuid last = QUuid::createUuid();
        server.send(eventMessage(last, "2026-11-24T00:10:00Z"));
        QVERIFY(QTest::qWaitFor([&received] { return received.size() == 1; }));
        if (code < 0)
            server.socket->abort();
        else
            server.socket->close(static_cast<QWebSocketProtocol::CloseCode>(code));
        QVERIFY(QTest::qWaitFor([&server] { return server.received.size() == 4; }));
        QCOMPARE(closed.size(), 1);
        QCOMPARE(opened.size(), 2);
        // It asks for what happened meanwhile, and takes nothing twice.
        QCOMPARE(textOf(memberOf(memberOf(server.received.last(), "filter"), "occurred"), "since"),
            std::string("2026-11-24T00:09:00+00:00"));
        server.send(eventMessage(last, "2026-11-24T00:10:00Z"));
        server.send(eventMessage(QUuid::createUuid(), "2026-11-24T00:11:00Z"));
        QVERIFY(QTest::qWaitFor([&received] { return received.size() == 2; }));
    }

    void silenceIsDeath()
    {
        // Takes the connection and never says a word.
        FakeServer server;
        server.on("/api/events/out", FakeAnswer::never());
        Limits limits = quickLimits();
        limits.probe = 100ms;
        const auto feed = feedOf(settingsFor(server.apiUrl()), limits);
        QSignalSpy closed(feed.get(), &EventFeed::closed);
        feed->start();
        QVERIFY(QTest::qWaitFor([&closed] { return closed.size() >= 2; }));
        QCOMPARE(closed.first().first().value<Error>().kind, ErrorKind::Timeout);
    }

    void keysStayAwayFromPlainHttp()
    {
        const auto feed = feedOf(withKey(QUrl(QStringLiteral("http://192.0.2.1:4200/api"))));
        QSignalSpy closed(feed.get(), &EventFeed::closed);
        feed->start();
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed.first().first().value<Error>().kind, ErrorKind::Auth);
        QVERIFY(!feed->isLive());
    }

    void stoppedOrDestroyedInEveryState()
    {
        FakeEvents server;
        for (int rounds = 0; rounds < 40; ++rounds) {
            auto feed = feedOf(settingsFor(server.apiUrl()));
            feed->start();
            for (int i = 0; i < rounds; ++i)
                QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            if (rounds % 2 == 0) {
                feed->stop();
                feed->start();
            }
            feed.reset();
        }
        // From inside its own signals.
        for (const bool whenOpened : {true, false}) {
            auto feed = feedOf(settingsFor(server.apiUrl()));
            if (whenOpened)
                connect(feed.get(), &EventFeed::opened, this, [&feed] { feed->stop(); });
            else
                connect(feed.get(), &EventFeed::received, this, [&feed] { feed->stop(); });
            feed->start();
            QVERIFY(QTest::qWaitFor([&feed, &server] {
                server.send(eventMessage(QUuid::createUuid()));
                return !feed->isLive() || server.received.isEmpty();
            }));
        }
    }
};

QTEST_GUILESS_MAIN(EventFeedTest)
#include "tst_eventfeed.moc"
