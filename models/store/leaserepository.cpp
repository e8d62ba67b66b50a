// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/leaserepository.h"

namespace fd {

bool LeaseRepository::acquire(const QString &name, const Lease &mine, qint64 expiryUs)
{
    m_db.prepare(
            "INSERT INTO lease (name, holder, pid, host, heartbeat) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE"
            " SET holder = ?2, pid = ?3, host = ?4, heartbeat = ?5 WHERE holder = ?2 OR heartbeat < ?6")
        .bind(name)
        .bind(mine.holder)
        .bind(mine.pid)
        .bind(mine.host)
        .bind(mine.heartbeat)
        .bind(mine.heartbeat.us - expiryUs)
        .run();
    const std::optional<Lease> now = holder(name);
    return now && now->holder == mine.holder;
}

void LeaseRepository::release(const QString &name, const QString &holder)
{
    m_db.prepare("DELETE FROM lease WHERE name = ? AND holder = ?").bind(name).bind(holder).run();
}

std::optional<Lease> LeaseRepository::holder(const QString &name)
{
    Statement statement = m_db.prepare("SELECT holder, pid, host, heartbeat FROM lease WHERE name = ?");
    statement.bind(name);
    if (!statement.step())
        return std::nullopt;
    return Lease{.holder = statement.text(0),
        .pid = statement.integer(1),
        .host = statement.text(2),
        .heartbeat = statement.instant(3)};
}

} // namespace fd
