// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRect>
#include <QString>

class QPainter;

namespace fd {

/// Whether 0-9 have one width in `font`, so that plain text does not dance.
[[nodiscard]] bool hasTabularDigits(const QFont &font);
/// The width of `text` when each digit takes the widest digit's cell.
[[nodiscard]] int digitsWidth(const QFont &font, const QString &text);
/// Draws `text` in one line with the painter's font, digits in equal cells.
void drawDigits(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text);

} // namespace fd
