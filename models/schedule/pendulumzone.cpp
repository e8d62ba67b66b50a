// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/pendulumzone.h"

#include "models/schedule/civil.h"

#include <algorithm>

namespace fd {
namespace {

/// One change of the clock as pendulum 2 sees it: the wall shows `local` before it and `to` after it.
struct Step {
    qint64 local;
    qint64 to;

    [[nodiscard]] bool repeats(qint64 wall) const { return to <= wall && wall < local; }
    [[nodiscard]] bool skips(qint64 wall) const { return local <= wall && wall < to; }
};

Step stepAt(const TimeZone &zone, std::size_t index)
{
    const qint64 at = zone.changeTimes()[index];
    // Before its first change the zone has that change's own clock.
    return {at + zone.offsets()[std::max<std::size_t>(index - 1, 1)], at + zone.offsets()[index]};
}

} // namespace

WallTime PendulumZone::fromUtc(qint64 us) const
{
    const qint64 utc = floorDiv(us, kSecond);
    auto index = static_cast<std::size_t>(m_zone->indexAt(utc, m_hint));
    if (m_version == Two && index == 0 && !m_zone->isFixed())
        index = 1;
    const qint64 wall = us + m_zone->offsets()[index] * kSecond;
    if (m_version == Two)
        return {wall, !m_zone->dstFlags()[index]};
    return {wall, m_zone->utcOf(floorDiv(wall, kSecond), false) != utc};
}

qint64 PendulumZone::toUtc(WallTime wall) const
{
    const qint64 seconds = floorDiv(wall.us, kSecond);
    if (m_version == Two)
        return wall.us - legacyOffset(seconds, wall.second) * kSecond;
    return wall.us - seconds * kSecond + m_zone->utcOf(seconds, wall.second) * kSecond;
}

WallTime PendulumZone::create(qint64 us, bool second) const
{
    const qint64 wall = floorDiv(us, kSecond);
    if (m_version == Three) {
        const qint64 gap = m_zone->utcOf(wall, false) - m_zone->utcOf(wall, true);
        return {gap > 0 ? us + (second ? gap : -gap) * kSecond : us, second};
    }
    std::size_t index = changeAfter(wall);
    if (index == 0)
        return {us, false};
    if (wall < stepAt(*m_zone, index).local) {
        if (stepAt(*m_zone, index).repeats(wall))
            return {us, true};
        if (--index == 0)
            return {us, false};
    }
    const Step step = stepAt(*m_zone, index);
    if (step.repeats(wall))
        return {us, true};
    return step.skips(wall) ? WallTime{us + (step.to - step.local) * kSecond, true} : WallTime{us, false};
}

/// The first change whose new wall time is later than `wall`, else the last; 0 when the clock never changes.
std::size_t PendulumZone::changeAfter(qint64 wall) const
{
    const std::vector<qint64> &times = m_zone->changeTimes();
    std::size_t low = 1;
    std::size_t high = times.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (wall < stepAt(*m_zone, middle).to)
            high = middle;
        else
            low = middle + 1;
    }
    return std::min(low, times.size() - 1);
}

qint64 PendulumZone::legacyOffset(qint64 wall, bool second) const
{
    const std::size_t index = changeAfter(wall);
    const auto &offsets = m_zone->offsets();
    if (index <= 1 || wall >= stepAt(*m_zone, index).local)
        return offsets[index];
    if (stepAt(*m_zone, index).repeats(wall))
        return offsets[second ? index : index - 1];
    if (stepAt(*m_zone, index - 1).repeats(wall) && !second)
        return offsets[index];
    return offsets[index - 1];
}

} // namespace fd
