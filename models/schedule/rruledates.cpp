// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/civil.h"
#include "models/schedule/occurrenceloops.h"
#include "models/schedule/pendulumzone.h"
#include "models/schedule/rrulesearch.h"
#include "models/schedule/scheduletext.h"

#include <algorithm>

namespace fd {
namespace {

constexpr qint64 kDefaultStart = daysFromCivil(2020, 1, 1) * kDay;

/// Merges rules and dates into one ascending sequence of wall times, as dateutil's rruleset does.
class Merger
{
public:
    Merger(const std::vector<RecurrencePart> &parts, std::vector<qint64> dates, qint64 start, qint64 from)
        : m_dates(std::move(dates))
    {
        std::sort(m_dates.begin(), m_dates.end());
        m_walkers.reserve(parts.size());
        for (const RecurrencePart &part : parts) {
            m_walkers.emplace_back(part, start);
            m_walkers.back().skipTo(from);
            m_heads.push_back(m_walkers.back().next());
        }
    }

    /// The smallest that is left, without taking it.
    [[nodiscard]] std::optional<qint64> head() const
    {
        std::optional<qint64> smallest;
        if (m_nextDate < m_dates.size())
            smallest = m_dates[m_nextDate];
        for (const auto &head : m_heads) {
            if (head && (!smallest || *head < *smallest))
                smallest = head;
        }
        return smallest;
    }

    /// Takes everything up to and including `wall`.
    void dropUpTo(qint64 wall)
    {
        while (m_nextDate < m_dates.size() && m_dates[m_nextDate] <= wall)
            ++m_nextDate;
        for (std::size_t i = 0; i < m_heads.size(); ++i) {
            while (m_heads[i] && *m_heads[i] <= wall)
                m_heads[i] = m_walkers[i].next();
        }
    }

    [[nodiscard]] bool failed() const { return any(&RuleWalker::failed); }
    [[nodiscard]] bool gaveUp() const { return any(&RuleWalker::gaveUp); }
    [[nodiscard]] bool mayRaise() const { return any(&RuleWalker::mayRaise); }

private:
    [[nodiscard]] bool any(bool (RuleWalker::*what)() const) const
    {
        return std::any_of(
            m_walkers.begin(), m_walkers.end(), [what](const RuleWalker &walker) { return (walker.*what)(); });
    }

    std::vector<RuleWalker> m_walkers;
    std::vector<std::optional<qint64>> m_heads;
    std::vector<qint64> m_dates;
    std::size_t m_nextDate = 0;
};

/// The wall times of a whole recurrence. A single rule, the usual case, goes straight to its walker.
class RecurrenceWalk
{
public:
    RecurrenceWalk(const Recurrence &recurrence, qint64 start, qint64 from)
    {
        if (!recurrence.isSet()) {
            m_single.emplace(recurrence.rules.front(), start);
            m_single->skipTo(from);
            return;
        }
        m_included.emplace(recurrence.rules, recurrence.dates, start, from);
        m_excluded.emplace(recurrence.exceptions, recurrence.exceptionDates, start, from);
    }

    std::optional<qint64> next()
    {
        const auto wall = m_single ? m_single->next() : nextOfSet();
        m_taken += wall ? 1 : 0;
        return wall;
    }

    /// dateutil looks ahead to the next ten and raises although the caller never sees them.
    void lookAhead()
    {
        const bool mayRaise = m_single ? m_single->mayRaise() : m_included->mayRaise() || m_excluded->mayRaise();
        while (mayRaise && m_taken % 10 != 0 && next()) { }
    }

    [[nodiscard]] bool failed() const
    {
        return m_single ? m_single->failed() : m_included->failed() || m_excluded->failed();
    }
    [[nodiscard]] bool gaveUp() const
    {
        return m_single ? m_single->gaveUp() : m_included->gaveUp() || m_excluded->gaveUp();
    }

private:
    std::optional<qint64> nextOfSet()
    {
        while (const auto wall = m_included->head()) {
            m_included->dropUpTo(*wall);
            m_excluded->dropUpTo(*wall - 1);
            if (m_excluded->head() != wall)
                return wall;
        }
        return std::nullopt;
    }

