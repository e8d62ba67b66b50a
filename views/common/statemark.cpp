// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/statemark.h"

#include "views/common/pixmapcache.h"

#include <QPainter>

namespace fd {
namespace {

/// Marks are drawn on a 16 x 16 grid and scaled.
constexpr double kGrid = 16;

QPen roundPen(const QColor &color, double width)
{
    return QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

void drawRing(QPainter &p, const QColor &color, bool dashed)
{
    QPen pen(color, 1.5);
    if (dashed) {
        pen.setDashPattern({1.85, 1.3});
        pen.setCapStyle(Qt::FlatCap);
    }
    p.setPen(pen);
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(QPointF(8, 8), 6, 6);
}

void drawShape(QPainter &p, MarkShape shape, const QColor &color)
{
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    switch (shape) {
    case MarkShape::Ring:
    case MarkShape::DashedRing:
        drawRing(p, color, shape == MarkShape::DashedRing);
        break;
    case MarkShape::Disc:
        p.drawEllipse(QPointF(8, 8), 6.75, 6.75);
        break;
    case MarkShape::Square:
        p.drawRoundedRect(QRectF(1.75, 1.75, 12.5, 12.5), 2.2, 2.2);
        break;
    case MarkShape::Triangle:
        p.setPen(roundPen(color, 1.6));
        p.drawPolygon(QPolygonF({{8, 2.3}, {14.4, 13.4}, {1.6, 13.4}}));
        break;
    }
}

void drawTurn(QPainter &p, const QColor &color)
{
    p.drawArc(QRectF(4.9, 4.9, 6.2, 6.2), 60 * 16, 270 * 16);
    p.setPen(Qt::NoPen);
    p.setBrush(color);
    p.drawPolygon(QPolygonF({{8.6, 3.4}, {12.3, 4.4}, {9.6, 7.2}}));
}

void drawSign(QPainter &p, MarkSign sign, const QColor &color)
{
    p.setPen(roundPen(color, 1.6));
    p.setBrush(Qt::NoBrush);
    const auto fill = [&p, &color] {
        p.setPen(Qt::NoPen);
        p.setBrush(color);
    };
    switch (sign) {
    case MarkSign::None:
        break;
    case MarkSign::Tick:
        p.drawPolyline(QPolygonF({{5.1, 8.3}, {7.2, 10.4}, {10.9, 6.1}}));
        break;
    case MarkSign::Play:
        fill();
        p.drawPolygon(QPolygonF({{6.3, 4.9}, {11.4, 8}, {6.3, 11.1}}));
        break;
    case MarkSign::Turn:
        drawTurn(p, color);
        break;
    case MarkSign::Hands:
        p.drawPolyline(QPolygonF({{8, 4.7}, {8, 8.2}, {10.3, 9.6}}));
        break;
    case MarkSign::Dots:
        fill();
        for (const double x : {5.2, 8.0, 10.8})
            p.drawEllipse(QPointF(x, 8), 0.95, 0.95);
        break;
    case MarkSign::Bars:
        fill();
        p.drawRect(QRectF(5.8, 5.3, 1.5, 5.4));
        p.drawRect(QRectF(8.7, 5.3, 1.5, 5.4));
        break;
    case MarkSign::Cross:
        p.drawLine(QPointF(5.6, 5.6), QPointF(10.4, 10.4));
        p.drawLine(QPointF(5.6, 10.4), QPointF(10.4, 5.6));
        break;
    case MarkSign::Bang:
        p.drawLine(QPointF(8, 6), QPointF(8, 9.3));
        fill();
        p.drawEllipse(QPointF(8, 11.8), 0.95, 0.95);
        break;
    case MarkSign::Slash:
        p.drawLine(QPointF(4.3, 11.7), QPointF(11.7, 4.3));
        break;
    }
}

bool isFilled(MarkShape shape) { return shape >= MarkShape::Disc; }

void drawMark(QPainter &painter, const StateLook &look, const QColor &color, int size)
{
    painter.scale(size / kGrid, size / kGrid);
    drawShape(painter, look.shape, color);
    if (isFilled(look.shape))
        painter.setCompositionMode(QPainter::CompositionMode_DestinationOut);
    drawSign(painter, look.sign, color);
}

} // namespace

void paintStateMark(QPainter &painter, const QRectF &rect, const StateLook &look, const Theme &theme)
{
    const int size = qRound(std::min(rect.width(), rect.height()));
    const QColor &color = theme.state(look.hue);
    const PixmapKey key{.kind = PixmapKey::Kind::StateMark,
        .look = quint32(look.shape) << 8 | quint32(look.sign),
        .color = color.rgb(),
        .size = QSize(size, size),
        .ratio = painter.device()->devicePixelRatioF()};
    const QPointF corner = rect.center() - QPointF(size / 2.0, size / 2.0);
    paintCached(painter, corner.toPoint(), key, [&](QPainter &p) { drawMark(p, look, color, size); });
}

void paintStateMark(QPainter &painter, const QRectF &rect, StateType type, QStringView name, const Theme &theme)
{
    paintStateMark(painter, rect, stateLook(type, name), theme);
}

void paintNoticeMark(QPainter &painter, const QRectF &rect, Notice notice, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.topLeft());
    painter.scale(rect.width() / kGrid, rect.height() / kGrid);
    painter.setPen(roundPen(color, 1.4));
    painter.setBrush(Qt::NoBrush);
    switch (notice) {
    case Notice::Done:
        painter.drawPolyline(QPolygonF({{2.8, 8.6}, {6.2, 12}, {13.2, 4.4}}));
        break;
    case Notice::Note:
        painter.drawEllipse(QPointF(8, 8), 6, 6);
        painter.drawLine(QPointF(8, 7.6), QPointF(8, 11));
        painter.drawPoint(QPointF(8, 5.1));
        break;
    case Notice::Look:
        painter.drawPolygon(QPolygonF({{8, 2.2}, {14.4, 13.6}, {1.6, 13.6}}));
        painter.drawLine(QPointF(8, 6.6), QPointF(8, 9.4));
        painter.drawPoint(QPointF(8, 11.6));
        break;
    case Notice::Broken:
        painter.drawRoundedRect(QRectF(2, 2, 12, 12), 2, 2);
        painter.drawLine(QPointF(5.8, 5.8), QPointF(10.2, 10.2));
        painter.drawLine(QPointF(5.8, 10.2), QPointF(10.2, 5.8));
        break;
    }
    painter.restore();
}

StateBadge::StateBadge(QWidget *parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }

void StateBadge::setState(StateType type, const QString &name)
{
    m_type = type;
    m_name = name;
    setAccessibleName(stateWord(type, name));
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    const QFont font = roleFont(TextRole::Strong);
    const int word = QFontMetrics(font).horizontalAdvance(stateWord(m_type, m_name));
    return {8 + metrics::kMark + 4 + word + 12, metrics::atLeast(metrics::kBadge, font, 2)};
}

void StateBadge::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const StateLook look = stateLook(m_type, m_name);
    const QColor &color = theme.state(look.hue);
    const QColor ground = mixed(palette().color(backgroundRole()), color, 0.13);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    const int markTop = (height() - metrics::kMark) / 2;
    paintStateMark(painter, QRectF(8, markTop, metrics::kMark, metrics::kMark), look, theme);
    painter.setFont(roleFont(TextRole::Strong));
    painter.setPen(color);
    painter.drawText(
        rect().adjusted(8 + metrics::kMark + 4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, stateWord(m_type, m_name));
}

void StateBadge::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

StateMark::StateMark(QWidget *parent) : QWidget(parent) { setFixedSize(metrics::kMark, metrics::kMark); }

void StateMark::setState(StateType type, const QString &name)
{
    m_type = type;
    m_name = name;
    setAccessibleName(stateWord(type, name));
    update();
}

void StateMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintStateMark(painter, rect(), m_type, m_name, Theme::of(palette()));
}

} // namespace fd
