// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"

#include <QString>

namespace fd::test {

/// Counts everything that the store keeps in step by differences from scratch. Empty when all of it is right,
/// otherwise what is not.
[[nodiscard]] QString differenceFromRecount(Connection &db);

} // namespace fd::test
