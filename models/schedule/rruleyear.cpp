// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/rrulesearch.h"
#include "models/schedule/yeartable.h"

#include <algorithm>

namespace fd {
namespace {

/// Easter Sunday as a day of the year counted from 0 (Gregorian; Butcher's method).
int easterIndex(int year)
{
    const int golden = year % 19;
    const int century = year / 100;
    const int h = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    const int i = h - h / 28 * (1 - h / 28 * (29 / (h + 1)) * ((21 - golden) / 11));
    const int j = (year + year / 4 + i + 2 - century + century / 4) % 7;
    const int days = i - j;
    const int month = 3 + (days + 40) / 44;
    const int day = days + 28 - 31 * (month / 4);
    return static_cast<int>(daysFromCivil(year, month, day) - daysFromCivil(year, 1, 1));
}

} // namespace

void RuleWalker::enterYear(int year)
{
    if (year == m_tableYear)
        return;
    m_tableYear = year;
    m_yearLength = isLeapYear(year) ? 366 : 365;
    m_nextLength = isLeapYear(year + 1) ? 366 : 365;
    m_firstDay = daysFromCivil(year, 1, 1);
    m_firstWeekday = weekdayOf(m_firstDay);
    m_nthMonth = 0;
    if (m_part.weekNumbers)
        findWeeks();
    if (m_part.easterDays)
        findEaster();
}

void RuleWalker::enterYearOf(qint64 day)
{
    if (m_tableYear == INT32_MIN || day < m_firstDay || day >= m_firstDay + m_yearLength)
        enterYear(civilFromDays(day).year);
}

void RuleWalker::findNthDays(int month)
{
    if (m_nthWeekdays.empty() || m_nthMonth == month)
        return;
    m_nthMonth = month;
    m_nthDays.clear();
    const auto &starts = tableOf(m_yearLength).monthStart;
    const auto addMonth = [&](int m) {
        if (m < 1 || m > 12)
            m_failed = true;
        else
            addNthDays(starts[static_cast<std::size_t>(m - 1)], starts[static_cast<std::size_t>(m)] - 1);
    };
    if (m_part.frequency == Frequency::Monthly)
        addMonth(month);
    else if (m_months.empty())
        addNthDays(0, m_yearLength - 1);
    else
        std::for_each(m_months.begin(), m_months.end(), addMonth);
    std::sort(m_nthDays.begin(), m_nthDays.end());
    m_nthDays.erase(std::unique(m_nthDays.begin(), m_nthDays.end()), m_nthDays.end());
}

void RuleWalker::addNthDays(int first, int last)
{
    // dateutil looks weekdays up in a table of this size; outside of it, it raises.
    const int size = 385 - m_firstWeekday;
    for (const NthWeekday &weekday : m_nthWeekdays) {
        qint64 index = weekday.nth < 0 ? last + (weekday.nth + 1LL) * 7 : first + (weekday.nth - 1LL) * 7;
        if (index >= size || index < -size) {
            m_failed = true;
            return;
        }
        const int found = weekdayAt(static_cast<int>(index < 0 ? index + size : index));
        index += weekday.nth < 0 ? -floorMod(found - weekday.weekday, 7) : (7 - found + weekday.weekday) % 7;
        if (index >= first && index <= last)
            m_nthDays.push_back(static_cast<int>(index));
    }
}

/// The days of the wanted ISO weeks, with dateutil's treatment of the weeks at both ends of the year.
void RuleWalker::findWeeks()
{
    const std::vector<int> &wanted = *m_part.weekNumbers;
    const int weekStart = m_part.weekStart;
    m_weekMask.assign(static_cast<std::size_t>(m_yearLength) + 8, false);
    const auto markWeek = [&](int index) {
        for (int day = 0; day < 7; ++day) {
            m_weekMask[static_cast<std::size_t>(index++)] = true;
            if (weekdayAt(index) == weekStart)
                break;
        }
    };
    const int firstStart = (7 - m_firstWeekday + weekStart) % 7;
    const bool startsEarlier = firstStart >= 4;
    const int first = startsEarlier ? 0 : firstStart;
    const int length = startsEarlier ? m_yearLength + static_cast<int>(floorMod(m_firstWeekday - weekStart, 7))
                                     : m_yearLength - first;
    const int weeks = length / 7 + length % 7 / 4;
    const auto indexOf = [&](int week) { return first + (week - 1) * 7 - (first != firstStart ? 7 - firstStart : 0); };
    for (int week : wanted) {
        week += week < 0 ? weeks + 1 : 0;
        if (week > 0 && week <= weeks)
            markWeek(week > 1 ? indexOf(week) : first);
    }
    if (contains(wanted, 1) && indexOf(weeks + 1) < m_yearLength)
        markWeek(indexOf(weeks + 1));
    if (first == 0)
        return;
    int lastWeeks = -1;
    if (!contains(wanted, -1)) {
        const int lastWeekday = weekdayOf(daysFromCivil(m_tableYear - 1, 1, 1));
        const int lastLength = isLeapYear(m_tableYear - 1) ? 366 : 365;
        lastWeeks = (7 - lastWeekday + weekStart) % 7 >= 4
            ? 52 + static_cast<int>(floorMod(lastLength + floorMod(lastWeekday - weekStart, 7), 7)) / 4
            : 52 + (m_yearLength - first) % 7 / 4;
    }
    if (contains(wanted, lastWeeks))
        std::fill_n(m_weekMask.begin(), first, true);
}

void RuleWalker::findEaster()
{
    const int size = m_yearLength + 7;
    m_easterMask.assign(static_cast<std::size_t>(size), false);
    const int easter = easterIndex(m_tableYear);
    for (const int offset : *m_part.easterDays) {
        const qint64 index = qint64(easter) + offset;
        if (index >= size || index < -size)
            m_failed = true;
        else
            m_easterMask[static_cast<std::size_t>(index < 0 ? index + size : index)] = true;
    }
}

bool RuleWalker::dayMatches(int index) const
{
    const YearTable &table = tableOf(m_yearLength);
    const auto at = static_cast<std::size_t>(index);
    if (!m_months.empty() && !contains(m_months, table.month[at]))
        return false;
    if (m_part.weekNumbers && !m_weekMask[at])
        return false;
    if (m_weekdays != 0 && (m_weekdays >> weekdayAt(index) & 1) == 0)
        return false;
    if (!m_nthDays.empty() && !std::binary_search(m_nthDays.begin(), m_nthDays.end(), index))
        return false;
    if (m_part.easterDays && !m_easterMask[at])
        return false;
    if (!m_monthDays.empty() && !contains(m_monthDays, table.day[at]) && !contains(m_monthDays, table.dayFromEnd[at]))
        return false;
    if (!m_part.yearDays)
        return true;
    const std::vector<int> &days = *m_part.yearDays;
    return index < m_yearLength
        ? contains(days, index + 1) || contains(days, index - m_yearLength)
        : contains(days, index + 1 - m_yearLength) || contains(days, index - m_yearLength - m_nextLength);
}

} // namespace fd
