// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/cronsearch.h"

#include <algorithm>
#include <bit>

namespace fd {
namespace {

constexpr int kMaxYears = 50;

/// The smallest value that matches and is at least `from`; -1 when there is none.
int atLeast(quint64 values, int from)
{
    const quint64 rest = from < 64 ? values >> from << from : 0;
    return rest == 0 ? -1 : std::countr_zero(rest);
}

int firstOf(quint64 values) { return values == 0 ? 0 : std::countr_zero(values); }

int nextIn(const CronField &field, int from, int most)
{
    if (!field.any)
        return atLeast(field.values, from);
    return from <= most ? from : -1;
}

} // namespace

std::optional<qint64> CronSearch::next(qint64 now)
{
    qint64 from = now + (m_cron.hasSeconds ? 1 : 60);
    if (!m_cron.hasSeconds)
        from -= floorMod(from, 60);
    if (!m_union)
        return search(from, true, true);
    const auto byDay = search(from, true, false);
    const auto byWeekday = search(from, false, true);
    // croniter raises as soon as one of the two finds nothing, even if the other would.
    if (!byDay || !byWeekday)
        return std::nullopt;
    return std::min(*byDay, *byWeekday);
}

std::optional<qint64> CronSearch::search(qint64 from, bool useDay, bool useWeekday)
{
    const qint64 day = floorDiv(from, kDay);
    Position at{.day = day, .date = m_last.day == day ? m_last.date : civilFromDays(day), .second = from - day * kDay};
    m_last = at;
    const int lastYear = at.date.year + kMaxYears;
    while (at.date.year <= lastYear) {
        if (!m_cron.years.empty() && skipYears(at)) {
            if (at.date.year > m_cron.years.back())
                return std::nullopt;
            continue;
        }
        if (!m_cron.month.any && skipMonths(at))
            continue;
        if (useDay && !m_cron.day.any && skipDays(at))
            continue;
        if (m_cron.hasNth ? skipToNth(at) : useWeekday && !m_cron.weekday.any && skipWeekdays(at))
            continue;
        if (findTime(at))
            return at.day * kDay + at.second;
        advance(at, 1);
    }
    return std::nullopt;
}

void CronSearch::advance(Position &at, qint64 days)
{
    at.day += days;
    at.second = 0;
    const qint64 day = at.date.day + days;
    if (day <= daysInMonth(at.date.year, at.date.month))
        at.date.day = static_cast<int>(day);
    else
        at.date = civilFromDays(at.day);
}

bool CronSearch::skipYears(Position &at) const
{
    const auto year = std::lower_bound(m_cron.years.begin(), m_cron.years.end(), at.date.year);
    if (year != m_cron.years.end() && *year == at.date.year)
        return false;
    // Behind the last year of the list the search is over; the caller looks.
    at.date = {year == m_cron.years.end() ? m_cron.years.back() + 1 : *year, 1, 1};
    at.day = daysFromCivil(at.date.year, 1, 1);
    at.second = 0;
    return true;
}

bool CronSearch::skipMonths(Position &at) const
{
    const int month = atLeast(m_cron.month.values, at.date.month);
    if (month == at.date.month)
        return false;
    at.date
        = month > 0 ? CivilDate{at.date.year, month, 1} : CivilDate{at.date.year + 1, firstOf(m_cron.month.values), 1};
    at.day = daysFromCivil(at.date.year, at.date.month, 1);
    at.second = 0;
    return true;
}

bool CronSearch::skipDays(Position &at) const
{
    const int length = daysInMonth(at.date.year, at.date.month);
    if (m_cron.day.last && at.date.day == length)
        return false;
    int day = atLeast(m_cron.day.values, at.date.day);
    if (day < 0)
        day = m_cron.day.last ? length : firstOf(m_cron.day.values) + length;
    if (day == at.date.day)
        return false;
    advance(at, day - at.date.day);
    return true;
}

bool CronSearch::skipWeekdays(Position &at) const
{
    const int weekday = (weekdayOf(at.day) + 1) % 7;
    int wanted = atLeast(m_cron.weekday.values, weekday);
    if (wanted < 0)
        wanted = firstOf(m_cron.weekday.values) + 7;
    if (wanted == weekday)
        return false;
    advance(at, wanted - weekday);
    return true;
}

bool CronSearch::skipToNth(Position &at) const
{
    const int length = daysInMonth(at.date.year, at.date.month);
    const int firstWeekday = (weekdayOf(at.day - at.date.day + 1) + 1) % 7;
    int best = length + 1;
    for (int weekday = 0; weekday < 7; ++weekday) {
        const quint8 wanted = m_cron.nth[static_cast<std::size_t>(weekday)];
        if (wanted == 0)
            continue;
        const int first = 1 + (weekday - firstWeekday + 7) % 7;
        for (int nth = 0; nth <= 5; ++nth) {
            if ((wanted >> nth & 1) == 0)
                continue;
            const int day = nth == 0 ? first + (length - first) / 7 * 7 : first + (nth - 1) * 7;
            if (day >= at.date.day && day <= length)
                best = std::min(best, day);
        }
    }
    if (best == at.date.day)
        return false;
    advance(at, best - at.date.day);
    return true;
}

bool CronSearch::findTime(Position &at) const
{
    const int fromHour = static_cast<int>(at.second / 3600);
    const int fromMinute = static_cast<int>(at.second / 60 % 60);
    const int fromSecond = static_cast<int>(at.second % 60);
    const auto seconds = [this](int from) {
        return m_cron.hasSeconds ? nextIn(m_cron.second, from, 59) : from == 0 ? 0 : -1;
    };
    int hour = nextIn(m_cron.hour, fromHour, 23);
    int minute = 0;
    int second = 0;
    if (hour == fromHour) {
        minute = nextIn(m_cron.minute, fromMinute, 59);
        if (minute == fromMinute) {
            second = seconds(fromSecond);
            if (second < 0)
                minute = nextIn(m_cron.minute, fromMinute + 1, 59);
        }
        if (minute < 0)
            hour = nextIn(m_cron.hour, fromHour + 1, 23);
        if (minute >= 0 && (minute != fromMinute || second < 0))
            second = seconds(0);
    }
    if (hour < 0)
        return false;
    if (hour != fromHour) {
        minute = nextIn(m_cron.minute, 0, 59);
        second = seconds(0);
    }
    at.second = hour * 3600 + minute * 60 + second;
    return true;
}

} // namespace fd
