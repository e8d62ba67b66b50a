// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/addresses.h"
#include "models/prefect/client.h"
#include "models/prefect/serverprobe.h"
#include "tests/prefect/prefecttest.h"
#include "tests/support/fakeprefect.h"

#include <QProcess>
#include <QTemporaryDir>

using namespace fd;
using namespace fd::test;
using Kind = DiagnosisStep::Kind;

namespace {

Diagnosis diagnose(const ConnectionSettings &settings, const Limits &limits = quickLimits())
{
    PrefectClient client(settings, nullptr, limits);
    return finished(client.diagnose());
}

Diagnosis diagnose(const QUrl &url) { return diagnose(settingsFor(url)); }

QUrl at(const FakeServer &server, const QString &path)
{
    QUrl url = server.origin();
    url.setPath(path);
    return url;
}

/// A server whose own pages answer every other path, as in its container images.
void serveUi(FakePrefect &server)
{
    server.on("/admin/version", FakeAnswer::html("<!doctype html><title>Prefect</title>"));
    server.on("/deployments/admin/version", FakeAnswer::html("<!doctype html><title>Prefect</title>"));
    server.on("/deployments/api/admin/version", FakeAnswer::html("<!doctype html><title>Prefect</title>"));
}

/// A certificate for `name`, made for this test by openssl: its file's content and that of its key.
std::pair<QByteArray, QByteArray> certificateFor(const QTemporaryDir &folder, const QString &name, int days)
{
    const QString key = folder.filePath(name + QStringLiteral(".key"));
    const QString certificate = folder.filePath(name + QStringLiteral(".pem"));
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
        {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
            QStringLiteral("-nodes"), QStringLiteral("-keyout"), key, QStringLiteral("-out"), certificate,
            QStringLiteral("-days"), QString::number(days), QStringLiteral("-subj"), QStringLiteral("/CN=") + name,
            QStringLiteral("-addext"),
            name == QLatin1String("127.0.0.1") ? QStringLiteral("subjectAltName=IP:") + name
                                               : QStringLiteral("subjectAltName=DNS:") + name});
    openssl.waitForFinished();
    QFile keyFile(key);
    QFile certificateFile(certificate);
    if (!keyFile.open(QIODevice::ReadOnly) || !certificateFile.open(QIODevice::ReadOnly))
        return {};
    return {certificateFile.readAll(), keyFile.readAll()};
}

} // namespace

class DiagnosisTest : public QObject
{
    Q_OBJECT

private slots:
    void aGoodServerPassesFiveSteps()
    {
        FakePrefect server;
        const Diagnosis diagnosis = diagnose(server.apiUrl());
        QVERIFY(diagnosis.info);
        QVERIFY(!diagnosis.error);
        QVERIFY(diagnosis.suggestedUrl.isEmpty());
        QList<Kind> kinds;
        for (const DiagnosisStep &step : diagnosis.steps) {
            QVERIFY(step.passed);
            QVERIFY(!step.detail.isEmpty());
            kinds.append(step.kind);
        }
        QCOMPARE(kinds, (QList<Kind>{Kind::Address, Kind::Name, Kind::Connection, Kind::SignIn, Kind::Version}));
        QVERIFY(diagnosis.steps.at(2).tookUs > 0);
        QCOMPARE(diagnosis.steps.last().detail, QStringLiteral("Prefect 3.8.8"));
    }

