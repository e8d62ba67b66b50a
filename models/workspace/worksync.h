// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/syncsession.h"

namespace fd {

/// Reads all work pools, queues and workers: there are few of them, and each answer replaces its kind. With more pools
/// than a handful their workers are left alone in most rounds, for each pool is a question of its own.
QCoro::Task<Result<void>> readWork(SyncSession &session, int round);

} // namespace fd
