// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/dateset.h"

#include <algorithm>

namespace fd {

DateSet::DateSet(int wanted, int mostTries) : m_wanted(wanted), m_mostTries(mostTries)
{
    m_dates.reserve(static_cast<std::size_t>(std::clamp(wanted, 1, 128)));
}

bool DateSet::add(qint64 wallUs, qint64 utcUs)
{
    bool isNew = true;
    if (wallUs <= m_highest) {
        isNew = std::none_of(
            m_dates.rbegin(), m_dates.rend(), [wallUs](const Date &date) { return date.wall == wallUs; });
        m_isAscending = m_isAscending && !isNew;
    }
    m_highest = std::max(m_highest, wallUs);
    if (isNew)
        m_dates.push_back({wallUs, utcUs});
    if (static_cast<int>(m_dates.size()) >= m_wanted || m_tries > m_mostTries)
        return false;
    ++m_tries;
    return true;
}

std::vector<Instant> DateSet::sorted() &&
{
    if (!m_isAscending)
        std::stable_sort(m_dates.begin(), m_dates.end(), [](const Date &a, const Date &b) { return a.wall < b.wall; });
    std::vector<Instant> instants;
    instants.reserve(m_dates.size());
    for (const Date &date : m_dates)
        instants.push_back({date.utc});
    return instants;
}

} // namespace fd
