// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeserver.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTimer>

#include <sys/socket.h>

namespace fd::test {

namespace {

QByteArray reasonOf(int status)
{
    static const QHash<int, QByteArray> reasons
        = {{200, "OK"}, {201, "Created"}, {204, "No Content"}, {307, "Temporary Redirect"}, {404, "Not Found"},
            {422, "Unprocessable Entity"}, {500, "Internal Server Error"}, {503, "Service Unavailable"}};
    return reasons.value(status, "Whatever");
}

QByteArray headOf(const FakeAnswer &answer)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonOf(answer.status) + "\r\n";
    if (!answer.contentType.isEmpty())
        head += "Content-Type: " + answer.contentType + "\r\n";
    if (!answer.withoutLength)
        head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    for (const auto &[name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

QByteArray pathOnly(const QByteArray &path)
{
    const qsizetype query = path.indexOf('?');
    return query < 0 ? path : path.left(query);
}

/// Hands out sockets that speak TLS, or leaves them plain.
class Listener : public QTcpServer
{
public:
    using QTcpServer::QTcpServer;
    QByteArray certificate;
    QByteArray key;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        if (!certificate.isEmpty()) {
            socket->setLocalCertificate(QSslCertificate(certificate));
            socket->setPrivateKey(QSslKey(key, QSsl::Rsa));
            socket->startServerEncryption();
        }
        addPendingConnection(socket);
    }
};

} // namespace

/// One connection: reads requests one after the other and delivers their answers.
class FakeServer::Connection : public QObject
{
public:
    Connection(FakeServer *server, QTcpSocket *socket, int number)
        : QObject(server), m_server(server), m_socket(socket), m_number(number)
    {
        socket->setParent(this);
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(socket, &QTcpSocket::disconnected, this, [this] { end(false); });
    }
    ~Connection() override { leave(); }

    void end(bool reset)
    {
        leave();
        if (std::exchange(m_ending, true) && m_socket->state() != QAbstractSocket::UnconnectedState)
            return;
        if (reset && m_socket->socketDescriptor() >= 0) {
            // A lingering time of zero makes the close a reset.
            const linger hard{.l_onoff = 1, .l_linger = 0};
            setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
            m_socket->abort();
        } else {
            // What was written still leaves; the signal of its end comes here again.
            m_socket->disconnectFromHost();
        }
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            deleteLater();
    }

private:
    void read()
    {
        m_received += m_socket->readAll();
        if (m_busy)
            return;
        if (m_received.startsWith('\x16')) {
            // Somebody speaks TLS to a plain port.
            m_socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nInvalid HTTP request received.");
            end(false);
            return;
        }
        const qsizetype headEnd = m_received.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        FakeRequest request;
        const QList<QByteArray> lines = m_received.left(headEnd).split('\n');
        const QList<QByteArray> first = lines.first().trimmed().split(' ');
        request.method = first.value(0);
        request.path = first.value(1);
        request.version = first.value(2);
        request.connection = m_number;
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const qsizetype colon = lines[i].indexOf(':');
            request.headers.insert(lines[i].left(colon).trimmed().toLower(), lines[i].mid(colon + 1).trimmed());
        }
        const qsizetype length = request.header("content-length").toLongLong();
        if (m_received.size() < headEnd + 4 + length)
            return;
        request.body = m_received.mid(headEnd + 4, length);
        m_received.remove(0, headEnd + 4 + length);
        m_busy = true;
        m_server->m_mostAtOnce = std::max(m_server->m_mostAtOnce, ++m_server->m_atOnce);
        m_server->m_requests.append(request);
        emit m_server->requested(request);
        const FakeAnswer answer = m_server->answerTo(request);
        if (!answer.silent)
            QTimer::singleShot(answer.delayMs, this, [this, answer] { deliver(answer); });
    }

    void deliver(const FakeAnswer &answer)
    {
        const QByteArray head = headOf(answer);
        QByteArray all = head + answer.body;
        if (answer.cutAfter >= 0) {
            all.truncate(answer.cutAfter);
            m_socket->write(all);
            m_socket->flush();
            // What was written has to leave before a reset throws it away.
            QTimer::singleShot(
                answer.reset && !all.isEmpty() ? 20 : 0, this, [this, reset = answer.reset] { end(reset); });
            return;
        }
        if (answer.dripBytes > 0) {
            m_socket->write(head);
            m_drip = answer.body;
            drip(answer);
            return;
        }
        m_socket->write(all);
        answered(answer);
    }

