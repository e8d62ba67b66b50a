// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/rrulesearch.h"

#include "models/schedule/yeartable.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace fd {
namespace {

constexpr int kLastYear = 9999;

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
    if (m_onlyWeekdays) {
        // The week's pattern, turned to the month's first day and repeated over it.
        const int turn = weekdayAt(first);
        const quint64 week = (m_weekdays >> turn | m_weekdays << (7 - turn)) & 127U;
        quint64 matches
            = (week | week << 7 | week << 14 | week << 21 | week << 28) & ((quint64(1) << (end - first)) - 1);
        for (; matches != 0; matches &= matches - 1)
            m_days.push_back(first + std::countr_zero(matches));
        return;
    }
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
