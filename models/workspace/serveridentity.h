// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/syncsession.h"

namespace fd {

/// Whether an address still answers for the data that is mirrored: it does as long as it has any of the deployments
/// or runs that are here, for their ids are random. A newer Prefect over the same database keeps them; an emptied
/// database or another server behind the same address has none. One count of 20 ids, unless that finds nothing.
/// True for an empty mirror.
QCoro::Task<Result<bool>> isMirroredServer(SyncSession &session);

/// Deletes what was mirrored, and where the mirror stood.
QCoro::Task<Result<void>> forgetMirror(SyncSession &session);

} // namespace fd
