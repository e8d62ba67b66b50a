// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/workspacecolor.h"

#include "views/common/theme.h"

#include <array>

namespace fd {

QColor workspaceColor(int index, const QPalette &palette)
{
    constexpr std::array<QRgb, kWorkspaceColorCount> kColors{
        0xC2410C, 0x0E7C86, 0x6B5B95, 0x4A7A3A, 0x1F6FB2, 0x8A6D00, 0x7A3B69, 0x59616E};
    constexpr int kLighterInDark = 130;
    const QColor color(
        kColors[static_cast<size_t>(((index % kWorkspaceColorCount) + kWorkspaceColorCount) % kWorkspaceColorCount)]);
    return isDark(palette) ? color.lighter(kLighterInDark) : color;
}

} // namespace fd
