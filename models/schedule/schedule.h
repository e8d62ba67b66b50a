// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"
#include "models/schedule/cronexpression.h"
#include "models/schedule/dateutilzone.h"
#include "models/schedule/pytzzone.h"
#include "models/schedule/rrule.h"
#include "models/schedule/rules.h"
#include "models/schedule/timezone.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <variant>

namespace fd {

/// {"interval": …, "anchor_date": …, "timezone": …}
struct IntervalSchedule {
    qint64 intervalUs = 0;
    Instant anchor;
    /// The text has no anchor; `anchor` is the generation's own: the moment of asking, or 2020-01-01 for Orion.
    bool anchorIsDefault = false;
};

/// {"cron": …, "timezone": …, "day_or": …}
struct CronSchedule {
    QString text;
    CronExpression expression;
    /// With both day fields restricted, one of them is enough.
    bool dayOr = true;
    /// The clock that Orion's cron goes by; null for the others.
    std::shared_ptr<const PytzZone> orionClock = {};
};

/// {"rrule": …, "timezone": …}
struct RRuleSchedule {
    QString text;
    Recurrence recurrence;
    /// The clock that finds its dates.
    std::shared_ptr<const DateutilZone> clock = {};
};

/// A schedule that a generation accepts, read and ready to be asked.
struct ScheduleRule {
    ScheduleRules rules = ScheduleRules::Prefect3;
    std::variant<IntervalSchedule, CronSchedule, RRuleSchedule> kind;
    /// The zone its clock runs in; UTC when it names none.
    std::shared_ptr<const TimeZone> zone = TimeZone::utc();
    bool hasZone = false;
    /// The generation stores it, but every attempt to find its dates fails, for this reason.
    std::optional<Error> neverWorks;

    [[nodiscard]] const IntervalSchedule *interval() const { return std::get_if<IntervalSchedule>(&kind); }
    [[nodiscard]] const CronSchedule *cron() const { return std::get_if<CronSchedule>(&kind); }
    [[nodiscard]] const RRuleSchedule *rrule() const { return std::get_if<RRuleSchedule>(&kind); }
};

/// Reads a schedule's JSON object as that generation's API does. `asked` stands for the present: the default anchor.
/// Error: Validation, when it refuses it; `field` is the member, `line` and `column` the place in its text.
[[nodiscard]] Result<ScheduleRule> parseSchedule(const QByteArray &json, ScheduleRules rules, Instant asked);

/// The text that Prefect 3.6.26 and later store for an RRULE: without a DTSTART they put one in front, 2020-01-01, or
/// a recent one in step with it for rules of minutes and seconds. Error: Validation, when the server answers 500.
[[nodiscard]] Result<QString> storedRRule(const QString &rrule, const QString &timezone, Instant now);

} // namespace fd
