// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/work.h"
#include "models/store/connection.h"

#include <QList>

namespace fd {

/// Work pools, queues and workers of a mirrored server. Errors stick to the connection; see Connection::error.
class WorkRepository
{
public:
    explicit WorkRepository(Connection &connection) : m_db(connection) { }

    /// By name.
    [[nodiscard]] QList<WorkPool> pools();
    /// By pool, then as the pool hands them out: priority, name.
    [[nodiscard]] QList<WorkQueue> queues();
    /// By pool and name.
    [[nodiscard]] QList<Worker> workers();

private:
    Connection &m_db;
};

} // namespace fd
