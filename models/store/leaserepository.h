// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"

namespace fd {

/// Who holds a named lease on the workspace.
struct Lease {
    QString holder;
    qint64 pid = 0;
    QString host;
    Instant heartbeat;
};

/// Leases: at most one holder per name; a holder that stops its heartbeat loses it.
class LeaseRepository
{
public:
    explicit LeaseRepository(Connection &connection) : m_db(connection) { }

    /// Takes or renews the lease for `mine` (its heartbeat is "now"). True when it is ours afterwards;
    /// another holder's lease is taken over once its heartbeat is older than `expiryUs`.
    [[nodiscard]] bool acquire(const QString &name, const Lease &mine, qint64 expiryUs);
    void release(const QString &name, const QString &holder);
    [[nodiscard]] std::optional<Lease> holder(const QString &name);

private:
    Connection &m_db;
};

} // namespace fd
