// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/json.h"

#include <QString>

#include <vector>

namespace fd::test {

/// A file of recorded cases: in the tests' own data, or in the folder that FLOWDECK_VECTORS names.
[[nodiscard]] QString vectorPath(const QString &name);
/// Its lines; empty when there is no such file.
[[nodiscard]] std::vector<Json> vectorLines(const QString &name);

} // namespace fd::test
