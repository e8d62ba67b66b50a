// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"
#include "models/store/migrator.h"
#include "models/store/settingrepository.h"
#include "models/store/store.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <unistd.h>

using namespace fd;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant kNow{1'795'478'400'000'000};

Deployment deploymentNumber(int number)
{
    Deployment deployment;
    deployment.name = QStringLiteral("d%1").arg(number);
    deployment.flowName = QStringLiteral("flow");
    deployment.specText = QString(2000, u'x');
    return deployment;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

/// Every way in which opening a workspace can fail: its own sentence, and nothing destroyed.
class TestStoreOpen : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void makesPrivateFiles();
    void missingFile();
    void missingFolder();
    void notADatabase();
    void databaseOfAnotherProgram();
    void newerSchema();
    void lockedByAnotherProgram();
    void readOnlyPlace();
    void damagedAtEachPageHeader();
    void truncatedAtEachPage();
    void backUpBeforeAStep();
    void diskFullAtEachWrite();

private:
    Result<std::unique_ptr<Store>> open(Store::OpenMode mode = Store::OpenMode::Existing)
    {
        return Store::open(m_path, mode);
    }
    void fill(int deployments);
    QString errorText(const Result<std::unique_ptr<Store>> &store) { return store ? QString() : toText(store.error()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestStoreOpen::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("odd name #%20?.flowdeck"));
}

void TestStoreOpen::fill(int deployments)
{
    auto store = open(Store::OpenMode::CreateIfMissing);
    QVERIFY2(store, qPrintable(errorText(store)));
    const auto written = (*store)
                             ->write([deployments](Connection &db) {
                                 for (int i = 0; i < deployments; ++i)
                                     DeploymentRepository(db).upsert(deploymentNumber(i), kNow);
                             })
                             .result();
    QVERIFY(written);
}

void TestStoreOpen::makesPrivateFiles()
{
    auto store = open(Store::OpenMode::CreateIfMissing);
    QVERIFY(store);
    QVERIFY(
        (*store)
            ->write([](Connection &db) { SettingRepository(db).setValue(QStringLiteral("a"), QStringLiteral("b")); })
            .result());
    const auto files = QDir(m_folder->path()).entryInfoList(QDir::Files);
    QVERIFY(files.size() >= 2);
    for (const QFileInfo &file : files) {
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
    }
}

void TestStoreOpen::missingFile()
{
    const auto store = open();
    QVERIFY(!store);
    QCOMPARE(store.error().kind, ErrorKind::NotFound);
    QVERIFY(!QFile::exists(m_path));
}

void TestStoreOpen::missingFolder()
{
    m_path = m_folder->filePath(QStringLiteral("no/such/folder/w.flowdeck"));
    const auto store = open(Store::OpenMode::CreateIfMissing);
    QVERIFY(!store);
    QVERIFY(errorText(store).contains(u"folder"));
}

void TestStoreOpen::notADatabase()
{
    for (const QByteArray &bytes :
        {QByteArray("hello"), QByteArray(5000, 'x'), QByteArray("SQLite format 3\0 and then nothing", 33)}) {
        overwrite(m_path, bytes);
        const auto store = open(Store::OpenMode::CreateIfMissing);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::Storage);
        QVERIFY2(errorText(store).contains(u"not a Flowdeck workspace"), qPrintable(errorText(store)));
        QCOMPARE(contents(m_path), bytes);
    }
}

void TestStoreOpen::databaseOfAnotherProgram()
{
    sqlite3 *other = nullptr;
    QCOMPARE(sqlite3_open(m_path.toUtf8().constData(), &other), SQLITE_OK);
    QCOMPARE(sqlite3_exec(other, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')", nullptr,
                 nullptr, nullptr),
        SQLITE_OK);
    sqlite3_close(other);
    const auto store = open();
    QVERIFY(!store);
    QVERIFY(errorText(store).contains(u"another program"));
}

void TestStoreOpen::newerSchema()
{
    fill(1);
    sqlite3 *newer = nullptr;
    QCOMPARE(sqlite3_open(m_path.toUtf8().constData(), &newer), SQLITE_OK);
    QCOMPARE(sqlite3_exec(newer, "PRAGMA user_version = 999", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(newer);
    const auto store = open();
    QVERIFY(!store);
    QVERIFY(errorText(store).contains(u"newer Flowdeck"));
}

void TestStoreOpen::lockedByAnotherProgram()
{
    fill(1);
    sqlite3 *other = nullptr;
    QCOMPARE(sqlite3_open(m_path.toUtf8().constData(), &other), SQLITE_OK);
    QCOMPARE(
        sqlite3_exec(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
    const auto store = open();
    QVERIFY(!store);
    QVERIFY2(errorText(store).contains(u"locked"), qPrintable(errorText(store)));
    sqlite3_close(other);
    QVERIFY(open());
}

void TestStoreOpen::readOnlyPlace()
{
    fill(1);
    const QFile::Permissions readable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
    QVERIFY(QFile::setPermissions(m_path, readable));
    QVERIFY(QFile::setPermissions(m_folder->path(), readable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther));
    // Root may write everywhere, so root looks as nobody.
    constexpr uid_t kNobody = 65534;
    const bool isRoot = geteuid() == 0;
    if (isRoot)
        QCOMPARE(seteuid(kNobody), 0);
    const auto store = open();
    if (isRoot)
        QCOMPARE(seteuid(0), 0);
    QVERIFY(QFile::setPermissions(m_folder->path(), readable | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(!store);
    QVERIFY2(errorText(store).contains(u"written to"), qPrintable(errorText(store)));
}

void TestStoreOpen::damagedAtEachPageHeader()
{
    fill(60);
    const QByteArray good = contents(m_path);
    const int pageSize = 4096;
    int refused = 0;
    int found = 0;
    for (qsizetype page = 0; page < good.size(); page += pageSize) {
        QByteArray bad = good;
        for (int i = 0; i < 12; ++i)
            bad[page + i] = static_cast<char>(0xA5 ^ i);
        QFile::remove(m_path + QStringLiteral("-wal"));
        QFile::remove(m_path + QStringLiteral("-shm"));
        overwrite(m_path, bad);
        auto store = open();
        if (!store) {
            ++refused;
            QVERIFY(!store.error().detail.isEmpty());
        } else {
            // What opening did not see, reading says: an error, never a crash and never invented rows.
            DeploymentRepository repository((*store)->reader());
            const auto ids = repository.ids(DeploymentSort::Name, false);
            for (const RowId id : ids)
                std::ignore = repository.find(id);
            if ((*store)->reader().error())
                ++found;
            QVERIFY(ids.size() <= 60);
            store->reset();
        }
        QVERIFY(contents(m_path).size() >= bad.size());
    }
    qInfo("%d pages: %d refused at opening, %d found when read", int(good.size() / pageSize), refused, found);
    QVERIFY(refused > 0 && found > 0);
}

void TestStoreOpen::truncatedAtEachPage()
{
    fill(60);
    const QByteArray good = contents(m_path);
    for (qsizetype size = 0; size < good.size(); size += 4096) {
        QFile::remove(m_path + QStringLiteral("-wal"));
        QFile::remove(m_path + QStringLiteral("-shm"));
        overwrite(m_path, good.left(size + 100));
        auto store = open();
        if (!store)
            continue;
        DeploymentRepository repository((*store)->reader());
        QVERIFY(repository.ids(DeploymentSort::Name, false).size() <= 60);
    }
}

void TestStoreOpen::backUpBeforeAStep()
{
    fill(3);
    auto connection = Connection::open(m_path, Connection::Mode::ReadWrite);
    QVERIFY(connection);
    const QString target = m_path + QStringLiteral(".before-schema-2");
    QVERIFY(backUp(**connection, target));
    QVERIFY(!(QFile::permissions(target) & (QFile::ReadGroup | QFile::ReadOther)));
    m_path = target;
    auto store = open();
    QVERIFY(store);
    QCOMPARE(DeploymentRepository((*store)->reader()).count(), 3);
}

void TestStoreOpen::diskFullAtEachWrite()
{
    if (geteuid() != 0)
        QSKIP("A small file system can only be mounted by root.");
    const QString place = m_folder->filePath(QStringLiteral("small"));
    QVERIFY(QDir().mkpath(place));
    if (QProcess::execute(QStringLiteral("mount"), {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=2m"_s, u"tmpfs"_s, place})
        != 0)
        QSKIP("mount -t tmpfs is not allowed here: the full disk is not tested.");
    const auto unmount = qScopeGuard([&place] { QProcess::execute(QStringLiteral("umount"), {u"-l"_s, place}); });
    m_path = place + QStringLiteral("/w.flowdeck");
    int created = 0;
    int refused = 0;
    for (int freeKiB = 0; freeKiB <= 1200; freeKiB += 40) {
        for (const QString &name : QDir(place).entryList(QDir::Files))
            QFile::remove(place + u'/' + name);
        QFile filler(place + QStringLiteral("/filler"));
        QVERIFY(filler.open(QIODevice::WriteOnly));
        const QByteArray kib(1024, 'f');
        for (int i = 0; i < 2048 - freeKiB && filler.write(kib) == 1024; ++i) { }
        filler.close();
        auto store = open(Store::OpenMode::CreateIfMissing);
        if (!store) {
            ++refused;
            continue;
        }
        int written = 0;
        Result<void> last;
        for (; written < 400 && last; ++written) {
            last = (*store)
                       ->write([written](Connection &db) {
                           DeploymentRepository(db).upsert(deploymentNumber(written), kNow);
                       })
                       .result();
        }
        if (!last) {
            QVERIFY2(last.error().detail.contains(u"full"), qPrintable(last.error().detail));
            --written;
        }
        // All of what was said to be written is there, and nothing of what failed.
        QCOMPARE(DeploymentRepository((*store)->reader()).count(), written);
        QVERIFY(!(*store)->reader().error());
        // With room again it goes on without a restart.
        QFile::remove(filler.fileName());
        QVERIFY((*store)
                    ->write([](Connection &db) { DeploymentRepository(db).upsert(deploymentNumber(9999), kNow); })
                    .result());
        ++created;
    }
    qInfo("full disk: %d sizes refused at opening, %d filled up while writing", refused, created);
    QVERIFY(refused > 0 && created > 0);
}

QTEST_GUILESS_MAIN(TestStoreOpen)
#include "tst_storeopen.moc"
