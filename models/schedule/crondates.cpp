// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/civil.h"
#include "models/schedule/cronsearch.h"
#include "models/schedule/occurrenceloops.h"
#include "models/schedule/pendulumzone.h"
#include "models/schedule/scheduletext.h"

#include <cstdlib>

namespace fd {
namespace {

Error noDate()
{
    return {.kind = ErrorKind::Validation,
        .detail
        = ScheduleText::tr("There is no further date within 50 years, where the server gives up with an error."),
        .field = QStringLiteral("cron"),
        .file = {}};
}

/// The second before the start, so that a match at the start itself counts; a started second is rounded up. Prefect 2
/// puts a start into its zone twice when it is asked for a number of dates, which makes it a second occurrence.
qint64 wallBefore(const PendulumZone &zone, const DateQuery &query, bool isTwice)
{
    const WallTime start = zone.fromUtc(query.startUs);
    qint64 utc = zone.toUtc(isTwice && !query.isOpen ? zone.create(start.us, true) : start);
    if (floorMod(utc, kSecond) == 0)
        utc = zone.toUtc(zone.fromUtc(utc - kSecond));
    return floorDiv(zone.fromUtc(utc).us, kSecond);
}

/// Turns matching wall times into instants; most of them are far from any change of the clock.
class WallReader
{
public:
    WallReader(const TimeZone &zone, const PendulumZone &pendulum) : m_zone(zone), m_pendulum(pendulum) { }

    struct Read {
        qint64 wallUs;
        qint64 utcUs;
    };

    Read read(qint64 wall)
    {
        if (wall < m_known.from || wall >= m_known.until)
            m_known = m_zone.stretchAt(wall);
        if (m_known.from < m_known.until)
            return {wall * kSecond, (wall - m_known.offset) * kSecond};
        const WallTime date = m_pendulum.create(wall * kSecond, false);
        return {date.us, m_pendulum.toUtc(date)};
    }

private:
    const TimeZone &m_zone;
    const PendulumZone &m_pendulum;
    TimeZone::Stretch m_known;
};

/// Prefect 2 and 3: croniter runs on the bare wall clock.
Occurrences onWallClock(const ScheduleRule &rule, const CronSchedule &cron, const DateQuery &query)
{
    const PendulumZone zone(
        *rule.zone, rule.rules == ScheduleRules::Prefect2 ? PendulumZone::Two : PendulumZone::Three);
    WallReader reader(*rule.zone, zone);
    CronSearch search(cron.expression, cron.dayOr);
    const std::optional<qint64> end = query.endUs ? std::optional(zone.fromUtc(*query.endUs).us) : std::nullopt;
    DateSet dates(query.wanted, query.mostTries);
    qint64 wall = wallBefore(zone, query, rule.rules == ScheduleRules::Prefect2);
    bool isMissing = false;
    while (true) {
        const auto next = search.next(wall);
        isMissing = !next || *next >= kEndSecond;
        if (isMissing)
            break;
        wall = *next;
        const auto date = reader.read(wall);
        if ((end && date.wallUs > *end) || !dates.add(date.wallUs, date.utcUs))
            break;
    }
    Occurrences found{.instants = std::move(dates).sorted(), .failure = {}};
    if (isMissing && rule.rules != ScheduleRules::Local)
        found.failure = noDate();
    return found;
}

/// Orion: croniter 1.3.5 runs on instants in a pytz zone and mends what a change of the clock broke, not always well.
class OrionCron
{
public:
    OrionCron(const CronSchedule &cron, const PytzZone &clock, qint64 wallBeforeStart, qint64 fractionUs)
        : m_clock(clock), m_search(cron.expression, cron.dayOr), m_step(cron.expression.hasSeconds ? 1 : 60),
          m_current(clock.localize(wallBeforeStart) + (fractionUs > 0 ? 1 : 0)), m_reference(m_current),
          m_fraction(fractionUs > 0 ? 1 : 0)
    {
    }

    /// The next date's wall time.
    std::optional<qint64> next()
    {
        const qint64 now = m_current + m_step;
        const int offset = m_clock.offsetAt(now);
        const auto match = m_search.next(now + offset - m_step);
        if (!match || *match >= kEndSecond)
            return std::nullopt;
        qint64 result = *match - offset;
        const int resultOffset = m_clock.offsetAt(result);
        qint64 wall = result + resultOffset;
        const int referenceOffset = m_clock.offsetAt(m_reference);
        const int lag = resultOffset - referenceOffset;
        const qint64 passed = std::abs(result - m_reference) - m_fraction;
        const qint64 untilMidnight = (24 - floorMod(m_reference + referenceOffset, kDay) / 3600) * 3600;
        if ((lag > 0 && passed >= untilMidnight) || (lag < 0 && passed - lag >= untilMidnight)) {
            wall -= lag;
            result -= lag;
            m_reference = result;
            m_fraction = 0;
        }
        m_current = result;
        return wall;
    }

private:
    const PytzZone &m_clock;
    CronSearch m_search;
    qint64 m_step;
    qint64 m_current;
    /// croniter's "dst_start_time".
    qint64 m_reference;
    /// A started second after it: whole seconds pass one later.
    qint64 m_fraction;
};

Occurrences onOrionClock(const ScheduleRule &rule, const CronSchedule &cron, const DateQuery &query)
{
    const auto utc = TimeZone::utc();
    const TimeZone &zone = query.isOpen ? *utc : *rule.zone;
    const PytzZone utcClock(*utc);
    const PendulumZone pendulum(zone, PendulumZone::Two);
    const qint64 start = pendulum.toUtc(pendulum.fromUtc(query.startUs)) - kSecond;
    const qint64 before = floorDiv(pendulum.fromUtc(start).us, kSecond);
    OrionCron walk(cron, query.isOpen ? utcClock : *cron.orionClock, before, floorMod(start, kSecond));
    DateSet dates(query.wanted, query.mostTries);
    while (true) {
        const auto wall = walk.next();
        if (!wall)
            return {.instants = std::move(dates).sorted(), .failure = noDate()};
        const WallTime date = pendulum.create(*wall * kSecond, true);
        const qint64 instant = pendulum.toUtc(date);
        if ((query.endUs && instant > *query.endUs) || !dates.add(date.us, instant))
            break;
    }
    return {.instants = std::move(dates).sorted(), .failure = {}};
}

} // namespace

Occurrences cronDates(const ScheduleRule &rule, const CronSchedule &cron, const DateQuery &query)
{
    if (cron.expression.isRandom) {
        return {.instants = {},
            .failure = Error{.kind = ErrorKind::Validation,
                .detail = ScheduleText::tr(
                    "Its dates are drawn at random each time the server looks, so none can be foretold."),
                .field = QStringLiteral("cron"),
                .file = {}}};
    }
    return rule.rules == ScheduleRules::Orion ? onOrionClock(rule, cron, query) : onWallClock(rule, cron, query);
}

} // namespace fd
