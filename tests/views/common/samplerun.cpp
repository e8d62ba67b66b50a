// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplerun.h"

#include "sampletable.h"

namespace fd::sample {
namespace {

constexpr qint64 kSecond = 1'000'000;

/// Seconds after 14:05:00.
Instant at(qint64 seconds) { return now().plusUs((seconds - 27 * 60) * kSecond); }

TimelineRow task(RowId id, const char *name, qint64 start, qint64 length, QList<int> parents = {})
{
    return {.id = id,
        .name = QString::fromLatin1(name),
        .tryLabel = {},
        .stateType = StateType::Completed,
        .stateName = QStringLiteral("Completed"),
        .start = at(start),
        .end = at(start + length),
        .parents = std::move(parents)};
}

} // namespace

QList<State> everyState()
{
    const std::pair<StateType, const char *> names[]{{StateType::Completed, "Completed"},
        {StateType::Completed, "Cached"}, {StateType::Completed, "RolledBack"}, {StateType::Running, "Running"},
        {StateType::Running, "Retrying"}, {StateType::Running, "Rerunning"}, {StateType::Scheduled, "Scheduled"},
        {StateType::Scheduled, "Resuming"}, {StateType::Scheduled, "Late"}, {StateType::Scheduled, "AwaitingRetry"},
        {StateType::Scheduled, "AwaitingConcurrencySlot"}, {StateType::Pending, "Pending"},
        {StateType::Pending, "Submitting"}, {StateType::Pending, "InfrastructurePending"},
        {StateType::Paused, "Paused"}, {StateType::Paused, "Suspended"}, {StateType::Failed, "Failed"},
        {StateType::Failed, "TimedOut"}, {StateType::Crashed, "Crashed"}, {StateType::Cancelling, "Cancelling"},
        {StateType::Cancelled, "Cancelled"}};
    QList<State> states;
    for (const auto &[type, name] : names)
        states << State::named(type, QString::fromLatin1(name), now());
    return states;
}

QList<State> runStates()
{
    State late = State::named(
        StateType::Scheduled, QStringLiteral("Late"), at(15), QStringLiteral("no free slot in queue “default”"));
    return {State::of(StateType::Scheduled, at(0)), late, State::of(StateType::Pending, at(117)),
        State::of(StateType::Running, at(138)),
        State::named(StateType::Scheduled, QStringLiteral("AwaitingRetry"), at(501)),
        State::named(StateType::Running, QStringLiteral("Retrying"), at(561)),
        State::of(StateType::Completed, at(813))};
}

QList<TimelineRow> taskRows()
{
    QList<TimelineRow> rows{task(1, "extract_orders", 138, 70), task(2, "extract_lines", 140, 98),
        task(3, "extract_customers", 140, 44), task(4, "validate_schema", 238, 26, {1}),
        task(5, "stage_orders", 266, 64, {0, 3}), task(6, "stage_lines", 266, 150, {1, 3}),
        task(7, "load_orders", 332, 120, {4}), task(8, "load_lines", 420, 81, {5}),
        task(8, "load_lines", 561, 150, {7}), task(9, "dedupe", 713, 36, {8}), task(10, "refresh_views", 752, 40),
        task(11, "notify-slack / ping", 793, 20)};
    rows[7].stateType = StateType::Failed;
    rows[7].stateName = QStringLiteral("Failed");
    rows[7].tryLabel = QStringLiteral("try 1");
    rows[8].tryLabel = QStringLiteral("try 2");
    rows[11].subflow = true;
    return rows;
}

QList<TimelineRow> manyRows(int count)
{
    QList<TimelineRow> rows;
    rows.reserve(count);
    for (int i = 0; i < count; ++i) {
        TimelineRow row = task(i + 1, "transform", i / 8, 5 + i % 17, i > 8 ? QList<int>{i - 8} : QList<int>{});
        row.name += QStringLiteral("-%1").arg(i);
        if (i % 97 == 96) {
            row.stateType = StateType::Failed;
            row.stateName = QStringLiteral("Failed");
        }
        rows << row;
    }
    return rows;
}

TimelineBand retryBand() { return {at(501), at(561), QStringLiteral("retry wait")}; }

QList<RunDuration> durations(int count)
{
    QList<RunDuration> made;
    for (int i = 1; i <= count; ++i)
        made << RunDuration{i, (90 + (i * 37) % 50 + (i == count ? 120 : 0)) * kSecond, i == count - 17};
    return made;
}

QList<HistogramBin> bins(int count)
{
    QList<HistogramBin> made;
    for (int i = 0; i < count; ++i)
        made << HistogramBin{at((i - count) * 900LL), 6 + (i * 29) % 17, i % 23 == 7 ? 1 + i % 2 : 0};
    return made;
}

} // namespace fd::sample
