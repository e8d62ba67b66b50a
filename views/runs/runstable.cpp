// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runstable.h"

#include "views/common/uimemory.h"
#include "views/runs/rundelegate.h"
#include "views/runs/runtext.h"
#include "views/runs/scrollanchor.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>

namespace fd {

namespace {

constexpr int kSecondMs = 1000;
const QString kColumnsKey = QStringLiteral("runs/columns");

} // namespace

RunsTable::RunsTable(UiMemory &memory, Clock clock, QWidget *parent)
    : TableView(parent), m_memory(memory), m_clock(std::move(clock))
{
    setAccessibleName(tr("Runs"));
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setSelectionMode(SingleSelection);
    setItemDelegate(new RunDelegate(this, m_clock));
    setRowHeight(metrics::kRowOneLine, 1);
    m_tick.setInterval(kSecondMs);
    connect(&m_tick, &QTimer::timeout, this, &RunsTable::tick);
    connect(this, &TableView::opened, this,
        [this](const QModelIndex &index) { emit runOpened(m_runs->idAt(index.row()), false); });
    connect(this, &TableView::openedInNewWindow, this,
        [this](const QModelIndex &index) { emit runOpened(m_runs->idAt(index.row()), true); });
    connect(this, &TableView::layoutEdited, this, [this] { m_memory.setValue(kColumnsKey, saveState()); });
}

void RunsTable::setStore(Store &store)
{
    // Sorting for the first time writes what is remembered.
    const QByteArray remembered = m_memory.value(kColumnsKey).toByteArray();
    m_runs = new FlowRunListModel(store, this);
    m_runs->setCellText(
        [this](const FlowRunRow &run, FlowRunColumn column) { return runtext::cell(run, column, m_clock()); });
    setModel(m_runs);
    setColumns(runColumns());
    m_anchor = new ScrollAnchor(this, m_runs);
    connect(m_anchor, &ScrollAnchor::rowsAboveChanged, this, &RunsTable::rowsAboveChanged);
    connect(m_runs, &FlowRunListModel::settled, m_anchor, &ScrollAnchor::hold);
    connect(m_runs, &QAbstractItemModel::dataChanged, this, &RunsTable::currentRunChanged);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &RunsTable::keepSortable);
    setSort(m_sorted, m_order);
    restoreState(remembered);
}

void RunsTable::setFilter(const FlowRunListFilter &filter)
{
    if (filter == m_runs->filter())
        return;
    m_anchor->release();
    m_runs->setFilter(filter);
    if (m_runs->isSettled())
        m_anchor->hold();
}

const FlowRunRow *RunsTable::currentRun() const
{
    return m_runs && currentIndex().isValid() ? m_runs->rowAt(currentIndex().row()) : nullptr;
}

void RunsTable::ensureCurrent()
{
    if (m_runs && !currentIndex().isValid() && m_runs->rowCount() > 0)
        setCurrentIndex(m_runs->index(0, static_cast<int>(FlowRunColumn::Name)));
}

void RunsTable::showEvent(QShowEvent *event)
{
    TableView::showEvent(event);
    m_tick.start();
}

void RunsTable::hideEvent(QHideEvent *event)
{
    TableView::hideEvent(event);
    m_tick.stop();
}

void RunsTable::contextMenuEvent(QContextMenuEvent *event)
{
    QModelIndex index = currentIndex();
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        index = indexAt(event->pos());
        if (index.isValid())
            setCurrentIndex(index);
    } else if (index.isValid()) {
        position = viewport()->mapToGlobal(visualRect(index).bottomLeft());
    }
    if (index.isValid())
        emit menuRequested(position);
}

void RunsTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyCurrent();
        return;
    }
    TableView::keyPressEvent(event);
}

void RunsTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    TableView::currentChanged(current, previous);
    emit currentRunChanged();
}

// Only rows in sight are looked at, and only those that grow are painted again.
void RunsTable::tick()
{
    if (!m_runs)
        return;
    for (int row = std::max(0, rowAt(0)); row < m_runs->rowCount(); ++row) {
        if (rowViewportPosition(row) > viewport()->height())
            return;
        const FlowRunRow *run = m_runs->rowAt(row);
        if (run && runtext::isTicking(run->stateType))
            updateRow(row);
    }
}

void RunsTable::keepSortable(int column, Qt::SortOrder order)
{
    if (!isSortableRunColumn(column)) {
        setSort(m_sorted, m_order);
        return;
    }
    if (column == m_sorted && order == m_order)
        return;
    m_sorted = column;
    m_order = order;
    m_anchor->release();
    if (m_runs->isSettled())
        m_anchor->hold();
}

void RunsTable::copyCurrent() const
{
    const FlowRunRow *run = currentRun();
    if (!run)
        return;
    QStringList cells;
    for (const ColumnSpec &spec : columns()) {
        if (!isColumnHidden(spec.id))
            cells.append(runtext::cell(*run, static_cast<FlowRunColumn>(spec.id), m_clock()));
    }
    QGuiApplication::clipboard()->setText(cells.join(u'\t'));
}

} // namespace fd
