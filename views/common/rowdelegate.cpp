// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/rowdelegate.h"

#include "views/common/tableview.h"

#include <QHelpEvent>
#include <QToolTip>

namespace fd {
namespace {

/// Wide enough that nothing is elided while measuring.
constexpr int kMeasureWidth = 4000;

} // namespace

RowDelegate::RowDelegate(TableView *view) : QStyledItemDelegate(view), m_view(view) { }

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(m_view->palette());
    Cell cell(*painter, option.rect, theme);
    cell.selected = option.state.testFlag(QStyle::State_Selected);
    cell.current = index.row() == m_view->currentIndex().row();
    cell.hovered = index.row() == m_view->hoveredRow();
    cell.underPointer = cell.hovered && index.column() == m_view->hoveredColumn();

    if (cell.selected)
        painter->fillRect(option.rect, m_view->hasFocus() ? theme.selection : theme.selectionInactive);
    else if (cell.hovered)
        painter->fillRect(option.rect, theme.hover);
    const QRect &r = option.rect;
    painter->fillRect(r.left(), r.bottom(), r.width(), 1, theme.line);
    if (cell.current && index.column() == m_view->firstVisibleColumn()) {
        const QRect bar(r.left(), r.top(), metrics::kCurrentBar, r.height());
        painter->fillRect(QStyle::visualRect(option.direction, r, bar), theme.accent);
    }
    paintCell(cell, index);
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QPixmap nowhere(1, 1);
    QPainter painter(&nowhere);
    Cell cell(painter, QRect(0, 0, kMeasureWidth, option.rect.height()), Theme::of(m_view->palette()));
    paintCell(cell, index);
    return {cell.neededWidth(), m_view->rowHeight(index.row())};
}

bool RowDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return false;
    QString text;
    if (index.isValid()) {
        text = toolTip(index, option.rect, event->pos());
        if (text.isEmpty()) {
            QPixmap nowhere(1, 1);
            QPainter painter(&nowhere);
            Cell cell(painter, option.rect, Theme::of(m_view->palette()));
            paintCell(cell, index);
            text = cell.elided().join(u'\n');
        }
    }
    // Escaped: what a server sent must not be read as rich text.
    QToolTip::showText(event->globalPos(), plainToolTip(text), m_view->viewport(), option.rect);
    return true;
}

QString RowDelegate::toolTip(const QModelIndex &, const QRect &, QPoint) const { return {}; }

} // namespace fd
