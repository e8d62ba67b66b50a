// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/syncsession.h"

namespace fd {

/// Finds out which of these deployments the server does not have any more, and removes them here. It asks for counts
/// of ids, halving where one is short: some 3 ms a question, while reading the rows would cost 3 to 7 ms each
/// (performance §5). A deployment that is only unreadable is still counted, so it stays. Returns how many went.
QCoro::Task<Result<int>> removeDeletedDeployments(
    SyncSession &session, std::vector<DeploymentId> candidates, qint64 pass);

/// The number of these deployments that the server has.
QCoro::Task<Result<int>> countKnownDeployments(SyncSession &session, std::vector<DeploymentId> ids);

} // namespace fd
