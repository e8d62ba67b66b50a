// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/pytzzone.h"

#include "models/schedule/civil.h"

#include <algorithm>

namespace fd {
namespace {

int wholeMinutes(int seconds) { return static_cast<int>(floorDiv(seconds + 30, 60)) * 60; }

/// What pytz calls the "dst" of a clock: the difference to the standard time before it, or else after it.
int savedTime(const std::vector<ZoneChange> &changes, std::size_t index)
{
    const ZoneChange &change = changes[index];
    if (!change.isDst)
        return 0;
    int saved = 0;
    for (std::size_t before = index; before-- > 0;) {
        saved = change.offset - changes[before].offset;
        if (!changes[before].isDst)
            break;
    }
    if (saved > 0 && saved <= 3 * 3600)
        return saved;
    for (std::size_t after = index + 1; after < changes.size(); ++after) {
        if (changes[after].isDst)
            continue;
        saved = change.offset - changes[after].offset;
        if (saved > 0)
            break;
    }
    return saved;
}

} // namespace

PytzZone::PytzZone(const TimeZone &zone)
{
    std::vector<ZoneChange> changes = zone.file().changes32;
    ZoneChange first = zone.file().before;
    first.at = INT64_MIN;
    changes.insert(changes.begin(), first);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        m_at.push_back(changes[i].at);
        m_offset.push_back(wholeMinutes(changes[i].offset));
        m_savesTime.push_back(wholeMinutes(savedTime(changes, i)) != 0);
    }
}

std::size_t PytzZone::indexAt(qint64 utc) const
{
    return static_cast<std::size_t>(std::upper_bound(m_at.begin(), m_at.end(), utc) - m_at.begin()) - 1;
}

int PytzZone::offsetAt(qint64 utc) const { return m_offset[indexAt(utc)]; }

qint64 PytzZone::localize(qint64 wall) const
{
    std::vector<qint64> possible;
    std::vector<qint64> standard;
    for (const qint64 near : {wall - kDay, wall + kDay}) {
        const qint64 utc = wall - m_offset[indexAt(near)];
        const std::size_t index = indexAt(utc);
        if (utc + m_offset[index] != wall)
            continue;
        possible.push_back(utc);
        if (!m_savesTime[index])
            standard.push_back(utc);
    }
    const std::vector<qint64> &choice = standard.empty() ? possible : standard;
    return choice.empty() ? wall - m_offset[indexAt(wall)] : *std::max_element(choice.begin(), choice.end());
}

} // namespace fd
