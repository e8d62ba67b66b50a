// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/runsummary.h"

#include "models/store/codec.h"

#include <tuple>

namespace fd {
namespace {

constexpr qint64 kHourUs = 3'600'000'000;

Instant shownTime(const RunFacts &facts) { return facts.started.value_or(facts.due); }

qint64 hourOf(Instant instant) { return instant.us >= 0 ? instant.us / kHourUs : (instant.us - kHourUs + 1) / kHourUs; }

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

/// Runs that only wait are not shown in the strip, and must not shift it into the future.
bool isInStrip(StateType type)
{
    DayCount day;
    return countFor(day, type) != nullptr;
}

void addToStrip(ActivityStrip &strip, qint32 day, StateType type, int delta)
{
    if (day > strip.lastDay && delta > 0)
        strip = strip.endingOn(day);
    const qint32 index = day - strip.lastDay + kStripDays - 1;
    if (index < 0 || index >= kStripDays)
        return;
    if (quint16 *count = countFor(strip.days[static_cast<size_t>(index)], type))
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

bool isLater(const RunFacts &facts, Instant due, RowId row)
{
    return std::tie(facts.due.us, facts.row) > std::tie(due.us, row);
}

std::optional<RunFacts> latestOf(Connection &connection, RowId deployment)
{
    RowId row = 0;
    {
        Statement statement = connection.prepare(
            "SELECT id FROM flow_run WHERE deployment_id = ?"
            " AND (state_type <> 0 OR state_name <> 'Scheduled' OR due <= created) ORDER BY due DESC, id DESC LIMIT 1");
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

void findNextRun(Connection &connection, RowId deployment)
{
    connection
        .prepare("UPDATE deployment SET next_run = (SELECT min(next_scheduled) FROM flow_run"
                 " WHERE deployment_id = deployment.id AND state_type = 0) WHERE id = ?")
        .bind(deployment)
        .run();
}

/// What a deployment's row says now.
struct Known {
    ActivityStrip strip;
    int failures = 0;
    RowId latest = 0;
    Instant latestDue;
    std::optional<Instant> next;
};

std::optional<Known> readKnown(Connection &connection, RowId deployment)
{
    Statement statement
        = connection.prepare("SELECT strip, failures, last_run_id, last_due, next_run FROM deployment WHERE id = ?");
    statement.bind(deployment);
    if (!statement.step())
        return std::nullopt;
    return Known{.strip = codec::stripFromBytes(statement.bytes(0)),
        .failures = static_cast<int>(statement.integer(1)),
        .latest = statement.rowId(2),
        .latestDue = statement.instant(3),
        .next = statement.optionalInstant(4)};
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

void RunSummaries::note(const std::optional<RunFacts> &before, const std::optional<RunFacts> &after)
{
    if (before) {
        count(*before, -1);
        noteLeft(*before, after);
    }
    if (after) {
        count(*after, 1);
        noteCame(*after);
    }
    const RowId row = after ? after->row : before ? before->row : 0;
    if (!m_seen.contains(row)) {
        m_seen.insert(row);
        return;
    }
    // What was noted of it earlier no longer holds.
    for (const auto &facts : {before, after}) {
        if (facts && facts->deployment != 0) {
            m_deployments[facts->deployment].findLatest = true;
            m_deployments[facts->deployment].findNext = true;
        }
    }
}

void RunSummaries::count(const RunFacts &facts, int delta)
{
    const int type = codec::toInt(facts.type);
    m_states[{type, facts.stateName}] += delta;
    m_hours[{hourOf(shownTime(facts)), type}] += delta;
    if (facts.deployment == 0)
        return;
    OfDeployment &change = m_deployments[facts.deployment];
    change.active += isActive(facts.type) ? delta : 0;
    if (isInStrip(facts.type))
        change.days.push_back({localDay(shownTime(facts)), facts.type, delta});
}

void RunSummaries::noteLeft(const RunFacts &before, const std::optional<RunFacts> &after)
{
    if (before.deployment == 0)
        return;
    OfDeployment &change = m_deployments[before.deployment];
    const bool stays
        = after && after->deployment == before.deployment && canBeLatest(*after) && after->due >= before.due;
    if (canBeLatest(before) && !stays)
        change.fallen.push_back(before.row);
    change.findNext = change.findNext || before.type == StateType::Scheduled;
}

void RunSummaries::noteCame(const RunFacts &after)
{
    if (after.deployment == 0)
        return;
    OfDeployment &change = m_deployments[after.deployment];
    if (canBeLatest(after) && (!change.latest || isLater(after, change.latest->due, change.latest->row)))
        change.latest = after;
    if (after.type == StateType::Scheduled && after.nextScheduled)
        change.next = change.next ? std::min(*change.next, *after.nextScheduled) : after.nextScheduled;
}

void RunSummaries::write()
{
    writeCounters();
    for (auto change = m_deployments.cbegin(); change != m_deployments.cend(); ++change)
        writeDeployment(change.key(), change.value());
    m_states.clear();
    m_hours.clear();
    m_deployments.clear();
    m_seen.clear();
}

void RunSummaries::writeCounters()
{
    Statement state = m_db.prepare("INSERT INTO run_count (state_type, state_name, n) VALUES (?, ?, ?)"
                                   " ON CONFLICT DO UPDATE SET n = n + excluded.n");
    for (auto each = m_states.cbegin(); each != m_states.cend(); ++each) {
        if (each.value() != 0)
            state.bind(each.key().first).bind(each.key().second).bind(each.value()).run();
    }
    Statement hour = m_db.prepare("INSERT INTO run_hour (hour, state_type, n) VALUES (?, ?, ?)"
                                  " ON CONFLICT DO UPDATE SET n = n + excluded.n");
    for (auto each = m_hours.cbegin(); each != m_hours.cend(); ++each) {
        if (each.value() != 0)
            hour.bind(each.key().first).bind(each.key().second).bind(each.value()).run();
    }
}

void RunSummaries::writeDeployment(RowId deployment, const OfDeployment &change)
{
    const std::optional<Known> known = readKnown(m_db, deployment);
    if (!known)
        return;
    ActivityStrip strip = known->strip;
    for (const DayChange &day : change.days)
        addToStrip(strip, day.day, day.type, day.delta);
    if (strip != known->strip || change.active != 0) {
        m_db.prepare("UPDATE deployment SET strip = ?, active_runs = max(0, active_runs + ?) WHERE id = ?")
            .bind(codec::stripToBytes(strip))
            .bind(change.active)
            .bind(deployment)
            .run();
    }
    // Each of these has an index of its own.
    if (const int failures = failuresIn(strip); failures != known->failures)
        m_db.prepare("UPDATE deployment SET failures = ? WHERE id = ?").bind(failures).bind(deployment).run();
    const bool hasFallen = std::find(change.fallen.begin(), change.fallen.end(), known->latest) != change.fallen.end();
    if (change.findLatest || (known->latest != 0 && hasFallen))
        writeLatest(m_db, deployment, latestOf(m_db, deployment));
    else if (change.latest
        && (known->latest == 0 || known->latest == change.latest->row
            || isLater(*change.latest, known->latestDue, known->latest)))
        writeLatest(m_db, deployment, change.latest);
    if (change.findNext)
        findNextRun(m_db, deployment);
    else if (change.next && (!known->next || *change.next < *known->next))
        m_db.prepare("UPDATE deployment SET next_run = ? WHERE id = ?").bind(change.next).bind(deployment).run();
    m_db.updated(Entity::Deployment, deployment);
}

void updateRunSummaries(
    Connection &connection, const std::optional<RunFacts> &before, const std::optional<RunFacts> &after)
{
    RunSummaries summaries(connection);
    summaries.note(before, after);
    summaries.write();
}

} // namespace fd
