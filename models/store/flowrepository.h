// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/store/connection.h"

namespace fd {

/// Flows in the store; a flow is known by its name. Errors stick to the connection.
class FlowRepository
{
public:
    explicit FlowRepository(Connection &connection) : m_db(connection) { }

    /// The flow's row, made when the name is new.
    RowId findOrCreate(const QString &name, Instant now);
    [[nodiscard]] std::optional<Flow> find(const QString &name);

private:
    Connection &m_db;
};

} // namespace fd
