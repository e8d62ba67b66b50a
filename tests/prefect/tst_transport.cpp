// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/addresses.h"
#include "models/prefect/httpvalues.h"
#include "models/prefect/transport.h"
#include "tests/prefect/prefecttest.h"

#include <QElapsedTimer>

using namespace fd;
using namespace fd::test;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<Transport> transportTo(const FakeServer &server, const Limits &limits = quickLimits())
{
    return std::make_shared<Transport>(withKey(server.apiUrl()), limits);
}

Request get(const QByteArray &path)
{
    Request request;
    request.path = path;
    return request;
}

Request post(const QByteArray &path, const QByteArray &body = "{}")
{
    Request request;
    request.path = path;
    request.body = body;
    return request;
}

QString sentence(const Answer &answer) { return answer ? QString() : answer.error().error.detail; }

} // namespace

class TransportTest : public QObject
{
    Q_OBJECT

private slots:
    void everyRequestLooksTheSame()
    {
        FakeServer server;
        server.on("/api/flows/filter", FakeAnswer::json("[]"));
        ConnectionSettings settings = settingsFor(server.apiUrl());
        settings.auth = ConnectionSettings::Auth::Basic;
        settings.secret = Secret("admin:s3cret");
        settings.headers = {{"X-Proxy-Pass", Secret("open sesame")}};
        const auto transport = std::make_shared<Transport>(settings, quickLimits());
        const Answer answer = finished(transport->send(post("/flows/filter", R"({"limit":1})")));
        QVERIFY2(answer, qPrintable(sentence(answer)));
        QCOMPARE(answer->status, 200);
        const FakeRequest &request = server.requests().first();
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.version, "HTTP/1.1");
        QCOMPARE(request.body, R"({"limit":1})");
        QCOMPARE(request.header("content-type"), "application/json");
        QCOMPARE(request.header("authorization"), "Basic " + QByteArray("admin:s3cret").toBase64());
        QCOMPARE(request.header("x-proxy-pass"), "open sesame");
        QVERIFY(request.header("user-agent").startsWith("Flowdeck/"));
        QVERIFY(!request.headers.contains("x-prefect-api-version"));
        QVERIFY(!request.headers.contains("cookie"));
        QVERIFY(!request.headers.contains("upgrade"));
    }

    void cookiesAreNotKept()
    {
        FakeServer server;
        FakeAnswer answer = FakeAnswer::json("[]");
        answer.headers = {{"Set-Cookie", "session=1; Path=/"}};
        server.on("/api/x", answer);
        const auto transport = transportTo(server);
        for (int i = 0; i < 2; ++i)
            QVERIFY(finished(transport->send(get("/x"))));
        QVERIFY(!server.requests().last().headers.contains("cookie"));
    }

    void headersThatCantBeSentAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("line break in value") << QByteArray("X-A") << QByteArray("a\r\nX-B: b");
        QTest::newRow("line break in name") << QByteArray("X-A\n") << QByteArray("a");
        QTest::newRow("content type") << QByteArray("Content-Type") << QByteArray("text/plain");
        QTest::newRow("host") << QByteArray("HOST") << QByteArray("other");
        QTest::newRow("empty name") << QByteArray() << QByteArray("a");
    }
    void headersThatCantBeSentAreRefused()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        FakeServer server;
        ConnectionSettings settings = settingsFor(server.apiUrl());
        settings.headers = {{name, Secret(value)}};
        const Answer answer = finished(std::make_shared<Transport>(settings, quickLimits())->send(get("/x")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, Fault::NotSent);
        QVERIFY(server.requests().isEmpty());
    }

    void keysStayAwayFromPlainHttp()
    {
        for (const bool asHeader : {false, true}) {
            ConnectionSettings settings = settingsFor(QUrl(QStringLiteral("http://192.0.2.1:4200/api")));
            if (asHeader) {
                settings.headers = {{"X-Key", Secret("canary-key")}};
            } else {
                settings.auth = ConnectionSettings::Auth::ApiKey;
                settings.secret = Secret("canary-key");
            }
            const Answer answer = finished(std::make_shared<Transport>(settings, quickLimits())->send(get("/x")));
            QVERIFY(!answer);
            QCOMPARE(answer.error().fault, Fault::NotSent);
            QCOMPARE(answer.error().error.kind, ErrorKind::Auth);
            QVERIFY(!sentence(answer).contains(QLatin1String("canary")));
            settings.secretOverPlainHttp = true;
            QVERIFY(RequestFactory(settings).request(settings.apiUrl));
            settings.secretOverPlainHttp = false;
            settings.apiUrl.setScheme(QStringLiteral("https"));
            QVERIFY(RequestFactory(settings).request(settings.apiUrl));
        }
    }

    void redirectsKeepTheKey_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("where");
        QTest::addColumn<bool>("isFollowed");
        for (const int status : {301, 302, 303, 307, 308}) {
            for (const char *where : {"same", "port", "host", "https", "file", "user"}) {
                QTest::addRow("%d to %s", status, where)
                    << status << QString::fromLatin1(where) << (qstrcmp(where, "same") == 0);
            }
        }
    }
    void redirectsKeepTheKey()
    {
        QFETCH(int, status);
        QFETCH(QString, where);
        QFETCH(bool, isFollowed);
        FakeServer server;
        FakeServer other;
        other.otherwise([](const FakeRequest &) { return FakeAnswer::json("\"other\""); });
        const QByteArray port = QByteArray::number(server.port());
        const QHash<QString, QByteArray> targets{
            {QStringLiteral("same"), server.origin().toEncoded() + "/api/there"},
            {QStringLiteral("port"), other.origin().toEncoded() + "/api/there"},
            {QStringLiteral("host"), "http://localhost:" + port + "/api/there"},
            {QStringLiteral("https"), "https://127.0.0.1:" + port + "/api/there"},
            {QStringLiteral("file"), "file:///etc/hostname"},
            {QStringLiteral("user"), "http://a:b@127.0.0.1:" + port + "/api/there"},
        };
        server.on("/api/here", FakeAnswer::redirect(status, targets.value(where)));
        server.on("/api/there", FakeAnswer::json("\"there\""));
        const auto transport = transportTo(server);
        const Answer got = finished(transport->send(get("/here")));
        QCOMPARE(got.has_value(), isFollowed);
        if (isFollowed) {
            QCOMPARE(got->body, "\"there\"");
        } else {
            QCOMPARE(got.error().fault, Fault::Redirect);
            QVERIFY(!sentence(got).contains(QLatin1String("a:b")));
        }
        // A post is never sent on, not even to the same server.
        const Answer posted = finished(transport->send(post("/here")));
        QVERIFY(!posted);
        QCOMPARE(posted.error().fault, Fault::Redirect);
        QVERIFY(other.requests().isEmpty());
        QCOMPARE(other.connections(), 0);
        QCOMPARE(server.requestsFor("/api/there").size(), isFollowed ? 1 : 0);
    }

    void redirectsEndAfterThree()
    {
        FakeServer server;
        server.on("/api/loop", FakeAnswer::redirect(307, "/api/loop"));
        const Answer answer = finished(transportTo(server)->send(get("/loop")));
        QVERIFY(!answer);
        QCOMPARE(server.requests().size(), 4);
    }

    void retryAfterIsReadAndBounded_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("zero") << QByteArray("0") << qint64(0);
        QTest::newRow("seconds") << QByteArray("3") << qint64(3000);
        QTest::newRow("fraction") << QByteArray(" 2.2531 ") << qint64(2254);
        QTest::newRow("negative") << QByteArray("-5") << qint64(0);
        QTest::newRow("huge") << QByteArray("1e9") << qint64(600'000);
        QTest::newRow("infinite") << QByteArray("inf") << qint64(600'000);
        QTest::newRow("no number") << QByteArray("nan") << qint64(-1);
        QTest::newRow("garbage") << QByteArray("soon") << qint64(-1);
        QTest::newRow("empty") << QByteArray() << qint64(-1);
        QTest::newRow("date") << QByteArray("Tue, 24 Nov 2026 00:30:41 GMT") << qint64(41'000);
        QTest::newRow("past date") << QByteArray("Tue, 24 Nov 2020 00:30:00 GMT") << qint64(0);
        QTest::newRow("far date") << QByteArray("Wed, 24 Nov 2027 00:30:41 GMT") << qint64(600'000);
        QTest::newRow("date of another zone") << QByteArray("Tue, 24 Nov 2026 00:30:41 CET") << qint64(-1);
    }
    void retryAfterIsReadAndBounded()
    {
        QFETCH(QByteArray, header);
        QFETCH(qint64, ms);
        const Instant now = *instantFromHttpDate("Tue, 24 Nov 2026 00:30:00 GMT");
        const auto wait = waitOfRetryAfter(header, now, 10min);
        QCOMPARE(wait ? wait->count() : -1, ms);
    }

    void pausesGrow()
    {
        QCOMPARE(growingPause(0, 1s, 60s, 0.5), 1000ms);
        QCOMPARE(growingPause(4, 1s, 60s, 0.5), 16'000ms);
        QCOMPARE(growingPause(3, 1s, 60s, 0.0), 6400ms);
        QCOMPARE(growingPause(3, 1s, 60s, 1.0), 9600ms);
        QCOMPARE(growingPause(500, 1s, 60s, 0.5), 60'000ms);
    }

    void busyServersAreAskedAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("arrivals");
        for (const int status : {408, 429, 502, 503})
            QTest::addRow("%d", status) << status << 6;
        for (const int status : {400, 401, 403, 404, 409, 422, 423, 500, 501, 504})
            QTest::addRow("%d", status) << status << 1;
    }
    void busyServersAreAskedAgain()
    {
        QFETCH(int, status);
        QFETCH(int, arrivals);
        FakeServer server;
        server.on("/api/x", FakeAnswer::detail(status, "no"));
        const Answer answer = finished(transportTo(server)->send(post("/x")));
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        QCOMPARE(answer->body, "{\"detail\":\"no\"}");
        QCOMPARE(server.requests().size(), arrivals);
    }

    void oneWaitsForAll()
    {
        FakeServer server;
        FakeAnswer busy = FakeAnswer::detail(429, "slow down");
        busy.headers = {{"Retry-After", "0.3"}};
        server.once("/api/a", busy);
        server.on("/api/a", FakeAnswer::json("1"));
        server.on("/api/b", FakeAnswer::json("2"));
        const auto transport = transportTo(server);
        QElapsedTimer clock;
        clock.start();
        QCoro::Task<Answer> first = transport->send(get("/a"));
        QVERIFY(QTest::qWaitFor([&server] { return server.requests().size() == 1; }));
        QVERIFY(QTest::qWaitFor([&server] { return server.mostAtOnce() == 1; }));
        QTest::qWait(50);
        const Answer second = finished(transport->send(get("/b")));
        QVERIFY(second);
        QVERIFY(finished(std::move(first)));
        QVERIFY(clock.elapsed() >= 290);
        QCOMPARE(server.requests().last().path, "/api/b");
        QCOMPARE(server.requests().size(), 3);
    }

    void atMostFourAtOnce()
    {
        FakeServer server;
        FakeAnswer slow = FakeAnswer::json("1");
        slow.delayMs = 20;
        server.on("/api/x", slow);
        const auto transport = transportTo(server);
        std::vector<QCoro::Task<Answer>> tasks;
        for (int i = 0; i < 20; ++i)
            tasks.push_back(transport->send(get("/x")));
        for (QCoro::Task<Answer> &task : tasks)
            QVERIFY(finished(std::move(task)));
        QCOMPARE(server.requests().size(), 20);
        QVERIFY(server.mostAtOnce() <= 4);
        QVERIFY(server.mostAtOnce() > 1);
    }

    void cutsAreNotAnswers()
    {
        FakeServer server;
        const FakeAnswer whole = FakeAnswer::json(R"([{"id":"1"},{"id":"2"}])");
        const int most = 140;
        int wholes = 0;
        for (int at = 0; at < most; at += 3) {
            FakeAnswer cut = whole;
            cut.cutAfter = at;
            cut.reset = at % 2 == 0;
            server.on("/api/x", cut);
            Limits limits = quickLimits();
            limits.retries = 1;
            const Answer answer = finished(transportTo(server, limits)->send(get("/x")));
            wholes += answer ? 1 : 0;
            if (answer)
                QCOMPARE(answer->body, whole.body);
            else
                QCOMPARE(answer.error().error.kind, ErrorKind::Network);
        }
        QVERIFY(wholes < most / 3);
        server.on("/api/x", whole);
        QVERIFY(finished(transportTo(server)->send(get("/x"))));
    }

    void aServerErrorMayCloseTheConnection()
    {
        FakeServer server;
        FakeAnswer broken = FakeAnswer::json(R"({"exception_message":"Internal Server Error"})", 500);
        broken.closeAfter = true;
        server.on("/api/bad", broken);
        server.once("/api/good", FakeAnswer::hangUp(true));
        server.on("/api/good", FakeAnswer::json("1"));
        Limits limits = quickLimits();
        limits.retries = 0;
        const auto transport = transportTo(server, limits);
        QCOMPARE(finished(transport->send(get("/bad")))->status, 500);
        const Answer next = finished(transport->send(post("/good")));
        QVERIFY2(next, qPrintable(sentence(next)));
    }

    void slowAnswersHaveAnEnd_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("never") << 0;
        QTest::newRow("drip") << 1;
        QTest::newRow("idle") << 2;
    }
    void slowAnswersHaveAnEnd()
    {
        QFETCH(int, kind);
        FakeServer server;
        FakeAnswer slow = FakeAnswer::json(QByteArray(100'000, ' '));
        slow.dripBytes = 1;
        slow.dripMs = 10;
        server.on("/api/x", kind == 1 ? slow : FakeAnswer::never());
        server.on("/api/y", FakeAnswer::json("1"));
        Limits limits = quickLimits();
        (kind == 2 ? limits.idle : limits.total) = 200ms;
        const auto transport = transportTo(server, limits);
        const Answer answer = finished(transport->send(get("/x")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, Fault::Timeout);
        QCOMPARE(answer.error().error.kind, ErrorKind::Timeout);
        QVERIFY(finished(transport->send(get("/y"))));
    }

    void endlessHeadersHaveAnEnd()
    {
        FakeServer server;
        FakeAnswer flood = FakeAnswer::json("1");
        for (int i = 0; i < 200'000; ++i)
            flood.headers.append({"X-" + QByteArray::number(i), QByteArray(40, 'a')});
        server.on("/api/x", flood);
        server.on("/api/y", FakeAnswer::json("1"));
        Limits limits = quickLimits();
        limits.total = 300ms;
        const auto transport = transportTo(server, limits);
        const Answer answer = finished(transport->send(get("/x")));
        QVERIFY(!answer || answer->status == 200);
        const Answer next = finished(transport->send(get("/y")));
        QVERIFY2(next, qPrintable(sentence(next)));
    }

    void hugeAnswersAreRefused_data()
    {
        QTest::addColumn<bool>("saysSo");
        QTest::newRow("with a length") << true;
        QTest::newRow("without a length") << false;
    }
    void hugeAnswersAreRefused()
    {
        QFETCH(bool, saysSo);
        FakeServer server;
        FakeAnswer huge = FakeAnswer::json(QByteArray(3 << 20, ' '));
        huge.withoutLength = !saysSo;
        server.on("/api/x", huge);
        Limits limits = quickLimits();
        limits.answerBytes = 1 << 20;
        const Answer answer = finished(transportTo(server, limits)->send(get("/x")));
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, Fault::TooLarge);
        // Qt asks again by itself when a connection closes in the middle; five more would be ours.
        QVERIFY2(server.requests().size() <= 4, qPrintable(QString::number(server.requests().size())));
    }

    void csrfTokensAreFetchedWhereAskedFor()
    {
        FakeServer server;
        int serial = 0;
        server.on("/api/csrf-token", [&serial](const FakeRequest &) {
            return FakeAnswer::json("{\"token\":\"t" + QByteArray::number(++serial) + "\"}");
        });
        server.on("/api/x", [&serial](const FakeRequest &request) {
            if (!request.headers.contains("prefect-csrf-token"))
                return FakeAnswer::detail(403, "Missing CSRF token.");
            if (request.header("prefect-csrf-token") != "t" + QByteArray::number(serial))
                return FakeAnswer::detail(403, "Invalid CSRF token or client identifier.");
            return FakeAnswer::json("[]");
        });
        const auto transport = transportTo(server);
        std::vector<QCoro::Task<Answer>> tasks;
        for (int i = 0; i < 8; ++i)
            tasks.push_back(transport->send(post("/x")));
        for (QCoro::Task<Answer> &task : tasks)
            QCOMPARE(finished(std::move(task))->status, 200);
        QVERIFY(transport->usesCsrf());
        QCOMPARE(serial, 1);
        // Replaced or expired: fetched again once.
        serial = 7;
        QCOMPARE(finished(transport->send(post("/x")))->status, 200);
        QCOMPARE(serial, 8);
        // Another client has an id of its own.
        finished(transportTo(server)->send(post("/x")));
        const QList<FakeRequest> fetches = server.requestsFor("/api/csrf-token");
        QCOMPARE(fetches.at(0).path, fetches.at(1).path);
        QVERIFY(fetches.last().path != fetches.first().path);
    }

    void aRefusedTokenIsNotFetchedForEver()
    {
        FakeServer server;
        server.on("/api/csrf-token", FakeAnswer::json(R"({"token":"t"})"));
        server.on("/api/x", FakeAnswer::detail(403, "Invalid CSRF token or client identifier."));
        QCOMPARE(finished(transportTo(server)->send(post("/x")))->status, 403);
        QCOMPARE(server.requestsFor("/api/csrf-token").size(), 1);
        QCOMPARE(server.requestsFor("/api/x").size(), 2);
    }

    void loopbackKnowsNoProxy()
    {
        FakeServer server;
        FakeServer proxy;
        server.on("/api/x", FakeAnswer::json("1"));
        qputenv("http_proxy", proxy.origin().toEncoded());
        qunsetenv("no_proxy");
        for (const char *host : {"127.0.0.1", "localhost"}) {
            QUrl url = server.apiUrl();
            url.setHost(QString::fromLatin1(host));
            QVERIFY(finished(std::make_shared<Transport>(withKey(url), quickLimits())->send(get("/x"))));
        }
        QCOMPARE(proxy.connections(), 0);
        const QUrl remote(QStringLiteral("http://prefect.example.org:4200/api"));
        QCOMPARE(RequestFactory::proxyFor(remote).port(), proxy.port());
        finished(std::make_shared<Transport>(settingsFor(remote), quickLimits())->send(get("/x")));
        qunsetenv("http_proxy");
        QCOMPARE(proxy.requests().size(), 1);
        QVERIFY(!proxy.requests().first().headers.contains("authorization"));
    }

    void faultsAreNamed()
    {
        FakeServer server;
        const QUrl url = server.apiUrl();
        server.goAway();
        const Answer refused = finished(std::make_shared<Transport>(settingsFor(url), quickLimits())->send(get("/x")));
        QCOMPARE(refused.error().fault, Fault::Refused);
        const QUrl unknown(QStringLiteral("http://no-such-host.invalid:4200/api"));
        const Answer nameless
            = finished(std::make_shared<Transport>(settingsFor(unknown), quickLimits())->send(get("/x")));
        QCOMPARE(nameless.error().fault, Fault::NameNotFound);
        server.comeBack();
        QUrl tls = url;
        tls.setScheme(QStringLiteral("https"));
        const Answer notTls = finished(std::make_shared<Transport>(settingsFor(tls), quickLimits())->send(get("/x")));
        QVERIFY(!notTls);
    }

    void shuttingDownEndsEverything()
    {
        FakeServer server;
        server.on("/api/x", FakeAnswer::never());
        FakeAnswer busy = FakeAnswer::detail(503, "busy");
        busy.headers = {{"Retry-After", "100"}};
        server.on("/api/busy", busy);
        for (const char *path : {"/x", "/busy"}) {
            server.forgetRequests();
            auto transport = transportTo(server);
            std::vector<QCoro::Task<Answer>> tasks;
            for (int i = 0; i < 6; ++i)
                tasks.push_back(transport->send(post(path)));
            QVERIFY(QTest::qWaitFor([&server] { return server.requests().size() >= 4; }));
            QTest::qWait(20);
            transport->shutDown();
            tasks.push_back(transport->send(get("/late")));
            const std::weak_ptr<Transport> left = transport;
            transport.reset();
            for (QCoro::Task<Answer> &task : tasks) {
                const Answer answer = finished(std::move(task));
                QVERIFY(!answer);
                QCOMPARE(answer.error().error.kind, ErrorKind::Cancelled);
            }
            QVERIFY(QTest::qWaitFor([&left] { return left.expired(); }));
        }
        QCOMPARE(server.requestsFor("/api/late").size(), 0);
    }
};

QTEST_GUILESS_MAIN(TransportTest)
#include "tst_transport.moc"
