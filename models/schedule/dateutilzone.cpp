// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/dateutilzone.h"

#include <algorithm>
#include <optional>

namespace fd {

DateutilZone::DateutilZone(const TimeZone &zone) : m_before(zone.file().before.offset), m_standard(m_before)
{
    const std::vector<ZoneChange> &changes = zone.file().changes32;
    const auto standard = std::find_if(changes.rbegin(), changes.rend(), [](const ZoneChange &c) { return !c.isDst; });
    if (!changes.empty())
        m_standard = standard == changes.rend() ? changes.back().offset : standard->offset;

    std::optional<ZoneChange> last;
    int lastSaved = 0;
    int lastBase = 0;
    for (const ZoneChange &change : changes) {
        int saved = 0;
        if (last && change.isDst) {
            if (!last->isDst)
                saved = change.offset - last->offset;
            if (saved == 0 && lastSaved != 0)
                saved = lastSaved;
            lastSaved = saved;
        }
        const int base = change.offset - saved;
        const bool movedBase = last && base != lastBase && change.isDst != last->isDst;
        m_utc.push_back(change.at);
        m_wall.push_back(change.at + (movedBase ? lastBase : base));
        m_offset.push_back(change.offset);
        last = change;
        lastBase = base;
    }
}

int DateutilZone::offsetOf(std::ptrdiff_t index) const
{
    if (index + 1 >= static_cast<std::ptrdiff_t>(m_wall.size()))
        return m_standard;
    return index < 0 ? m_before : m_offset[static_cast<std::size_t>(index)];
}

int DateutilZone::offsetAt(qint64 wall, Stretch &known) const
{
    if (wall >= known.from && wall < known.until)
        return known.offset;
    if (m_wall.empty())
        return m_standard;
    const std::ptrdiff_t index = std::upper_bound(m_wall.begin(), m_wall.end(), wall) - m_wall.begin() - 1;
    const int offset = offsetOf(index);
    qint64 from = index < 0 ? INT64_MIN / 4 : m_wall[static_cast<std::size_t>(index)];
    if (index > 0) {
        const int back = offsetOf(index - 1) - offset;
        if (wall < from + back)
            return offsetOf(index - 1);
        from += std::max(0, back);
    }
    const bool isLast = index + 1 >= static_cast<std::ptrdiff_t>(m_wall.size());
    known = {from, isLast ? INT64_MAX : m_wall[static_cast<std::size_t>(index + 1)], offset};
    return offset;
}

qint64 DateutilZone::wallAt(qint64 utc) const
{
    if (m_utc.empty())
        return utc + m_standard;
    return utc + offsetOf(std::upper_bound(m_utc.begin(), m_utc.end(), utc) - m_utc.begin() - 1);
}

} // namespace fd
