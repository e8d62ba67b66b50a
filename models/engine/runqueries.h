// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"
#include "models/store/connection.h"
#include "models/store/flowrunrepository.h"

#include <QSet>

#include <vector>

namespace fd {

/// What an engine sees when it looks around.
struct RunOutlook {
    int concurrencyLimit = 1;
    bool anyDue = false;
    std::optional<Instant> nextDue;
    /// Runs that have, or should have, a process.
    std::vector<FlowRunRow> active;
};
[[nodiscard]] RunOutlook lookAround(Connection &db, Instant now);

/// A run that was taken to be started now.
struct TakenRun {
    FlowRun run;
    Deployment deployment;
    int attempt = 1;
    QString python;
};
/// Takes up to `room` due runs, but none of `known`: they become Pending, under a new attempt.
[[nodiscard]] std::vector<TakenRun> takeDueRuns(Connection &db, Instant now, int room, const QSet<RowId> &known);
/// Takes one run once more, whose attempt never began. Nothing when it has ended or is being cancelled; then it is
/// brought to its end here.
[[nodiscard]] std::optional<TakenRun> takeAgain(Connection &db, RowId run, Instant now);

/// A run as an engine finds it after a restart.
struct FoundRun {
    FlowRun run;
    FlowRunRepository::Spool spool;
    FlowRunner runner;
};
[[nodiscard]] std::optional<FoundRun> findRun(Connection &db, RowId run);
[[nodiscard]] std::optional<FoundRun> findRun(Connection &db, const FlowRunId &run);

/// Stores the wish to cancel. Cancelled at once when no process can exist, else Cancelling.
/// Errors: NotFound, Conflict (has ended, or is a subflow: its process is its parent's).
[[nodiscard]] Result<void> requestCancel(Connection &db, RowId run, Instant now);

} // namespace fd
