// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/json.h"
#include "models/spec/yamlvalue.h"

#include <QString>

namespace fd::test {

/// Where a vector file or folder is: below $FLOWDECK_VECTORS if that is set, else in the project's test data.
[[nodiscard]] QString vectorPath(const QString &name);

/// The lines of a JSON lines file; none when it is missing.
[[nodiscard]] std::vector<Json> vectorLines(const QString &name);

/// A value in the vectors' notation: {"$date"}, {"$pairs"} and so on.
[[nodiscard]] Json toVector(const YamlNode &node);
[[nodiscard]] Json toVector(const YamlValue &scalar);

} // namespace fd::test
