// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

namespace fd {

/// What ColumnSpec::width must be for a content of `pixels` and its padding: tables make it wider for large text.
[[nodiscard]] inline int columnWidthFor(int pixels)
{
    constexpr int kUnit = 100;
    const int needed = pixels + 2 * metrics::kCellPadding;
    return needed * kUnit / metrics::forText(kUnit) + 1;
}

} // namespace fd
