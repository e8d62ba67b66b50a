// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/tasktable.h"

#include "views/common/format.h"
#include "views/common/statemark.h"

namespace fd {

namespace {

/// More names than this say nothing that helps.
constexpr qsizetype kMostParents = 5;

} // namespace

TaskTableModel::TaskTableModel(Clock clock, QObject *parent)
    : QAbstractTableModel(parent), m_clock(std::move(clock)) { }

void TaskTableModel::setRows(const QList<TimelineRow> &rows)
{
    const int before = static_cast<int>(m_rows.size());
    const int after = static_cast<int>(rows.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rows = rows;
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_rows = rows;
        endRemoveRows();
    } else {
        m_rows = rows;
    }
    if (const int kept = std::min(before, after); kept > 0)
        emit dataChanged(index(0, 0), index(kept - 1, kTaskColumnCount - 1));
}

int TaskTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TaskTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : kTaskColumnCount; }

QVariant TaskTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return text(m_rows[index.row()], static_cast<TaskColumn>(index.column()));
}

QVariant TaskTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<TaskColumn>(section)) {
    case TaskColumn::Name:
        return tr("Task");
    case TaskColumn::State:
        return tr("State");
    case TaskColumn::Try:
        return tr("Try");
    case TaskColumn::Start:
        return tr("Start");
    case TaskColumn::Duration:
        return tr("Duration");
    case TaskColumn::After:
        return tr("After");
    }
    return {};
}

QString TaskTableModel::text(const TimelineRow &row, TaskColumn column) const
{
    switch (column) {
    case TaskColumn::Name:
        return row.name;
    case TaskColumn::State:
        return stateWord(row.stateType, row.stateName);
    case TaskColumn::Try:
        return row.tryLabel;
    case TaskColumn::Start:
        return row.start ? format::clock(*row.start, format::Seconds::Show) : QString(format::kAbsent);
    case TaskColumn::Duration:
        if (!row.start || (!row.end && isTerminal(row.stateType)))
            return QString(format::kAbsent);
        return format::duration(row.end.value_or(m_clock()) - *row.start);
    case TaskColumn::After:
        return parentNames(row);
    }
    return {};
}

QString TaskTableModel::parentNames(const TimelineRow &row) const
{
    QStringList names;
    for (const int parent : row.parents) {
        if (names.size() == kMostParents) {
            names.append(tr("%n more", nullptr, static_cast<int>(row.parents.size() - kMostParents)));
            break;
        }
        names.append(m_rows.value(parent).name);
    }
    return names.join(QStringLiteral(", "));
}

void TaskTableDelegate::paintCell(Cell &cell, const QModelIndex &index) const
{
    const auto *model = static_cast<const TaskTableModel *>(index.model());
    const TimelineRow &row = model->rows()[index.row()];
    const QString text = index.data().toString();
    switch (static_cast<TaskColumn>(index.column())) {
    case TaskColumn::State:
        cell.markAndWord(row.stateType, row.stateName);
        break;
    case TaskColumn::Start:
    case TaskColumn::Duration:
        cell.number(text);
        break;
    case TaskColumn::Name:
        cell.line({.text = text, .elide = Qt::ElideMiddle});
        break;
    default:
        cell.line({.text = text, .role = TextRole::Quiet, .color = cell.theme().text3});
        break;
    }
}

QList<ColumnSpec> taskColumns()
{
    const auto column = [](TaskColumn id, const QString &title, int width) {
        ColumnSpec spec;
        spec.id = static_cast<int>(id);
        spec.title = title;
        spec.width = width;
        return spec;
    };
    ColumnSpec name = column(TaskColumn::Name, TaskTableModel::tr("Task"), 200);
    name.stretch = true;
    name.minWidth = 160;
    ColumnSpec start = column(TaskColumn::Start, TaskTableModel::tr("Start"), 96);
    start.alignment = Qt::AlignRight;
    ColumnSpec duration = column(TaskColumn::Duration, TaskTableModel::tr("Duration"), 112);
    duration.alignment = Qt::AlignRight;
    ColumnSpec after = column(TaskColumn::After, TaskTableModel::tr("After"), 200);
    after.leaveOrder = 1;
    return {name, column(TaskColumn::State, TaskTableModel::tr("State"), 140),
        column(TaskColumn::Try, TaskTableModel::tr("Try"), 64), start, duration, after};
}

} // namespace fd
