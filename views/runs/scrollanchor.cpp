// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/scrollanchor.h"

#include "models/items/idlistmodel.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

namespace fd {

ScrollAnchor::ScrollAnchor(QTableView *view, IdListModel *model) : QObject(view), m_view(view), m_model(model)
{
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &ScrollAnchor::capture);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &ScrollAnchor::capture);
    connect(model, &QAbstractItemModel::rowsAboutToBeMoved, this, &ScrollAnchor::capture);
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, &ScrollAnchor::capture);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ScrollAnchor::restore);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ScrollAnchor::restore);
    connect(model, &QAbstractItemModel::rowsMoved, this, &ScrollAnchor::restore);
    connect(model, &QAbstractItemModel::layoutChanged, this, &ScrollAnchor::restore);
    connect(view->verticalScrollBar(), &QScrollBar::valueChanged, this, &ScrollAnchor::onScrolled);
}

void ScrollAnchor::release()
{
    m_released = true;
    m_view->scrollToTop();
    setAbove(0);
}

void ScrollAnchor::hold() { m_released = false; }

// One update of the list is several signals; the first one says what was in sight before all of them.
void ScrollAnchor::capture()
{
    if (m_id != 0 || m_released || m_view->verticalScrollBar()->value() == 0)
        return;
    m_row = m_view->rowAt(0);
    m_id = m_model->idAt(m_row);
    m_offset = m_view->rowViewportPosition(m_row);
    QTimer::singleShot(0, this, [this] {
        const int row = m_model->rowOf(m_id);
        if (row > m_row)
            setAbove(m_above + row - m_row);
        m_id = 0;
    });
}

void ScrollAnchor::restore()
{
    // A view follows its current row, also when that one has left the list.
    if (m_released)
        m_view->scrollToTop();
    const int row = m_id == 0 ? -1 : m_model->rowOf(m_id);
    if (row < 0)
        return;
    m_restoring = true;
    m_view->doItemsLayout();
    m_view->verticalScrollBar()->setValue(m_view->verticalHeader()->sectionPosition(row) - m_offset);
    m_restoring = false;
}

void ScrollAnchor::onScrolled(int value)
{
    if (!m_restoring && value == 0)
        setAbove(0);
}

void ScrollAnchor::setAbove(int count)
{
    if (count == m_above)
        return;
    m_above = count;
    emit rowsAboveChanged(count);
}

} // namespace fd
