// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/store/connection.h"

namespace fd {

/// What a run contributes to the summaries.
struct RunFacts {
    RowId row = 0;
    RowId deployment = 0;
    StateType type = StateType::Scheduled;
    QString stateName;
    Instant due;
    std::optional<Instant> nextScheduled;
    std::optional<Instant> started;
    std::optional<Instant> ended;
    /// When the run was made: a run that was due by then counts as its deployment's latest.
    Instant created;
};

/// Reads them; nothing when the run does not exist.
[[nodiscard]] std::optional<RunFacts> readRunFacts(Connection &connection, RowId row);

/// Keeps counters, the hourly histogram and the deployment's summaries in step with a run that came (`before` empty),
/// changed, or went (`after` empty). Works by differences, so its cost does not grow with the number of runs.
void updateRunSummaries(
    Connection &connection, const std::optional<RunFacts> &before, const std::optional<RunFacts> &after);

} // namespace fd
