// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/mirrorrepository.h"
#include "models/store/workrepository.h"

namespace fd {
namespace {

void upsert(Connection &connection, const WorkPool &pool)
{
    Statement upsert = connection.prepare(
        "INSERT INTO work_pool (id, uuid, name, description, type, paused, concurrency_limit, status, created, updated)"
        " VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET name = excluded.name,"
        " description = excluded.description, type = excluded.type, paused = excluded.paused,"
        " concurrency_limit = excluded.concurrency_limit, status = excluded.status, created = excluded.created,"
        " updated = excluded.updated");
    upsert.bind(pool.row).bind(pool.id.toBytes()).bind(pool.name).bind(pool.description).bind(pool.type);
    upsert.bind(pool.paused).bind(pool.concurrencyLimit).bind(pool.status).bind(pool.created).bind(pool.updated).run();
}

void upsert(Connection &connection, const WorkQueue &queue)
{
    Statement upsert = connection.prepare(
        "INSERT INTO work_queue (id, uuid, name, description, pool_name, paused, concurrency_limit, priority,"
        " last_polled, status, filter, created, updated) VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (uuid) DO UPDATE SET name = excluded.name, description = excluded.description,"
        " pool_name = excluded.pool_name, paused = excluded.paused, concurrency_limit = excluded.concurrency_limit,"
        " priority = excluded.priority, last_polled = excluded.last_polled, status = excluded.status,"
        " filter = excluded.filter, created = excluded.created, updated = excluded.updated");
    upsert.bind(queue.row).bind(queue.id.toBytes()).bind(queue.name).bind(queue.description).bind(queue.poolName);
    upsert.bind(queue.paused).bind(queue.concurrencyLimit).bind(queue.priority).bind(queue.lastPolled);
    upsert.bind(queue.status).bindText(queue.filter).bind(queue.created).bind(queue.updated).run();
}

void upsert(Connection &connection, const Worker &worker)
{
    Statement upsert = connection.prepare(
        "INSERT INTO worker (id, uuid, name, pool_name, last_heartbeat, status) VALUES (nullif(?, 0), ?, ?, ?, ?, ?)"
        " ON CONFLICT (uuid) DO UPDATE SET name = excluded.name, pool_name = excluded.pool_name,"
        " last_heartbeat = excluded.last_heartbeat, status = excluded.status");
    upsert.bind(worker.row).bind(worker.id.toBytes()).bind(worker.name).bind(worker.poolName);
    upsert.bind(worker.lastHeartbeat).bind(worker.status).run();
}

/// Writes what differs from `stored`; `removal` is the statement that deletes one row.
template<typename Value>
void replaceAll(Connection &connection, std::span<const Value> values, const QList<Value> &stored, const char *removal)
{
    QHash<decltype(Value::id), Value> gone;
    for (const Value &value : stored)
        gone.insert(value.id, value);
    for (Value value : values) {
        const Value known = gone.take(value.id);
        value.row = known.row;
        if (value == known)
            continue;
        upsert(connection, value);
        if (known.row == 0)
            connection.added(Entity::Work, connection.lastInsertId());
        else
            connection.updated(Entity::Work, known.row);
    }
    for (const Value &value : std::as_const(gone)) {
        connection.prepare(removal).bind(value.row).run();
        connection.removed(Entity::Work, value.row);
    }
}

} // namespace

void MirrorRepository::replaceWorkPools(std::span<const WorkPool> pools)
{
    replaceAll(m_db, pools, WorkRepository(m_db).pools(), "DELETE FROM work_pool WHERE id = ?");
}

void MirrorRepository::replaceWorkQueues(std::span<const WorkQueue> queues)
{
    replaceAll(m_db, queues, WorkRepository(m_db).queues(), "DELETE FROM work_queue WHERE id = ?");
}

void MirrorRepository::replaceWorkers(std::span<const Worker> workers)
{
    replaceAll(m_db, workers, WorkRepository(m_db).workers(), "DELETE FROM worker WHERE id = ?");
}

} // namespace fd
