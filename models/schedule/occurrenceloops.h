// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/dateset.h"
#include "models/schedule/occurrences.h"

namespace fd {

/// The loops of the three kinds of schedule, each as its generation writes it. `rule` works.
[[nodiscard]] Occurrences intervalDates(
    const ScheduleRule &rule, const IntervalSchedule &interval, const DateQuery &query);
[[nodiscard]] Occurrences cronDates(const ScheduleRule &rule, const CronSchedule &cron, const DateQuery &query);
[[nodiscard]] Occurrences rruleDates(const ScheduleRule &rule, const RRuleSchedule &rrule, const DateQuery &query);

/// The failure of a server that counts past the years 1 to 9999.
[[nodiscard]] Error outOfCalendar(const char *field);

} // namespace fd
