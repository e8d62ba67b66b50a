// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/prefectprofiles.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

namespace {

const QByteArray kCanary = "CANARY-77e1";

/// A home folder with a profiles file.
struct Home {
    QTemporaryDir folder;
    QProcessEnvironment environment;
    QString file = folder.filePath(QStringLiteral(".prefect/profiles.toml"));

    explicit Home(const QByteArray &text = {})
    {
        environment.insert(QStringLiteral("HOME"), folder.path());
        if (!text.isEmpty())
            write(file, text);
    }
    static void write(const QString &path, const QByteArray &text)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    void set(const char *name, const QString &value) { environment.insert(QString::fromLatin1(name), value); }
    [[nodiscard]] PrefectProfiles read() const { return readPrefectProfiles(environment); }
    [[nodiscard]] PrefectProfile one() const
    {
        const PrefectProfiles found = read();
        return found.profiles.size() == 1 ? found.profiles.first() : PrefectProfile();
    }
};

/// What a person may see of it.
QString shown(const PrefectProfiles &found)
{
    QStringList text{found.error ? toText(*found.error) : QString()};
    for (const PrefectProfile &profile : found.profiles)
        text << profile.name << profile.problem << profile.warnings
             << profile.entry.connection.apiUrl.toString(QUrl::FullyEncoded);
    return text.join(u'\n');
}

} // namespace

class TestPrefectProfiles : public QObject
{
    Q_OBJECT

private slots:
    void readsProfilesAsPrefect3WritesThem()
    {
        const Home home(R"(active = "cloud-prod"
[profiles.cloud-prod]
PREFECT_API_URL = "https://api.prefect.cloud/api/accounts/0a/workspaces/0b/"
PREFECT_API_KEY = "pnu_1"
[profiles.local]
PREFECT_API_URL = "http://127.0.0.1:4200/api"
[profiles.ephemeral]
PREFECT_SERVER_ALLOW_EPHEMERAL_MODE = true
[profiles."with space"]
PREFECT_API_URL = "https://host/api"
PREFECT_API_AUTH_STRING = "me:pass:word"
PREFECT_API_KEY = "pnu_2"
PREFECT_CLIENT_CUSTOM_HEADERS = '{"X-Proxy": "token"}'
PREFECT_API_SSL_CERT_FILE = "~/ca.pem"
)");
        Home::write(home.folder.filePath(QStringLiteral("ca.pem")), "pem");
        const PrefectProfiles found = home.read();
        QVERIFY(!found.error);
        QCOMPARE(found.path, home.file);
        QCOMPARE(found.profiles.size(), 4);

        const PrefectProfile &cloud = found.profiles.at(0);
        QCOMPARE(cloud.name, QStringLiteral("cloud-prod"));
        QVERIFY(cloud.active && cloud.entry.isServer && cloud.problem.isEmpty() && cloud.warnings.isEmpty());
        QCOMPARE(cloud.entry.connection.apiUrl,
            QUrl(QStringLiteral("https://api.prefect.cloud/api/accounts/0a/workspaces/0b")));
        QCOMPARE(cloud.entry.connection.auth, ConnectionSettings::Auth::ApiKey);
        QCOMPARE(cloud.entry.connection.secret.reveal(), QByteArray("pnu_1"));

        const PrefectProfile &ephemeral = found.profiles.at(1);
        QCOMPARE(ephemeral.name, QStringLiteral("ephemeral"));
        QVERIFY(!ephemeral.problem.isEmpty());

        QCOMPARE(found.profiles.at(2).entry.connection.auth, ConnectionSettings::Auth::None);
        QVERIFY(!found.profiles.at(2).active);

        const PrefectProfile &basic = found.profiles.at(3);
        QCOMPARE(basic.entry.connection.auth, ConnectionSettings::Auth::Basic);
        QCOMPARE(basic.entry.connection.secret.reveal(), QByteArray("me:pass:word"));
        QCOMPARE(basic.entry.connection.headers.size(), 1);
        QCOMPARE(basic.entry.connection.headers.first().second.reveal(), QByteArray("token"));
        QCOMPARE(basic.entry.connection.caFile, home.folder.filePath(QStringLiteral("ca.pem")));
        QCOMPARE(basic.warnings.size(), 1);
    }

