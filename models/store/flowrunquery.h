// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/state.h"
#include "models/store/connection.h"

#include <QList>

#include <vector>

namespace fd {

enum class FlowRunSort : quint8 { Start, State, Name, Deployment, Duration };

/// Which runs a list shows. Empty members do not restrict.
struct FlowRunFilter {
    QList<StateGroup> states = {};
    RowId deployment = 0;
    /// Text in the run's, its deployment's or its flow's name.
    QString text = {};
    /// Runs that were or are due from then on.
    std::optional<Instant> from = {};
    /// Runs that were or are due before then.
    std::optional<Instant> until = {};
    /// Of these runs only.
    std::vector<RowId> among = {};

    friend bool operator==(const FlowRunFilter &, const FlowRunFilter &) = default;
};

/// The runs of a list, in order. Its cost depends on the indexes that schema step 4 makes.
[[nodiscard]] std::vector<RowId> listedRuns(
    Connection &connection, const FlowRunFilter &filter, FlowRunSort sort, bool descending, int limit);

} // namespace fd
