// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deferredindexes.h"

#include <QByteArrayList>

namespace fd {

void deferDeploymentIndexes(Connection &connection)
{
    QByteArrayList names;
    {
        // The unique one stays: every new row is looked up in it.
        Statement statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'"
                                                 " AND tbl_name IN ('deployment', 'deployment_tag')"
                                                 " AND sql LIKE 'CREATE INDEX %'");
        while (statement.step())
            names += statement.bytes(0);
    }
    for (const QByteArray &name : std::as_const(names)) {
        connection
            .prepare("INSERT OR REPLACE INTO dropped_index (name, sql) SELECT name, sql FROM sqlite_schema"
                     " WHERE type = 'index' AND name = ?")
            .bindText(name)
            .run();
        connection.execute("DROP INDEX \"" + name + '"');
    }
}

bool restoreDeferredIndex(Connection &connection)
{
    QByteArray name;
    QByteArray sql;
    {
        Statement statement = connection.prepare("SELECT name, sql FROM dropped_index LIMIT 1");
        if (!statement.step())
            return false;
        name = statement.bytes(0);
        sql = statement.bytes(1);
    }
    connection.execute(sql);
    connection.prepare("DELETE FROM dropped_index WHERE name = ?").bindText(name).run();
    return !connection.error();
}

void restoreDeferredIndexes(Connection &connection)
{
    while (restoreDeferredIndex(connection)) { }
}

} // namespace fd
