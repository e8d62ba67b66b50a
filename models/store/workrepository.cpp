// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/workrepository.h"

namespace fd {

QList<WorkPool> WorkRepository::pools()
{
    Statement statement = m_db.prepare("SELECT id, uuid, name, description, type, paused, concurrency_limit, status,"
                                       " created, updated FROM work_pool ORDER BY name COLLATE NOCASE, id");
    QList<WorkPool> pools;
    while (statement.step()) {
        pools.append({.row = statement.rowId(0),
            .id = WorkPoolId::fromBytes(statement.bytes(1)),
            .name = statement.text(2),
            .description = statement.text(3),
            .type = statement.text(4),
            .paused = statement.integer(5) != 0,
            .concurrencyLimit = statement.optionalInt(6),
            .status = statement.text(7),
            .created = statement.instant(8),
            .updated = statement.instant(9)});
    }
    return pools;
}

QList<WorkQueue> WorkRepository::queues()
{
    Statement statement = m_db.prepare(
        "SELECT id, uuid, name, description, pool_name, paused, concurrency_limit, priority, last_polled, status,"
        " filter, created, updated FROM work_queue"
        " ORDER BY pool_name COLLATE NOCASE, priority NULLS LAST, name COLLATE NOCASE, id");
    QList<WorkQueue> queues;
    while (statement.step()) {
        queues.append({.row = statement.rowId(0),
            .id = WorkQueueId::fromBytes(statement.bytes(1)),
            .name = statement.text(2),
            .description = statement.text(3),
            .poolName = statement.text(4),
            .paused = statement.integer(5) != 0,
            .concurrencyLimit = statement.optionalInt(6),
            .priority = statement.optionalInt(7),
            .lastPolled = statement.optionalInstant(8),
            .status = statement.text(9),
            .filter = statement.bytes(10),
            .created = statement.instant(11),
            .updated = statement.instant(12)});
    }
    return queues;
}

QList<Worker> WorkRepository::workers()
{
    Statement statement = m_db.prepare("SELECT id, uuid, name, pool_name, last_heartbeat, status FROM worker"
                                       " ORDER BY pool_name COLLATE NOCASE, name COLLATE NOCASE, id");
    QList<Worker> workers;
    while (statement.step()) {
        workers.append({.row = statement.rowId(0),
            .id = WorkerId::fromBytes(statement.bytes(1)),
            .name = statement.text(2),
            .poolName = statement.text(3),
            .lastHeartbeat = statement.optionalInstant(4),
            .status = statement.text(5)});
    }
    return workers;
}

} // namespace fd
