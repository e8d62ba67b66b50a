// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/glyphs.h"

#include <QPainter>

namespace fd::glyph {
namespace {

/// Antialiasing for one glyph.
class Smooth
{
public:
    explicit Smooth(QPainter &painter) : m_painter(painter)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Smooth() { m_painter.restore(); }
    Q_DISABLE_COPY_MOVE(Smooth)

private:
    QPainter &m_painter;
};

QPen line(const QColor &color, double width) { return QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin); }

QRectF centred(const QRectF &rect, double width, double height)
{
    return QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height);
}

} // namespace

void chevron(QPainter &painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color)
{
    const Smooth smooth(painter);
    painter.translate(rect.center());
    switch (direction) {
    case Qt::UpArrow:
        painter.rotate(180);
        break;
    case Qt::LeftArrow:
        painter.rotate(90);
        break;
    case Qt::RightArrow:
        painter.rotate(-90);
        break;
    default:
        break;
    }
    painter.setPen(line(color, 1.5));
    painter.drawPolyline(QPolygonF({{-3.75, -1.75}, {0, 2}, {3.75, -1.75}}));
}

void cross(QPainter &painter, const QRectF &rect, const QColor &color)
{
    const Smooth smooth(painter);
    const QRectF box = centred(rect, 7, 7);
    painter.setPen(line(color, 1.4));
    painter.drawLine(box.topLeft(), box.bottomRight());
    painter.drawLine(box.topRight(), box.bottomLeft());
}

void play(QPainter &painter, const QRectF &rect, const QColor &color)
{
    const Smooth smooth(painter);
    const QRectF box = centred(rect, 9, 10);
    painter.setPen(line(color, 0.8));
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({box.topLeft(), QPointF(box.right(), box.center().y()), box.bottomLeft()}));
}

void ring(QPainter &painter, const QRectF &rect, const QColor &color)
{
    const Smooth smooth(painter);
    painter.setPen(line(color, 1.6));
    painter.drawArc(centred(rect, 12, 12), 90 * 16, -290 * 16);
}

void checkBox(QPainter &painter, const QRectF &rect, Qt::CheckState state, bool enabled, const Theme &theme)
{
    const Smooth smooth(painter);
    const QRectF square = centred(rect, 16, 16);
    if (state == Qt::Unchecked) {
        box(painter, square, 3, theme.base, enabled ? theme.control : theme.frame, 1.2);
        return;
    }
    box(painter, square, 3, enabled ? theme.accent : theme.frame, {});
    painter.setPen(line(enabled ? theme.onAccent : theme.off, 1.8));
    painter.translate(square.topLeft());
    if (state == Qt::Checked)
        painter.drawPolyline(QPolygonF({{4.2, 8.2}, {6.9, 10.9}, {11.8, 5.4}}));
    else
        painter.drawLine(QPointF(4.5, 8), QPointF(11.5, 8));
}

void radioButton(QPainter &painter, const QRectF &rect, bool on, bool enabled, const Theme &theme)
{
    const Smooth smooth(painter);
    const QRectF round = centred(rect, 16, 16);
    const QColor &edge = !enabled ? theme.frame : on ? theme.accent : theme.control;
    box(painter, round, 8, theme.base, edge, on ? 5 : 1.2);
}

void switchBox(QPainter &painter, const QRectF &rect, bool on, bool enabled, const Theme &theme)
{
    const QRectF track = centred(rect, 28, 16);
    box(painter, track, 8, !enabled ? theme.frame : on ? theme.accent : theme.control, {});
    const double knob = 12;
    const double x = on ? track.right() - knob - 2 : track.left() + 2;
    box(painter, QRectF(x, track.top() + 2, knob, knob), knob / 2, on ? theme.onAccent : theme.raised, {});
}

void box(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &edge, double width)
{
    const Smooth smooth(painter);
    painter.setPen(edge.isValid() ? QPen(edge, width) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = edge.isValid() ? width / 2 : 0;
    const double inner = std::max(0.0, radius - inset);
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), inner, inner);
}

} // namespace fd::glyph
