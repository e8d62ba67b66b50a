// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/result.h"
#include "models/domain/changes.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <optional>
#include <span>

class QSqlDatabase;
struct sqlite3;
struct sqlite3_stmt;

namespace fd {

class Connection;

/// A prepared query in use; it goes back to its connection's cache when it leaves scope.
/// After an error every call is a no-op: the connection keeps the first one (see Connection::error).
class Statement
{
public:
    enum class Lifetime { Cached, Once };
    Statement(Connection &connection, sqlite3_stmt *statement, Lifetime lifetime = Lifetime::Cached);
    ~Statement();
    Q_DISABLE_COPY_MOVE(Statement)

    /// Binds the next `?`.
    Statement &bind(qint64 value);
    Statement &bind(int value) { return bind(qint64(value)); }
    Statement &bind(bool value) { return bind(qint64(value ? 1 : 0)); }
    Statement &bind(const QString &value);
    /// Binds UTF-8 text that needs no conversion (JSON).
    Statement &bindText(const QByteArray &utf8);
    /// Binds bytes.
    Statement &bind(const QByteArray &bytes);
    Statement &bind(Instant value) { return bind(value.us); }
    Statement &bind(const std::optional<Instant> &value) { return value ? bind(value->us) : bindNull(); }
    Statement &bind(const std::optional<int> &value) { return value ? bind(qint64(*value)) : bindNull(); }
    /// Binds an id's 16 bytes; NULL for a null id.
    template<typename Tag>
    Statement &bind(const Id<Tag> &id)
    {
        return id.isNull() ? bindNull() : bind(id.toBytes());
    }
    Statement &bindNull();

    /// Moves to the next row; false at the end and after an error.
    bool step();
    /// Runs it to its end, for statements without rows, and makes it ready to be bound again.
    void run();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] RowId rowId(int column) const { return static_cast<RowId>(integer(column)); }
    [[nodiscard]] QString text(int column) const;
    /// The text's UTF-8, or a blob's bytes.
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] Instant instant(int column) const { return {integer(column)}; }
    [[nodiscard]] std::optional<Instant> optionalInstant(int column) const;
    [[nodiscard]] std::optional<int> optionalInt(int column) const;

private:
    Connection &m_connection;
    sqlite3_stmt *m_statement;
    Lifetime m_lifetime;
    int m_next = 1;
};

/// One SQLite connection. Opened through Qt's driver; queries run on the handle under it, which reads
/// 2.5 to 4 times as fast as QSqlQuery. Belongs to one thread at a time.
class Connection
{
public:
    enum class Mode { ReadOnly, ReadWrite, Create };

    /// Opens `path`. Errors: NotFound, Storage (not a database, damaged, busy, no permission).
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString &path, Mode mode);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    /// A statement from the cache. `sql` must be a string literal or outlive the connection.
    [[nodiscard]] Statement prepare(const char *sql);
    /// A statement whose text was put together at run time; it is forgotten after use.
    [[nodiscard]] Statement prepareOnce(const QByteArray &sql);
    /// Runs one or more statements without parameters.
    void execute(const QByteArray &sql);
    [[nodiscard]] RowId lastInsertId() const;
    /// Rows that the last INSERT, UPDATE or DELETE touched.
    [[nodiscard]] int changedRows() const;

    /// The first error since the last `clearError`. Callers check it once, at the end of a unit of work.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    void clearError() { m_error.reset(); }
    /// Stops a query that is running in another thread; it ends with an error.
    void interrupt();

    /// Notes a change for the announcement that follows the commit.
    void added(Entity entity, RowId id) { m_changes.of(entity).added.insert(id); }
    void updated(Entity entity, RowId id) { m_changes.of(entity).updated.insert(id); }
    void removed(Entity entity, RowId id) { m_changes.of(entity).removed.insert(id); }
    /// For changes whose rows would take too long to find.
    void everythingChanged(Entity entity) { m_changes.of(entity).everything = true; }
    /// Hands over and forgets what was noted.
    [[nodiscard]] Changes takeChanges() { return std::exchange(m_changes, {}); }

    /// The handle, for backup and the like inside models/store.
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }

private:
    friend class Statement;
    Connection();
    void noteError(int code);

    /// Held by value: asking Qt for it by name works only in the thread that opened it.
    std::unique_ptr<QSqlDatabase> m_database;
    sqlite3 *m_handle = nullptr;
    QHash<const void *, sqlite3_stmt *> m_statements;
    std::optional<Error> m_error;
    Changes m_changes;
};

/// A user's sentence for an SQLite result code: full, locked, damaged, read-only …
[[nodiscard]] Error sqliteError(int code, const QString &message);

} // namespace fd
