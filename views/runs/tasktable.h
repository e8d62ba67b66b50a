// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/rowdelegate.h"
#include "views/common/tableview.h"
#include "views/common/timeline.h"

#include <QAbstractTableModel>

namespace fd {

/// Columns of the task table.
enum class TaskColumn { Name, State, Try, Start, Duration, After };
inline constexpr int kTaskColumnCount = 6;

/// The timeline's rows as a table, for those who do not see bars.
class TaskTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit TaskTableModel(Clock clock, QObject *parent = nullptr);

    /// Shows these rows; changes are told row by row, never as a reset.
    void setRows(const QList<TimelineRow> &rows);
    [[nodiscard]] const QList<TimelineRow> &rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const TimelineRow &row, TaskColumn column) const;
    [[nodiscard]] QString parentNames(const TimelineRow &row) const;

    Clock m_clock;
    QList<TimelineRow> m_rows;
};

/// Paints the task table's rows.
class TaskTableDelegate : public RowDelegate
{
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override;
};

/// The columns of the task table as they are at first.
[[nodiscard]] QList<ColumnSpec> taskColumns();

} // namespace fd
