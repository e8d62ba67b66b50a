// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logview.h"

#include "views/runs/logdelegate.h"
#include "views/runs/logtext.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

namespace fd {

LogView::LogView(QWidget *parent) : TableView(parent), m_delegate(new LogDelegate(this))
{
    setAccessibleName(tr("Log lines"));
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setItemDelegate(m_delegate);
    horizontalHeader()->hide();
    setRowHeight(metrics::kRowLog, 1);
}

void LogView::setStore(Store &store)
{
    m_lines = new LogListModel(store, this);
    m_lines->setCellText([this](const LogEntry &entry, LogColumn column) {
        return logtext::cell(entry, column, m_delegate->taskNames().value(entry.taskRun));
    });
    setModel(m_lines);
    setColumns(logColumns());
}

const LogEntry *LogView::currentLine() const
{
    return m_lines && currentIndex().isValid() ? m_lines->rowAt(currentIndex().row()) : nullptr;
}

std::vector<RowId> LogView::selectedIds() const
{
    std::vector<RowId> ids;
    if (!selectionModel())
        return ids;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            ids.push_back(m_lines->idAt(row));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

void LogView::goTo(int row)
{
    const QModelIndex index = m_lines->index(row, static_cast<int>(LogColumn::Time));
    setCurrentIndex(index);
    scrollTo(index, PositionAtCenter);
}

// Lines come in the order of time, give or take a thread: halving finds the place with a dozen reads.
int LogView::rowAtTime(Instant time) const
{
    int low = 0;
    int high = m_lines->rowCount();
    while (low < high) {
        const int middle = low + (high - low) / 2;
        const LogEntry *entry = m_lines->rowAt(middle);
        if (entry && entry->timestamp < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m_lines->rowCount() ? low : -1;
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        emit copyRequested();
    else if (event->key() == Qt::Key_End && event->modifiers() == Qt::NoModifier)
        emit endPressed();
    else
        TableView::keyPressEvent(event);
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    if (!currentIndex().isValid() || (byMouse && !indexAt(event->pos()).isValid()))
        return;
    const QPoint place = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show whole line"), this, [this] { emit opened(currentIndex()); });
    menu->addAction(tr("Copy with times"), this, &LogView::copyRequested);
    menu->popup(byMouse ? event->globalPos() : place);
}

void LogView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    TableView::currentChanged(current, previous);
    emit currentLineChanged();
}

void LogView::changeEvent(QEvent *event)
{
    TableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_lines)
        setColumns(logColumns());
}

} // namespace fd
