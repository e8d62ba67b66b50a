// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

namespace fd {

/// Kills every process of this user that belongs to a run, after its supervisor was killed. They are known by a mark
/// in their environment, so that neither a new session nor a reused process id misleads. Returns how many there were.
int killLeftovers(const FlowRunId &run);

} // namespace fd
