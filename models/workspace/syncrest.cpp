// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/syncrest.h"

namespace fd {

SyncRest::SyncRest()
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { end(); });
}

QFuture<void> SyncRest::begin(int ms)
{
    m_promise.emplace();
    m_promise->start();
    const QFuture<void> future = m_promise->future();
    if (std::exchange(m_cutShort, false))
        end();
    else if (ms >= 0)
        m_timer.start(ms);
    m_cutShort = false;
    return future;
}

void SyncRest::end()
{
    m_timer.stop();
    if (!m_promise) {
        m_cutShort = true;
        return;
    }
    m_promise->finish();
    m_promise.reset();
}

} // namespace fd
