// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/runqueries.h"

#include "models/engine/runrecorder.h"
#include "models/store/deploymentrepository.h"
#include "models/store/settingrepository.h"

#include <QThread>

namespace fd {
namespace {

int concurrencyLimit(Connection &db)
{
    const int chosen = SettingRepository(db).value(setting::kConcurrencyLimit).toInt();
    return chosen > 0 ? chosen : std::max(2, QThread::idealThreadCount());
}

/// Loads what a start needs; a run without its deployment has nothing to run, and fails here.
std::optional<TakenRun> loaded(Connection &db, RowId row, Instant now)
{
    FlowRunRepository runs(db);
    auto run = runs.find(row);
    if (!run)
        return {};
    const auto deployment = DeploymentRepository(db).find(run->deployment);
    if (!deployment) {
        RunRecorder(db, row).closeUnstarted(State::of(StateType::Failed, now,
            QStringLiteral("Flow could not be retrieved from deployment: the deployment is gone.")));
        return {};
    }
    TakenRun taken;
    taken.attempt = runs.spool(row).attempt + 1;
    runs.setSpool(row, {.offset = 0, .attempt = taken.attempt});
    taken.run = std::move(*run);
    taken.deployment = *deployment;
    taken.python = SettingRepository(db).value(setting::kPython);
    return taken;
}

std::optional<FoundRun> found(Connection &db, std::optional<FlowRun> run)
{
    if (!run)
        return {};
    FoundRun result;
    result.spool = FlowRunRepository(db).spool(run->row);
    if (const auto deployment = DeploymentRepository(db).find(run->deployment))
        result.runner = deployment->runner;
    result.run = std::move(*run);
    return result;
}

} // namespace

RunOutlook lookAround(Connection &db, Instant now)
{
    FlowRunRepository runs(db);
    RunOutlook outlook;
    outlook.concurrencyLimit = concurrencyLimit(db);
    outlook.nextDue = runs.nextDue();
    outlook.anyDue = outlook.nextDue && *outlook.nextDue <= now;
    outlook.active = runs.rows(runs.active());
    return outlook;
}

std::vector<TakenRun> takeDueRuns(Connection &db, Instant now, int room, const QSet<RowId> &known)
{
    FlowRunRepository runs(db);
    std::vector<TakenRun> taken;
    for (const RowId row : runs.due(now, room + static_cast<int>(known.size()))) {
        if (known.contains(row) || static_cast<int>(taken.size()) >= room)
            continue;
        auto run = loaded(db, row, now);
        if (!run)
            continue;
        runs.setState(row, State::of(StateType::Pending, now));
        taken.push_back(std::move(*run));
    }
    return taken;
}

std::optional<TakenRun> takeAgain(Connection &db, RowId run, Instant now)
{
    const auto stored = FlowRunRepository(db).find(run);
    if (!stored || isTerminal(stored->state.type))
        return {};
    if (stored->state.type == StateType::Cancelling) {
        RunRecorder(db, run).closeUnstarted(State::of(StateType::Cancelled, now));
        return {};
    }
    return loaded(db, run, now);
}

std::optional<FoundRun> findRun(Connection &db, RowId run) { return found(db, FlowRunRepository(db).find(run)); }

std::optional<FoundRun> findRun(Connection &db, const FlowRunId &run)
{
    return found(db, FlowRunRepository(db).find(run));
}

Result<void> requestCancel(Connection &db, RowId run, Instant now)
{
    FlowRunRepository runs(db);
    const auto stored = runs.find(run);
    if (!stored)
        return fail(ErrorKind::NotFound, QStringLiteral("There is no such run."));
    if (isTerminal(stored->state.type))
        return fail(ErrorKind::Conflict, QStringLiteral("The run has ended already."));
    if (stored->parentFlowRun != 0) {
        return fail(ErrorKind::Conflict,
            QStringLiteral("A subflow runs inside its parent's process; cancel the parent run instead."));
    }
    if (stored->state.type == StateType::Cancelling)
        return {};
    const bool hasProcess
        = stored->state.type != StateType::Scheduled || stored->state.name == QLatin1String("AwaitingRetry");
    const StateType next = hasProcess ? StateType::Cancelling : StateType::Cancelled;
    runs.setState(run, State::of(next, std::max(now, stored->state.timestamp)));
    return {};
}

} // namespace fd
