// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seedstore.h"

#include "models/store/codec.h"
#include "models/store/store.h"
#include "tests/support/seedvalues.h"

namespace fd::test {
namespace {

constexpr qint64 kSecondUs = 1'000'000;
constexpr qint64 kHourUs = 3600 * kSecondUs;
constexpr qint64 kDayUs = 24 * kHourUs;
constexpr int kDeploymentsPerFlow = 10;
/// Only so many of the newest runs have their states and parameters, which lists never read.
constexpr int kRunsWithDetail = 20000;

/// What the runs of one deployment add up to.
struct Summary {
    RowId lastRun = 0;
    StateType lastType = StateType::Unknown;
    QString lastName;
    Instant lastDue;
    std::optional<Instant> lastStart;
    std::optional<Instant> lastEnd;
    std::optional<Instant> nextRun;
    int active = 0;
    ActivityStrip strip;
};

struct Run {
    RowId row = 0;
    RowId deployment = 0;
    State state;
    Instant due;
    Instant created;
    std::optional<Instant> started;
    std::optional<Instant> ended;
};

class Seeder
{
public:
    Seeder(Connection &connection, const Seed &seed) : m_db(connection), m_seed(seed), m_values(seed.seed) { }

    void run();

private:
    [[nodiscard]] QList<QByteArray> dropIndexes();
    void insertFlows();
    void insertDeployments();
    void insertDeployment(RowId row);
    void insertRuns();
    [[nodiscard]] Run makeRun(int number);
    [[nodiscard]] State pastState(Instant due);
    void insertRun(const Run &run);
    void insertRunDetail(const Run &run);
    void summarize(const Run &run);
    void writeSummaries();
    void writeCounters();