    std::optional<RuleWalker> m_single;
    std::optional<Merger> m_included;
    std::optional<Merger> m_excluded;
    qint64 m_taken = 0;
};

Error noDates(const QString &sentence)
{
    return {.kind = ErrorKind::Validation, .detail = sentence, .field = QStringLiteral("rrule"), .file = {}};
}

/// From the zone in which dateutil counts to the one in which the server keeps the date.
class RuleClock
{
public:
    RuleClock(const ScheduleRule &rule, const DateutilZone &dateutil)
        : m_zone(*rule.zone), m_dateutil(dateutil),
          m_isOld(rule.rules == ScheduleRules::Orion || rule.rules == ScheduleRules::Prefect2),
          m_pendulum(m_zone, m_isOld ? PendulumZone::Two : PendulumZone::Three)
    {
    }

    [[nodiscard]] qint64 start(qint64 us) const { return m_pendulum.toUtc(m_pendulum.fromUtc(us)); }
    [[nodiscard]] qint64 wallOf(qint64 us) const { return m_pendulum.fromUtc(us).us; }
    [[nodiscard]] qint64 utcSecond(qint64 wall) { return wall - m_dateutil.offsetAt(wall, m_known); }

    struct Read {
        qint64 wallUs;
        qint64 utcUs;
    };
    [[nodiscard]] Read read(qint64 utc)
    {
        if (m_isOld) {
            const WallTime date = m_pendulum.fromUtc(utc * kSecond);
            return {date.us, m_pendulum.toUtc(date)};
        }
        const int offset = m_zone.offsets()[static_cast<std::size_t>(m_zone.indexAt(utc, m_hint))];
        return {(utc + offset) * kSecond, utc * kSecond};
    }

private:
    const TimeZone &m_zone;
    const DateutilZone &m_dateutil;
    bool m_isOld;
    PendulumZone m_pendulum;
    DateutilZone::Stretch m_known;
    int m_hint = 0;
};

} // namespace

Occurrences rruleDates(const ScheduleRule &rule, const RRuleSchedule &rrule, const DateQuery &query)
{
    const bool isOrion = rule.rules == ScheduleRules::Orion;
    const qint64 first = rrule.recurrence.start.value_or(isOrion ? floorDiv(query.startUs, kSecond) : kDefaultStart);
    RuleClock clock(rule, *rrule.clock);
    const qint64 start = clock.start(query.startUs);
    RecurrenceWalk walk(rrule.recurrence, first, floorDiv(start, kSecond) - 2 * kDay);
    // Prefect 2 compares two dates of one zone, by the wall clock; the others compare instants.
    const bool endsByWall = rule.rules == ScheduleRules::Prefect2;
    const std::optional<qint64> end
        = query.endUs && endsByWall ? std::optional(clock.wallOf(*query.endUs)) : query.endUs;
    DateSet dates(query.wanted, query.mostTries);
    while (const auto wall = walk.next()) {
        const qint64 utc = clock.utcSecond(*wall);
        if (utc * kSecond < start)
            continue;
        const auto date = clock.read(utc);
        if ((end && (endsByWall ? date.wallUs : date.utcUs) > *end) || !dates.add(date.wallUs, date.utcUs))
            break;
    }
    walk.lookAhead();
    Occurrences found{.instants = std::move(dates).sorted(), .failure = {}};
    if (walk.failed())
        found = {.instants = {},
            .failure
            = noDates(ScheduleText::tr("The rule names days or times that do not exist, on which the server fails."))};
    else if (walk.gaveUp())
        found.failure
            = noDates(ScheduleText::tr("The rule has no date that could be found; the server would search for ever."));
    return found;
}

} // namespace fd
