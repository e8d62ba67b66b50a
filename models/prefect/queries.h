// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/domain/state.h"

#include <QList>

#include <optional>

namespace fd {

/// A part of a list: as many rows as `limit` from `offset` on.
struct PageRange {
    int offset = 0;
    int limit = 200;
};

/// Which deployments to ask for. Empty members do not restrict.
struct DeploymentQuery {
    /// NameAscending for a full pass, UpdatedDescending for a poll (Prefect 2 and 3; Orion sorts by name only).
    enum class Order : quint8 { NameAscending, UpdatedDescending };
    Order order = Order::NameAscending;
    QList<DeploymentId> ids;
};

/// Which flow runs to ask for. Empty members do not restrict.
struct FlowRunQuery {
    /// Both by expected_start_time, the indexed one.
    enum class Order : quint8 { ExpectedDescending, ExpectedAscending };
    Order order = Order::ExpectedDescending;
    QList<FlowRunId> ids;
    /// By `flow_runs.deployment_id` where the generation has it: cheap, and finds runs of deleted deployments.
    QList<DeploymentId> deployments;
    QList<StateType> states;
    /// Inclusive bounds of expected_start_time.
    std::optional<Instant> expectedAfter;
    std::optional<Instant> expectedBefore;
    /// Runs whose end_time, or start_time when they have not ended, is at or after this.
    std::optional<Instant> activeSince;
};

} // namespace fd
