// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/migrator.h"

#include "models/store/deferredindexes.h"

#include <QCoreApplication>
#include <QFile>

#include <sqlite3.h>

namespace fd {
namespace {

/// "FDWS" in the file's header says whose database it is.
constexpr qint64 kApplicationId = 0x46445753;

QString tr(const char *text) { return QCoreApplication::translate("fd::Store", text); }

QString stepFile(int version) { return QStringLiteral(":/sql/schema/%1.sql").arg(version, 4, 10, QLatin1Char('0')); }

qint64 pragma(Connection &connection, const char *sql)
{
    Statement statement = connection.prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

/// Commits, or gives the first error and takes everything back.
Result<void> commit(Connection &connection)
{
    connection.execute("COMMIT");
    if (!connection.error())
        return {};
    const Error error = *connection.error();
    connection.clearError();
    if (!sqlite3_get_autocommit(connection.handle()))
        connection.execute("ROLLBACK");
    return fail(error);
}

Result<void> applyStep(Connection &connection, int version)
{
    QFile file(stepFile(version));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, QStringLiteral("Schema step %1 is missing.").arg(version));
    connection.execute("BEGIN IMMEDIATE");
    connection.execute(file.readAll());
    connection.execute("PRAGMA application_id = " + QByteArray::number(kApplicationId));
    connection.execute("PRAGMA user_version = " + QByteArray::number(version));
    return commit(connection);
}

/// What a first mirror put aside before it was cut off.
Result<void> restoreIndexes(Connection &connection)
{
    if (pragma(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'dropped_index'") == 0
        || pragma(connection, "SELECT count(*) FROM dropped_index") == 0)
        return {};
    connection.execute("BEGIN IMMEDIATE");
    restoreDeferredIndexes(connection);
    return commit(connection);
}

} // namespace

int currentSchemaVersion()
{
    static const int version = [] {
        int last = 0;
        while (QFile::exists(stepFile(last + 1)))
            ++last;
        return last;
    }();
    return version;
}

Result<void> migrate(Connection &connection, const QString &path)
{
    const qint64 version = pragma(connection, "PRAGMA user_version");
    const qint64 owner = pragma(connection, "PRAGMA application_id");
    const bool isEmpty = pragma(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    if (connection.error())
        return fail(*connection.error());
    if (!isEmpty && owner != kApplicationId)
        return fail(ErrorKind::Storage,
            tr("This is a database of another program, not a Flowdeck workspace. It was left as it is."));
    if (version > currentSchemaVersion())
        return fail(ErrorKind::Storage,
            tr("This workspace was made by a newer Flowdeck (schema %1; this one knows %2). Update Flowdeck to open "
               "it.")
                .arg(version)
                .arg(currentSchemaVersion()));
    if (!isEmpty && version < currentSchemaVersion())
        FD_TRY(backUp(connection, path + QStringLiteral(".before-schema-%1").arg(version + 1)));
    FD_TRY(restoreIndexes(connection));
    for (int step = static_cast<int>(version) + 1; step <= currentSchemaVersion(); ++step)
        FD_TRY(applyStep(connection, step));
    return {};
}

Result<void> backUp(Connection &connection, const QString &target)
{
    QFile::remove(target);
    Statement statement = connection.prepare("VACUUM INTO ?");
    statement.bind(target).run();
    if (connection.error()) {
        const Error error = *connection.error();
        connection.clearError();
        QFile::remove(target);
        return fail(error);
    }
    QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

} // namespace fd
