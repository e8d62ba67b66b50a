// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"

namespace fd {

/// Indexes that are put aside while very many rows come in, because made at the end they cost a fraction. The file
/// itself remembers them, so the schema steps stay the only place that says what indexes there are, and a crash in
/// between loses none. Errors stick to the connection.

/// Drops the secondary indexes of the deployments list and notes how they were made.
void deferDeploymentIndexes(Connection &connection);
/// Makes one of the indexes that were put aside; false when there was none.
bool restoreDeferredIndex(Connection &connection);
/// Makes all of them.
void restoreDeferredIndexes(Connection &connection);

} // namespace fd
