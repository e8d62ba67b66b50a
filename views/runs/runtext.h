// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "models/items/flowrunlistmodel.h"

#include <QString>

namespace fd::runtext {

/// Whether a run in this state can still be cancelled.
[[nodiscard]] bool isCancellable(StateType type);
/// Whether a run in this state has a duration that grows.
[[nodiscard]] bool isTicking(StateType type);
/// "hourly" of "orders-ingest" as one text: "orders-ingest / hourly"; only the flow without a deployment.
[[nodiscard]] QString deploymentPath(const QString &flowName, const QString &deploymentName);
/// When it started, or when it is due.
[[nodiscard]] Instant shownStart(const FlowRunRow &run);
/// How long it took or has taken until `now`; nothing before it starts.
[[nodiscard]] std::optional<qint64> durationUs(const FlowRunRow &run, Instant now);
/// The same as text, "–" before it starts.
[[nodiscard]] QString duration(const FlowRunRow &run, Instant now);
/// What a cell of the runs table says.
[[nodiscard]] QString cell(const FlowRunRow &run, FlowRunColumn column, Instant now);
/// Why a run has no tasks yet: "Waits for its process since 14:05:12"; empty when it does not wait.
[[nodiscard]] QString waitsFor(const FlowRun &run, Instant now);

} // namespace fd::runtext
