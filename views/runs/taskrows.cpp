// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/taskrows.h"

#include <QCoreApplication>
#include <QHash>

#include <numeric>

namespace fd {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::TaskRows)
};

/// Positions of `tasks` in the order they are shown.
std::vector<qsizetype> shownOrder(const QList<TaskRun> &tasks)
{
    std::vector<qsizetype> order(static_cast<size_t>(tasks.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&tasks](qsizetype a, qsizetype b) {
        const std::optional<Instant> &left = tasks[a].start;
        const std::optional<Instant> &right = tasks[b].start;
        return left && right ? *left < *right : left.has_value() && !right.has_value();
    });
    return order;
}

} // namespace

QList<TimelineRow> timelineRows(const QList<TaskRun> &tasks)
{
    const std::vector<qsizetype> order = shownOrder(tasks);
    QHash<TaskRunId, int> places;
    places.reserve(tasks.size());
    for (size_t i = 0; i < order.size(); ++i)
        places.insert(tasks[order[i]].id, static_cast<int>(i));

    QList<TimelineRow> rows;
    rows.reserve(tasks.size());
    for (const qsizetype position : order) {
        const TaskRun &task = tasks[position];
        TimelineRow row{.id = task.row,
            .name = task.name,
            .tryLabel = task.runCount > 1 ? Words::tr("try %1").arg(task.runCount) : QString(),
            .stateType = task.state.type,
            .stateName = task.state.name,
            .start = task.start,
            .end = task.end,
            .parents = {},
            .subflow = !task.childFlowRun.isNull()};
        for (const TaskRunId &parent : task.parents) {
            if (const auto place = places.constFind(parent); place != places.constEnd())
                row.parents.append(*place);
        }
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