    void drip(const FakeAnswer &answer)
    {
        m_socket->write(m_drip.left(answer.dripBytes));
        m_drip.remove(0, std::min<qsizetype>(answer.dripBytes, m_drip.size()));
        if (m_drip.isEmpty()) {
            answered(answer);
            return;
        }
        QTimer::singleShot(answer.dripMs, this, [this, answer] { drip(answer); });
    }

    void answered(const FakeAnswer &answer)
    {
        leave();
        if (answer.closeAfter || answer.withoutLength) {
            end(false);
            return;
        }
        QMetaObject::invokeMethod(
            this, [this] { read(); }, Qt::QueuedConnection);
    }

    void leave()
    {
        if (m_busy)
            --m_server->m_atOnce;
        m_busy = false;
    }

    FakeServer *m_server;
    QTcpSocket *m_socket;
    int m_number;
    QByteArray m_received;
    QByteArray m_drip;
    bool m_busy = false;
    bool m_ending = false;
};

FakeAnswer FakeAnswer::json(QByteArray body, int status)
{
    FakeAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

FakeAnswer FakeAnswer::html(QByteArray body, int status)
{
    FakeAnswer answer = json(std::move(body), status);
    answer.contentType = "text/html; charset=utf-8";
    return answer;
}

FakeAnswer FakeAnswer::redirect(int status, const QByteArray &location)
{
    FakeAnswer answer = json({}, status);
    answer.headers.append({"Location", location});
    return answer;
}

FakeAnswer FakeAnswer::hangUp(bool reset)
{
    FakeAnswer answer;
    answer.cutAfter = 0;
    answer.reset = reset;
    return answer;
}

FakeAnswer FakeAnswer::never()
{
    FakeAnswer answer;
    answer.silent = true;
    return answer;
}

FakeAnswer FakeAnswer::detail(int status, const QByteArray &text)
{
    return json("{\"detail\":\"" + text + "\"}", status);
}

FakeServer::FakeServer(QObject *parent) : QObject(parent), m_listener(new Listener(this))
{
    connect(m_listener, &QTcpServer::newConnection, this, &FakeServer::accept);
    m_otherwise = [](const FakeRequest &) { return FakeAnswer::detail(404, "Not Found"); };
    comeBack();
}

FakeServer::~FakeServer()
{
    for (const QPointer<Connection> &connection : std::as_const(m_open))
        delete connection.data();
}

QUrl FakeServer::origin() const
{
    const QString scheme = m_certificate.isEmpty() ? QStringLiteral("http") : QStringLiteral("https");
    return QUrl(QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(m_port));
}

QUrl FakeServer::apiUrl() const
{
    QUrl url = origin();
    url.setPath(QStringLiteral("/api"));
    return url;
}

void FakeServer::useTls(const QByteArray &certificate, const QByteArray &key)
{
    m_certificate = certificate;
    m_key = key;
    static_cast<Listener *>(m_listener)->certificate = certificate;
    static_cast<Listener *>(m_listener)->key = key;
}

void FakeServer::on(const QByteArray &path, Handler handler) { m_handlers.insert(path, std::move(handler)); }

void FakeServer::on(const QByteArray &path, const FakeAnswer &answer)
{
    on(path, [answer](const FakeRequest &) { return answer; });
}

void FakeServer::once(const QByteArray &path, const FakeAnswer &answer) { m_queued[path].append(answer); }

QList<FakeRequest> FakeServer::requestsFor(const QByteArray &path) const
{
    QList<FakeRequest> found;
    for (const FakeRequest &request : m_requests) {
        if (pathOnly(request.path) == path)
            found.append(request);
    }
    return found;
}

void FakeServer::goAway()
{
    m_listener->close();
    const QList<QPointer<Connection>> open = std::exchange(m_open, {});
    for (const QPointer<Connection> &connection : open) {
        if (connection)
            connection->end(true);
    }
}

void FakeServer::comeBack()
{
    if (!m_listener->listen(QHostAddress::LocalHost, m_port))
        qFatal("the stand-in server cannot listen: %s", qPrintable(m_listener->errorString()));
    m_port = m_listener->serverPort();
}

void FakeServer::accept()
{
    while (QTcpSocket *socket = m_listener->nextPendingConnection()) {
        m_open.removeAll(nullptr);
        m_open.append(new Connection(this, socket, ++m_connections));
    }
}

FakeAnswer FakeServer::answerTo(const FakeRequest &request)
{
    const QByteArray path = pathOnly(request.path);
    if (QList<FakeAnswer> &queued = m_queued[path]; !queued.isEmpty())
        return queued.takeFirst();
    const auto handler = m_handlers.constFind(path);
    return handler != m_handlers.cend() ? (*handler)(request) : m_otherwise(request);
}

} // namespace fd::test
