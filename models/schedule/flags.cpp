// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/flags.h"

#include "models/schedule/civil.h"
#include "models/schedule/occurrences.h"
#include "models/schedule/scheduletext.h"

#include <algorithm>

namespace fd {
namespace {

using Kind = ScheduleFlag::Kind;

constexpr qint64 kDayUs = kDay * kSecond;
constexpr int kMostDates = 20'000;

bool standsStill(const Recurrence &recurrence)
{
    const auto still = [](const RecurrencePart &part) { return part.interval == 0; };
    return std::any_of(recurrence.rules.begin(), recurrence.rules.end(), still)
        || std::any_of(recurrence.exceptions.begin(), recurrence.exceptions.end(), still);
}

bool isUsedUp(const RRuleSchedule &rrule)
{
    return !rrule.recurrence.start && rrule.recurrence.rules.size() == 1 && rrule.recurrence.rules.front().count;
}

void flagNoDates(const ScheduleRule &rule, Instant now, std::vector<ScheduleFlag> &flags)
{
    const Occurrences next = nextOccurrences(rule, now, 1);
    if (!next.instants.empty())
        return;
    if (rule.rrule() != nullptr && isUsedUp(*rule.rrule()))
        flags.push_back({Kind::NeverSchedules,
            ScheduleText::tr("Without DTSTART the rule starts in 2020, so its COUNT is used up; add DTSTART.")});
    else if (next.failure)
        flags.push_back({Kind::NeverSchedules, next.failure->detail});
    else
        flags.push_back({Kind::NeverSchedules,
            ScheduleText::tr("There is no further date: the rule has ended or names a day that does not exist.")});
}

/// Compares what Orion makes of the next change of the clock with what was written.
void flagOrionClock(const ScheduleRule &rule, Instant now, std::vector<ScheduleFlag> &flags)
{
    const qint64 change = rule.zone->nextChange(floorDiv(now.us, kSecond));
    if (change > floorDiv(now.us, kSecond) + 400 * kDay)
        return;
    qint64 forward = change;
    while (forward < change + 400 * kDay && rule.zone->offsetAt(forward) <= rule.zone->offsetAt(forward - 1))
        forward = rule.zone->nextChange(forward);
    if (forward >= change + 400 * kDay)
        return;
    ScheduleRule plain = rule;
    plain.rules = ScheduleRules::Prefect2;
    const Instant from{forward * kSecond - 2 * kDayUs};
    const Instant until{forward * kSecond + 3 * kDayUs};
    const auto dates = occurrencesBetween(rule, from, until, kMostDates).instants.size();
    const auto written = occurrencesBetween(plain, from, until, kMostDates).instants.size();
    if (dates > written)
        flags.push_back({Kind::SchedulesTwice,
            ScheduleText::tr("When the clock next goes forward, Orion makes more runs than written: %n.", nullptr,
                static_cast<int>(dates - written))});
    else if (dates < written)
        flags.push_back({Kind::LosesDates,
            ScheduleText::tr("When the clock next goes forward, Orion makes fewer runs than written; missing: %n.",
                nullptr, static_cast<int>(written - dates))});
}

void flagInterval(const ScheduleRule &rule, const IntervalSchedule &interval, std::vector<ScheduleFlag> &flags)
{
    if (interval.anchorIsDefault && rule.rules != ScheduleRules::Orion)
        flags.push_back({Kind::ShiftsWithDeploy,
            ScheduleText::tr("Without an anchor it counts from the moment of saving, so every deploy moves its runs; "
                             "add an anchor.")});
    const bool isServer = rule.rules == ScheduleRules::Prefect2 || rule.rules == ScheduleRules::Prefect3;
    if (isServer && rule.hasZone && !rule.zone->isFixed() && interval.intervalUs >= kDayUs)
        flags.push_back({Kind::ShiftsWithSeason,
            ScheduleText::tr("Prefect counts elapsed time from the anchor, so the local time depends on the season in "
                             "which it looks; a cron keeps it.")});
}

} // namespace

std::vector<ScheduleFlag> flagsOf(const ScheduleRule &rule, Instant now)
{
    std::vector<ScheduleFlag> flags;
    if (const RRuleSchedule *rrule = rule.rrule(); rrule != nullptr && standsStill(rrule->recurrence)) {
        flags.push_back({Kind::NeverFinishes,
            ScheduleText::tr("INTERVAL=0 never finishes: the server would search for ever; use 1 or more.")});
        return flags;
    }
    if (rule.neverWorks) {
        flags.push_back({Kind::NeverSchedules, rule.neverWorks->detail});
        return flags;
    }
    if (const CronSchedule *cron = rule.cron(); cron != nullptr && cron->expression.isRandom) {
        flags.push_back({Kind::Random,
            ScheduleText::tr("Its dates are drawn at random each time the server looks; choose fixed values.")});
        return flags;
    }
    flagNoDates(rule, now, flags);
    if (const IntervalSchedule *interval = rule.interval())
        flagInterval(rule, *interval, flags);
    if (rule.rules == ScheduleRules::Orion) {
        if (rule.rrule() != nullptr && !rule.rrule()->recurrence.start)
            flags.push_back({Kind::SchedulesTwice,
                ScheduleText::tr(
                    "Without DTSTART Orion starts the rule anew at every look, so runs pile up; add DTSTART.")});
        if (rule.cron() != nullptr && rule.hasZone && flags.empty())
            flagOrionClock(rule, now, flags);
    }
    return flags;
}

} // namespace fd
