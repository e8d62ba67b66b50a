// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"

#include <QString>

#include <optional>

namespace fd {

/// A place in the window that a screen asks the shell to go to. What a page does not know it ignores.
struct Destination {
    enum class Kind : quint8 { Deployments, Runs, Run, Deployment, Workspaces };

    Kind kind = Kind::Deployments;
    /// The run or deployment to show; 0 for the lists.
    RowId id = 0;
    /// Text for the list's search box.
    QString search = {};
    /// Runs: only those of this deployment; 0 for all.
    RowId deployment = 0;
    /// Runs: only those due within.
    std::optional<Instant> from = {};
    std::optional<Instant> until = {};

    friend bool operator==(const Destination &, const Destination &) = default;
};

} // namespace fd

Q_DECLARE_METATYPE(fd::Destination)
