// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/runsummary.h"

#include "models/store/codec.h"

namespace fd {
namespace {

constexpr qint64 kHourUs = 3'600'000'000;

Instant shownTime(const RunFacts &facts) { return facts.started.value_or(facts.due); }

qint64 hourOf(Instant instant) { return instant.us >= 0 ? instant.us / kHourUs : (instant.us - kHourUs + 1) / kHourUs; }

void addToCounters(Connection &connection, const RunFacts &facts, int delta)
{
    connection
        .prepare("INSERT INTO run_count (state_type, state_name, n) VALUES (?, ?, ?)"
                 " ON CONFLICT DO UPDATE SET n = n + excluded.n")
        .bind(codec::toInt(facts.type))
        .bind(facts.stateName)
        .bind(delta)
        .run();
    connection
        .prepare("INSERT INTO run_hour (hour, state_type, n) VALUES (?, ?, ?)"
                 " ON CONFLICT DO UPDATE SET n = n + excluded.n")
        .bind(hourOf(shownTime(facts)))
        .bind(codec::toInt(facts.type))
        .bind(delta)
        .run();
}

quint16 *countFor(DayCount &day, StateType type)
{
    switch (type) {
    case StateType::Completed:
        return &day.completed;
    case StateType::Failed:
    case StateType::Crashed:
        return &day.failed;
    case StateType::Pending:
    case StateType::Running:
    case StateType::Cancelling:
    case StateType::Paused:
        return &day.active;
    default:
        return nullptr;
    }
}

void addToStrip(ActivityStrip &strip, const RunFacts &facts, int delta)
{
    const qint32 day = localDay(shownTime(facts));
    if (day > strip.lastDay && delta > 0)
        strip = strip.endingOn(day);
    const qint32 index = day - strip.lastDay + kStripDays - 1;
    if (index < 0 || index >= kStripDays)
        return;
    if (quint16 *count = countFor(strip.days[static_cast<size_t>(index)], facts.type))
        *count = static_cast<quint16>(std::clamp(int(*count) + delta, 0, 65535));
}

int failuresIn(const ActivityStrip &strip)
{
    int failures = 0;
    for (const DayCount &day : strip.days)
        failures += day.failed;
    return failures;
}

/// A run counts as the latest one of its deployment unless it still waits for a time in the future.
bool canBeLatest(const RunFacts &facts)
{
    return facts.type != StateType::Scheduled || facts.stateName != u"Scheduled" || facts.due <= facts.created;
}

std::optional<RunFacts> latestOf(Connection &connection, RowId deployment)
{
    RowId row = 0;
    {
        Statement statement = connection.prepare(
            "SELECT id FROM flow_run WHERE deployment_id = ?"
            " AND (state_type <> 0 OR state_name <> 'Scheduled' OR due <= created) ORDER BY due DESC LIMIT 1");
        statement.bind(deployment);
        if (statement.step())
            row = statement.rowId(0);
    }
    return row == 0 ? std::nullopt : readRunFacts(connection, row);
}

void writeLatest(Connection &connection, RowId deployment, const std::optional<RunFacts> &facts)
{
    Statement update
        = connection.prepare("UPDATE deployment SET last_run_id = ?, last_state_type = ?, last_state_name = ?,"
                             " last_due = ?, last_start = ?, last_end = ? WHERE id = ?");
    if (facts) {
        update.bind(facts->row).bind(codec::toInt(facts->type)).bind(facts->stateName).bind(facts->due);
        update.bind(facts->started).bind(facts->ended);
    } else {
        update.bind(0).bindNull().bindNull().bindNull().bindNull().bindNull();
    }
    update.bind(deployment).run();
}

void updateLatest(Connection &connection, RowId deployment, const std::optional<RunFacts> &after)
{
    RowId latest = 0;
    std::optional<Instant> latestDue;
    {
        Statement statement = connection.prepare("SELECT last_run_id, last_due FROM deployment WHERE id = ?");
        statement.bind(deployment);
        if (statement.step()) {
            latest = statement.rowId(0);
            latestDue = statement.optionalInstant(1);
        }
    }
    if (after && canBeLatest(*after)) {
        if (latest == 0 || latest == after->row || (latestDue && after->due >= *latestDue))
            writeLatest(connection, deployment, after);
        return;
    }
    writeLatest(connection, deployment, latestOf(connection, deployment));
}

void updateNextRun(Connection &connection, RowId deployment)
{
    connection
        .prepare("UPDATE deployment SET next_run = (SELECT min(next_scheduled) FROM flow_run"
                 " WHERE deployment_id = deployment.id AND state_type = 0) WHERE id = ?")
        .bind(deployment)
        .run();
}

void updateStrip(Connection &connection, RowId deployment, const std::optional<RunFacts> &before,
    const std::optional<RunFacts> &after)
{
    ActivityStrip strip;
    {
        Statement statement = connection.prepare("SELECT strip FROM deployment WHERE id = ?");
        statement.bind(deployment);
        if (!statement.step())
            return;
        strip = codec::stripFromBytes(statement.bytes(0));
    }
    if (before)
        addToStrip(strip, *before, -1);
    if (after)
        addToStrip(strip, *after, 1);
    const int activeDelta = (after && isActive(after->type) ? 1 : 0) - (before && isActive(before->type) ? 1 : 0);
    connection
        .prepare("UPDATE deployment SET strip = ?, failures = ?, active_runs = max(0, active_runs + ?) WHERE id = ?")
        .bind(codec::stripToBytes(strip))
        .bind(failuresIn(strip))
        .bind(activeDelta)
        .bind(deployment)
        .run();
}

} // namespace

std::optional<RunFacts> readRunFacts(Connection &connection, RowId row)
{
    Statement statement
        = connection.prepare("SELECT deployment_id, state_type, state_name, due, next_scheduled, started, ended,"
                             " created FROM flow_run WHERE id = ?");
    statement.bind(row);
    if (!statement.step())
        return std::nullopt;
    return RunFacts{.row = row,
        .deployment = statement.rowId(0),
        .type = codec::stateType(statement.integer(1)),
        .stateName = statement.text(2),
        .due = statement.instant(3),
        .nextScheduled = statement.optionalInstant(4),
        .started = statement.optionalInstant(5),
        .ended = statement.optionalInstant(6),
        .created = statement.instant(7)};
}

void updateRunSummaries(
    Connection &connection, const std::optional<RunFacts> &before, const std::optional<RunFacts> &after)
{
    if (before)
        addToCounters(connection, *before, -1);
    if (after)
        addToCounters(connection, *after, 1);
    const RowId deployment = after ? after->deployment : before ? before->deployment : 0;
    if (deployment == 0)
        return;
    updateStrip(connection, deployment, before, after);
    updateLatest(connection, deployment, after);
    const bool wasScheduled = before && before->type == StateType::Scheduled;
    const bool isScheduled = after && after->type == StateType::Scheduled;
    if (wasScheduled || isScheduled)
        updateNextRun(connection, deployment);
    connection.updated(Entity::Deployment, deployment);
}

} // namespace fd
