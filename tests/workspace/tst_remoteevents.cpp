// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/remoteworld.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace fd;
using namespace fd::test;

namespace {

/// One port for both: what asks for /events/out gets a web socket, everything else goes to the server behind.
class EventFront : public QObject
{
public:
    explicit EventFront(quint16 behind) : m_sockets(QStringLiteral("fake"), QWebSocketServer::NonSecureMode)
    {
        if (!m_listener.listen(QHostAddress::LocalHost))
            qFatal("no port");
        connect(&m_listener, &QTcpServer::newConnection, this, [this, behind] {
            QTcpSocket *client = m_listener.nextPendingConnection();
            connect(client, &QTcpSocket::readyRead, this, [this, client, behind] { sort(client, behind); });
        });
        connect(&m_sockets, &QWebSocketServer::newConnection, this, [this] {
            socket = m_sockets.nextPendingConnection();
            connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
                if (text.contains(QLatin1String("\"auth\"")))
                    socket->sendTextMessage(QStringLiteral(R"({"type":"auth_success"})"));
            });
        });
    }

    [[nodiscard]] QUrl apiUrl() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/api").arg(m_listener.serverPort()));
    }
    /// An event about an object, such as "prefect.flow-run.<id>".
    void tell(const QString &resource, const QString &name, const QString &stateType = {})
    {
        Json event = {{"id", toJson(QUuid::createUuid().toString(QUuid::WithoutBraces))},
            {"occurred", toJson(toIso(systemClock()()))}, {"event", toJson(name)},
            {"resource", {{"prefect.resource.id", toJson(resource)}}}, {"related", Json::array()},
            {"payload", Json::object()}};
        if (!stateType.isEmpty())
            event["resource"]["prefect.state-type"] = toJson(stateType);
        const Json message = {{"type", "event"}, {"event", event}};
        socket->sendTextMessage(QString::fromUtf8(toJsonText(message)));
    }

    QPointer<QWebSocket> socket;

private:
    void sort(QTcpSocket *client, quint16 behind)
    {
        disconnect(client, &QTcpSocket::readyRead, this, nullptr);
        if (client->peek(200).contains("/events/out")) {
            m_sockets.handleConnection(client);
            emit client->readyRead();
            return;
        }
        auto *server = new QTcpSocket(client);
        server->connectToHost(QHostAddress::LocalHost, behind);
        const auto forward = [](QTcpSocket *from, QTcpSocket *to) { to->write(from->readAll()); };
        connect(client, &QTcpSocket::readyRead, server, [=] { forward(client, server); });
        connect(server, &QTcpSocket::readyRead, client, [=] { forward(server, client); });
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        forward(client, server);
    }

    QTcpServer m_listener;
    QWebSocketServer m_sockets;
};

} // namespace

/// Live events of Prefect 3 over a real web socket: hints of what to ask for, with polling when they end.
class RemoteEventsTest : public QObject
{
    Q_OBJECT

private slots:
    void followsEvents();
};

void RemoteEventsTest::followsEvents()
{
    RemoteWorld world;
    world.server.hasEvents = true;
    world.addDeployments(20);
    const QString run = world.server.addRun(world.ids.first(), QStringLiteral("RUNNING"), kNow);
    EventFront front(world.server.http.port());
    world.apiUrl = front.apiUrl();
    world.open();
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Live && world.workspace->syncStatus().asOf; }));
    QCOMPARE(world.names(), world.serverNames());

    // Many hints at once are one question.
    world.server.setState(run, QStringLiteral("COMPLETED"));
    world.server.change(world.ids.at(1), "name", "renamed");
    world.server.removeDeployment(world.ids.at(2));
    world.server.http.forgetRequests();
    for (int i = 0; i < 50; ++i)
        front.tell(QStringLiteral("prefect.flow-run.") + run, QStringLiteral("prefect.flow-run.Completed"),
            QStringLiteral("COMPLETED"));
    front.tell(QStringLiteral("prefect.deployment.") + world.ids.at(1), QStringLiteral("prefect.deployment.updated"));
    front.tell(QStringLiteral("prefect.deployment.") + world.ids.at(2), QStringLiteral("prefect.deployment.deleted"));
    QVERIFY(eventually([&] { return world.names() == world.serverNames(); }));
    QCOMPARE(world.run(run)->state.type, StateType::Completed);
    QCOMPARE(world.server.http.requestsFor("/api/flow_runs/filter").size(), 1);

    // A run that nobody knew yet.
    const QString started = world.server.addRun(world.ids.first(), QStringLiteral("PENDING"), world.now());
    front.tell(QStringLiteral("prefect.flow-run.") + started, QStringLiteral("prefect.flow-run.Pending"),
        QStringLiteral("PENDING"));
    QVERIFY(eventually([&] { return world.run(started).has_value(); }));
    QCOMPARE(world.run(started)->deploymentName, QStringLiteral("d0000"));

    // What happens while the socket is down is asked for when it is back.
    front.socket->close();
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Polling; }));
    world.server.change(world.ids.at(3), "name", "meanwhile");
    QVERIFY(eventually([&] { return world.kind() == SyncStatus::Kind::Live; }));
    QVERIFY(eventually([&] { return world.names() == world.serverNames(); }));
}

QTEST_GUILESS_MAIN(RemoteEventsTest)
#include "tst_remoteevents.moc"
