// SPDX-License-Identifier: GPL-3.0-or-later
// Run through with_keychain.sh for a real keychain (`real`) and one that never answers (`mute`); without arguments
// there is no session bus at all.
#include "app/settings/keychain.h"
#include "app/settings/storedworkspacebook.h"

#include <QCoroTask>
#include <QDBusConnection>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace fd;

namespace {

QByteArray mode;
const QByteArray kCanary = "CANARY-5c1e7a";
constexpr int kShortPatienceMs = 300;

template<typename T>
std::optional<T> wait(QFuture<T> future)
{
    return QTest::qWaitFor([&future] { return future.isFinished(); }, 8000) ? std::optional(future.result())
                                                                            : std::nullopt;
}

template<typename T>
std::optional<T> wait(QCoro::Task<T> task, QObject *context)
{
    std::optional<T> value;
    QCoro::connect(std::move(task), context, [&value](T result) { value.emplace(std::move(result)); });
    return QTest::qWaitFor([&value] { return value.has_value(); }, 8000) ? value : std::nullopt;
}

bool hasCanary(const QString &folder)
{
    const QList<QByteArray> forms{kCanary, kCanary.toBase64(), kCanary.toHex(),
        QByteArray(reinterpret_cast<const char *>(QString::fromLatin1(kCanary).utf16()), kCanary.size() * 2)};
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        if (std::any_of(forms.begin(), forms.end(), [&bytes](const QByteArray &form) { return bytes.contains(form); }))
            return true;
    }
    return false;
}

WorkspaceEntry server()
{
    WorkspaceEntry entry;
    entry.name = QStringLiteral("warehouse-prod");
    entry.isServer = true;
    entry.connection.apiUrl = QUrl(QStringLiteral("https://prefect.example.org/api"));
    entry.connection.auth = ConnectionSettings::Auth::ApiKey;
    entry.connection.secret = Secret(kCanary);
    entry.connection.headers = {{"X-Proxy", Secret(kCanary + "-header")}};
    return entry;
}

} // namespace

class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        if (mode == "missing")
            QSKIP("dbus-daemon or gnome-keyring is not installed: no keychain was tried");
    }

    void realKeepsReplacesAndForgets()
    {
        if (mode != "real")
            return;
        Keychain keychain;
        QCOMPARE(wait(keychain.read(QStringLiteral("nobody")))->error().kind, ErrorKind::NotFound);
        QVERIFY(wait(keychain.write(QStringLiteral("a"), "first"))->has_value());
        QVERIFY(wait(keychain.write(QStringLiteral("a"), "zwölf ✓"))->has_value());
        QCOMPARE(wait(keychain.read(QStringLiteral("a")))->value(), QByteArray("zwölf ✓"));
        QVERIFY(wait(keychain.remove(QStringLiteral("a")))->has_value());
        QVERIFY(wait(keychain.remove(QStringLiteral("a")))->has_value());
        QCOMPARE(wait(keychain.read(QStringLiteral("a")))->error().kind, ErrorKind::NotFound);
    }

    void realSurvivesARestartAndIsInNoFile()
    {
        if (mode != "real")
            return;
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("flowdeck.ini"));
        QString id;
        {
            Keychain keychain;
            StoredWorkspaceBook book(keychain, folder.path(), file);
            id = book.add(server());
            QCOMPARE(wait(book.keepSecrets(id, server().connection), &book), SecretsKept::Keychain);
            QCOMPARE(book.secretsKept(id), SecretsKept::Keychain);
        }
        QVERIFY(!hasCanary(folder.path()));
        Keychain keychain;
        StoredWorkspaceBook book(keychain, folder.path(), file);
        QCOMPARE(book.secretsKept(id), SecretsKept::Keychain);
        const auto settings = wait(book.connectionOf(id), &book);
        QVERIFY(settings && *settings);
        QCOMPARE((*settings)->secret.reveal(), kCanary);
        QCOMPARE((*settings)->headers.first().second.reveal(), kCanary + "-header");

        book.remove(id);
        QTRY_VERIFY(!wait(keychain.read(id))->has_value());
    }

    void withoutAnAnswerItGivesUpAndTheWindowLives()
    {
        if (mode != "mute")
            return;
        Keychain keychain(QStringLiteral("flowdeck"), kShortPatienceMs);
        int turns = 0;
        QTimer loop;
        connect(&loop, &QTimer::timeout, this, [&turns] { ++turns; });
        loop.start(1);
        const auto first = wait(keychain.read(QStringLiteral("a")));
        QVERIFY(first);
        QCOMPARE(first->error().kind, ErrorKind::Storage);
        QVERIFY(turns > 10);
        // The next does not even wait: the service still holds the first.
        QCOMPARE(wait(keychain.write(QStringLiteral("a"), kCanary))->error().kind, ErrorKind::Storage);
    }

    void withoutAKeychainTheSessionKeepsIt()
    {
        if (mode == "real")
            return;
        QTemporaryDir folder;
        Keychain keychain(QStringLiteral("flowdeck"), mode == "mute" ? kShortPatienceMs : Keychain::kPatienceMs);
        const QString file = folder.filePath(QStringLiteral("flowdeck.ini"));
        QString id;
        {
            StoredWorkspaceBook book(keychain, folder.path(), file);
            id = book.add(server());
            QCOMPARE(wait(book.keepSecrets(id, server().connection), &book), SecretsKept::ThisSessionOnly);
            QCOMPARE(book.secretsKept(id), SecretsKept::ThisSessionOnly);
            const auto settings = wait(book.connectionOf(id), &book);
            QCOMPARE((*settings)->secret.reveal(), kCanary);
        }
        QVERIFY(!hasCanary(folder.path()));
        StoredWorkspaceBook next(keychain, folder.path(), file);
        QCOMPARE(next.secretsKept(id), SecretsKept::None);
        QVERIFY((*wait(next.connectionOf(id), &next))->secret.isEmpty());
    }
};

namespace {

/// Takes the Secret Service's name and stands still.
int standMute(QCoreApplication &)
{
    if (!QDBusConnection::sessionBus().registerService(QStringLiteral("org.freedesktop.secrets")))
        return 1;
    QFile ready(QDir::homePath() + QStringLiteral("/mute"));
    if (!ready.open(QIODevice::WriteOnly))
        return 1;
    ready.close();
    return std::raise(SIGSTOP);
}

} // namespace

int main(int argc, char **argv)
{
    mode = argc > 1 ? argv[1] : "none";
    if (mode == "none")
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QCoreApplication application(argc, argv);
    if (mode == "mute-service")
        return standMute(application);
    TestKeychain test;
    return QTest::qExec(&test, QStringList{application.applicationName()});
}

#include "tst_keychain.moc"
