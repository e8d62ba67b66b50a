// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/reloader.h"

namespace fd {
namespace {

constexpr qint64 kLeastPauseMs = 250;
constexpr qint64 kPausePerCost = 10;

} // namespace

Reloader::Reloader(std::function<void()> start, QObject *parent) : QObject(parent), m_start(std::move(start))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Reloader::proceed);
}

void Reloader::requestNow()
{
    m_wanted = Wanted::Now;
    proceed();
}

void Reloader::request()
{
    if (m_wanted == Wanted::No)
        m_wanted = Wanted::Paced;
    proceed();
}

void Reloader::ended()
{
    m_running = false;
    m_pauseMs = std::max(kLeastPauseMs, m_since.elapsed() * kPausePerCost);
    m_since.start();
    proceed();
}

void Reloader::proceed()
{
    if (m_running || m_wanted == Wanted::No)
        return;
    const qint64 wait = m_since.isValid() ? m_pauseMs - m_since.elapsed() : 0;
    if (m_wanted == Wanted::Paced && wait > 0) {
        m_timer.start(static_cast<int>(wait));
        return;
    }
    m_timer.stop();
    m_wanted = Wanted::No;
    m_running = true;
    m_since.start();
    m_start();
}

} // namespace fd
