// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QStaticText>

namespace fd {

/// A line of text that was laid out once.
struct CellLine {
    QStaticText text;
    int width = 0;
    int height = 0;
    bool elided = false;
};

/// The line for `text` within `width` pixels, from a bounded cache: shaping is most of what drawText costs.
/// The reference holds until the next call.
[[nodiscard]] const CellLine &cellLine(const QString &text, TextRole role, int width, Qt::TextElideMode elide);
/// The height of a line in a role's font.
[[nodiscard]] int cellLineHeight(TextRole role);

} // namespace fd
