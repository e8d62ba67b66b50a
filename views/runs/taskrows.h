// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "views/common/timeline.h"

namespace fd {

/// The rows of a run's timeline: by start, those that have not started last; each try of a task run is a row.
[[nodiscard]] QList<TimelineRow> timelineRows(const QList<TaskRun> &tasks);
/// When a run did nothing but wait for its retry.
[[nodiscard]] QList<TimelineBand> retryBands(const QList<State> &states);
/// "12 task runs · 1 failed · 2 retried".
[[nodiscard]] QString taskSummary(const QList<TaskRun> &tasks);

} // namespace fd
