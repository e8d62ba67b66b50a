// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/timezone.h"

namespace fd {

/// A zone as dateutil sees it, in which every generation finds the dates of an RRULE: its own reckoning of the wall
/// times of changes, no changes after 2037, the first occurrence of a repeated time.
class DateutilZone
{
public:
    explicit DateutilZone(const TimeZone &zone);

    /// Wall times from `from` to before `until` are all `offset` seconds ahead of UTC.
    struct Stretch {
        qint64 from = 0;
        qint64 until = 0;
        int offset = 0;
    };

    /// Seconds to add to UTC at this wall time; skipped times are read with the offset before the change. `known` is
    /// where the last answer holds, and makes the next one quick.
    [[nodiscard]] int offsetAt(qint64 wall, Stretch &known) const;
    /// The wall time of an instant.
    [[nodiscard]] qint64 wallAt(qint64 utc) const;

private:
    [[nodiscard]] int offsetOf(std::ptrdiff_t index) const;

    std::vector<qint64> m_utc;
    std::vector<qint64> m_wall;
    std::vector<int> m_offset;
    int m_before = 0;
    int m_standard = 0;
};

} // namespace fd
