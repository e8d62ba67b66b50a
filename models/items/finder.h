// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/deeplink.h"
#include "models/domain/deployment.h"

#include <QFuture>

#include <vector>

namespace fd {

class Store;

/// The deployments with every word of `text` in flow or name, best first, at most `limit`. Read in a pool thread.
[[nodiscard]] QFuture<Result<std::vector<DeploymentRow>>> findDeployments(Store &store, const QString &text, int limit);

/// An object of a store that a link names.
struct FoundObject {
    /// Deployment or FlowRun.
    DeepLink::Kind kind = DeepLink::Kind::Deployment;
    RowId row = 0;
};
/// Looks a link's id up; nothing when the store does not have it. A bounded read for the GUI thread.
[[nodiscard]] std::optional<FoundObject> findObject(Store &store, const DeepLink &link);

} // namespace fd
