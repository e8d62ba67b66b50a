// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/rrulesearch.h"

#include "models/schedule/civil.h"

#include <algorithm>
#include <numeric>

namespace fd {
namespace {

constexpr int kLastYear = 9999;

/// Month and day of each day of a year, and seven days more for weeks that cross into the next one.
struct YearTable {
    std::array<quint8, 374> month{};
    std::array<qint8, 374> day{};
    std::array<qint8, 374> dayFromEnd{};
    std::array<int, 13> monthStart{};
};

constexpr YearTable makeTable(bool isLeap)
{
    const int year = isLeap ? 2000 : 2001;
    YearTable table;
    std::size_t index = 0;
    for (int m = 0; m < 13; ++m) {
        table.monthStart[static_cast<std::size_t>(m)] = static_cast<int>(index);
        const int month = m % 12 + 1;
        const int length = m < 12 ? daysInMonth(year, month) : 7;
        for (int day = 1; day <= length; ++day, ++index) {
            table.month[index] = static_cast<quint8>(month);
            table.day[index] = static_cast<qint8>(day);
            table.dayFromEnd[index] = static_cast<qint8>(day - daysInMonth(year, month) - 1);
        }
    }
    return table;
}

constexpr YearTable kCommonYear = makeTable(false);
constexpr YearTable kLeapYear = makeTable(true);

const YearTable &tableOf(int length) { return length == 366 ? kLeapYear : kCommonYear; }

bool contains(const std::vector<int> &values, int value)
{
    return std::find(values.begin(), values.end(), value) != values.end();
}

quint64 maskOf(const std::optional<std::vector<int>> &values)
{
    quint64 mask = 0;
    for (const int value : values.value_or(std::vector<int>{}))
        mask |= value >= 0 && value < 60 ? quint64(1) << value : 0;
    return mask;
}

int unitOf(Frequency frequency)
{
    return frequency == Frequency::Hourly ? 3600 : frequency == Frequency::Minutely ? 60 : 1;
}

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

RuleWalker::RuleWalker(const RecurrencePart &part, qint64 start)
    : m_part(part), m_start(start), m_left(part.count), m_day(floorDiv(start, kDay)), m_second(start)
{
    const CivilDate date = civilFromDays(m_day);
    m_year = date.year;
    m_month = date.month;
    prepareDays();
    prepareTimes();
    m_failed = m_part.interval <= 0 || cannotAdvance();
    m_done = m_failed;
}

void RuleWalker::prepareDays()
{
    const CivilDate date = civilFromDays(m_day);
    m_months = m_part.months.value_or(std::vector<int>{});
    m_monthDays = m_part.monthDays.value_or(std::vector<int>{});
    std::erase(m_monthDays, 0);
    const bool namesDays
        = m_part.weekNumbers || m_part.yearDays || m_part.monthDays || m_part.weekdays || m_part.easterDays;
    if (!namesDays && m_part.frequency == Frequency::Yearly && !m_part.months)
        m_months = {date.month};
    if (!namesDays && m_part.frequency <= Frequency::Monthly)
        m_monthDays = {date.day};
    if (!namesDays && m_part.frequency == Frequency::Weekly)
        m_weekdays = static_cast<quint8>(1 << weekdayOf(m_day));
    for (const NthWeekday &weekday : m_part.weekdays.value_or(std::vector<NthWeekday>{})) {
        if (weekday.nth == 0 || m_part.frequency > Frequency::Monthly)
            m_weekdays |= static_cast<quint8>(1 << weekday.weekday);
        else
            m_nthWeekdays.push_back(weekday);
    }
    const int safe = m_part.frequency == Frequency::Yearly && m_months.empty() ? 54 : 7;
    m_mayRaise = std::any_of(m_nthWeekdays.begin(), m_nthWeekdays.end(),
        [safe](const NthWeekday &w) { return w.nth > safe || w.nth < -54; });
    m_onlyWeekdays = m_weekdays != 0 && m_months.empty() && m_monthDays.empty() && m_nthWeekdays.empty()
        && !m_part.yearDays && !m_part.weekNumbers && !m_part.easterDays;
    m_filtersDays = !m_months.empty() || !m_monthDays.empty() || m_weekdays != 0 || !m_nthWeekdays.empty()
        || m_part.yearDays || m_part.weekNumbers || m_part.easterDays;
}

void RuleWalker::prepareTimes()
{
    const auto values = [](const std::optional<std::vector<int>> &given, qint64 fallback) {
        return given.value_or(std::vector<int>{static_cast<int>(fallback)});
    };
    const Frequency frequency = m_part.frequency;
    const std::vector<int> none{0};
    const auto hours = frequency < Frequency::Hourly ? values(m_part.hours, floorMod(m_start, kDay) / 3600) : none;
    const auto minutes = frequency < Frequency::Minutely ? values(m_part.minutes, floorMod(m_start, 3600) / 60) : none;
    const auto seconds = frequency < Frequency::Secondly ? values(m_part.seconds, floorMod(m_start, 60)) : none;
    for (const int hour : hours) {
        for (const int minute : minutes) {
            for (const int second : seconds)
                m_times.push_back(hour * 3600 + minute * 60 + second);
        }
    }
    std::sort(m_times.begin(), m_times.end());
    if (frequency >= Frequency::Hourly)
        m_clock[0] = maskOf(m_part.hours);
    if (frequency >= Frequency::Minutely)
        m_clock[1] = maskOf(m_part.minutes);
    if (frequency >= Frequency::Secondly)
        m_clock[2] = maskOf(m_part.seconds);
}

/// Whether dateutil finds no second step: the times are none, or the interval never comes to an hour that is asked for.
bool RuleWalker::cannotAdvance() const
{
    const auto isClock = [](const std::optional<std::vector<int>> &values, int end) {
        return !values
            || std::all_of(values->begin(), values->end(), [end](int value) { return value >= 0 && value < end; });
    };
    if (m_part.frequency < Frequency::Minutely && !isClock(m_part.minutes, 60))
        return true;
    if (m_part.frequency < Frequency::Secondly && !isClock(m_part.seconds, 60))
        return true;
    if (m_part.frequency < Frequency::Hourly || (!m_part.hours && !m_part.minutes && !m_part.seconds))
        return false;
    const bool unreachable = (m_part.hours && m_clock[0] == 0)
        || (m_part.frequency >= Frequency::Minutely && m_part.minutes && m_clock[1] == 0)
        || (m_part.frequency >= Frequency::Secondly && m_part.seconds && m_clock[2] == 0);
    if (unreachable)
        return true;
    const qint64 step = floorMod(qint64(m_part.interval) * unitOf(m_part.frequency), kDay);
    RuleWalker probe(*this);
    for (qint64 i = 0; i < kDay / std::gcd(step == 0 ? kDay : step, kDay); ++i) {
        if (probe.clockMatches())
            return false;
        probe.m_second = floorMod(probe.m_second + step, kDay);
    }
    return true;
}

bool RuleWalker::clockMatches() const
{
    const qint64 time = floorMod(m_second, kDay);
    return (m_clock[0] == 0 || (m_clock[0] >> (time / 3600) & 1) != 0)
        && (m_clock[1] == 0 || (m_clock[1] >> (time / 60 % 60) & 1) != 0)
        && (m_clock[2] == 0 || (m_clock[2] >> (time % 60) & 1) != 0);
}

void RuleWalker::skipTo(qint64 wall)
{
    if (m_left || m_mayRaise || m_failed || wall <= m_start)
        return;
    const qint64 day = floorDiv(wall, kDay);
    const CivilDate date = civilFromDays(day);
    const qint64 interval = m_part.interval;
    switch (m_part.frequency) {
    case Frequency::Yearly:
        m_year += static_cast<int>((date.year - m_year) / interval * interval);
        break;
    case Frequency::Monthly: {
        const qint64 months = (qint64(date.year) * 12 + date.month) - (qint64(m_year) * 12 + m_month);
        const qint64 month = qint64(m_year) * 12 + m_month - 1 + months / interval * interval;
        m_year = static_cast<int>(month / 12);
        m_month = static_cast<int>(month % 12) + 1;
        break;
    }
    case Frequency::Weekly: {
        const qint64 week = m_day - floorMod(weekdayOf(m_day) - m_part.weekStart, 7);
        if (const qint64 weeks = (day - week) / (7 * interval); weeks > 0)
            m_day = week + weeks * 7 * interval;
        break;
    }
    case Frequency::Daily:
        m_day += (day - m_day) / interval * interval;
        break;
    default:
        m_second += (wall - m_second) / (interval * unitOf(m_part.frequency)) * interval * unitOf(m_part.frequency);
    }
}

std::optional<qint64> RuleWalker::next()
{
    while (m_next >= m_found.size()) {
        if (m_done || ++m_steps > kMostSteps)
            return std::nullopt;
        m_found.clear();
        m_next = 0;
        collectPeriod();
        if (m_failed) {
            m_done = true;
            continue;
        }
        emitPeriod();
        if (!m_done)
            stepPeriod();
    }
    return m_found[m_next++];
}

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

void RuleWalker::addDay(int index)
{
    if (m_onlyWeekdays ? (m_weekdays >> weekdayAt(index) & 1) != 0 : dayMatches(index))
        m_days.push_back(index);
}

void RuleWalker::collectMonth(int month)
{
    if (month < 1 || month > 12)
        return;
    const auto &starts = tableOf(m_yearLength).monthStart;
    const int first = starts[static_cast<std::size_t>(month - 1)];
    const int end = starts[static_cast<std::size_t>(month)];
    if (m_monthDays.empty()) {
        for (int index = first; index < end; ++index)
            addDay(index);
        return;
    }
    const std::size_t before = m_days.size();
    for (const int day : m_monthDays) {
        const int index = day > 0 ? first + std::min(day, 99) - 1 : end + std::max(day, -99);
        if (index >= first && index < end)
            addDay(index);
    }
    const auto from = m_days.begin() + static_cast<std::ptrdiff_t>(before);
    std::sort(from, m_days.end());
    m_days.erase(std::unique(from, m_days.end()), m_days.end());
}

void RuleWalker::collectYear()
{
    if (!m_months.empty() || !m_monthDays.empty()) {
        for (int month = 1; month <= 12; ++month) {
            if (m_months.empty() || contains(m_months, month))
                collectMonth(month);
        }
        return;
    }
    for (int index = 0; index < m_yearLength; ++index)
        addDay(index);
}

/// Collects the matching days of the period that the walk stands at.
void RuleWalker::collectPeriod()
{
    m_days.clear();
    const Frequency frequency = m_part.frequency;
    if (frequency <= Frequency::Monthly) {
        enterYear(m_year);
        findNthDays(frequency == Frequency::Yearly ? 1 : m_month);
        if (m_failed)
            return;
        if (!m_nthWeekdays.empty()) {
            // No day of the kind at all: dateutil's mask is then all zero, and nothing passes.
            const std::vector<int> days = m_nthDays;
            std::for_each(days.begin(), days.end(), [this](int index) { addDay(index); });
        } else if (frequency == Frequency::Yearly) {
            collectYear();
        } else {
            collectMonth(m_month);
        }
        return;
    }
    const qint64 day = frequency >= Frequency::Hourly ? floorDiv(m_second, kDay) : m_day;
    enterYearOf(day);
    int index = static_cast<int>(day - m_firstDay);
    if (frequency != Frequency::Weekly) {
        if (!m_filtersDays || dayMatches(index))
            m_days.push_back(index);
        return;
    }
    do {
        addDay(index++);
    } while (weekdayAt(index) != m_part.weekStart);
}

void RuleWalker::emitPeriod()
{
    const bool isClock = m_part.frequency >= Frequency::Hourly;
    if (isClock && !clockMatches())
        return;
    if (!m_part.setPositions.empty()) {
        emitPositions();
        return;
    }
    const int unit = unitOf(m_part.frequency);
    for (const int index : m_days) {
        const qint64 base = isClock ? m_second - floorMod(m_second, unit) : (m_firstDay + index) * kDay;
        for (const int time : m_times) {
            add(base + time);
            if (m_done)
                return;
        }
    }
}

void RuleWalker::emitPositions()
{
    const bool isClock = m_part.frequency >= Frequency::Hourly;
    const qint64 times = static_cast<qint64>(m_times.size());
    const qint64 days = static_cast<qint64>(m_days.size());
    m_positions.clear();
    for (const int position : m_part.setPositions) {
        const qint64 place = position < 0 ? position : position - 1;
        const qint64 dayPlace = floorDiv(place, times);
        if (dayPlace >= days || dayPlace < -days)
            continue;
        const int index = m_days[static_cast<std::size_t>(dayPlace < 0 ? dayPlace + days : dayPlace)];
        const qint64 base
            = isClock ? m_second - floorMod(m_second, unitOf(m_part.frequency)) : (m_firstDay + index) * kDay;
        m_positions.push_back(base + m_times[static_cast<std::size_t>(floorMod(place, times))]);
    }
    std::sort(m_positions.begin(), m_positions.end());
    m_positions.erase(std::unique(m_positions.begin(), m_positions.end()), m_positions.end());
    for (const qint64 wall : m_positions) {
        add(wall);
        if (m_done)
            return;
    }
}

void RuleWalker::add(qint64 wall)
{
    if (m_part.until && wall > *m_part.until) {
        m_done = true;
        return;
    }
    if (wall < m_start)
        return;
    if (m_left && --*m_left < 0) {
        m_done = true;
        return;
    }
    m_found.push_back(wall);
}

void RuleWalker::stepPeriod()
{
    const qint64 interval = m_part.interval;
    qint64 year = m_year;
    switch (m_part.frequency) {
    case Frequency::Yearly:
        year += interval;
        break;
    case Frequency::Monthly:
        year += (m_month - 1 + interval) / 12;
        m_month = static_cast<int>((m_month - 1 + interval) % 12) + 1;
        break;
    case Frequency::Weekly:
        m_day += interval * 7 - floorMod(weekdayOf(m_day) - m_part.weekStart, 7);
        m_done = m_day >= kEndSecond / kDay;
        return;
    case Frequency::Daily:
        m_day += interval;
        m_done = m_day >= kEndSecond / kDay;
        return;
    default:
        stepClock();
        m_done = m_second >= kEndSecond;
        return;
    }
    m_done = year > kLastYear;
    if (!m_done)
        m_year = static_cast<int>(year);
}

void RuleWalker::stepClock()
{
    const qint64 step = qint64(m_part.interval) * unitOf(m_part.frequency);
    const auto leave
        = [this, step](qint64 length) { m_second += (length - 1 - floorMod(m_second, length)) / step * step + step; };
    leave(m_days.empty() ? kDay : 1);
    while (!clockMatches() && m_second < kEndSecond) {
        const qint64 time = floorMod(m_second, kDay);
        const bool hourMatches = m_clock[0] == 0 || (m_clock[0] >> (time / 3600) & 1) != 0;
        const bool minuteMatches = m_clock[1] == 0 || (m_clock[1] >> (time / 60 % 60) & 1) != 0;
        leave(!hourMatches ? 3600 : !minuteMatches ? 60 : 1);
    }
}

} // namespace fd
