// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/statestrip.h"

#include "views/common/celltext.h"
#include "views/common/format.h"
#include "views/common/glyphs.h"
#include "views/common/statemark.h"

#include <QPainter>

namespace fd {
namespace {

/// A message is shown only where it has at least this much room.
constexpr int kLeastMessage = 116;

void drawLine(QPainter &painter, QPoint corner, const QString &text, TextRole role, int width, const QColor &color)
{
    const CellLine &line = cellLine(text, role, width, Qt::ElideRight);
    painter.setFont(roleFont(role));
    painter.setPen(color);
    painter.drawStaticText(corner, line.text);
}

void hatch(QPainter &painter, const QRectF &area, const QColor &color, const Theme &theme)
{
    constexpr double kPitch = 6;
    glyph::box(painter, area, 2, mixed(theme.base, color, 0.13), {});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area);
    painter.setPen(QPen(mixed(theme.base, color, 0.55), 1.2));
    for (double x = area.left() - area.height(); x < area.right(); x += kPitch)
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    painter.restore();
}

} // namespace

void StateStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintHead(painter);
    paintBar(painter);
    for (int i = 0; i < m_states.size(); ++i)
        paintCell(painter, i);
}

void StateStrip::paintHead(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QString title = tr("Where the time went");
    const int titleWidth = cellLine(title, TextRole::Strong, 0, Qt::ElideNone).width;
    drawLine(painter, QPoint(metrics::kInset, 2), title, TextRole::Strong, titleWidth, theme.text2);
    const QString words = summary();
    const int wordsWidth = cellLine(words, TextRole::Quiet, 0, Qt::ElideNone).width;
    const int left = metrics::kInset + titleWidth + metrics::kGap;
    drawLine(painter, QPoint(left, 3), words, TextRole::Quiet, width() - left - metrics::kInset, theme.text2);
    if (m_selected < 0 || m_states[m_selected].message.isEmpty())
        return;
    const State &state = m_states[m_selected];
    const int room = width() - left - wordsWidth - 2 * metrics::kSection - metrics::kMark;
    if (room < kLeastMessage)
        return;
    const CellLine &message = cellLine(state.message, TextRole::Quiet, room, Qt::ElideRight);
    const int x = width() - metrics::kInset - message.width;
    painter.setFont(roleFont(TextRole::Quiet));
    painter.setPen(theme.text);
    painter.drawStaticText(QPoint(x, 3), message.text);
    const QRect mark(x - metrics::kMark - metrics::kGap, 3, metrics::kMark, message.height);
    paintStateMark(painter, mark, state.type, state.name, theme);
}

void StateStrip::paintBar(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    bool worked = false;
    for (int i = 0; i < m_states.size(); ++i) {
        if (m_bars[i].isEmpty())
            continue;
        const QColor &color = stateColor(m_states[i].type, m_states[i].name, theme);
        if (!m_segments[i].work)
            hatch(painter, m_bars[i], color, theme);
        else
            // Work after the first try is a shade lighter, so that tries are told apart.
            glyph::box(painter, m_bars[i], 2, mixed(theme.base, color, worked ? 0.72 : 1.0), {});
        worked = worked || m_segments[i].work;
        if (i == m_selected)
            glyph::box(painter, m_bars[i].adjusted(-1, -2, 1, 2), 3, {}, theme.accent, 1.5);
    }
}

void StateStrip::paintCell(QPainter &painter, int index) const
{
    const QRect cell = cellRect(index);
    if (cell.isEmpty())
        return;
    const Theme &theme = Theme::of(palette());
    const State &state = m_states[index];
    if (index == m_selected)
        glyph::box(painter, cell, metrics::kCardRadius, hasFocus() ? theme.selection : theme.selectionInactive,
            hasFocus() ? theme.accent : QColor());
    else if (index > firstCell() && index - 1 != m_selected)
        painter.fillRect(cell.left(), cell.top() + metrics::kStep, 1, cell.height() - 2 * metrics::kStep, theme.line);
    const int strong = cellLineHeight(TextRole::Strong);
    const int left = cell.left() + 2 * metrics::kStep + metrics::kMark + 2;
    const int room = cell.right() - left;
    int top = cell.top() + metrics::kStep;
    paintStateMark(
        painter, QRect(cell.left() + metrics::kStep + 2, top, metrics::kMark, strong), state.type, state.name, theme);
    drawLine(painter, QPoint(left, top), stateWord(state.type, state.name), TextRole::Strong, room, theme.text);
    top += strong;
    const QString clock = format::clock(state.timestamp, format::Seconds::Show);
    if (isTerminal(state.type)) {
        drawLine(painter, QPoint(left, top), tr("at %1").arg(clock), TextRole::Body, room, theme.text);
        return;
    }
    drawLine(painter, QPoint(left, top), format::duration(m_segments[index].length), TextRole::Body, room, theme.text);
    top += cellLineHeight(TextRole::Body);
    drawLine(painter, QPoint(left, top), tr("from %1").arg(clock), TextRole::Small, room, theme.text3);
}

} // namespace fd
