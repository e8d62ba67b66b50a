// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>
#include <QStringList>

namespace fd {

/// The folder of a conda environment that a subprocess runner names: a path when it begins with "/" or "~", else
/// a name (Prefect's rule), looked up where conda keeps environments and, failing that, by asking conda itself.
/// `conda run` is not used to start runs, because it closes the descriptor that the bridge reports through.
/// Blocks. Error: NotFound.
[[nodiscard]] Result<QString> findCondaEnvironment(
    const QString &condaenv, const QStringList &searchPath, const QString &home);

} // namespace fd
