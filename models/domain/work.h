// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace fd {

using WorkPoolId = Id<struct WorkPoolTag>;
using WorkQueueId = Id<struct WorkQueueTag>;
using WorkerId = Id<struct WorkerTag>;

/// Where a Prefect 2 or 3 server hands out runs to workers. Orion has none.
struct WorkPool {
    RowId row = 0;
    WorkPoolId id;
    QString name;
    QString description;
    QString type;
    bool paused = false;
    std::optional<int> concurrencyLimit;
    /// READY, NOT_READY, PAUSED; empty when the server says none.
    QString status;
    Instant created;
    Instant updated;

    friend bool operator==(const WorkPool &, const WorkPool &) = default;
};

/// A queue of a pool; in Orion a queue of its own that agents poll.
struct WorkQueue {
    RowId row = 0;
    WorkQueueId id;
    QString name;
    QString description;
    /// Empty in Orion.
    QString poolName;
    bool paused = false;
    std::optional<int> concurrencyLimit;
    /// 1 comes first; nothing in Orion.
    std::optional<int> priority;
    std::optional<Instant> lastPolled;
    QString status;
    /// Orion's selection of runs, a compact JSON object; empty elsewhere.
    QByteArray filter;
    Instant created;
    Instant updated;

    friend bool operator==(const WorkQueue &, const WorkQueue &) = default;
};

/// A worker process that polls a pool.
struct Worker {
    RowId row = 0;
    WorkerId id;
    QString name;
    QString poolName;
    std::optional<Instant> lastHeartbeat;
    /// ONLINE or OFFLINE; empty when the server says none.
    QString status;

    friend bool operator==(const Worker &, const Worker &) = default;
};

} // namespace fd
