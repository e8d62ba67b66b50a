// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/state.h"
#include "views/common/durationchart.h"
#include "views/common/histogramchart.h"
#include "views/common/timeline.h"

namespace fd::sample {

/// One state of every known name.
[[nodiscard]] QList<State> everyState();
/// The states of a run that was late, retried once and completed.
[[nodiscard]] QList<State> runStates();
/// Twelve tasks of that run, one of them in two tries.
[[nodiscard]] QList<TimelineRow> taskRows();
/// `count` tasks one after another, each failing every 97th time.
[[nodiscard]] QList<TimelineRow> manyRows(int count);
[[nodiscard]] TimelineBand retryBand();
[[nodiscard]] QList<RunDuration> durations(int count);
[[nodiscard]] QList<HistogramBin> bins(int count);

} // namespace fd::sample
