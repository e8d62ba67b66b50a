// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>
#include <QTimer>

#include <optional>

namespace fd {

/// A rest between two steps of a coroutine, which somebody may cut short. One at a time.
class SyncRest
{
public:
    SyncRest();

    /// Ends after `ms`, or only by `end` when that is negative; at once when `end` was called since the last one.
    [[nodiscard]] QFuture<void> begin(int ms);
    void end();

private:
    QTimer m_timer;
    std::optional<QPromise<void>> m_promise;
    bool m_cutShort = false;
};

} // namespace fd
