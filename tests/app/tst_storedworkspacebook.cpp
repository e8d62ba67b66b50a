// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/storedworkspacebook.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

namespace {

WorkspaceEntry fullEntry()
{
    WorkspaceEntry entry;
    entry.name = QStringLiteral("Größe & Söhne / prod");
    entry.isServer = true;
    entry.connection.apiUrl = QUrl(QStringLiteral("https://prefect.example.org:8443/base/api"));
    entry.connection.auth = ConnectionSettings::Auth::Basic;
    entry.connection.headers = {{"X-One", Secret()}, {"X-Two", Secret()}};
    entry.connection.caFile = QStringLiteral("/etc/ssl/own, with comma.pem");
    entry.connection.clientCertificateFile = QStringLiteral("/home/me/cert.pem");
    entry.connection.clientKeyFile = QStringLiteral("/home/me/key.pem");
    entry.connection.secretOverPlainHttp = true;
    entry.colour = 5;
    entry.protection = Protection::Production;
    entry.refreshSeconds = 60;
    entry.keptDays = 90;
    return entry;
}

struct Known {
    QTemporaryDir folder;
    Keychain keychain;
    QString file = folder.filePath(QStringLiteral("config/flowdeck/flowdeck.ini"));
    std::unique_ptr<StoredWorkspaceBook> book = open();

    [[nodiscard]] std::unique_ptr<StoredWorkspaceBook> open()
    {
        return std::make_unique<StoredWorkspaceBook>(keychain, folder.path(), file);
    }
};

} // namespace

class TestStoredWorkspaceBook : public QObject
{
    Q_OBJECT

private slots:
    void keepsEveryFieldAndTheOrder()
    {
        Known known;
        const QString first = known.book->add(fullEntry());
        WorkspaceEntry local;
        local.name = QStringLiteral("sample");
        local.storePath = QStringLiteral("/data/sample.flowdeck");
        const QString second = known.book->add(local);
        WorkspaceEntry expected = fullEntry();
        expected.id = first;
        expected.storePath = known.folder.filePath(QStringLiteral("gro-e-sohne-prod-%1.flowdeck").arg(first.left(8)));
        QCOMPARE(known.book->find(first).value(), expected);

        const auto again = known.open();
        QCOMPARE(again->entries().size(), 2);
        QCOMPARE(again->entries().first(), expected);
        QCOMPARE(again->entries().last().id, second);
        QCOMPARE(again->entries().last().storePath, local.storePath);
    }

    void updatesAndForgets()
    {
        Known known;
        const QString id = known.book->add(fullEntry());
        QSignalSpy changed(known.book.get(), &WorkspaceBook::changed);
        WorkspaceEntry entry = known.book->find(id).value();
        entry.name = QStringLiteral("other");
        known.book->update(entry);
        QCOMPARE(changed.size(), 1);
        known.book->update(entry);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(known.open()->find(id)->name, QStringLiteral("other"));
        // The file keeps its name: the mirror is in it.
        QVERIFY(known.open()->find(id)->storePath.contains(QStringLiteral("sohne")));

        known.book->remove(id);
        QVERIFY(known.book->entries().isEmpty());
        QVERIFY(known.open()->entries().isEmpty());
        QFile file(known.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(id.toLatin1()));
    }

    void fileIsTheOwnersAlone()
    {
        Known known;
        known.book->add(fullEntry());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(known.file) & others));
        QFile::setPermissions(known.file, QFile::permissions(known.file) | others);
        const auto again = known.open();
        QVERIFY(!(QFile::permissions(known.file) & others));
    }

    void passwordsInTheAddressAreNotKept()
    {
        Known known;
        WorkspaceEntry entry = fullEntry();
        entry.connection.apiUrl = QUrl(QStringLiteral("https://me:CANARY@host/api/?token=CANARY#CANARY"));
        entry.connection.secret = Secret("CANARY");
        entry.connection.headers = {{"X-One", Secret("CANARY")}};
        const QString id = known.book->add(entry);
        QCOMPARE(known.book->find(id)->connection.apiUrl, QUrl(QStringLiteral("https://host/api")));
        QFile file(known.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("CANARY"));
    }

    void aSecondFlowdeckLosesNothing()
    {
        Known known;
        const auto other = known.open();
        const QString mine = known.book->add(fullEntry());
        const QString theirs = other->add(fullEntry());
        const auto again = known.open();
        QVERIFY(again->find(mine));
        QVERIFY(again->find(theirs));
    }

    void nonsenseInTheFileIsReadOnTheSafeSide()
    {
        Known known;
        const QString id = known.book->add(fullEntry());
        {
            QSettings settings(known.file, QSettings::IniFormat);
            settings.setValue(QStringLiteral("workspaces/%1/protection").arg(id), 77);
            settings.setValue(QStringLiteral("workspaces/%1/refresh").arg(id), QStringLiteral("often"));
            settings.setValue(QStringLiteral("workspaces/%1/sign_in").arg(id), -3);
        }
        const WorkspaceEntry entry = known.open()->find(id).value();
        QCOMPARE(entry.protection, Protection::ReadOnly);
        QVERIFY(entry.refreshSeconds >= 1);
        QCOMPARE(entry.connection.auth, ConnectionSettings::Auth::None);
    }
};

QTEST_GUILESS_MAIN(TestStoredWorkspaceBook)
#include "tst_storedworkspacebook.moc"
