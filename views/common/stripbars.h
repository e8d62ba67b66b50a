// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "views/common/theme.h"

#include <QRect>

class QPainter;

namespace fd {

/// Geometry of the 14-day strip: one bar a day, 4 wide, 3 apart; done rises, failed hangs, running sits on top.
namespace strip {
inline constexpr int kBar = 4, kPitch = 7, kWidth = kPitch * (kStripDays - 1) + kBar;
/// Room above and below the base line.
inline constexpr int kRise = 16;
/// Height of a bar for `count` runs: 2.6 + 1.7 log2(count + 1), at most 16; 0 for none.
[[nodiscard]] double barHeight(int count);
/// The day (0 oldest … 13) at `x` from the strip's left edge; -1 outside.
[[nodiscard]] int dayAt(int x);
/// Paints the strip with its left edge and base line where given.
void paint(QPainter &painter, QPoint baseLeft, const ActivityStrip &strip, const Theme &theme);
/// "Thu 15 Oct · 24 runs, 22 completed, 2 failed".
[[nodiscard]] QString dayText(const ActivityStrip &strip, int day, Instant now);
/// "14 days: 312 completed, 4 failed; failed on 12 and 15 October", for accessible names.
[[nodiscard]] QString spokenText(const ActivityStrip &strip);
} // namespace strip

} // namespace fd
