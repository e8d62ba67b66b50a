// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/occurrences.h"

#include "models/schedule/civil.h"
#include "models/schedule/occurrenceloops.h"
#include "models/schedule/scheduletext.h"

#include <algorithm>

namespace fd {
namespace {

constexpr int kMostCount = 1'000'000;
/// Servers compare by the wall clock, which may run ahead of or behind the instants by up to a day.
constexpr qint64 kSlackUs = 2 * kDay * kSecond;

Occurrences dates(const ScheduleRule &rule, const DateQuery &query)
{
    if (rule.neverWorks)
        return {.instants = {}, .failure = rule.neverWorks};
    if (const IntervalSchedule *interval = rule.interval())
        return intervalDates(rule, *interval, query);
    if (const CronSchedule *cron = rule.cron())
        return cronDates(rule, *cron, query);
    return rruleDates(rule, *rule.rrule(), query);
}

void makeAscending(std::vector<Instant> &instants, Instant from)
{
    if (!std::is_sorted(instants.begin(), instants.end()))
        std::sort(instants.begin(), instants.end());
    instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
    instants.erase(instants.begin(), std::lower_bound(instants.begin(), instants.end(), from));
}

/// Up to `count` dates, ascending, from `from` on; more are asked for where some of them fall away.
Occurrences ascending(const ScheduleRule &rule, Instant from, std::optional<qint64> endUs, int count)
{
    count = std::clamp(count, 0, kMostCount);
    Occurrences found;
    int asked = count;
    for (int attempt = 0; attempt < 4 && count > 0; ++attempt) {
        found = dates(rule,
            {.startUs = from.us, .endUs = endUs, .wanted = asked, .mostTries = asked * 4 + 10'000, .isOpen = false});
        const bool isAll = static_cast<int>(found.instants.size()) < asked;
        makeAscending(found.instants, from);
        if (isAll || static_cast<int>(found.instants.size()) >= count)
            break;
        asked = asked * 2 + 8;
    }
    if (static_cast<int>(found.instants.size()) > count)
        found.instants.resize(static_cast<std::size_t>(count));
    return found;
}

} // namespace

int iterationLimit(ScheduleRules rules) { return rules == ScheduleRules::Orion ? 10'000 : 1'000; }

Error outOfCalendar(const char *field)
{
    return {.kind = ErrorKind::Validation,
        .detail = ScheduleText::tr("The dates leave the years 1 to 9999, where the server fails."),
        .field = QString::fromLatin1(field),
        .file = {}};
}

Occurrences serverOccurrences(const ScheduleRule &rule, const OccurrenceQuery &query)
{
    const int limit = iterationLimit(rule.rules);
    return dates(rule,
        {.startUs = query.start.us,
            .endUs = query.end ? std::optional(query.end->us) : std::nullopt,
            .wanted = query.count.value_or(query.end ? limit : 1),
            .mostTries = limit,
            .isOpen = !query.count});
}

Occurrences nextOccurrences(const ScheduleRule &rule, Instant from, int count)
{
    return ascending(rule, from, std::nullopt, count);
}

Occurrences occurrencesBetween(const ScheduleRule &rule, Instant from, Instant until, int limit)
{
    if (until < from)
        return {};
    Occurrences found = ascending(rule, from, until.us + kSlackUs, limit);
    found.instants.erase(std::upper_bound(found.instants.begin(), found.instants.end(), until), found.instants.end());
    return found;
}

std::optional<Instant> nextOccurrence(const ScheduleRule &rule, Instant from)
{
    const Occurrences found = nextOccurrences(rule, from, 1);
    return found.instants.empty() ? std::nullopt : std::optional(found.instants.front());
}

} // namespace fd
