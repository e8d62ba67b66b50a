// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/store.h"

#include "models/core/logging.h"
#include "models/store/migrator.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <sqlite3.h>
#include <sys/stat.h>

namespace fd {
namespace {

constexpr int kForeignPollMs = 1000;
/// More ids than this in one transaction are announced as "everything".
constexpr qsizetype kMaxAnnouncedIds = 2000;
/// How many announcements are kept for processes that look away for a while.
constexpr qint64 kKeptChanges = 20000;

enum class ChangeKind { Added, Updated, Removed, Everything };

QString tr(const char *text) { return QCoreApplication::translate("fd::Store", text); }

/// Creates the file 0600 before SQLite does, which would use the umask.
Result<void> createPrivately(const QString &path)
{
    const QFileInfo info(path);
    if (!info.dir().exists())
        return fail(ErrorKind::NotFound,
            tr("The folder %1 does not exist.").arg(QDir::toNativeSeparators(info.absolutePath())));
    const mode_t before = umask(0077);
    QFile file(path);
    const bool made = file.open(QIODevice::ReadWrite);
    umask(before);
    if (made)
        return {};
    return fail(ErrorKind::Storage,
        tr("The workspace file cannot be created in %1: %2.")
            .arg(QDir::toNativeSeparators(info.absolutePath()), file.errorString()));
}

void limit(EntityChanges &changes)
{
    if (changes.added.size() + changes.updated.size() + changes.removed.size() > kMaxAnnouncedIds)
        changes = {.added = {}, .updated = {}, .removed = {}, .everything = true};
}

} // namespace

Result<std::unique_ptr<Store>> Store::open(const QString &path, OpenMode mode)
{
    qRegisterMetaType<Changes>();
    if (!QFileInfo::exists(path)) {
        if (mode == OpenMode::Existing)
            return fail(ErrorKind::NotFound, tr("There is no workspace file %1.").arg(QDir::toNativeSeparators(path)));
        FD_TRY(createPrivately(path));
    }
    FD_TRY_ASSIGN(writer, Connection::open(path, Connection::Mode::ReadWrite));
    // A mirror's keys are spread over the whole file: with less room most writes would read their page first.
    writer->execute("PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536");
    if (writer->error())
        return fail(*writer->error());
    FD_TRY(migrate(*writer, path));
    FD_TRY_ASSIGN(reader, Connection::open(path, Connection::Mode::ReadOnly));
    return std::unique_ptr<Store>(new Store(path, std::move(writer), std::move(reader)));
}

Store::Store(QString path, std::unique_ptr<Connection> writer, std::unique_ptr<Connection> reader)
    : m_path(std::move(path)), m_origin(static_cast<qint64>(QRandomGenerator::system()->generate64() >> 1)),
      m_writer(std::move(writer)), m_reader(std::move(reader))
{
    // One thread that never ends is what makes the writer single.
    m_writerPool.setMaxThreadCount(1);
    m_writerPool.setExpiryTimeout(-1);
    m_readerPool.setMaxThreadCount(2);
    Statement last = m_reader->prepare("SELECT coalesce(max(seq), 0) FROM change");
    m_seenChange = last.step() ? last.integer(0) : 0;
    connect(&m_foreignTimer, &QTimer::timeout, this, &Store::announceForeignChanges);
    m_foreignTimer.start(kForeignPollMs);
}

Store::~Store()
{
    m_foreignTimer.stop();
    m_readerPool.waitForDone();
    m_writerPool.waitForDone();
    m_idleReaders.clear();
    m_reader.reset();
    // A long write-ahead log would be read through at the next start.
    m_writer->execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void Store::flush()
{
    queue<void>(m_writerPool, [] { return Result<void>(); }).waitForFinished();
}

Result<void> Store::begin(Connection &connection)
{
    connection.clearError();
    connection.execute("BEGIN IMMEDIATE");
    if (connection.error())
        return fail(*connection.error());
    return {};
}

Result<void> Store::commit(Connection &connection)
{
    Changes changes = connection.takeChanges();
    {
        Statement insert = connection.prepare("INSERT INTO change (origin, entity, kind, row_id) VALUES (?, ?, ?, ?)");
        const auto note = [this, &insert](size_t entity, ChangeKind kind, RowId id) {
            insert.bind(m_origin).bind(static_cast<int>(entity)).bind(static_cast<int>(kind)).bind(id).run();
        };
        for (size_t entity = 0; entity < changes.entities.size(); ++entity) {
            EntityChanges &of = changes.entities[entity];
            limit(of);
            for (const RowId id : std::as_const(of.added))
                note(entity, ChangeKind::Added, id);
            for (const RowId id : std::as_const(of.updated))
                note(entity, ChangeKind::Updated, id);
            for (const RowId id : std::as_const(of.removed))
                note(entity, ChangeKind::Removed, id);
            if (of.everything)
                note(entity, ChangeKind::Everything, 0);
        }
    }
    if (!changes.isEmpty())
        connection.prepare("DELETE FROM change WHERE seq <= (SELECT max(seq) FROM change) - ?")
            .bind(kKeptChanges)
            .run();
    connection.execute("COMMIT");
    if (connection.error()) {
        const Error error = *connection.error();
        rollback(connection);
        emit writeFailed(error);
        return fail(error);
    }
    if (!changes.isEmpty())
        emit changed(changes);
    return {};
}

void Store::rollback(Connection &connection)
{
    connection.clearError();
    std::ignore = connection.takeChanges();
    if (!sqlite3_get_autocommit(connection.handle()))
        connection.execute("ROLLBACK");
    connection.clearError();
}

void Store::announceForeignChanges()
{
    qint64 version = 0;
    {
        Statement statement = m_reader->prepare("PRAGMA data_version");
        if (statement.step())
            version = statement.integer(0);
    }
    if (version == m_dataVersion) {
        m_reader->clearError();
        return;
    }
    m_dataVersion = version;
    Changes changes;
    {
        Statement statement
            = m_reader->prepare("SELECT seq, origin, entity, kind, row_id FROM change WHERE seq > ? ORDER BY seq");
        statement.bind(m_seenChange);
        bool first = true;
        while (statement.step()) {
            const bool missedSome = first && statement.integer(0) > m_seenChange + 1;
            first = false;
            m_seenChange = statement.integer(0);
            if (missedSome) {
                for (EntityChanges &of : changes.entities)
                    of.everything = true;
            }
            if (statement.integer(1) == m_origin)
                continue;
            EntityChanges &of
                = changes.entities[static_cast<size_t>(std::clamp<qint64>(statement.integer(2), 0, kEntityCount - 1))];
            const RowId id = statement.rowId(4);
            switch (static_cast<ChangeKind>(statement.integer(3))) {
            case ChangeKind::Added:
                of.added.insert(id);
                break;
            case ChangeKind::Updated:
                of.updated.insert(id);
                break;
            case ChangeKind::Removed:
                of.removed.insert(id);
                break;
            case ChangeKind::Everything:
                of.everything = true;
                break;
            }
        }
    }
    m_reader->clearError();
    if (!changes.isEmpty())
        emit changed(changes);
}

std::unique_ptr<Connection> Store::takeReader(std::optional<Error> &error)
{
    {
        const std::lock_guard lock(m_idleReadersMutex);
        if (!m_idleReaders.empty()) {
            std::unique_ptr<Connection> connection = std::move(m_idleReaders.back());
            m_idleReaders.pop_back();
            return connection;
        }
    }
    auto opened = Connection::open(m_path, Connection::Mode::ReadOnly);
    if (!opened) {
        error = opened.error();
        return nullptr;
    }
    return std::move(*opened);
}

void Store::giveBack(std::unique_ptr<Connection> connection)
{
    if (!sqlite3_get_autocommit(connection->handle())) {
        connection->clearError();
        connection->execute("ROLLBACK");
    }
    connection->clearError();
    const std::lock_guard lock(m_idleReadersMutex);
    m_idleReaders.push_back(std::move(connection));
}

} // namespace fd
