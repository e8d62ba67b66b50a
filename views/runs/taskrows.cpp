// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/taskrows.h"

#include <QCoreApplication>
#include <QHash>

namespace fd {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::TaskRows)
};

/// A bar: a task run that was tried once, or one of its tries.
struct Bar {
    qsizetype task = 0;
    qsizetype number = 0;
    bool isLast = true;
    std::optional<Instant> start;
};

/// The bars in the order they are shown.
std::vector<Bar> shownOrder(const QList<TaskRun> &tasks)
{
    std::vector<Bar> bars;
    bars.reserve(static_cast<size_t>(tasks.size()));
    for (qsizetype i = 0; i < tasks.size(); ++i) {
        const QList<TaskTry> &tries = tasks[i].tries;
        if (tries.isEmpty())
            bars.push_back({.task = i, .number = 0, .isLast = true, .start = tasks[i].start});
        for (qsizetype number = 0; number < tries.size(); ++number)
            bars.push_back({i, number, number + 1 == tries.size(), tries[number].start});
    }
    std::stable_sort(bars.begin(), bars.end(), [](const Bar &a, const Bar &b) {
        return a.start && b.start ? *a.start < *b.start : a.start.has_value() && !b.start.has_value();
    });
    return bars;
}

TimelineRow rowOf(const TaskRun &task)
{
    return {.id = task.row,
        .name = task.name,
        .tryLabel = task.runCount > 1 ? Words::tr("try %1").arg(task.runCount) : QString(),
        .stateType = task.state.type,
        .stateName = task.state.name,
        .start = task.start,
        .end = task.end,
        .parents = {},
        .subflow = !task.childFlowRun.isNull()};
}

TimelineRow rowOf(const TaskRun &task, const Bar &bar)
{
    TimelineRow row = rowOf(task);
    if (task.tries.isEmpty())
        return row;
    const TaskTry &shown = task.tries[bar.number];
    row.tryLabel = Words::tr("try %1").arg(bar.number + 1);
    row.start = shown.start;
    row.end = shown.end;
    // A task run that waits for its next try is not done, but its last try is.
    if (!bar.isLast || shown.end) {
        row.stateType = shown.stateType;
        row.stateName = shown.stateName;
    }
    return row;
}

} // namespace

QList<TimelineRow> timelineRows(const QList<TaskRun> &tasks)
{
    const std::vector<Bar> bars = shownOrder(tasks);
    // Where a task run's last try stands: what came after waited for that one.
    QHash<TaskRunId, int> places;
    places.reserve(tasks.size());
    for (size_t i = 0; i < bars.size(); ++i) {
        if (bars[i].isLast)
            places.insert(tasks[bars[i].task].id, static_cast<int>(i));
    }
    QHash<qsizetype, int> tryBefore;
    QList<TimelineRow> rows;
    rows.reserve(static_cast<qsizetype>(bars.size()));
    for (const Bar &bar : bars) {
        const TaskRun &task = tasks[bar.task];
        TimelineRow row = rowOf(task, bar);
        if (bar.number > 0)
            row.parents.append(tryBefore.value(bar.task));
        for (const TaskRunId &parent : task.parents) {
            if (const auto place = places.constFind(parent); bar.number == 0 && place != places.constEnd())
                row.parents.append(*place);
        }
        if (!bar.isLast)
            tryBefore.insert(bar.task, static_cast<int>(rows.size()));
        rows.append(row);
    }
    return rows;
}

QList<TimelineBand> retryBands(const QList<State> &states)
{
    QList<TimelineBand> bands;
    for (qsizetype i = 0; i + 1 < states.size(); ++i) {
        if (states[i].name == QLatin1String("AwaitingRetry"))
            bands.append({states[i].timestamp, states[i + 1].timestamp, Words::tr("retry wait")});
    }
    return bands;
}

QString taskSummary(const QList<TaskRun> &tasks)
{
    const auto failed = std::count_if(tasks.begin(), tasks.end(), [](const TaskRun &task) {
        return task.state.type == StateType::Failed || task.state.type == StateType::Crashed;
    });
    const auto retried
        = std::count_if(tasks.begin(), tasks.end(), [](const TaskRun &task) { return task.runCount > 1; });
    QStringList parts{tasks.size() == 1 ? Words::tr("1 task run")
                                        : Words::tr("%n task runs", nullptr, static_cast<int>(tasks.size()))};
    if (failed > 0)
        parts.append(Words::tr("%n failed", nullptr, static_cast<int>(failed)));
    if (retried > 0)
        parts.append(Words::tr("%n retried", nullptr, static_cast<int>(retried)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace fd
