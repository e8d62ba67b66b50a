// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/connection.h"

#include "models/core/logging.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>

#include <atomic>
#include <sqlite3.h>

namespace fd {
namespace {

QString tr(const char *text) { return QCoreApplication::translate("fd::Store", text); }

/// How long a write waits for another program's lock before it says so.
constexpr int kBusyTimeoutMs = 2000;

QString connectionName()
{
    static std::atomic<int> next = 0;
    return QStringLiteral("flowdeck-%1").arg(next++);
}

QString uriOf(const QString &path, Connection::Mode mode)
{
    const char *access = mode == Connection::Mode::ReadOnly ? "ro" : mode == Connection::Mode::Create ? "rwc" : "rw";
    const QByteArray encoded = QUrl::toPercentEncoding(QFileInfo(path).absoluteFilePath(), "/");
    return QString::fromLatin1("file:" + encoded + "?mode=" + access);
}

} // namespace

Error sqliteError(int code, const QString &message)
{
    Error error{.kind = ErrorKind::Storage, .detail = {}, .field = {}, .file = {}};
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        error.detail = tr("This file is not a Flowdeck workspace. It was left as it is.");
        break;
    case SQLITE_CORRUPT:
        error.detail = tr("The workspace file is damaged. It was left as it is; a copy from before may be beside it.");
        break;
    case SQLITE_FULL:
        error.detail = tr("The disk is full. Nothing was changed; free some space and try again.");
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        error.detail = tr("Another program has locked the workspace file. Nothing was changed.");
        break;
    case SQLITE_READONLY:
        error.detail = tr("The workspace file or its folder cannot be written to.");
        break;
    case SQLITE_CANTOPEN:
        error.detail = tr("The workspace file cannot be opened: check that it exists and that you may read it.");
        break;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        error.detail = tr("You have no permission for the workspace file.");
        break;
    case SQLITE_INTERRUPT:
        error.kind = ErrorKind::Cancelled;
        error.detail = tr("The query was cancelled.");
        break;
    default:
        error.detail = tr("The workspace file could not be used: %1.").arg(message);
    }
    return error;
}

Statement::Statement(Connection &connection, sqlite3_stmt *statement, Lifetime lifetime)
    : m_connection(connection), m_statement(statement), m_lifetime(lifetime)
{
}

Statement::~Statement()
{
    if (m_lifetime == Lifetime::Once) {
        sqlite3_finalize(m_statement);
    } else if (m_statement) {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }
}

Statement &Statement::bind(qint64 value)
{
    if (m_statement)
        sqlite3_bind_int64(m_statement, m_next++, value);
    return *this;
}

Statement &Statement::bind(const QString &value) { return bindText(value.toUtf8()); }

Statement &Statement::bindText(const QByteArray &utf8)
{
    if (m_statement)
        sqlite3_bind_text(
            m_statement, m_next++, utf8.constData(), static_cast<int>(utf8.size()), SQLITE_TRANSIENT); // NOLINT
    return *this;
}

Statement &Statement::bind(const QByteArray &bytes)
{
    if (m_statement)
        sqlite3_bind_blob(
            m_statement, m_next++, bytes.constData(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT); // NOLINT
    return *this;
}

Statement &Statement::bindNull()
{
    if (m_statement)
        sqlite3_bind_null(m_statement, m_next++);
    return *this;
}

bool Statement::step()
{
    if (!m_statement || m_connection.m_error)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        m_connection.noteError(code);
    return false;
}

void Statement::run()
{
    while (step()) { }
    if (m_statement)
        sqlite3_reset(m_statement);
    m_next = 1;
}

bool Statement::isNull(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

qint64 Statement::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

QString Statement::text(int column) const
{
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(utf8, sqlite3_column_bytes(m_statement, column));
}

QByteArray Statement::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return {data, sqlite3_column_bytes(m_statement, column)};
}

std::optional<Instant> Statement::optionalInstant(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return instant(column);
}

std::optional<int> Statement::optionalInt(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return static_cast<int>(integer(column));
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Mode mode)
{
    std::unique_ptr<Connection> connection(new Connection);
    *connection->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connectionName());
    QSqlDatabase &database = *connection->m_database;
    database.setDatabaseName(uriOf(path, mode));
    database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyTimeoutMs));
    if (!database.open())
        return fail(sqliteError(database.lastError().nativeErrorCode().toInt(), database.lastError().text()));
    connection->m_handle = *static_cast<sqlite3 *const *>(database.driver()->handle().constData());
    sqlite3_extended_result_codes(connection->m_handle, 1);
    // Debian's SQLite overwrites deleted pages by default, which doubles the writes.
    connection->execute("PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4096;"
                        "PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL;");
    if (mode == Mode::ReadOnly)
        connection->execute("PRAGMA query_only = ON; SELECT 1 FROM sqlite_schema LIMIT 1;");
    else if (sqlite3_db_readonly(connection->m_handle, "main") == 1)
        connection->noteError(SQLITE_READONLY);
    if (connection->m_error)
        return fail(*connection->m_error);
    return connection;
}

Connection::Connection() : m_database(std::make_unique<QSqlDatabase>()) { }

Connection::~Connection()
{
    for (sqlite3_stmt *statement : std::as_const(m_statements))
        sqlite3_finalize(statement);
    const QString name = m_database->connectionName();
    m_database->close();
    m_database.reset();
    QSqlDatabase::removeDatabase(name);
}

Statement Connection::prepare(const char *sql)
{
    if (m_error)
        return {*this, nullptr};
    sqlite3_stmt *&statement = m_statements[sql];
    Q_ASSERT_X(!statement || !sqlite3_stmt_busy(statement), "Connection::prepare", sql);
    if (!statement) {
        const int code = sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) {
            noteError(code);
            return {*this, nullptr};
        }
    }
    return {*this, statement};
}

Statement Connection::prepareOnce(const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    if (!m_error) {
        const int code = sqlite3_prepare_v3(m_handle, sql.constData(), -1, 0, &statement, nullptr);
        if (code != SQLITE_OK)
            noteError(code);
    }
    return {*this, statement, Statement::Lifetime::Once};
}

void Connection::execute(const QByteArray &sql)
{
    if (m_error)
        return;
    const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        noteError(code);
}

RowId Connection::lastInsertId() const { return static_cast<RowId>(sqlite3_last_insert_rowid(m_handle)); }

int Connection::changedRows() const { return sqlite3_changes(m_handle); }

void Connection::interrupt() { sqlite3_interrupt(m_handle); }

void Connection::noteError(int code)
{
    if (m_error)
        return;
    const QString message = QString::fromUtf8(sqlite3_errmsg(m_handle));
    // A read that nobody waits for any more was stopped on purpose.
    if (code != SQLITE_INTERRUPT)
        qCWarning(logStore) << "SQLite error" << code << message;
    m_error = sqliteError(code, message);
}

} // namespace fd
