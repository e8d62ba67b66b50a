// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/json.h"
#include "models/schedule/rules.h"

#include <optional>

namespace fd {

/// A date and time as text says it: the wall clock in microseconds, and its offset from UTC when it has one.
struct DateText {
    qint64 wallUs = 0;
    std::optional<int> offset;

    [[nodiscard]] Instant instant() const { return {wallUs - offset.value_or(0) * 1'000'000LL}; }
};

/// Reads an interval's anchor as the generation's servers read it: ISO-8601 in many forms, for Orion and Prefect 3
/// also seconds or milliseconds since 1970. `now` stands for a date that the text leaves out. Nothing when refused.
[[nodiscard]] std::optional<DateText> readAnchor(const Json &value, ScheduleRules rules, Instant now);

/// Reads DTSTART, UNTIL, EXDATE and RDATE values: 20260105, 20260105T090000, the same with "-" and ":", with
/// or without Z or an offset.
[[nodiscard]] std::optional<DateText> readRuleDate(QStringView text);

/// Reads an interval: a number of seconds, or text such as "PT1H", "01:30:00", "1 day, 2:00:00", as far as the
/// generation does. Microseconds, as Python's timedelta rounds them. Nothing when refused.
[[nodiscard]] std::optional<qint64> readInterval(const Json &value, ScheduleRules rules);

} // namespace fd
