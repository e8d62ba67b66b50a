// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/tableview.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace fd {

bool TableView::isButton(const QModelIndex &index) const { return index.isValid() && spec(index.column()).button; }

void TableView::setHovered(const QModelIndex &index)
{
    const int row = index.isValid() ? index.row() : -1;
    const int column = index.isValid() ? index.column() : -1;
    if (row == m_hovered && column == m_hoveredColumn)
        return;
    const int before = std::exchange(m_hovered, row);
    const int columnBefore = std::exchange(m_hoveredColumn, column);
    if (before != row) {
        updateRow(before);
        updateRow(row);
    } else if (spec(column).button || spec(columnBefore).button) {
        updateRow(row);
    }
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!current.isValid())
            break;
        if (event->modifiers() & Qt::ControlModifier)
            emit openedInNewWindow(current);
        else
            emit opened(current);
        return;
    case Qt::Key_Space:
        if (current.isValid() && event->modifiers() == Qt::NoModifier) {
            emit spacePressed(current);
            return;
        }
        break;
    case Qt::Key_Home:
    case Qt::Key_End:
        // Rows are what is walked here, not the cells of one.
        if (event->modifiers() == Qt::NoModifier && model() && model()->rowCount() > 0) {
            const int row = event->key() == Qt::Key_Home ? 0 : model()->rowCount() - 1;
            setCurrentIndex(model()->index(row, std::max(0, current.column())));
            return;
        }
        break;
    default:
        break;
    }
    QTableView::keyPressEvent(event);
}

void TableView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && isButton(index)) {
        m_pressedButton = index;
        return;
    }
    if (event->button() == Qt::MiddleButton && index.isValid()) {
        emit openedInNewWindow(index);
        return;
    }
    QTableView::mousePressEvent(event);
}

void TableView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_pressedButton.isValid()) {
        const QModelIndex pressed = std::exchange(m_pressedButton, {});
        if (pressed == indexAt(event->position().toPoint()))
            emit buttonClicked(pressed);
        return;
    }
    QTableView::mouseReleaseEvent(event);
}

void TableView::mouseMoveEvent(QMouseEvent *event)
{
    setHovered(indexAt(event->position().toPoint()));
    if (!m_pressedButton.isValid())
        QTableView::mouseMoveEvent(event);
}

void TableView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !index.isValid()) {
        QTableView::mouseDoubleClickEvent(event);
    } else if (isButton(index)) {
        m_pressedButton = index;
    } else if (event->modifiers() & Qt::ControlModifier) {
        emit openedInNewWindow(index);
    } else {
        emit opened(index);
    }
}

bool TableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered({});
    return QTableView::viewportEvent(event);
}

void TableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (m_hovered >= 0)
        setHovered(indexAt(viewport()->mapFromGlobal(QCursor::pos())));
}

void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    updateRow(previous.isValid() ? previous.row() : -1);
    updateRow(current.isValid() ? current.row() : -1);
}

void TableView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void TableView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

} // namespace fd
