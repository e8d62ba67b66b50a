// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/logrepository.h"
#include "models/store/taskrunrepository.h"

#include <QRandomGenerator>

namespace fd::sample {
namespace {

Instant at(int hour, int minute, double second)
{
    constexpr Instant kMidnight{1'792'454'400'000'000};
    return kMidnight.plusUs((hour * 3600 + minute * 60) * kSecondUs + static_cast<qint64>(second * 1e6));
}

Deployment deploymentOf(const QString &flow, const QString &name)
{
    Deployment deployment;
    deployment.flowName = flow;
    deployment.name = name;
    deployment.tags = {QStringLiteral("orders"), QStringLiteral("tier-1")};
    deployment.parameters = R"({"start_date":"2026-10-20","region":"eu","batch_size":500,)"
                            R"("full_refresh":false,"notify":"#orders"})";
    deployment.created = deployment.updated = at(6, 0, 0);
    return deployment;
}

/// One task run: its name, when it ran, what it waited for by name.
struct Task {
    QString name;
    Instant start;
    Instant end;
    QStringList after;
    bool retried = false;
    bool subflow = false;
};

QList<Task> sampleTasks()
{
    const auto n = [](const char *text) { return QString::fromLatin1(text); };
    return {{n("extract_orders"), at(14, 7, 19), at(14, 8, 29), {}},
        {n("extract_lines"), at(14, 7, 20), at(14, 8, 58), {}},
        {n("extract_customers"), at(14, 7, 20), at(14, 8, 4), {}},
        {n("validate_schema"), at(14, 8, 58), at(14, 9, 24), {n("extract_orders"), n("extract_lines")}},
        {n("stage_orders"), at(14, 9, 26), at(14, 10, 30), {n("validate_schema")}},
        {n("stage_lines"), at(14, 9, 26), at(14, 11, 56), {n("validate_schema")}},
        {n("load_orders"), at(14, 10, 32), at(14, 12, 32), {n("stage_orders")}},
        {n("load_lines"), at(14, 12, 0), at(14, 16, 51), {n("stage_lines")}, true},
        {n("dedupe"), at(14, 16, 53), at(14, 17, 29), {n("load_lines"), n("load_orders")}},
        {n("refresh_views"), at(14, 17, 30), at(14, 18, 10), {n("dedupe")}},
        {n("update_catalog"), at(14, 17, 31), at(14, 17, 40), {n("dedupe")}},
        {n("notify-slack / ping"), at(14, 18, 12), at(14, 18, 32), {n("refresh_views")}, false, true}};
}

void addTasks(Connection &connection, SampleRun &sample, const QList<Task> &tasks, const FlowRunId &subflow)
{
    TaskRunRepository repository(connection);
    QHash<QString, TaskRunId> ids;
    for (const Task &task : tasks) {
        TaskRun run;
        run.id = TaskRunId::make();
        run.flowRun = sample.run;
        run.name = run.taskName = task.name;
        run.dynamicKey = QStringLiteral("0");
        run.state = State::of(StateType::Pending, task.start);
        if (task.subflow)
            run.childFlowRun = subflow;
        for (const QString &after : task.after)
            run.parents.append(ids.value(after));
        ids.insert(task.name, run.id);
        const RowId row = repository.upsert(run);
        repository.setState(row, State::of(StateType::Running, task.start));
        if (task.retried) {
            repository.setState(
                row, State::named(StateType::Scheduled, QStringLiteral("AwaitingRetry"), at(14, 13, 21)));
            repository.setState(row, State::named(StateType::Running, QStringLiteral("Retrying"), at(14, 14, 21)));
        }
        repository.setState(row, State::of(StateType::Completed, task.end));
        sample.tasks.append(row);
        sample.taskNames.append(task.name);
    }
}

LogEntry line(Instant time, int level, RowId task, const QString &message)
{
    return {.seq = 0,
        .taskRun = task,
        .timestamp = time,
        .level = level,
        .logger = QStringLiteral("prefect.task_runs"),
        .message = message};
}

std::vector<LogEntry> sampleLines(const SampleRun &sample, int count)
{
    std::vector<LogEntry> lines;
    const Instant begin = at(14, 7, 18.2);
    const qint64 step = (at(14, 18, 33) - begin) / count;
    for (int i = 0; i < count; ++i) {
        const int task = i * static_cast<int>(sample.tasks.size()) / count;
        const QString name = sample.taskNames[task];
        const Instant time = begin.plusUs(i * step);
        if (i % 400 == 211)
            lines.push_back(line(time, 30, sample.tasks[task], QStringLiteral("Slow answer from replica-2: 6.1 s")));
        else if (i == 731)
            lines.push_back(line(time, 40, sample.tasks[task],
                QStringLiteral("ConnectionResetError: [Errno 104] connection reset by peer, timeout after 4.0 s\n"
                               "Traceback (most recent call last):\n  File \"orders.py\", line 88, in load_lines\n"
                               "    connection.copy(rows)")));
        else if (i == 745)
            lines.push_back(
                line(time, 20, sample.tasks[task], QStringLiteral("Continue at row 330 001, timeout 30 s")));
        else if (i % 97 == 96)
            lines.push_back(line(time, 10, sample.tasks[task], QStringLiteral("temp table dropped")));
        else if (i % 100 == 0)
            lines.push_back(line(time, 20, 0, QStringLiteral("Created task run '%1'").arg(name)));
        else
            lines.push_back(
                line(time, 20, sample.tasks[task], QStringLiteral("Copied %1 000 of 412 884 rows").arg(i % 412)));
    }
    return lines;
}

RowId addSimpleRun(Connection &connection, RowId deployment, const QString &name, Instant due, qint64 durationUs,
    StateType end = StateType::Completed)
{
    FlowRunRepository runs(connection);
    FlowRun run;
    run.deployment = deployment;
    run.name = name;
    run.createdBy = CreatedBy::Schedule;
    run.expectedStart = run.created = due;
    run.state = State::of(StateType::Scheduled, due);
    run.state.scheduledTime = due;
    const RowId row = runs.create(run).row;
    runs.setState(row, State::of(StateType::Pending, due.plusUs(kSecondUs)));
    runs.setState(row, State::of(StateType::Running, due.plusUs(2 * kSecondUs)));
    runs.setState(row, State::of(end, due.plusUs(2 * kSecondUs + durationUs)));
    return row;
}

void walkStates(FlowRunRepository &runs, RowId run)
{
    const auto named = [](StateType type, const char *name, Instant time, const char *text = "") {
        return State::named(type, QString::fromLatin1(name), time, QString::fromLatin1(text));
    };
    for (const State &state : {named(StateType::Scheduled, "Late", at(14, 5, 15), "no free place, 2 of 2 in use"),
             named(StateType::Pending, "Pending", at(14, 6, 57)), named(StateType::Running, "Running", at(14, 7, 18)),
             named(StateType::Scheduled, "AwaitingRetry", at(14, 13, 21), "Retry 1 of 3 in 60 s"),
             named(StateType::Running, "Retrying", at(14, 14, 21)),
             named(StateType::Completed, "Completed", at(14, 18, 33), "All states completed.")})
        runs.setState(run, state);
}

} // namespace

SampleWorkspace::SampleWorkspace()
{
    auto opened = Store::open(m_folder.filePath(QStringLiteral("sample.flowdeck")), Store::OpenMode::CreateIfMissing);
    Q_ASSERT(opened);
    m_store = std::move(*opened);
}

QCoro::Task<Result<RunStarted>> SampleWorkspace::startRun(RunRequest)
{
    co_return fail(ErrorKind::NotFound, QStringLiteral("nothing runs here"));
}

QCoro::Task<Result<void>> SampleWorkspace::cancelRun(RowId run)
{
    cancelled.append(run);
    if (refusal)
        co_return fail(*refusal);
    co_return Result<void>();
}

QCoro::Task<Result<SpecPlan>> SampleWorkspace::planSpec(QString) { co_return SpecPlan(); }
QCoro::Task<Result<SpecApplied>> SampleWorkspace::applySpec(SpecPlan) { co_return SpecApplied(); }
QCoro::Task<Result<void>> SampleWorkspace::deleteDeployment(RowId) { co_return Result<void>(); }
QCoro::Task<void> SampleWorkspace::shutDown(Quit) { co_return; }

SampleRun addFinishedRun(SampleWorkspace &workspace)
{
    SampleRun sample;
    workspace.write([&sample](Connection &connection) {
        FlowRunRepository runs(connection);
        const Deployment deployment = deploymentOf(QStringLiteral("orders-ingest"), QStringLiteral("hourly"));
        sample.deployment = DeploymentRepository(connection).upsert(deployment, at(6, 0, 0)).row;
        QRandomGenerator random(7);
        for (int i = 24; i > 0; --i)
            addSimpleRun(connection, sample.deployment, makeRunName(), at(14, 5, 0).plusUs(-i * 3600 * kSecondUs),
                (80 + random.bounded(50)) * kSecondUs, i == 11 ? StateType::Failed : StateType::Completed);
        FlowRun run;
        run.deployment = sample.deployment;
        run.name = QStringLiteral("brave-otter");
        run.tags = deployment.tags;
        run.parameters = R"({"start_date":"2026-10-20","region":"eu","batch_size":250,)"
                         R"("full_refresh":false,"notify":null})";
        run.details = R"({"interpreter":"/home/mia/orders/.venv/bin/python3.11","python_version":"3.11.2",)"
                      R"("working_folder":"/home/mia/orders","pid":48213,"exit_code":0})";
        run.createdBy = CreatedBy::Schedule;
        run.expectedStart = at(14, 5, 0);
        run.created = at(14, 4, 0);
        run.state = State::of(StateType::Scheduled, at(14, 4, 0));
        run.state.scheduledTime = run.expectedStart;
        sample.run = runs.create(run).row;
        walkStates(runs, sample.run);

        FlowRun subflow;
        subflow.flowName = QStringLiteral("notify-slack");
        subflow.name = QStringLiteral("ping");
        subflow.createdBy = CreatedBy::Flow;
        subflow.parentFlowRun = sample.run;
        subflow.expectedStart = subflow.created = at(14, 18, 12);
        subflow.state = State::of(StateType::Running, at(14, 18, 12));
        const FlowRunRepository::Stored stored = runs.create(subflow);
        sample.subflow = stored.row;
        runs.setState(stored.row, State::of(StateType::Completed, at(14, 18, 32)));
        addTasks(connection, sample, sampleTasks(), stored.id);
        LogRepository(connection).append(sample.run, sampleLines(sample, 1204));
    });
    return sample;
}

SampleRun addRunningRun(SampleWorkspace &workspace, int tasks, int lines)
{
    SampleRun sample;
    workspace.write([&sample, tasks, lines](Connection &connection) {
        FlowRunRepository runs(connection);
        const Deployment deployment = deploymentOf(QStringLiteral("warehouse-load"), QStringLiteral("backfill"));
        sample.deployment = DeploymentRepository(connection).upsert(deployment, at(6, 0, 0)).row;
        FlowRun run;
        run.deployment = sample.deployment;
        run.name = QStringLiteral("jolly-ibex");
        run.expectedStart = run.created = at(13, 30, 6);
        run.state = State::of(StateType::Scheduled, run.created);
        sample.run = runs.create(run).row;
        runs.setState(sample.run, State::of(StateType::Running, at(13, 30, 8)));
        QList<Task> made;
        for (int i = 0; i < tasks; ++i) {
            const Instant start = at(13, 31, 0).plusUs(i * kSecondUs / 4);
            made.append({QStringLiteral("load-%1").arg(i), start, start.plusUs(3 * kSecondUs), {}});
        }
        addTasks(connection, sample, made, {});
        std::vector<LogEntry> entries;
        for (int i = 0; i < lines; ++i)
            entries.push_back(line(at(13, 31, 0).plusUs(i * 10'000), i % 50 == 49 ? 30 : 20,
                sample.tasks.isEmpty() ? 0 : sample.tasks[i % sample.tasks.size()], QStringLiteral("line %1").arg(i)));
        LogRepository(connection).append(sample.run, entries);
    });
    return sample;
}

void addRuns(SampleWorkspace &workspace, int count)
{
    struct Known {
        StateType type;
        const char *name;
    };
    static constexpr Known kStates[] = {{StateType::Running, "Running"}, {StateType::Pending, "Pending"},
        {StateType::Scheduled, "Late"}, {StateType::Scheduled, "AwaitingRetry"}, {StateType::Paused, "Paused"},
        {StateType::Cancelling, "Cancelling"}, {StateType::Running, "Retrying"}, {StateType::Cancelled, "Cancelled"},
        {StateType::Failed, "TimedOut"}, {StateType::Crashed, "Crashed"}, {StateType::Completed, "Cached"}};
    workspace.write([count](Connection &connection) {
        QRandomGenerator random(3);
        QList<RowId> deployments;
        for (const char *names : {"fx-rates every-15", "customer-360 prod", "warehouse-load eu-nightly",
                 "sensor-rollup plant-7", "ads-spend-pull prod", "inventory-sync prod", "ledger-export close",
                 "search-index rebuild", "dq-checks prod", "ml-feature-build gpu-train"}) {
            const QStringList pair = QString::fromLatin1(names).split(u' ');
            deployments.append(
                DeploymentRepository(connection).upsert(deploymentOf(pair[0], pair[1]), at(6, 0, 0)).row);
        }
        FlowRunRepository runs(connection);
        for (int i = 0; i < count; ++i) {
            const RowId deployment = deployments[random.bounded(deployments.size())];
            const Instant due = kNow.plusUs(-(60 + i * 700) * kSecondUs);
            const Known &known = kStates[static_cast<size_t>(i) % std::size(kStates)];
            if (i >= static_cast<int>(std::size(kStates)) || i % 3 == 2) {
                addSimpleRun(connection, deployment, makeRunName(), due, (3 + random.bounded(900)) * kSecondUs,
                    i % 13 == 5 ? StateType::Failed : StateType::Completed);
                continue;
            }
            FlowRun run;
            run.deployment = deployment;
            run.createdBy = i % 2 == 0 ? CreatedBy::Schedule : CreatedBy::Manual;
            run.expectedStart = run.created = due;
            run.state = State::of(StateType::Scheduled, due);
            run.state.scheduledTime = due;
            const RowId row = runs.create(run).row;
            const bool started = known.type != StateType::Scheduled && known.type != StateType::Pending;
            if (started)
                runs.setState(row, State::of(StateType::Running, due.plusUs(5 * kSecondUs)));
            runs.setState(row, State::named(known.type, QString::fromLatin1(known.name), due.plusUs(40 * kSecondUs)));
        }
    });
}

void addLines(SampleWorkspace &workspace, RowId run, const QStringList &messages, int level, RowId task)
{
    workspace.write([run, messages, level, task](Connection &connection) {
        std::vector<LogEntry> entries;
        for (const QString &message : messages)
            entries.push_back(line(kNow, level, task, message));
        LogRepository(connection).append(run, entries);
    });
}

} // namespace fd::sample
