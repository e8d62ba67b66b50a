// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runtext.h"

#include "views/common/format.h"
#include "views/common/statemark.h"

#include <QCoreApplication>

namespace fd::runtext {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::runtext)
};

} // namespace

bool isCancellable(StateType type)
{
    return !isTerminal(type) && type != StateType::Cancelling && type != StateType::Unknown;
}

bool isTicking(StateType type) { return !isTerminal(type); }

QString deploymentPath(const QString &flowName, const QString &deploymentName)
{
    if (deploymentName.isEmpty())
        return flowName;
    return QStringLiteral("%1 / %2").arg(flowName, deploymentName);
}

Instant shownStart(const FlowRunRow &run) { return run.start.value_or(run.expectedStart); }

std::optional<qint64> durationUs(const FlowRunRow &run, Instant now)
{
    if (!run.start)
        return std::nullopt;
    if (run.end)
        return *run.end - *run.start;
    return isTerminal(run.stateType) ? std::nullopt : std::optional(std::max<qint64>(0, now - *run.start));
}

QString duration(const FlowRunRow &run, Instant now)
{
    const std::optional<qint64> us = durationUs(run, now);
    return us ? format::duration(*us) : QString(format::kAbsent);
}

QString cell(const FlowRunRow &run, FlowRunColumn column, Instant now)
{
    switch (column) {
    case FlowRunColumn::State:
        return stateWord(run.stateType, run.stateName);
    case FlowRunColumn::Name:
        return run.name;
    case FlowRunColumn::Deployment:
        return deploymentPath(run.flowName, run.deploymentName);
    case FlowRunColumn::Start:
        return format::time(shownStart(run), now, format::Seconds::Show);
    case FlowRunColumn::Duration:
        return duration(run, now);
    case FlowRunColumn::Lateness:
        return format::lateness(format::latenessUs(run, now));
    case FlowRunColumn::CreatedBy:
        return format::createdBy(run.createdBy);
    case FlowRunColumn::Tags:
        return run.tags.join(QStringLiteral(", "));
    }
    return {};
}

QString waitsFor(const FlowRun &run, Instant now)
{
    const Instant since = run.state.timestamp;
    switch (run.state.type) {
    case StateType::Scheduled: {
        const Instant due = run.state.scheduledTime.value_or(run.expectedStart);
        if (due > now) {
            return Words::tr("Waits until %1, %2.")
                .arg(format::time(due, now, format::Seconds::Show), format::relative(due, now));
        }
        return Words::tr("Waits for a free place since %1.").arg(format::time(due, now, format::Seconds::Show));
    }
    case StateType::Pending:
        return Words::tr("Waits for its process since %1.").arg(format::time(since, now, format::Seconds::Show));
    case StateType::Paused:
        return Words::tr("Waits to be resumed since %1.").arg(format::time(since, now, format::Seconds::Show));
    default:
        return {};
    }
}

} // namespace fd::runtext
