// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

#include <optional>
#include <vector>

namespace fd {

/// How often an RRULE repeats, in dateutil's order.
enum class Frequency { Yearly, Monthly, Weekly, Daily, Hourly, Minutely, Secondly };

/// A BYDAY element: 0 = Monday … 6 = Sunday, and which of them in the month or year (0: every one).
struct NthWeekday {
    int weekday = 0;
    int nth = 0;

    friend auto operator<=>(const NthWeekday &, const NthWeekday &) = default;
};

/// One RRULE or EXRULE line, its lists sorted and without doubles. An absent part is not the same as an empty one.
struct RecurrencePart {
    Frequency frequency = Frequency::Daily;
    int interval = 1;
    std::optional<int> count;
    /// The last wall time in seconds; `untilIsZoned` when it was written with Z or an offset.
    std::optional<qint64> until;
    bool untilIsZoned = false;
    /// 0 = Monday.
    int weekStart = 0;
    std::vector<int> setPositions;
    std::optional<std::vector<int>> months;
    std::optional<std::vector<int>> monthDays;
    std::optional<std::vector<int>> yearDays;
    std::optional<std::vector<int>> weekNumbers;
    std::optional<std::vector<int>> easterDays;
    std::optional<std::vector<NthWeekday>> weekdays;
    std::optional<std::vector<int>> hours;
    std::optional<std::vector<int>> minutes;
    std::optional<std::vector<int>> seconds;
    /// Where its line begins in the text, counted from 0.
    qsizetype at = 0;
};

/// The text of an RRULE schedule as dateutil reads it: rules and dates, less exception rules and dates. Zones named
/// in the text are dropped, as Prefect does; all times are wall seconds in the schedule's own zone.
struct Recurrence {
    std::vector<RecurrencePart> rules;
    std::vector<RecurrencePart> exceptions;
    std::vector<qint64> dates;
    std::vector<qint64> exceptionDates;
    /// DTSTART; Prefect 2 and 3 put 2020-01-01T00:00 in its place, Orion the moment of asking.
    std::optional<qint64> start;
    bool startIsZoned = false;

    /// Whether it is more than one plain rule, which Orion cannot use.
    [[nodiscard]] bool isSet() const
    {
        return rules.size() != 1 || !exceptions.empty() || !dates.empty() || hasExceptionDates;
    }
    bool hasExceptionDates = false;
};

/// Reads the text of an RRULE schedule. Error: Validation with line and column.
[[nodiscard]] Result<Recurrence> parseRecurrence(const QString &text);

/// Whether dateutil makes a rule of it that starts at the wall time `start`. Error: why not.
[[nodiscard]] Result<void> checkRecurrencePart(const RecurrencePart &part, qint64 start);

} // namespace fd
