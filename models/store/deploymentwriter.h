// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/store/connection.h"

namespace fd {

/// Stores a new deployment of a flow, its tags and details as they are, and announces it. Answers its row.
RowId insertDeployment(Connection &connection, RowId flow, const Deployment &deployment);
/// Overwrites everything but id and creation time, and announces it.
void updateDeployment(Connection &connection, RowId row, RowId flow, const Deployment &deployment);

} // namespace fd