    void readsHeadersAsATable()
    {
        const PrefectProfile profile = Home("[profiles.a]\nPREFECT_API_URL = 'http://h/api'\n"
                                            "[profiles.a.PREFECT_CLIENT_CUSTOM_HEADERS]\nX-A = \"1\"\n")
                                           .one();
        QCOMPARE(profile.entry.connection.headers.size(), 1);
        QCOMPARE(profile.entry.connection.headers.first().first, QByteArray("X-A"));
    }

    void findsTheFileWherePrefectLooks()
    {
        Home home;
        QCOMPARE(prefectProfilesPath(home.environment), home.file);
        home.set("PREFECT_HOME", QStringLiteral("~/elsewhere"));
        QCOMPARE(
            prefectProfilesPath(home.environment), home.folder.filePath(QStringLiteral("elsewhere/profiles.toml")));
        home.set("PREFECT_PROFILES_PATH", QStringLiteral("${PREFECT_HOME}/mine.toml"));
        QCOMPARE(prefectProfilesPath(home.environment), home.folder.filePath(QStringLiteral("elsewhere/mine.toml")));
        home.set("PREFECT_PROFILES_PATH", QStringLiteral("/srv/profiles.toml"));
        QCOMPARE(prefectProfilesPath(home.environment), QStringLiteral("/srv/profiles.toml"));
        const PrefectProfiles none = home.read();
        QVERIFY(none.profiles.isEmpty() && !none.error);
    }

    void environmentIsOneMoreAndTheActiveOne()
    {
        Home home("active = \"a\"\n[profiles.a]\nPREFECT_API_URL = \"http://127.0.0.1:4200/api\"\n");
        home.set("PREFECT_API_KEY", QStringLiteral("unused"));
        QCOMPARE(home.read().profiles.size(), 1);
        QVERIFY(home.one().active);
        home.set("PREFECT_API_URL", QStringLiteral("https://env.example.org/api"));
        home.set("PREFECT_CLIENT_CUSTOM_HEADERS", QStringLiteral("{\"X-A\":\"1\"}"));
        const PrefectProfiles found = home.read();
        QCOMPARE(found.profiles.size(), 2);
        QVERIFY(found.profiles.first().fromEnvironment && found.profiles.first().active);
        QCOMPARE(found.profiles.first().entry.connection.headers.size(), 1);
        QVERIFY(!found.profiles.last().active);
    }

    void profileOfTheEnvironmentBeatsTheFilesActiveOne()
    {
        Home home("active='a'\n[profiles.a]\nPREFECT_API_URL='http://a/api'\n"
                  "[profiles.b]\nPREFECT_API_URL='http://b/api'\n");
        home.set("PREFECT_PROFILE", QStringLiteral("b"));
        QVERIFY(!home.read().profiles.first().active);
        QVERIFY(home.read().profiles.last().active);
    }