    void addressesAreChecked_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("suggested");
        const QString cloud
            = QStringLiteral("https://api.prefect.cloud/api/accounts/11111111-1111-4111-8111-111111111111/"
                             "workspaces/22222222-2222-4222-8222-222222222222");
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("no scheme") << QStringLiteral("prefect.example.org:4200/api") << QString();
        QTest::newRow("other scheme") << QStringLiteral("ftp://prefect.example.org/api") << QString();
        QTest::newRow("password") << QStringLiteral("http://a:b@127.0.0.1:4200/api")
                                  << QStringLiteral("http://127.0.0.1:4200/api");
        QTest::newRow("cloud page") << QStringLiteral(
            "https://app.prefect.cloud/account/11111111-1111-4111-8111-111111111111/workspace/"
            "22222222-2222-4222-8222-222222222222/deployments?x=1")
                                    << cloud;
        QTest::newRow("singular") << QStringLiteral("https://api.prefect.cloud/api/account/"
                                                    "11111111-1111-4111-8111-111111111111/workspace/"
                                                    "22222222-2222-4222-8222-222222222222")
                                  << cloud;
        QTest::newRow("cloud front page") << QStringLiteral("https://app.prefect.cloud/") << QString();
        QTest::newRow("cloud without workspace") << QStringLiteral("https://api.prefect.cloud/api") << QString();
    }
    void addressesAreChecked()
    {
        QFETCH(QString, given);
        QFETCH(QString, suggested);
        const Diagnosis diagnosis = diagnose(QUrl(given));
        QCOMPARE(diagnosis.steps.size(), 1);
        QCOMPARE(diagnosis.steps.first().kind, Kind::Address);
        QVERIFY(diagnosis.error);
        QCOMPARE(diagnosis.suggestedUrl.toString(), suggested);
    }

    void aKeyInClearIsAnAddressFault()
    {
        const Diagnosis diagnosis = diagnose(withKey(QUrl(QStringLiteral("http://192.0.2.1:4200/api"))));
        QCOMPARE(diagnosis.steps.size(), 1);
        QCOMPARE(diagnosis.error->kind, ErrorKind::Auth);
    }

    void nobodyThere()
    {
        FakePrefect server;
        const QUrl url = server.apiUrl();
        server.goAway();
        const Diagnosis refused = diagnose(url);
        QCOMPARE(refused.steps.last().kind, Kind::Connection);
        QVERIFY(refused.error->detail.contains(QLatin1String("refused")));
        const Diagnosis nameless = diagnose(QUrl(QStringLiteral("http://no-such-host.invalid:4200/api")));
        QCOMPARE(nameless.steps.last().kind, Kind::Name);
        QVERIFY(nameless.error->detail.contains(QLatin1String("no-such-host.invalid")));
    }

    void aSilentServerTakesBoundedTime()
    {
        FakeServer server;
        server.on("/api/admin/version", FakeAnswer::never());
        Limits limits = quickLimits();
        limits.probe = std::chrono::milliseconds(200);
        const Diagnosis diagnosis = diagnose(settingsFor(server.apiUrl()), limits);
        QCOMPARE(diagnosis.steps.last().kind, Kind::Connection);
        QCOMPARE(diagnosis.error->kind, ErrorKind::Timeout);
    }

    void aDeadProxyIsNamed()
    {
        FakeServer proxy;
        qputenv("http_proxy", proxy.origin().toEncoded());
        proxy.goAway();
        const Diagnosis diagnosis = diagnose(QUrl(QStringLiteral("http://prefect.example.org:4200/api")));
        qunsetenv("http_proxy");
        QCOMPARE(diagnosis.steps.last().kind, Kind::Connection);
        QVERIFY2(diagnosis.error->detail.contains(QLatin1String("proxy")), qPrintable(diagnosis.error->detail));
        QVERIFY(diagnosis.steps.at(1).detail.contains(QLatin1String("proxy")));
    }

    void keysAreAskedFor()
    {
        FakePrefect server;
        server.authorization = "Bearer right";
        const Diagnosis none = diagnose(server.apiUrl());
        QCOMPARE(none.steps.last().kind, Kind::SignIn);
        QCOMPARE(none.error->kind, ErrorKind::Auth);
        const Diagnosis wrong = diagnose(withKey(server.apiUrl(), "canary-wrong"));
        QCOMPARE(wrong.steps.last().kind, Kind::SignIn);
        QVERIFY(!wrong.error->detail.contains(QLatin1String("canary")));
        QVERIFY(none.error->detail != wrong.error->detail);
        QVERIFY(diagnose(withKey(server.apiUrl(), "right")).info);
        server.on("/api/admin/version", FakeAnswer::html("<h1>Forbidden</h1>", 403));
        QCOMPARE(diagnose(server.apiUrl()).steps.last().kind, Kind::SignIn);
    }

    void otherAddressesOfTheServerLeadToItsApi_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"", "/", "/deployments", "/api/deployments", "/api/docs/x"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void otherAddressesOfTheServerLeadToItsApi()
    {
        QFETCH(QString, path);
        FakePrefect server;
        serveUi(server);
        const Diagnosis diagnosis = diagnose(at(server, path));
        QCOMPARE(diagnosis.steps.last().kind, Kind::Version);
        QVERIFY(!diagnosis.info);
        QCOMPARE(diagnosis.suggestedUrl, server.apiUrl());
        QVERIFY(diagnosis.error->detail.contains(server.apiUrl().toString()));
        // Candidates are asked without the key.
        server.forgetRequests();
        diagnose(withKey(at(server, path)));
        for (const FakeRequest &request : server.requestsFor("/api/admin/version"))
            QVERIFY(!request.headers.contains("authorization"));
    }

    void slashesAtTheEndAreForgiven()
    {
        FakePrefect server;
        QVERIFY(diagnose(at(server, QStringLiteral("/api/"))).info);
    }

    void otherServicesAreNoPrefect_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("portal") << 200 << QByteArray("text/html") << QByteArray("<html>Welcome to the hotel</html>");
        QTest::newRow("portal that lies") << 200 << QByteArray("application/json") << QByteArray("<html>Hi</html>");
        QTest::newRow("object") << 200 << QByteArray("application/json") << QByteArray(R"({"version":"9.1"})");
        QTest::newRow("other text") << 200 << QByteArray("application/json") << QByteArray("\"hello\"");
        QTest::newRow("plain text") << 200 << QByteArray("text/plain") << QByteArray("OK");
        QTest::newRow("absent") << 404 << QByteArray("text/plain") << QByteArray("nope");
    }
    void otherServicesAreNoPrefect()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        FakeServer server;
        FakeAnswer answer = FakeAnswer::json(body, status);
        answer.contentType = type;
        server.otherwise([answer](const FakeRequest &) { return answer; });
        const Diagnosis diagnosis = diagnose(server.apiUrl());
        QCOMPARE(diagnosis.steps.last().kind, Kind::Version);
        QCOMPARE(diagnosis.error->kind, ErrorKind::Parse);
        QVERIFY(diagnosis.suggestedUrl.isEmpty());
        QVERIFY(!diagnosis.error->detail.contains(QLatin1String("hotel")));
    }

    void oldServersAreNamed()
    {
        FakePrefect server(Generation::Orion);
        server.version = "2.0b7";
        const Diagnosis beta = diagnose(server.apiUrl());
        QCOMPARE(beta.steps.last().kind, Kind::Version);
        QVERIFY(beta.error->detail.contains(QLatin1String("too old")));
        FakeServer one;
        one.on("/graphql", FakeAnswer::html("GET query missing.", 400));
        const Diagnosis first = diagnose(one.apiUrl());
        QVERIFY2(first.error->detail.contains(QLatin1String("Prefect 1")), qPrintable(first.error->detail));
    }

    void versionsAreRead_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<int>("generation");
        QTest::newRow("Orion") << "2.0b8" << int(Generation::Orion);
        QTest::newRow("later beta") << "2.0b16+3.gabc" << int(Generation::Orion);
        QTest::newRow("release candidate") << "2.0rc1" << int(Generation::Prefect2);
        QTest::newRow("2.0.0") << "2.0.0" << int(Generation::Prefect2);
        QTest::newRow("2") << "2.20.25" << int(Generation::Prefect2);
        QTest::newRow("dev") << "3.8.4.dev6" << int(Generation::Prefect3);
        QTest::newRow("future") << "4.0.0" << int(Generation::Prefect3);
        QTest::newRow("one") << "1.4.1" << -1;
        QTest::newRow("alpha") << "2.0a13" << -1;
        QTest::newRow("old beta") << "2.0b1" << -1;
        QTest::newRow("text") << "unknown" << -1;
        QTest::newRow("empty") << "" << -1;
    }
    void versionsAreRead()
    {
        QFETCH(QString, version);
        QFETCH(int, generation);
        const Result<ServerInfo> info = infoOfVersion(version);
        QCOMPARE(info ? static_cast<int>(info->generation) : -1, generation);
    }

    void aWrongSchemeIsNoticed()
    {
        FakePrefect plain;
        QUrl tls = plain.apiUrl();
        tls.setScheme(QStringLiteral("https"));
        const Diagnosis notTls = diagnose(tls);
        QCOMPARE(notTls.steps.last().kind, Kind::Connection);
        QCOMPARE(notTls.suggestedUrl, plain.apiUrl());
        // A proxy that sends everybody to TLS.
        FakePrefect target;
        FakeServer front;
        front.on("/api/admin/version", FakeAnswer::redirect(308, target.apiUrl().toEncoded() + "/admin/version"));
        const Diagnosis sentOn = diagnose(front.apiUrl());
        QCOMPARE(sentOn.steps.last().kind, Kind::Connection);
        QCOMPARE(sentOn.suggestedUrl, target.apiUrl());
    }

    void certificatesAreChecked()
    {
        const QTemporaryDir folder;
        const auto [good, goodKey] = certificateFor(folder, QStringLiteral("127.0.0.1"), 2);
        if (good.isEmpty())
            QSKIP("openssl is missing");
        const auto [other, otherKey] = certificateFor(folder, QStringLiteral("other.example.org"), 2);
        FakePrefect server;
        server.useTls(good, goodKey);
        ConnectionSettings settings = withKey(server.apiUrl());
        const Diagnosis unknown = diagnose(settings);
        QCOMPARE(unknown.steps.last().kind, Kind::Connection);
        QVERIFY2(unknown.error->detail.contains(QLatin1String("self-signed")), qPrintable(unknown.error->detail));
        QVERIFY(server.requests().isEmpty());
        settings.caFile = folder.filePath(QStringLiteral("127.0.0.1.pem"));
        QVERIFY(diagnose(settings).info);
        FakePrefect impostor;
        impostor.useTls(other, otherKey);
        settings.apiUrl = impostor.apiUrl();
        QCOMPARE(diagnose(settings).steps.last().kind, Kind::Connection);
        settings.caFile = folder.filePath(QStringLiteral("other.example.org.pem"));
        const Diagnosis mismatch = diagnose(settings);
        QVERIFY2(
            mismatch.error->detail.contains(QLatin1String("other.example.org")), qPrintable(mismatch.error->detail));
        QVERIFY(impostor.requests().isEmpty());
        settings.caFile = folder.filePath(QStringLiteral("missing.pem"));
        const Diagnosis missing = diagnose(settings);
        QCOMPARE(missing.steps.last().kind, Kind::Address);
        QCOMPARE(missing.error->file, settings.caFile);
        settings.caFile = folder.filePath(QStringLiteral("127.0.0.1.key"));
        QCOMPARE(diagnose(settings).steps.last().kind, Kind::Address);
    }
};

QTEST_GUILESS_MAIN(DiagnosisTest)
#include "tst_diagnosis.moc"
