// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/occasion.h"
#include "models/store/leaserepository.h"
#include "models/store/store.h"

#include <QCoroTask>
#include <QObject>
#include <QTimer>

namespace fd {

/// Sees to it that one engine of a workspace file leads. On one computer an OS lock decides, which ends with its
/// process; between computers that share the file, a row with a heartbeat does.
class LeaderLease : public QObject
{
    Q_OBJECT

public:
    LeaderLease(Store &store, Clock clock, QObject *parent);
    ~LeaderLease() override;

    /// Tries now and goes on trying, or renewing, until `release`.
    void begin();
    /// Gives the lease up, if it is ours; nothing is signalled afterwards.
    QCoro::Task<> release();

    [[nodiscard]] bool isLeading() const { return m_leading; }

signals:
    void gained();
    /// Another computer took over, because this one was silent for too long.
    void lost();
    void heldElsewhere(const fd::Lease &holder);
    void failed(const QString &reason);

private:
    QCoro::Task<> tick();
    QCoro::Task<> watchHolder();
    QCoro::Task<> renew();
    bool takeLock();
    void dropLock();
    void stepDown();

    Store &m_store;
    Clock m_clock;
    Lease m_mine;
    QTimer m_timer{this};
    int m_lock = -1;
    bool m_leading = false;
    bool m_busy = false;
    bool m_released = false;
    Occasion m_settled;
};

} // namespace fd
