// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/rrule.h"

#include <array>
#include <optional>
#include <vector>

namespace fd {

/// Walks through the wall times (seconds) of one rule in ascending order, as dateutil's rrule does. Ends with the year
/// 9999, with COUNT or UNTIL, or, `gaveUp`, after a number of steps that no rule with dates needs.
class RuleWalker
{
public:
    /// `part` must outlive the walker.
    RuleWalker(const RecurrencePart &part, qint64 start);

    /// Leaves out what lies before `wall`, quickly where the rule does not count. Call it before the first next().
    void skipTo(qint64 wall);
    [[nodiscard]] std::optional<qint64> next();

    /// dateutil raises where this ended.
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool gaveUp() const { return m_steps > kMostSteps; }
    /// The rule may raise on the way, so that nothing may be left out.
    [[nodiscard]] bool mayRaise() const { return m_mayRaise; }

    static constexpr qint64 kMostSteps = 5'000'000;

private:
    void prepareDays();
    void prepareTimes();
    [[nodiscard]] bool cannotAdvance() const;
    void enterYear(int year);
    void enterYearOf(qint64 day);
    void findNthDays(int month);
    void addNthDays(int first, int last);
    void findWeeks();
    void findEaster();
    [[nodiscard]] int weekdayAt(int index) const { return (m_firstWeekday + index) % 7; }
    [[nodiscard]] bool dayMatches(int index) const;
    void addDay(int index);
    void collectMonth(int month);
    void collectYear();
    void collectPeriod();
    void emitPeriod();
    void emitPositions();
    void add(qint64 wall);
    void stepPeriod();
    void stepClock();
    [[nodiscard]] bool clockMatches() const;

    const RecurrencePart &m_part;
    qint64 m_start;
    std::vector<int> m_months;
    std::vector<int> m_monthDays;
    quint8 m_weekdays = 0;
    std::vector<NthWeekday> m_nthWeekdays;
    std::array<quint64, 3> m_clock{};
    std::vector<int> m_times;
    bool m_filtersDays = false;
    /// Nothing but plain weekdays decides; the usual case, checked without the tables of the year.
    bool m_onlyWeekdays = false;
    bool m_mayRaise = false;
    bool m_failed = false;
    bool m_done = false;
    std::optional<int> m_left;
    qint64 m_steps = 0;

    // Where the walk stands: year and month, or a day, or (hourly and finer) a second.
    int m_year = 0;
    int m_month = 0;
    qint64 m_day = 0;
    qint64 m_second = 0;

    // The year that the day indices count in, from 0 for 1 January.
    int m_tableYear = INT32_MIN;
    int m_yearLength = 0;
    int m_nextLength = 0;
    qint64 m_firstDay = 0;
    int m_firstWeekday = 0;
    int m_nthMonth = 0;
    std::vector<int> m_nthDays;
    std::vector<bool> m_weekMask;
    std::vector<bool> m_easterMask;

    std::vector<int> m_days;
    std::vector<qint64> m_positions;
    std::vector<qint64> m_found;
    std::size_t m_next = 0;
};

} // namespace fd
