// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/deployment.h"

namespace fd {

ActivityStrip ActivityStrip::endingOn(qint32 day) const
{
    ActivityStrip shifted;
    shifted.lastDay = day;
    for (int i = 0; i < kStripDays; ++i) {
        const qint64 from = qint64(i) + day - lastDay;
        if (from >= 0 && from < kStripDays)
            shifted.days[static_cast<size_t>(i)] = days[static_cast<size_t>(from)];
    }
    return shifted;
}

qint32 localDay(Instant instant)
{
    return static_cast<qint32>(instant.toLocal().date().toJulianDay() - QDate(1970, 1, 1).toJulianDay());
}

} // namespace fd
