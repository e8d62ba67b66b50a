// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/timezone.h"

namespace fd {

/// A zone as pytz sees it, through which Orion's cron works: offsets in whole minutes, no changes after 2037.
class PytzZone
{
public:
    explicit PytzZone(const TimeZone &zone);

    [[nodiscard]] int offsetAt(qint64 utc) const;
    /// The instant of a wall time that exists; of a repeated one the occurrence in standard time.
    [[nodiscard]] qint64 localize(qint64 wall) const;

private:
    [[nodiscard]] std::size_t indexAt(qint64 utc) const;

    std::vector<qint64> m_at;
    std::vector<int> m_offset;
    std::vector<bool> m_savesTime;
};

} // namespace fd
