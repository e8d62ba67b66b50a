// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/deploymentlistmodel.h"

namespace fd {

class UiMemory;

/// What the deployments list comes back with after a restart: filter, current deployment and scroll position.
struct ListMemory {
    DeploymentFilter filter;
    /// 0 when none was current.
    RowId current = 0;
    int scroll = 0;

    [[nodiscard]] static ListMemory recall(const UiMemory &memory);
    void remember(UiMemory &memory) const;
};

} // namespace fd
