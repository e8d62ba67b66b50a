// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/timezone.h"

namespace fd {

/// A date and time as pendulum keeps it: the clock on the wall in microseconds, and which of two occurrences of a
/// repeated time it is ("fold"). Two of the same zone compare by the wall alone, as Python's do.
struct WallTime {
    qint64 us = 0;
    bool second = false;
};

/// How the date library of a generation reads a zone's clock: pendulum 2 (Orion, Prefect 2) or 3.
class PendulumZone
{
public:
    enum Version { Two, Three };

    /// `zone` must outlive this.
    PendulumZone(const TimeZone &zone, Version version) : m_zone(&zone), m_version(version) { }

    /// The wall time of an instant. Pendulum 2 takes every time without daylight saving for a second occurrence.
    [[nodiscard]] WallTime fromUtc(qint64 us) const;
    /// The instant of a wall time.
    [[nodiscard]] qint64 toUtc(WallTime wall) const;
    /// A wall time put together from its parts: skipped times move out of the gap, forwards or (`second` false, in
    /// pendulum 3) backwards; of a repeated one it is the occurrence `second` says, in pendulum 2 always the second.
    [[nodiscard]] WallTime create(qint64 us, bool second) const;

private:
    [[nodiscard]] std::size_t changeAfter(qint64 wall) const;
    [[nodiscard]] qint64 legacyOffset(qint64 wall, bool second) const;

    const TimeZone *m_zone;
    Version m_version;
    mutable int m_hint = 0;
};

} // namespace fd
