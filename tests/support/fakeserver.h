// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace fd::test {

/// A request as it arrived, byte for byte.
struct FakeRequest {
    QByteArray method;
    /// With its query, as sent.
    QByteArray path;
    QByteArray version;
    /// Names in lower case.
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    /// Which connection it came over, counted from 1.
    int connection = 0;

    [[nodiscard]] QByteArray header(const char *name) const { return headers.value(name); }
};

/// What the server does with a request: an answer, and how badly it is delivered.
struct FakeAnswer {
    int status = 200;
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray contentType = "application/json";
    /// Waits so long before the first byte.
    int delayMs = 0;
    /// Sends the body in pieces of so many bytes with `dripMs` between them; 0 sends it at once.
    int dripBytes = 0;
    int dripMs = 0;
    /// Ends the connection after so many bytes of the whole answer, headers included; -1 sends everything.
    int cutAfter = -1;
    /// The end is a reset (RST) instead of a proper one.
    bool reset = false;
    /// Never answers.
    bool silent = false;
    /// Sends no Content-Length: the body ends with the connection.
    bool withoutLength = false;
    /// Ends the connection after the answer without having said so, as Prefect does after a 500.
    bool closeAfter = false;

    [[nodiscard]] static FakeAnswer json(QByteArray body, int status = 200);
    [[nodiscard]] static FakeAnswer html(QByteArray body, int status = 200);
    [[nodiscard]] static FakeAnswer redirect(int status, const QByteArray &location);
    /// Closes or resets the connection without any answer.
    [[nodiscard]] static FakeAnswer hangUp(bool reset = false);
    [[nodiscard]] static FakeAnswer never();
    /// `{"detail": …}`, as Prefect's rules answer.
    [[nodiscard]] static FakeAnswer detail(int status, const QByteArray &text);
};

/// A stand-in for a web server on the loopback, scripted by the test; lives in the test's thread.
/// A request goes to the first of: what `once` queued for its path, what `on` said about its path, `otherwise`.
class FakeServer : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<FakeAnswer(const FakeRequest &)>;

    explicit FakeServer(QObject *parent = nullptr);
    ~FakeServer() override;

    /// "http://127.0.0.1:port"; `https` when it speaks TLS.
    [[nodiscard]] QUrl origin() const;
    /// The origin with "/api".
    [[nodiscard]] QUrl apiUrl() const;
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Speaks TLS from now on, with this certificate and key (PEM).
    void useTls(const QByteArray &certificate, const QByteArray &key);

    /// Answers every request for `path`, which is compared without its query.
    void on(const QByteArray &path, Handler handler);
    void on(const QByteArray &path, const FakeAnswer &answer);
    /// Answers the next request for `path`; several queue up.
    void once(const QByteArray &path, const FakeAnswer &answer);
    /// Answers what nothing else does; 404 `{"detail":"Not Found"}` before.
    void otherwise(Handler handler) { m_otherwise = std::move(handler); }

    [[nodiscard]] const QList<FakeRequest> &requests() const { return m_requests; }
    /// Those for `path`, compared without the query.
    [[nodiscard]] QList<FakeRequest> requestsFor(const QByteArray &path) const;
    void forgetRequests() { m_requests.clear(); }
    /// The largest number of requests that waited for their answer at once.
    [[nodiscard]] int mostAtOnce() const { return m_mostAtOnce; }
    [[nodiscard]] int connections() const { return m_connections; }

    /// Nothing listens any more and every connection is ended; the port stays the same for `comeBack`.
    void goAway();
    void comeBack();

signals:
    void requested(const fd::test::FakeRequest &request);

private:
    class Connection;
    void accept();
    FakeAnswer answerTo(const FakeRequest &request);

    QTcpServer *m_listener = nullptr;
    quint16 m_port = 0;
    QByteArray m_certificate;
    QByteArray m_key;
    QHash<QByteArray, Handler> m_handlers;
    QHash<QByteArray, QList<FakeAnswer>> m_queued;
    Handler m_otherwise;
    QList<FakeRequest> m_requests;
    QList<QPointer<Connection>> m_open;
    int m_connections = 0;
    int m_atOnce = 0;
    int m_mostAtOnce = 0;
};

} // namespace fd::test
