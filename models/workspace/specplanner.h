// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"
#include "models/workspace/workspace.h"

namespace fd {

/// Reads a spec file, looks into the flow files it names (each once, a few at a time) and compares what it says with
/// what the store has. What is wrong is in the plan's problems, at the line of its document.
/// Error: Storage.
[[nodiscard]] QCoro::Task<Result<SpecPlan>> planSpecFile(Store &store, QString bridgePath, QString path);

/// Stores what a plan says, as the store is now: inside one transaction.
[[nodiscard]] SpecApplied storePlan(Connection &db, const SpecPlan &plan, Instant now);

} // namespace fd
