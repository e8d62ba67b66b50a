// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "views/common/rowdelegate.h"
#include "views/common/tableview.h"

#include <QAbstractTableModel>

namespace fd::sample {

/// The moment all samples are seen at: Tue 20 Oct 2026 14:32 UTC.
[[nodiscard]] Instant now();

/// Deployments of every look, as many rows as asked for.
class Model : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Mark, Name, Tags, Schedule, Next, Last, Strip, Run, Duration, ColumnCount };

    explicit Model(int rows, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] const DeploymentRow &at(int row) const { return m_rows[row]; }
    [[nodiscard]] int sortedColumn() const { return m_sorted; }

private:
    QList<DeploymentRow> m_rows;
    int m_sorted = -1;
};

/// Paints them as the deployments table does.
class Delegate : public RowDelegate
{
    Q_OBJECT
public:
    Delegate(TableView *view, const Model *model);

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, const QRect &cell, QPoint position) const override;

private:
    const Model *m_model;
};

/// The columns of the deployments table.
[[nodiscard]] QList<ColumnSpec> columns();
/// A table over `model`, ready to show.
[[nodiscard]] TableView *makeTable(Model *model, QWidget *parent = nullptr);

} // namespace fd::sample
