// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace fd::icons {

/// Chooses Breeze or Breeze Dark by the scheme; call again when it changed.
void useTheme(bool dark);
/// The named icon of the theme; a painted stand-in when neither the theme nor Breeze has it.
[[nodiscard]] QIcon named(const QString &name);
/// The same in one colour, for icons on a filled button or a dark card.
[[nodiscard]] QIcon tinted(const QString &name, const QColor &color);

} // namespace fd::icons
