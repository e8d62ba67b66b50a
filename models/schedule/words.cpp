// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/words.h"

#include "models/schedule/civil.h"
#include "models/schedule/scheduletext.h"
#include "models/schedule/wordparts.h"

namespace fd {
namespace {

/// An interval in its largest whole unit; the time of day is said for whole days.
QString intervalInWords(const ScheduleRule &rule, const IntervalSchedule &interval)
{
    struct Unit {
        qint64 us;
        const char *name;
    };
    static constexpr Unit units[]{{7 * kDay * kSecond, "week"}, {kDay * kSecond, "day"}, {3600 * kSecond, "hour"},
        {60 * kSecond, "minute"}, {kSecond, "second"}};
    QString text;
    for (const Unit &unit : units) {
        if (interval.intervalUs % unit.us == 0 && interval.intervalUs / unit.us <= INT_MAX) {
            text = everyText(interval.intervalUs / unit.us, unit.name);
            break;
        }
    }
    if (text.isEmpty())
        return ScheduleText::tr("every %1 seconds")
            .arg(QString::number(static_cast<double>(interval.intervalUs) / 1e6, 'g', 15));
    if (interval.intervalUs % (kDay * kSecond) != 0 || interval.anchorIsDefault)
        return text;
    const qint64 utc = floorDiv(interval.anchor.us, kSecond);
    const qint64 wall = utc + rule.zone->offsetAt(utc);
    if (interval.intervalUs % (7 * kDay * kSecond) == 0)
        text = ScheduleText::tr("%1 on %2", "every week on Monday")
                   .arg(text, weekdayName((weekdayOf(floorDiv(wall, kDay)) + 1) % 7));
    return ScheduleText::tr("%1 at %2", "every day at 09:00")
        .arg(text, clockText(static_cast<int>(floorMod(wall, kDay))));
}

QString recurrenceText(const ScheduleRule &rule, const RRuleSchedule &rrule)
{
    const bool isUnread = rrule.recurrence.rules.empty() && rrule.recurrence.dates.empty();
    const bool hasNoStart = !rrule.recurrence.start && rule.rules == ScheduleRules::Orion;
    if (isUnread || hasNoStart)
        return {};
    return recurrenceInWords(rrule.recurrence, rrule.recurrence.start.value_or(daysFromCivil(2020, 1, 1) * kDay));
}

} // namespace

QString ruleInWords(const ScheduleRule &rule)
{
    if (const IntervalSchedule *interval = rule.interval())
        return intervalInWords(rule, *interval);
    if (const CronSchedule *cron = rule.cron())
        return cronInWords(cron->expression, cron->dayOr);
    return recurrenceText(rule, *rule.rrule());
}

QString inWords(const ScheduleRule &rule)
{
    QString text = ruleInWords(rule);
    if (text.isEmpty())
        text = (rule.cron() != nullptr ? rule.cron()->text : rule.rrule()->text).simplified();
    const bool hasClock = rule.interval() == nullptr || rule.interval()->intervalUs % (kDay * kSecond) == 0;
    if (!rule.hasZone && !hasClock)
        return text;
    return ScheduleText::tr("%1, %2", "schedule, time zone").arg(text, rule.zone->name());
}

} // namespace fd
