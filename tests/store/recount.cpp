// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/recount.h"

#include "models/store/codec.h"

#include <QMap>

namespace fd::test {
namespace {

struct Check {
    const char *what;
    /// Counts what is wrong.
    const char *sql;
};

constexpr Check kChecks[] = {
    {"runs by state",
        "SELECT count(*) FROM run_count c WHERE n <> (SELECT count(*) FROM flow_run r"
        " WHERE r.state_type = c.state_type AND r.state_name = c.state_name)"},
    {"runs in all", "SELECT (SELECT coalesce(sum(n), 0) FROM run_count) <> (SELECT count(*) FROM flow_run)"},
    {"runs by hour",
        "SELECT count(*) FROM run_hour h WHERE n <> (SELECT count(*) FROM flow_run r WHERE"
        " r.state_type = h.state_type AND coalesce(r.started, r.due) / 3600000000 = h.hour)"},
    {"runs in all hours", "SELECT (SELECT coalesce(sum(n), 0) FROM run_hour) <> (SELECT count(*) FROM flow_run)"},
    {"active runs",
        "SELECT count(*) FROM deployment d WHERE active_runs <> (SELECT count(*) FROM flow_run r"
        " WHERE r.deployment_id = d.id AND state_type IN (1, 2, 8))"},
    {"next run",
        "SELECT count(*) FROM deployment d WHERE next_run IS NOT (SELECT min(next_scheduled) FROM flow_run r"
        " WHERE r.deployment_id = d.id AND state_type = 0)"},
    {"latest run",
        "SELECT count(*) FROM deployment d WHERE last_run_id <> coalesce((SELECT r.id FROM flow_run r"
        " WHERE r.deployment_id = d.id AND (state_type <> 0 OR state_name <> 'Scheduled' OR due <= r.created)"
        " ORDER BY due DESC, r.id DESC LIMIT 1), 0)"},
    {"latest run's columns",
        "SELECT count(*) FROM deployment d LEFT JOIN flow_run r ON r.id = d.last_run_id"
        " WHERE d.last_due IS NOT r.due OR d.last_state_type IS NOT r.state_type OR d.last_start IS NOT r.started"
        " OR d.last_end IS NOT r.ended OR d.last_state_name IS NOT r.state_name"},
    {"flow names",
        "SELECT count(*) FROM deployment d JOIN flow f ON f.id = d.flow_id WHERE d.flow_name <> f.name COLLATE BINARY"},
    {"tags",
        "SELECT (SELECT count(*) FROM deployment_tag) <> (SELECT coalesce(sum(length(tags) - length(replace(tags,"
        " char(10), ''))), 0) FROM deployment)"},
};

void count(DayCount &day, StateType type)
{
    switch (type) {
    case StateType::Completed:
        ++day.completed;
        break;
    case StateType::Failed:
    case StateType::Crashed:
        ++day.failed;
        break;
    case StateType::Pending:
    case StateType::Running:
    case StateType::Cancelling:
    case StateType::Paused:
        ++day.active;
        break;
    default:
        break;
    }
}

QString stripDifference(Connection &db)
{
    QMap<RowId, QMap<qint32, DayCount>> days;
    {
        Statement runs = db.prepare("SELECT deployment_id, state_type, coalesce(started, due) FROM flow_run"
                                    " WHERE deployment_id IS NOT NULL");
        while (runs.step())
            count(days[runs.rowId(0)][localDay(runs.instant(2))], codec::stateType(runs.integer(1)));
    }
    Statement deployments = db.prepare("SELECT id, strip, failures FROM deployment");
    while (deployments.step()) {
        const RowId row = deployments.rowId(0);
        const ActivityStrip strip = codec::stripFromBytes(deployments.bytes(1));
        const QMap<qint32, DayCount> counted = days.value(row);
        int failures = 0;
        for (int i = 0; i < kStripDays; ++i) {
            const DayCount expected = counted.value(strip.lastDay - kStripDays + 1 + i);
            failures += expected.failed;
            if (!(strip.days[static_cast<size_t>(i)] == expected))
                return QStringLiteral("strip of deployment %1, day %2").arg(row).arg(i);
        }
        for (auto day = counted.begin(); day != counted.end(); ++day) {
            if (day.key() > strip.lastDay && !(*day == DayCount()))
                return QStringLiteral("strip of deployment %1 ends too early").arg(row);
        }
        if (deployments.integer(2) != failures)
            return QStringLiteral("failures of deployment %1").arg(row);
    }
    return {};
}

} // namespace

QString differenceFromRecount(Connection &db)
{
    for (const Check &check : kChecks) {
        Statement statement = db.prepare(check.sql);
        if (!statement.step())
            return QStringLiteral("%1 could not be counted").arg(QLatin1String(check.what));
        if (statement.integer(0) != 0)
            return QLatin1String(check.what);
    }
    return stripDifference(db);
}

} // namespace fd::test
