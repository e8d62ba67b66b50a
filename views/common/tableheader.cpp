// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/tableheader.h"

#include "views/common/glyphs.h"
#include "views/common/tableview.h"
#include "views/common/theme.h"

#include <QPainter>

namespace fd {
namespace {

constexpr int kChevron = 16;

QString titleOf(const TableView &view, int column)
{
    for (const ColumnSpec &spec : view.columns()) {
        if (spec.id == column)
            return spec.title;
    }
    return {};
}

Qt::Alignment alignmentOf(const TableView &view, int column)
{
    for (const ColumnSpec &spec : view.columns()) {
        if (spec.id == column)
            return spec.alignment;
    }
    return Qt::AlignLeft;
}

} // namespace

TableHeader::TableHeader(TableView *view) : QHeaderView(Qt::Horizontal, view), m_view(view)
{
    setSectionsMovable(true);
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(24);
    setSectionResizeMode(QHeaderView::Interactive);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), metrics::atLeast(metrics::kTableHead, roleFont(TextRole::Quiet), 8)};
}

void TableHeader::paintEvent(QPaintEvent *event)
{
    QHeaderView::paintEvent(event);
    QPainter painter(viewport());
    painter.fillRect(0, height() - 1, width(), 1, Theme::of(palette()).line);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int column) const
{
    const Theme &theme = Theme::of(palette());
    painter->fillRect(rect, theme.base);
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == column;
    const QString title = titleOf(*m_view, column);
    const Qt::Alignment alignment = QStyle::visualAlignment(layoutDirection(), alignmentOf(*m_view, column));
    QRect area = rect.adjusted(metrics::kCellPadding, 0, -metrics::kCellPadding, 0);
    painter->setFont(roleFont(TextRole::Quiet));
    const QFontMetrics fm = painter->fontMetrics();
    const int room = area.width() - (sorted ? kChevron : 0);
    const QString shown = fm.elidedText(title, Qt::ElideRight, room);
    const int width = fm.horizontalAdvance(shown);
    painter->setPen(sorted ? theme.text : theme.text2);
    painter->drawText(area, static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    if (!sorted)
        return;
    // The chevron stands on the side where there is room: after left-aligned text, before right-aligned.
    const bool right = alignment.testFlag(Qt::AlignRight);
    const int x = right ? area.right() - width - kChevron : area.left() + width;
    const auto direction = sortIndicatorOrder() == Qt::AscendingOrder ? Qt::UpArrow : Qt::DownArrow;
    glyph::chevron(*painter, QRectF(x, area.top(), kChevron, area.height()), direction, theme.text);
}

QSize TableHeader::sectionSizeFromContents(int column) const
{
    const int text = QFontMetrics(roleFont(TextRole::Quiet)).horizontalAdvance(titleOf(*m_view, column));
    return {text + kChevron + 2 * metrics::kCellPadding, sizeHint().height()};
}

} // namespace fd
