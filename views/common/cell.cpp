// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/cell.h"

#include "views/common/celltext.h"
#include "views/common/digits.h"
#include "views/common/glyphs.h"
#include "views/common/pixmapcache.h"
#include "views/common/statemark.h"
#include "views/common/stripbars.h"

#include <QStyle>

namespace fd {
namespace {

constexpr int kTagPadding = 6;
constexpr int kTagGap = 6;

int tagWidth(const QString &tag) { return cellLine(tag, TextRole::Small, 0, Qt::ElideNone).width + 2 * kTagPadding; }

void drawTag(QPainter &painter, const QRect &rect, const QString &tag, const Theme &theme)
{
    const PixmapKey key{.kind = PixmapKey::Kind::Tag,
        .color = theme.text2.rgb(),
        .ground = theme.sunken.rgb(),
        .text = tag,
        .size = rect.size(),
        .ratio = painter.device()->devicePixelRatioF()};
    paintCached(painter, rect.topLeft(), key, [&](QPainter &p) {
        const QRect whole(QPoint(0, 0), rect.size());
        const QColor edge = theme.highContrast ? theme.line : QColor();
        glyph::box(p, whole, metrics::kRadius, theme.sunken, edge);
        p.setFont(roleFont(TextRole::Small));
        p.setPen(theme.text2);
        p.drawText(whole, Qt::AlignCenter | Qt::TextSingleLine, tag);
    });
}

} // namespace

QColor stateWordColor(StateType type, QStringView name, const Theme &theme)
{
    const StateLook look = stateLook(type, name);
    return look.attention ? theme.state(look.hue) : theme.text;
}

QRect Cell::inner() const { return m_rect.adjusted(metrics::kCellPadding, 0, -metrics::kCellPadding, 0); }

QColor Cell::colorOf(const CellText &text) const
{
    if (text.color.isValid())
        return text.color;
    return text.role == TextRole::Small ? m_theme.text3 : m_theme.text;
}

void Cell::need(int contentWidth) { m_needed = std::max(m_needed, contentWidth + 2 * metrics::kCellPadding); }

int Cell::draw(const CellText &text, const QRect &rect, Qt::Alignment alignment)
{
    if (text.text.isEmpty())
        return 0;
    const CellLine &line = cellLine(text.text, text.role, rect.width(), text.elide);
    if (line.elided)
        m_elided << text.text;
    const QSize size(line.width, line.height);
    const QRect place = QStyle::alignedRect(m_painter.layoutDirection(), alignment | Qt::AlignVCenter, size, rect);
    m_painter.setFont(roleFont(text.role));
    m_painter.setPen(colorOf(text));
    m_painter.drawStaticText(place.topLeft(), line.text);
    return line.width;
}

void Cell::twoLines(const CellText &first, const CellText &second)
{
    if (second.text.isEmpty()) {
        line(first);
        return;
    }
    const QRect area = inner();
    const int firstHeight = cellLineHeight(first.role);
    const int secondHeight = cellLineHeight(second.role);
    const int top = area.top() + (area.height() - firstHeight - secondHeight) / 2;
    need(std::max(cellLine(first.text, first.role, 0, Qt::ElideNone).width,
        cellLine(second.text, second.role, 0, Qt::ElideNone).width));
    draw(first, QRect(area.left(), top, area.width(), firstHeight));
    draw(second, QRect(area.left(), top + firstHeight, area.width(), secondHeight));
}

void Cell::line(const CellText &text, Qt::Alignment alignment)
{
    need(cellLine(text.text, text.role, 0, Qt::ElideNone).width);
    draw(text, inner(), alignment);
}

void Cell::lineAndRemark(const CellText &first, const CellText &remark)
{
    const QRect area = inner();
    const int firstNeeds = cellLine(first.text, first.role, 0, Qt::ElideNone).width;
    need(firstNeeds + metrics::kGap + cellLine(remark.text, remark.role, 0, Qt::ElideNone).width);
    const int width = draw(first, area);
    const QRect rest
        = QStyle::visualRect(m_painter.layoutDirection(), area, area.adjusted(width + metrics::kGap, 0, 0, 0));
    if (rest.width() > 2 * metrics::kCellPadding)
        draw(remark, rest);
    else if (!remark.text.isEmpty())
        m_elided << remark.text;
}

void Cell::number(const QString &text, const QColor &color)
{
    if (hasTabularDigits(roleFont(TextRole::Body))) {
        line({.text = text, .color = color, .elide = Qt::ElideNone}, Qt::AlignRight);
        return;
    }
    m_painter.setFont(roleFont(TextRole::Body));
    need(digitsWidth(m_painter.font(), text));
    m_painter.setPen(color.isValid() ? color : m_theme.text);
    drawDigits(m_painter, inner(),
        QStyle::visualAlignment(m_painter.layoutDirection(), Qt::AlignRight) | Qt::AlignVCenter, text);
}

void Cell::mark(StateType type, QStringView name)
{
    need(metrics::kMark);
    const QRect place(m_rect.center() - QPoint(metrics::kMark / 2 - 1, metrics::kMark / 2 - 1),
        QSize(metrics::kMark, metrics::kMark));
    paintStateMark(m_painter, place, type, name, m_theme);
}

void Cell::markAndWord(StateType type, const QString &name)
{
    const QRect area = inner();
    const Qt::LayoutDirection direction = m_painter.layoutDirection();
    const QString word = stateWord(type, name);
    const int indent = metrics::kMark + metrics::kGap;
    const QRect markRect(area.left(), area.top(), metrics::kMark, area.height());
    paintStateMark(m_painter, QStyle::visualRect(direction, area, markRect), type, name, m_theme);
    need(indent + cellLine(word, TextRole::Body, 0, Qt::ElideNone).width);
    draw({.text = word, .color = stateWordColor(type, name, m_theme)},
        QStyle::visualRect(direction, area, area.adjusted(indent, 0, 0, 0)));
}

void Cell::stateLines(StateType type, const QString &name, const QString &detail)
{
    twoLines({.text = stateWord(type, name), .color = stateWordColor(type, name, m_theme)},
        {.text = detail, .role = TextRole::Small});
}

void Cell::tags(const QStringList &tags)
{
    if (tags.isEmpty())
        return;
    const QRect area = inner();
    const int height = cellLineHeight(TextRole::Small) + metrics::kStep;
    int x = area.left();
    qsizetype shown = 0;
    for (; shown < tags.size(); ++shown) {
        const int width = tagWidth(tags[shown]);
        const qsizetype after = tags.size() - shown - 1;
        const int rest = after > 0 ? kTagGap + tagWidth(QStringLiteral("+%1").arg(after)) - kTagPadding : 0;
        if (x + width + rest > area.right() + 1)
            break;
        const QRect place(x, area.top() + (area.height() - height) / 2, width, height);
        drawTag(m_painter, QStyle::visualRect(m_painter.layoutDirection(), area, place), tags[shown], m_theme);
        x += width + kTagGap;
    }
    if (shown == tags.size())
        return;
    m_elided << tags.mid(shown);
    const CellText more{
        .text = QStringLiteral("+%1").arg(tags.size() - shown), .role = TextRole::Small, .color = m_theme.text2};
    draw(more, QStyle::visualRect(m_painter.layoutDirection(), area, area.adjusted(x - area.left(), 0, 0, 0)));
}

void Cell::strip(const ActivityStrip &strip)
{
    need(strip::kWidth);
    // The base line is a little below the middle: done bars are taller and more frequent than failed ones.
    const int base = m_rect.center().y() + metrics::kStep;
    strip::paint(m_painter, QPoint(inner().left(), base), strip, m_theme);
}

void Cell::runButton(RunButton button)
{
    need(metrics::kDenseButton);
    if (button == RunButton::Hidden)
        return;
    const bool framed = hovered || current;
    const QRect frame(m_rect.center() - QPoint(12, 11), QSize(26, 24));
    const PixmapKey key{.kind = PixmapKey::Kind::RunButton,
        .look = quint32(button == RunButton::Busy) << 2 | quint32(framed) << 1 | quint32(underPointer),
        .color = m_theme.text.rgb(),
        .ground = m_theme.raised.rgb(),
        .size = frame.size(),
        .ratio = m_painter.device()->devicePixelRatioF()};
    paintCached(m_painter, frame.topLeft(), key, [&](QPainter &p) {
        const QRectF whole(QPointF(0, 0), frame.size());
        const QColor color = framed ? m_theme.text : m_theme.control;
        if (framed)
            glyph::box(p, whole, metrics::kRadius, m_theme.raised, underPointer ? m_theme.accent : m_theme.frame);
        if (button == RunButton::Busy)
            glyph::ring(p, whole, color);
        else
            glyph::play(p, whole.translated(1, 0), color);
    });
}

void Cell::checkBox(bool checked)
{
    need(metrics::kMark);
    const QRect box(m_rect.center() - QPoint(7, 7), QSize(16, 16));
    const PixmapKey key{.kind = PixmapKey::Kind::CheckBox,
        .look = quint32(checked),
        .color = m_theme.accent.rgb(),
        .ground = m_theme.base.rgb(),
        .size = box.size(),
        .ratio = m_painter.device()->devicePixelRatioF()};
    paintCached(m_painter, box.topLeft(), key, [&](QPainter &p) {
        glyph::checkBox(p, QRectF(0, 0, 16, 16), checked ? Qt::Checked : Qt::Unchecked, true, m_theme);
    });
}

} // namespace fd
