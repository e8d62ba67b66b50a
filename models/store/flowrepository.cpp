// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/flowrepository.h"

namespace fd {

RowId FlowRepository::findOrCreate(const QString &name, Instant now)
{
    if (const auto flow = find(name))
        return flow->row;
    Statement insert = m_db.prepare("INSERT INTO flow (uuid, name, created, updated) VALUES (?, ?, ?, ?)");
    insert.bind(FlowId::make().toBytes()).bind(name).bind(now).bind(now).run();
    const RowId row = m_db.lastInsertId();
    m_db.added(Entity::Flow, row);
    return row;
}

std::optional<Flow> FlowRepository::find(const QString &name)
{
    Statement statement = m_db.prepare("SELECT id, uuid, name, created, updated FROM flow WHERE name = ?");
    statement.bind(name);
    if (!statement.step())
        return std::nullopt;
    return Flow{.row = statement.rowId(0),
        .id = FlowId::fromBytes(statement.bytes(1)),
        .name = statement.text(2),
        .created = statement.instant(3),
        .updated = statement.instant(4)};
}

} // namespace fd