    Connection &m_db;
    const Seed &m_seed;
    SeedValues m_values;
    QStringList m_flows;
    /// By deployment row.
    std::vector<Summary> m_summaries;
    QMap<std::pair<int, QString>, int> m_runCounts;
    QMap<std::pair<qint64, int>, int> m_hourCounts;
};

void Seeder::run()
{
    const QList<QByteArray> indexes = dropIndexes();
    m_db.execute("PRAGMA cache_size = -131072; BEGIN");
    insertFlows();
    insertDeployments();
    insertRuns();
    writeSummaries();
    writeCounters();
    for (const QByteArray &index : indexes)
        m_db.execute(index);
    m_db.execute("COMMIT");
}

QList<QByteArray> Seeder::dropIndexes()
{
    QList<QByteArray> created;
    QList<QByteArray> names;
    {
        Statement statement
            = m_db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
        while (statement.step()) {
            names += statement.bytes(0);
            created += statement.bytes(1);
        }
    }
    for (const QByteArray &name : names)
        m_db.execute("DROP INDEX " + name);
    return created;
}

void Seeder::insertFlows()
{
    const int count = std::max(1, m_seed.deployments / kDeploymentsPerFlow);
    Statement insert = m_db.prepare("INSERT INTO flow (id, uuid, name, created, updated) VALUES (?, ?, ?, ?, ?)");
    for (int number = 0; number < count; ++number) {
        m_flows += m_values.flowName(number);
        insert.bind(number + 1).bind(m_values.uuid()).bind(m_flows.last());
        insert.bind(m_seed.now.plusUs(-400 * kDayUs)).bind(m_seed.now.plusUs(-400 * kDayUs)).run();
    }
}

void Seeder::insertDeployments()
{
    m_summaries.resize(static_cast<size_t>(m_seed.deployments) + 1);
    for (RowId row = 1; row <= m_seed.deployments; ++row)
        insertDeployment(row);
}

void Seeder::insertDeployment(RowId row)
{
    const int flow = (row - 1) % static_cast<int>(m_flows.size());
    const QStringList tags = m_values.tags();
    const QList<Schedule> schedules = m_values.schedules();
    const QByteArray parameters = m_values.parameters();
    const Instant created = m_seed.now.plusUs(-m_values.below(400 * 24) * kHourUs - m_values.below(3'600'000) * 1000LL);
    const Instant updated = created.plusUs((m_seed.now - created) / 100 * m_values.below(100));
    m_db.prepare("INSERT INTO deployment (id, uuid, flow_id, name, flow_name, version, tags, schedule, schedule_active,"
                 " schedule_count, parameter_count, paused, created, updated)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 4, ?, ?, ?)")
        .bind(row)
        .bind(m_values.uuid())
        .bind(flow + 1)
        .bind(m_values.deploymentName((row - 1) / static_cast<int>(m_flows.size())))
        .bind(m_flows[flow])
        .bind(QString::number(1 + m_values.below(40)))
        .bind(codec::tagsToText(tags))
        .bindText(schedules.isEmpty() ? "" : schedules.first().json)
        .bind(!schedules.isEmpty() && schedules.first().active)
        .bind(static_cast<int>(schedules.size()))
        .bind(m_values.chance(5))
        .bind(created)
        .bind(updated)
        .run();
    const QString path = QStringLiteral("/srv/flows/%1.py").arg(m_flows[flow]);
    m_db.prepare("INSERT INTO deployment_detail (deployment_id, description, parameters, parameter_schema, schedules,"
                 " runner_type, runner_config, path, entrypoint, spec_path, spec_text)"
                 " VALUES (?, '', ?, ?, ?, 'universal', '{}', ?, ?, '', '')")
        .bind(row)
        .bindText(parameters)
        .bindText(R"({"type":"object","properties":{"region":{"type":"string"},"table":{"type":"string"},)"
                  R"("batch_size":{"type":"integer","default":500},"dry_run":{"type":"boolean","default":false}}})")
        .bindText(codec::schedulesToText(schedules))
        .bind(path)
        .bind(m_flows[flow])
        .run();
    Statement tagged = m_db.prepare("INSERT INTO deployment_tag (tag, deployment_id) VALUES (?, ?)");
    for (const QString &tag : tags)
        tagged.bind(tag).bind(row).run();
}

void Seeder::insertRuns()
{
    if (m_seed.deployments == 0)
        return;
    for (int number = 0; number < m_seed.runs; ++number) {
        const Run run = makeRun(number);
        insertRun(run);
        if (number >= m_seed.runs - kRunsWithDetail)
            insertRunDetail(run);
        summarize(run);
    }
}

State Seeder::pastState(Instant due)
{
    const bool isRecent = m_seed.now - due < 10 * 60 * kSecondUs;
    if (isRecent && !m_seed.idle && m_values.chance(20))
        return State::of(m_values.chance(80) ? StateType::Running : StateType::Pending, due);
    const int draw = m_values.below(1000);
    if (draw < 905)
        return State::of(StateType::Completed, due);
    if (draw < 965)
        return State::of(StateType::Failed, due);
    if (draw < 975)
        return State::of(StateType::Crashed, due);
    if (draw < 995)
        return State::of(StateType::Cancelled, due);
    return State::named(StateType::Completed, QStringLiteral("Cached"), due);
}

Run Seeder::makeRun(int number)
{
    // Two in a hundred wait for a time in the coming day, the others are spread over the last 30 days.
    const int past = m_seed.runs - m_seed.runs / 50;
    Run run;
    run.row = number + 1;
    run.deployment = 1 + m_values.below(m_seed.deployments);
    if (number >= past) {
        run.due = m_seed.now.plusUs((m_seed.idle ? 366 * kDayUs : 0) + (1 + m_values.below(24 * 3600)) * kSecondUs);
        run.created = m_seed.now.plusUs(-kHourUs);
        run.state = State::of(StateType::Scheduled, run.created);
        run.state.scheduledTime = run.due;
        return run;
    }
    run.due = m_seed.now.plusUs(-30 * kDayUs * (past - number) / past);
    run.created = run.due.plusUs(-kHourUs);
    run.state = pastState(run.due);
    if (run.state.type == StateType::Pending)
        return run;
    run.started = run.due.plusUs(m_values.below(60'000) * 1000LL);
    if (isTerminal(run.state.type))
        run.ended = run.started->plusUs(m_values.below(1800) * kSecondUs + m_values.below(1'000'000));
    run.state.timestamp = run.ended.value_or(*run.started);
    return run;
}

void Seeder::insertRun(const Run &run)
{
    const qint64 runTime = run.ended ? *run.ended - *run.started : 0;
    m_db.prepare("INSERT INTO flow_run (id, uuid, flow_id, deployment_id, name, state_type, state_name, due,"
                 " next_scheduled, started, ended, run_time, run_count, created, created_by, tags)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')")
        .bind(run.row)
        .bind(m_values.uuid())
        .bind((run.deployment - 1) % static_cast<int>(m_flows.size()) + 1)
        .bind(run.deployment)
        .bind(m_values.runName())
        .bind(codec::toInt(run.state.type))
        .bind(run.state.name)
        .bind(run.due)
        .bind(run.state.scheduledTime)
        .bind(run.started)
        .bind(run.ended)
        .bind(runTime)
        .bind(run.started ? 1 : 0)
        .bind(run.created)
        .bind(m_values.chance(15) ? 0 : 1)
        .run();
}

void Seeder::insertRunDetail(const Run &run)
{
    m_db.prepare("INSERT INTO flow_run_detail (flow_run_id, parameters) VALUES (?, '{}')").bind(run.row).run();
    m_db.prepare("INSERT INTO flow_run_state VALUES (?, 0, ?, '', ?, '', ?, ?)")
        .bind(run.row)
        .bind(codec::toInt(run.state.type))
        .bind(run.state.name)
        .bind(run.state.timestamp)
        .bind(run.state.scheduledTime)
        .run();
}

void Seeder::summarize(const Run &run)
{
    Summary &summary = m_summaries[static_cast<size_t>(run.deployment)];
    const StateType type = run.state.type;
    const Instant shown = run.started.value_or(run.due);
    ++m_runCounts[{codec::toInt(type), run.state.name}];
    ++m_hourCounts[{shown.us / kHourUs, codec::toInt(type)}];
    if (type == StateType::Scheduled) {
        summary.nextRun = summary.nextRun ? std::min(*summary.nextRun, run.due) : run.due;
        return;
    }
    if (summary.lastRun == 0 || run.due >= summary.lastDue) {
        summary.lastRun = run.row;
        summary.lastType = type;
        summary.lastName = run.state.name;
        summary.lastDue = run.due;
        summary.lastStart = run.started;
        summary.lastEnd = run.ended;
    }
    summary.active += isActive(type) ? 1 : 0;
    const qint32 day = localDay(shown);
    if (day > summary.strip.lastDay)
        summary.strip = summary.strip.endingOn(day);
    const qint32 index = day - summary.strip.lastDay + kStripDays - 1;
    if (index < 0)
        return;
    DayCount &counts = summary.strip.days[static_cast<size_t>(index)];
    counts.completed += type == StateType::Completed ? 1 : 0;
    counts.failed += type == StateType::Failed || type == StateType::Crashed ? 1 : 0;
    counts.active += isActive(type) ? 1 : 0;
}

void Seeder::writeSummaries()
{
    Statement update = m_db.prepare("UPDATE deployment SET next_run = ?, last_run_id = ?, last_state_type = ?,"
                                    " last_state_name = ?, last_due = ?, last_start = ?, last_end = ?,"
                                    " active_runs = ?, strip = ?, failures = ? WHERE id = ?");
    for (size_t row = 1; row < m_summaries.size(); ++row) {
        const Summary &summary = m_summaries[row];
        int failures = 0;
        for (const DayCount &day : summary.strip.days)
            failures += day.failed;
        update.bind(summary.nextRun).bind(summary.lastRun);
        if (summary.lastRun != 0)
            update.bind(codec::toInt(summary.lastType)).bind(summary.lastName).bind(summary.lastDue);
        else
            update.bindNull().bindNull().bindNull();
        update.bind(summary.lastStart).bind(summary.lastEnd).bind(summary.active);
        update.bind(codec::stripToBytes(summary.strip)).bind(failures).bind(static_cast<qint64>(row)).run();
    }
}

void Seeder::writeCounters()
{
    Statement counts = m_db.prepare("INSERT INTO run_count (state_type, state_name, n) VALUES (?, ?, ?)");
    for (auto count = m_runCounts.cbegin(); count != m_runCounts.cend(); ++count)
        counts.bind(count.key().first).bind(count.key().second).bind(count.value()).run();
    Statement hours = m_db.prepare("INSERT INTO run_hour (hour, state_type, n) VALUES (?, ?, ?)");
    for (auto count = m_hourCounts.cbegin(); count != m_hourCounts.cend(); ++count)
        hours.bind(count.key().first).bind(count.key().second).bind(count.value()).run();
}

} // namespace

Result<void> seedStore(const QString &path, const Seed &seed)
{
    // The store itself makes the schema.
    FD_TRY(Store::open(path, Store::OpenMode::CreateIfMissing));
    {
        FD_TRY_ASSIGN(connection, Connection::open(path, Connection::Mode::ReadWrite));
        connection->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
        Seeder(*connection, seed).run();
        if (connection->error())
            return fail(*connection->error());
    }
    FD_TRY(Store::open(path, Store::OpenMode::Existing));
    return {};
}

} // namespace fd::test
