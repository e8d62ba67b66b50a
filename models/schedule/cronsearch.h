// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/civil.h"
#include "models/schedule/cronexpression.h"

#include <optional>

namespace fd {

/// Finds the wall times that a cron expression matches, in croniter's own order of steps: where croniter jumps over a
/// date (a day list such as 1,30 at the end of February), this does too. Bounded: it gives up after 50 years.
class CronSearch
{
public:
    /// `expression` must outlive the search. `dayOr`: either day field is enough when both are restricted.
    CronSearch(const CronExpression &expression, bool dayOr)
        : m_cron(expression), m_union(dayOr && expression.restrictsBothDays())
    {
    }

    /// The first match after the wall time `now` (seconds); nothing when there is none within 50 years.
    [[nodiscard]] std::optional<qint64> next(qint64 now);

private:
    struct Position {
        qint64 day;
        CivilDate date;
        qint64 second;
    };

    [[nodiscard]] std::optional<qint64> search(qint64 from, bool useDay, bool useWeekday);
    /// Moves to midnight `days` later.
    static void advance(Position &at, qint64 days);
    bool skipYears(Position &at) const;
    bool skipMonths(Position &at) const;
    bool skipDays(Position &at) const;
    bool skipWeekdays(Position &at) const;
    bool skipToNth(Position &at) const;
    /// Whether a time of the day from `at.second` on matches; that is then set.
    bool findTime(Position &at) const;

    const CronExpression &m_cron;
    bool m_union;
    Position m_last{.day = INT64_MIN, .date = {}, .second = 0};
};

} // namespace fd
