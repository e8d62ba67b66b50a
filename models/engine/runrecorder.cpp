// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/runrecorder.h"

#include "models/core/json.h"
#include "models/engine/spawn.h"
#include "models/store/flowrunrepository.h"
#include "models/store/logrepository.h"
#include "models/store/taskrunrepository.h"

#include <cstring>

namespace fd {
namespace {

QString endingText(const RunEnding &ending)
{
    switch (ending.kind) {
    case RunEnding::Kind::Exited:
        return QStringLiteral("Flow run process ended with exit code %1").arg(ending.number);
    case RunEnding::Kind::Signalled: {
        const char *name = sigabbrev_np(ending.number);
        return QStringLiteral("Flow run process ended with %1 (%2)")
            .arg(name ? QStringLiteral("SIG") + QLatin1String(name) : QStringLiteral("a signal"))
            .arg(ending.number);
    }
    case RunEnding::Kind::NotStarted:
        return QStringLiteral("Flow run process could not be started: %1")
            .arg(ending.reason.isEmpty() ? systemReason(ending.number) : ending.reason);
    case RunEnding::Kind::Lost:
        break;
    }
    return QStringLiteral("Flow run process is gone and left no exit status; "
                          "it was killed together with its supervisor, or the computer went down");
}

QByteArray endingDetails(const RunEnding &ending)
{
    Json details = Json::object();
    if (ending.kind == RunEnding::Kind::Exited)
        details["exit_code"] = ending.number;
    else if (ending.kind == RunEnding::Kind::Signalled)
        details["exit_signal"] = ending.number;
    if (ending.kind == RunEnding::Kind::Exited || ending.kind == RunEnding::Kind::Signalled)
        details["process_ended"] = toJson(toIso(ending.at));
    return toJsonText(details);
}

State endState(const State &current, const RunEnding &ending)
{
    const bool cancelled = current.type == StateType::Cancelling;
    const QString text = endingText(ending)
        + (!cancelled && ending.kind == RunEnding::Kind::Exited ? QStringLiteral(" before it reported a final state.")
                                                                : QStringLiteral("."));
    return State::of(cancelled ? StateType::Cancelled : StateType::Crashed, std::max(ending.at, current.timestamp),
        cancelled ? QStringLiteral("Cancelled. ") + text : text);
}

} // namespace

std::optional<State> admittedState(const State &current, State reported)
{
    if (isTerminal(current.type))
        return {};
    if (current.type == StateType::Cancelling) {
        if (!isTerminal(reported.type))
            return {};
        if (reported.type == StateType::Crashed) {
            reported
                = State::of(StateType::Cancelled, reported.timestamp, QStringLiteral("Cancelled. ") + reported.message);
        }
    }
    return reported;
}

void RunRecorder::store(const RunBatch &batch)
{
    for (const BridgeEvent &event : batch.events)
        std::visit([this](const auto &specific) { take(specific); }, event);
    for (const auto &[run, lines] : m_logs.asKeyValueRange())
        LogRepository(m_db).append(run, lines);
    m_logs.clear();
    FlowRunRepository runs(m_db);
    if (batch.details != "{}")
        runs.mergeDetails(m_run, batch.details);
    runs.setSpool(m_run, {.offset = batch.offset, .attempt = runs.spool(m_run).attempt});
}

void RunRecorder::take(const LogEvent &event)
{
    const RowId known = event.run.isNull() ? m_run : rowOf(event.run);
    const RowId run = known != 0 ? known : m_run;
    std::vector<LogEntry> &lines = m_logs[run];
    lines.push_back(event.entry);
    lines.back().taskRun = event.task.isNull() ? 0 : rowOf(event.task);
}

void RunRecorder::take(const FlowStateEvent &event)
{
    if (const RowId run = rowOf(event.run))
        setState(run, event.state);
}

void RunRecorder::setState(RowId run, State state)
{
    FlowRunRepository runs(m_db);
    const auto stored = runs.find(run);
    if (!stored)
        return;
    if (const auto admitted = admittedState(stored->state, std::move(state)))
        runs.setState(run, *admitted);
}

void RunRecorder::take(const TaskStateEvent &event)
{
    if (const RowId run = rowOf(event.run))
        TaskRunRepository(m_db).setState(run, event.state);
}

void RunRecorder::take(const FlowRunEvent &event)
{
    FlowRunRepository runs(m_db);
    if (const RowId known = rowOf(event.run)) {
        // With defaults, conversions and a computed name, which only the flow's own process knows.
        runs.describe(known, event.name, event.parameters);
        return;
    }
    FlowRun run;
    run.id = event.run;
    run.name = event.name;
    run.flowName = event.flowName;
    run.parameters = event.parameters;
    run.createdBy = CreatedBy::Flow;
    run.state = State::of(StateType::Pending, event.at);
    run.expectedStart = event.at;
    run.created = event.at;
    run.parentTaskRun = rowOf(event.parentTaskRun);
    const RowId parent = rowOf(event.parentFlowRun);
    run.parentFlowRun = parent != 0 ? parent : m_run;
    m_flowRuns.insert(event.run, runs.create(run).row);
}

void RunRecorder::take(const TaskRunEvent &event)
{
    TaskRun run = event.run;
    const RowId parent = rowOf(event.flowRun);
    run.flowRun = parent != 0 ? parent : m_run;
    m_taskRuns.insert(run.id, TaskRunRepository(m_db).upsert(run));
}

void RunRecorder::take(const HelloEvent &event) { FlowRunRepository(m_db).mergeDetails(m_run, event.details); }

RowId RunRecorder::rowOf(const FlowRunId &id)
{
    if (id.isNull())
        return 0;
    const auto known = m_flowRuns.constFind(id);
    if (known != m_flowRuns.cend())
        return *known;
    const auto run = FlowRunRepository(m_db).find(id);
    if (run)
        m_flowRuns.insert(id, run->row);
    return run ? run->row : 0;
}

RowId RunRecorder::rowOf(const TaskRunId &id)
{
    if (id.isNull())
        return 0;
    const auto known = m_taskRuns.constFind(id);
    if (known != m_taskRuns.cend())
        return *known;
    const RowId row = TaskRunRepository(m_db).rowOf(id);
    if (row != 0)
        m_taskRuns.insert(id, row);
    return row;
}

void RunRecorder::close(const RunEnding &ending)
{
    FlowRunRepository runs(m_db);
    const auto run = runs.find(m_run);
    if (!run)
        return;
    const State state = endState(run->state, ending);
    if (!isTerminal(run->state.type))
        runs.setState(m_run, state);
    if (const QByteArray details = endingDetails(ending); details != "{}")
        runs.mergeDetails(m_run, details);
    closeParts(
        m_run, isTerminal(run->state.type) ? State::of(StateType::Crashed, state.timestamp, state.message) : state);
}

void RunRecorder::closeParts(RowId run, const State &state)
{
    TaskRunRepository tasks(m_db);
    for (const TaskRun &task : tasks.ofFlowRun(run)) {
        if (!isTerminal(task.state.type))
            tasks.setState(task.row, state);
    }
    FlowRunRepository runs(m_db);
    for (const FlowRunRow &subflow : runs.subflows(run)) {
        if (!isTerminal(subflow.stateType))
            runs.setState(subflow.row, state);
        closeParts(subflow.row, state);
    }
}

void RunRecorder::closeUnstarted(const State &state)
{
    FlowRunRepository runs(m_db);
    const auto run = runs.find(m_run);
    if (!run || isTerminal(run->state.type))
        return;
    const bool cancelled = run->state.type == StateType::Cancelling;
    runs.setState(m_run, cancelled ? State::of(StateType::Cancelled, state.timestamp) : state);
    if (cancelled)
        return;
    LogEntry line;
    line.timestamp = state.timestamp;
    line.level = 40;
    line.logger = QStringLiteral("flowdeck.engine");
    line.message = state.message;
    LogRepository(m_db).append(m_run, {&line, 1});
}

} // namespace fd
