// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/schedule/rules.h"

#include <QString>

#include <array>
#include <vector>

namespace fd {

/// Which values of one cron field match.
struct CronField {
    /// Every value matches.
    bool any = false;
    /// Bit n is set when the value n matches; not used for years.
    quint64 values = 0;
    /// "L": the last day of the month (day field only).
    bool last = false;
};

/// A cron expression as croniter reads it: five fields, a sixth for seconds *behind* them, a seventh for years.
struct CronExpression {
    CronField minute;
    CronField hour;
    CronField day;
    CronField month;
    /// 0 = Sunday … 6 = Saturday.
    CronField weekday;
    CronField second;
    /// Sorted; empty when every year matches.
    std::vector<int> years;
    bool hasSeconds = false;
    bool hasYears = false;
    /// For each weekday the occurrences in the month that match: bit 1 … 5 for "#1" … "#5", bit 0 for "L".
    /// All zero without "#" and "L" forms; otherwise these stand in the place of `weekday`.
    std::array<quint8, 7> nth{};
    bool hasNth = false;
    /// It contains an "R" form: the dates are drawn at random.
    bool isRandom = false;

    /// Whether croniter joins the two day fields (by "or" unless told otherwise) instead of looking at one of them.
    [[nodiscard]] bool restrictsBothDays() const { return !day.any && !weekday.any; }
};

/// Reads a cron expression by the rules of one generation. Error: Validation; `column` is the 1-based place in
/// `text` and the detail names the field and what is allowed there.
[[nodiscard]] Result<CronExpression> parseCron(const QString &text, ScheduleRules rules);

} // namespace fd
