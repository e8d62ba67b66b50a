// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/recentruns.h"

#include "views/common/format.h"
#include "views/common/rowdelegate.h"
#include "views/common/statemark.h"
#include "views/deployments/deploymenttext.h"

#include <QHeaderView>

namespace fd {
namespace {

enum Column { MarkColumn, NameColumn, StartColumn, DurationColumn, ColumnCount };

QString durationText(const FlowRunRow &run, Instant now)
{
    if (!run.start)
        return QString(format::kAbsent);
    if (!run.end && isTerminal(run.stateType))
        return QString(format::kAbsent);
    return format::duration(run.end.value_or(now) - *run.start);
}

class RecentRunsDelegate : public RowDelegate
{
public:
    RecentRunsDelegate(TableView *view, const RecentRunsModel &model, Clock clock)
        : RowDelegate(view), m_model(model), m_clock(std::move(clock))
    {
    }

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override
    {
        const FlowRunRow &run = m_model.at(index.row());
        const Theme &theme = cell.theme();
        switch (index.column()) {
        case MarkColumn:
            cell.mark(run.stateType, run.stateName);
            break;
        case NameColumn:
            cell.line({.text = oneLine(run.name), .elide = Qt::ElideMiddle});
            break;
        case StartColumn:
            cell.number(format::time(run.start.value_or(run.expectedStart), m_clock()), theme.text2);
            break;
        case DurationColumn:
            cell.number(durationText(run, m_clock()), theme.text2);
            break;
        }
    }

private:
    const RecentRunsModel &m_model;
    Clock m_clock;
};

bool sameRows(const std::vector<FlowRunRow> &a, const std::vector<FlowRunRow> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(),
        [](const FlowRunRow &left, const FlowRunRow &right) { return left.row == right.row; });
}

} // namespace

RecentRunsModel::RecentRunsModel(Clock clock, QObject *parent) : QAbstractTableModel(parent), m_clock(std::move(clock))
{
}

void RecentRunsModel::setRuns(const std::vector<FlowRunRow> &runs, int limit)
{
    const auto count = std::min(runs.size(), static_cast<size_t>(limit));
    std::vector<FlowRunRow> shown(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(count));
    if (sameRows(shown, m_runs)) {
        m_runs = std::move(shown);
        if (!m_runs.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_runs = std::move(shown);
    endResetModel();
}

int RecentRunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RecentRunsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant RecentRunsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const FlowRunRow &run = at(index.row());
    switch (index.column()) {
    case MarkColumn:
        return stateWord(run.stateType, run.stateName);
    case NameColumn:
        return oneLine(run.name);
    case StartColumn:
        return format::time(run.start.value_or(run.expectedStart), m_clock());
    default:
        return durationText(run, m_clock());
    }
}

RecentRuns::RecentRuns(Clock clock, int limit, bool fixedHeight, QWidget *parent)
    : TableView(parent), m_model(new RecentRunsModel(clock, this)), m_limit(limit), m_fixedHeight(fixedHeight)
{
    setAccessibleName(tr("Recent runs, newest first"));
    setModel(m_model);
    setColumns({{.id = MarkColumn, .title = {}, .width = 32},
        {.id = NameColumn, .title = tr("Run"), .stretch = true, .minWidth = 72},
        {.id = StartColumn, .title = tr("Start"), .width = 112, .alignment = Qt::AlignRight},
        {.id = DurationColumn, .title = tr("Duration"), .width = 88, .alignment = Qt::AlignRight}});
    setRowHeight(metrics::kRowCompact, 1);
    setItemDelegate(new RecentRunsDelegate(this, *m_model, std::move(clock)));
    setSortingEnabled(false);
    horizontalHeader()->hide();
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (fixedHeight)
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &TableView::opened, this,
        [this](const QModelIndex &index) { emit runRequested(m_model->at(index.row()).row, false); });
    connect(this, &QAbstractItemView::clicked, this,
        [this](const QModelIndex &index) { emit runRequested(m_model->at(index.row()).row, false); });
    connect(this, &TableView::openedInNewWindow, this,
        [this](const QModelIndex &index) { emit runRequested(m_model->at(index.row()).row, true); });
    fitHeight();
}

void RecentRuns::setRuns(const std::vector<FlowRunRow> &runs)
{
    m_model->setRuns(runs, m_limit);
    fitHeight();
}

void RecentRuns::fitHeight()
{
    if (m_fixedHeight)
        setFixedHeight(std::max(1, m_model->rowCount()) * metrics::rowHeight(metrics::kRowCompact, 1));
}

} // namespace fd
