// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

class QPalette;

namespace fd {

/// How many colours a workspace can have.
inline constexpr int kWorkspaceColorCount = 8;
/// The colour of an index on a palette's ground; others wrap around. Only ever shown as a 4 px bar or a swatch.
[[nodiscard]] QColor workspaceColor(int index, const QPalette &palette);

} // namespace fd
