// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymenttable.h"

#include "models/items/deploymentlistmodel.h"
#include "views/common/theme.h"

#include <QDateTime>
#include <QMouseEvent>

namespace fd {
namespace {

/// How far type-ahead looks from the current row: reading every row of a large workspace takes too long.
constexpr int kTypeAheadRows = 500;
constexpr int kTypingPauseMs = 900;
constexpr int kTickMs = 1000;

QList<ColumnSpec> deploymentColumns()
{
    const auto id = [](DeploymentColumn column) { return static_cast<int>(column); };
    using T = DeploymentTable;
    return {
        {.id = id(DeploymentColumn::State), .title = {}, .width = 32},
        {.id = id(DeploymentColumn::Name),
            .title = T::tr("Deployment"),
            .width = 200,
            .stretch = true,
            .minWidth = 132},
        {.id = id(DeploymentColumn::Tags), .title = T::tr("Tags"), .width = 92, .leaveOrder = 1},
        {.id = id(DeploymentColumn::Schedule), .title = T::tr("Schedule"), .width = 140, .leaveOrder = 4},
        {.id = id(DeploymentColumn::NextRun), .title = T::tr("Next run"), .width = 126},
        {.id = id(DeploymentColumn::LastRun), .title = T::tr("Last run"), .width = 164, .leaveOrder = 5},
        {.id = id(DeploymentColumn::Activity), .title = T::tr("14 days"), .width = 112, .leaveOrder = 2},
        {.id = id(DeploymentColumn::Version),
            .title = T::tr("Version"),
            .width = 96,
            .leaveOrder = 3,
            .hiddenAtFirst = true},
        {.id = id(DeploymentColumn::Created),
            .title = T::tr("Created"),
            .width = 126,
            .leaveOrder = 3,
            .hiddenAtFirst = true},
        {.id = id(DeploymentColumn::Updated),
            .title = T::tr("Updated"),
            .width = 126,
            .leaveOrder = 3,
            .hiddenAtFirst = true},
        {.id = id(DeploymentColumn::Run), .title = {}, .width = 42, .button = true},
    };
}

} // namespace

DeploymentTable::DeploymentTable(
    DeploymentListModel &model, Clock clock, DeploymentDelegate::RunButtonOf runButtonOf, QWidget *parent)
    : TableView(parent), m_model(model), m_clock(clock),
      m_delegate(new DeploymentDelegate(this, std::move(clock), std::move(runButtonOf)))
{
    setObjectName(QStringLiteral("deployments-table"));
    setAccessibleName(tr("Deployments"));
    setModel(&model);
    setColumns(deploymentColumns());
    setItemDelegate(m_delegate);
    setCompact(false);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setContextMenuPolicy(Qt::CustomContextMenu);
    const auto forget = [this] { m_delegate->forget(); };
    connect(&model, &QAbstractItemModel::dataChanged, this, forget);
    connect(&model, &QAbstractItemModel::layoutChanged, this, forget);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &DeploymentTable::followClock);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, [this] { m_typed.clear(); });
}

void DeploymentTable::setCompact(bool compact)
{
    m_delegate->setCompact(compact);
    setRowHeight(compact ? metrics::kRowCompact : metrics::kRowTwoLines, compact ? 1 : 2);
    viewport()->update();
}

QList<RowId> DeploymentTable::selectedIds() const
{
    QList<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows += row;
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QList<RowId> ids;
    for (const int row : std::as_const(rows))
        ids += m_model.idAt(row);
    return ids;
}

RowId DeploymentTable::currentId() const { return currentIndex().isValid() ? m_model.idAt(currentIndex().row()) : 0; }

bool DeploymentTable::selectId(RowId id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return false;
    const QModelIndex index = m_model.index(row, static_cast<int>(DeploymentColumn::Name));
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
    return true;
}

void DeploymentTable::updateId(RowId id)
{
    if (const int row = m_model.rowOf(id); row >= 0)
        updateRow(row);
}

void DeploymentTable::keyboardSearch(const QString &search)
{
    m_typing.start();
    m_typed += search;
    const int rows = m_model.rowCount();
    const int from = std::max(0, currentIndex().row()) + (m_typed.size() == 1 ? 1 : 0);
    for (int step = 0; step < std::min(rows, kTypeAheadRows); ++step) {
        const int row = (from + step) % rows;
        const DeploymentRow *value = m_model.rowAt(row);
        if (value != nullptr && value->name.startsWith(m_typed, Qt::CaseInsensitive)) {
            setCurrentIndex(m_model.index(row, static_cast<int>(DeploymentColumn::Name)));
            return;
        }
    }
}

void DeploymentTable::mousePressEvent(QMouseEvent *event)
{
    m_pressed.reset();
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier)
        m_pressed = event->position().toPoint();
    TableView::mousePressEvent(event);
}

void DeploymentTable::mouseReleaseEvent(QMouseEvent *event)
{
    TableView::mouseReleaseEvent(event);
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    if (!m_pressed || !index.isValid() || index.column() != static_cast<int>(DeploymentColumn::Activity)
        || (position - *std::exchange(m_pressed, std::nullopt)).manhattanLength() > 3)
        return;
    const DeploymentRow *row = m_model.rowAt(index.row());
    const Instant now = m_clock();
    const int day = row == nullptr ? -1 : stripDayAt(*row, visualRect(index), position, now);
    if (day < 0)
        return;
    const QDate date = now.toLocal().date().addDays(day - (kStripDays - 1));
    emit dayClicked(row->row, Instant::fromMs(date.startOfDay().toMSecsSinceEpoch()),
        Instant::fromMs(date.addDays(1).startOfDay().toMSecsSinceEpoch()));
}

void DeploymentTable::showEvent(QShowEvent *event)
{
    TableView::showEvent(event);
    m_tick.start();
}

void DeploymentTable::hideEvent(QHideEvent *event)
{
    TableView::hideEvent(event);
    m_tick.stop();
}

void DeploymentTable::followClock()
{
    // Everything relative ticks once a minute, rows with something in progress each second.
    const Instant now = m_clock();
    if ((now.us / 1'000'000) % 60 == 0) {
        m_delegate->forget();
        viewport()->update();
        return;
    }
    const int first = std::max(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1);
    for (int row = first; row <= (last < 0 ? m_model.rowCount() - 1 : last); ++row) {
        const DeploymentRow *value = m_model.rowAt(row);
        if (value == nullptr)
            continue;
        const bool justEnded = value->lastEnd && now - *value->lastEnd < 60'000'000;
        if (value->activeRuns > 0 || justEnded)
            updateRow(row);
    }
}

} // namespace fd
