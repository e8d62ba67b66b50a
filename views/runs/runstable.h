// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/items/flowrunlistmodel.h"
#include "views/common/tableview.h"

#include <QTimer>

namespace fd {

class ScrollAnchor;
class Store;
class UiMemory;

/// The table of runs: durations of running ones tick, rows in sight stay where they are, columns are remembered.
class RunsTable : public TableView
{
    Q_OBJECT
public:
    RunsTable(UiMemory &memory, Clock clock, QWidget *parent = nullptr);

    /// Shows the runs of a store; call once.
    void setStore(Store &store);
    /// Null before setStore().
    [[nodiscard]] FlowRunListModel *runs() const { return m_runs; }
    /// Shows other runs, from their top.
    void setFilter(const FlowRunListFilter &filter);
    /// The current run; null when there is none.
    [[nodiscard]] const FlowRunRow *currentRun() const;
    /// Puts the cursor on the first row when it is nowhere.
    void ensureCurrent();

signals:
    void runOpened(fd::RowId run, bool newWindow);
    /// A context menu is wanted at a global position, for the current run.
    void menuRequested(QPoint position);
    /// Another run is current, or the current one changed.
    void currentRunChanged();
    /// Runs came above the fold.
    void rowsAboveChanged(int count);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void tick();
    void keepSortable(int column, Qt::SortOrder order);
    void copyCurrent() const;

    UiMemory &m_memory;
    Clock m_clock;
    QTimer m_tick;
    FlowRunListModel *m_runs = nullptr;
    ScrollAnchor *m_anchor = nullptr;
    int m_sorted = static_cast<int>(FlowRunColumn::Start);
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

} // namespace fd
