// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QRectF>

class QPainter;

namespace fd::glyph {

/// Small painted signs that no icon theme is asked for. Each is centred in `rect`.

/// An open arrow, 8 px wide.
void chevron(QPainter &painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color);
/// An ×, 8 px wide.
void cross(QPainter &painter, const QRectF &rect, const QColor &color);
/// A filled ▶, 10 px high.
void play(QPainter &painter, const QRectF &rect, const QColor &color);
/// An open ring, for "not answered yet".
void ring(QPainter &painter, const QRectF &rect, const QColor &color);
/// A 16 px check box.
void checkBox(QPainter &painter, const QRectF &rect, Qt::CheckState state, bool enabled, const Theme &theme);
/// A 16 px radio button.
void radioButton(QPainter &painter, const QRectF &rect, bool on, bool enabled, const Theme &theme);
/// A 28 x 16 switch.
void switchBox(QPainter &painter, const QRectF &rect, bool on, bool enabled, const Theme &theme);
/// A rounded box with a 1 px edge inside `rect`; pass an invalid colour to leave out fill or edge.
void box(
    QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &edge, double width = 1);

} // namespace fd::glyph
