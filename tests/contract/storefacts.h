// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/json.h"

#include <QString>

namespace fd {
class Connection;
}

namespace fd::test {

/// What a mirror holds, in the shape of facts.py, to be compared with what the server has.
[[nodiscard]] Json deploymentFacts(Connection &db);
[[nodiscard]] Json flowRunFacts(Connection &db);
[[nodiscard]] Json stateFacts(Connection &db, RowId run);
[[nodiscard]] Json taskRunFacts(Connection &db, RowId run);
[[nodiscard]] Json logFacts(Connection &db, RowId run);

/// Where two lists of facts differ, member by member, the first few; empty when they say the same. Rows are found by
/// their id; those of lists without ids (states) by their place.
[[nodiscard]] QString differences(const Json &server, const Json &mirror);

} // namespace fd::test