    void saysWhatItDoesNotTakeOver_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QString>("word");
        QTest::newRow("skip verify") << QByteArray("PREFECT_API_TLS_INSECURE_SKIP_VERIFY = true")
                                     << QStringLiteral("certificates");
        QTest::newRow("skip verify as text")
            << QByteArray("PREFECT_API_TLS_INSECURE_SKIP_VERIFY = 'True'") << QStringLiteral("certificates");
        QTest::newRow("missing CA") << QByteArray("PREFECT_API_SSL_CERT_FILE = '/no/such.pem'")
                                    << QStringLiteral("/no/such.pem");
        QTest::newRow("headers") << QByteArray("PREFECT_CLIENT_CUSTOM_HEADERS = 'X: " + kCanary + "'")
                                 << QStringLiteral("headers");
        QTest::newRow("plain http") << QByteArray("PREFECT_API_KEY = '" + kCanary + "'") << QStringLiteral("plain");
        QTest::newRow("password in the address")
            << QByteArray("PREFECT_API_URL = 'https://me:" + kCanary + "@host/api'") << QStringLiteral("password");
    }

    void saysWhatItDoesNotTakeOver()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QString, word);
        const QByteArray url
            = settings.contains("PREFECT_API_URL") ? QByteArray() : "PREFECT_API_URL = 'http://host/api'\n";
        const Home home("[profiles.a]\n" + url + settings + "\n");
        const PrefectProfile profile = home.one();
        QCOMPARE(profile.warnings.size(), 1);
        QVERIFY2(profile.warnings.first().contains(word), qPrintable(profile.warnings.first()));
        QVERIFY(profile.problem.isEmpty());
        QVERIFY(!shown(home.read()).contains(QString::fromLatin1(kCanary)));
    }

    void warnsOfAFileThatOthersRead()
    {
        const Home home("[profiles.a]\nPREFECT_API_URL='https://h/api'\nPREFECT_API_KEY='k'\n");
        QVERIFY(home.one().warnings.isEmpty());
        QFile::setPermissions(home.file, QFile::permissions(home.file) | QFile::ReadOther);
        const QDateTime written = QFileInfo(home.file).lastModified();
        QCOMPARE(home.one().warnings.size(), 1);
        QVERIFY(home.one().warnings.first().contains(home.file));
        QCOMPARE(QFileInfo(home.file).lastModified(), written);
    }

    void brokenFileTellsItsPlaceAndNoSecret_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("no quote") << QByteArray("[profiles.a]\nPREFECT_API_KEY = " + kCanary + "\n") << 2;
        QTest::newRow("open quote") << QByteArray("[profiles.a]\nPREFECT_API_KEY = \"" + kCanary + "\n") << 2;
        QTest::newRow("twice") << QByteArray("[profiles.a]\nA='" + kCanary + "'\nA='" + kCanary + "'\n") << 3;
        QTest::newRow("no UTF-8") << QByteArray("[profiles.a]\n\nA='" + kCanary + "\xff'\n") << 3;
        QTest::newRow("binary") << QByteArray("\x00\x01\x02", 3) << 1;
    }

    void brokenFileTellsItsPlaceAndNoSecret()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        Home home(text);
        home.set("PREFECT_API_URL", QStringLiteral("http://127.0.0.1:4200/api"));
        const PrefectProfiles found = home.read();
        QVERIFY(found.error);
        QCOMPARE(found.error->kind, ErrorKind::Parse);
        QCOMPARE(found.error->line, line);
        QVERIFY(found.error->column > 0);
        QCOMPARE(found.error->file, home.file);
        QVERIFY2(!shown(found).contains(QString::fromLatin1(kCanary)), qPrintable(shown(found)));
        // The environment does not depend on the file.
        QCOMPARE(found.profiles.size(), 1);
    }

    void oddShapesAreNoProfiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("profiles");
        QTest::newRow("empty") << QByteArray("\n") << 0;
        QTest::newRow("profiles is a text") << QByteArray("profiles = 'x'") << 0;
        QTest::newRow("a profile is a number") << QByteArray("active = 7\n[profiles]\na = 1\n") << 0;
        QTest::newRow("an empty profile") << QByteArray("[profiles.cloud]\n") << 1;
        QTest::newRow("no address") << QByteArray("[profiles.x]\nPREFECT_API_URL = 'nonsense'\n") << 1;
        QTest::newRow("an array") << QByteArray("[profiles.x]\nPREFECT_API_URL = ['http://h/api']\n") << 1;
        QTest::newRow("a file address") << QByteArray("[profiles.x]\nPREFECT_API_URL = 'file:///etc/passwd'\n") << 1;
    }

    void oddShapesAreNoProfiles()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, profiles);
        const PrefectProfiles found = Home(text).read();
        QVERIFY(!found.error);
        QCOMPARE(found.profiles.size(), profiles);
        for (const PrefectProfile &profile : found.profiles)
            QVERIFY(!profile.problem.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPrefectProfiles)
#include "tst_prefectprofiles.moc"
