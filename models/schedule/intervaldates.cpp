// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/civil.h"
#include "models/schedule/occurrenceloops.h"
#include "models/schedule/pendulumzone.h"

#include <cmath>

namespace fd {
namespace {

constexpr qint64 kDayUs = kDay * kSecond;

bool isInCalendar(qint64 us) { return us >= kFirstSecond * kSecond && us < kEndSecond * kSecond; }

/// A number of seconds as pendulum hands it to timedelta: whole minutes exactly, the rest rounded to microseconds.
/// Nothing when Python has no such date.
std::optional<qint64> addSeconds(qint64 us, double seconds)
{
    const double minutes = std::round((seconds - std::fmod(seconds, 60.0)) / 60.0);
    if (std::abs(minutes) > 6e9)
        return std::nullopt;
    const qint64 sum = us + static_cast<qint64>(minutes) * 60 * kSecond
        + static_cast<qint64>(std::nearbyint(std::fmod(seconds, 60.0) * 1e6));
    return isInCalendar(sum) ? std::optional(sum) : std::nullopt;
}

/// Whole days are added on the wall clock, anything shorter in elapsed time.
std::optional<WallTime> advance(const PendulumZone &zone, WallTime date, qint64 intervalUs)
{
    if (intervalUs >= kDayUs) {
        const qint64 wall = date.us + intervalUs;
        return isInCalendar(wall) ? std::optional(zone.create(wall, true)) : std::nullopt;
    }
    const qint64 utc = zone.toUtc(date) + intervalUs;
    return isInCalendar(utc) ? std::optional(zone.fromUtc(utc)) : std::nullopt;
}

Occurrences asServer(const ScheduleRule &rule, const IntervalSchedule &interval, const DateQuery &query)
{
    // Orion keeps a fixed offset, which counts as UTC does.
    const bool isOrion = rule.rules == ScheduleRules::Orion;
    const auto utc = TimeZone::utc();
    const bool isOld = isOrion || rule.rules == ScheduleRules::Prefect2;
    const PendulumZone zone(isOrion ? *utc : *rule.zone, isOld ? PendulumZone::Two : PendulumZone::Three);
    const WallTime anchor = zone.fromUtc(interval.anchor.us);
    const WallTime start = zone.fromUtc(query.startUs);
    const double seconds = static_cast<double>(interval.intervalUs) / 1e6;
    const double passed = static_cast<double>(zone.toUtc(start) - zone.toUtc(anchor)) / 1e6;
    const auto first = isInCalendar(anchor.us) ? addSeconds(zone.toUtc(anchor), seconds * std::trunc(passed / seconds))
                                               : std::nullopt;
    if (!first)
        return {.instants = {}, .failure = outOfCalendar("interval")};
    std::optional<WallTime> date = zone.fromUtc(*first);
    while (date && date->us < start.us)
        date = advance(zone, *date, interval.intervalUs);
    const std::optional<qint64> end = query.endUs ? std::optional(zone.fromUtc(*query.endUs).us) : std::nullopt;
    DateSet dates(query.wanted, query.mostTries);
    while (date && !(end && date->us > *end) && dates.add(date->us, zone.toUtc(*date)))
        date = advance(zone, *date, interval.intervalUs);
    Occurrences found{.instants = std::move(dates).sorted(), .failure = {}};
    if (!date && rule.rules != ScheduleRules::Local)
        found.failure = outOfCalendar("interval");
    return found;
}

/// Flowdeck's own reading of whole days in a zone: the anchor's local time on each of its days.
Occurrences atLocalTime(const ScheduleRule &rule, const IntervalSchedule &interval, const DateQuery &query)
{
    const PendulumZone zone(*rule.zone, PendulumZone::Three);
    const qint64 anchor = zone.fromUtc(interval.anchor.us).us;
    const qint64 start = zone.fromUtc(query.startUs).us - kDayUs;
    qint64 wall = anchor + floorDiv(start - anchor, interval.intervalUs) * interval.intervalUs;
    DateSet dates(query.wanted, query.mostTries);
    for (; wall < kEndSecond * kSecond; wall += interval.intervalUs) {
        const WallTime date = wall < kFirstSecond * kSecond ? WallTime{wall, false} : zone.create(wall, true);
        const qint64 utc = zone.toUtc(date);
        if (utc < query.startUs)
            continue;
        if ((query.endUs && utc > *query.endUs) || !dates.add(date.us, utc))
            break;
    }
    return {.instants = std::move(dates).sorted(), .failure = {}};
}

} // namespace

Occurrences intervalDates(const ScheduleRule &rule, const IntervalSchedule &interval, const DateQuery &query)
{
    const bool keepsLocalTime = rule.rules == ScheduleRules::Local && rule.hasZone && interval.intervalUs % kDayUs == 0;
    return keepsLocalTime ? atLocalTime(rule, interval, query) : asServer(rule, interval, query);
}

} // namespace fd
