// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"

#include <QAbstractTableModel>

namespace fd {

/// One row of the plan: a group's head, a deployment, or a problem of the file.
struct PlanRow {
    enum class Kind { Head, Item, Problem };
    Kind kind = Kind::Head;
    /// The head's text.
    QString title = {};
    /// Index into the plan's items or the sorted problems.
    qsizetype index = -1;
};

/// A plan as rows in groups: what blocks the file, Create, Update, Unchanged, warnings.
class PlanModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { MarkColumn, NameColumn, WhatColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPlan(const SpecPlan &plan);
    [[nodiscard]] const PlanRow &rowAt(int row) const { return m_rows.at(row); }
    [[nodiscard]] const SpecPlanItem &item(const PlanRow &row) const { return m_plan.items.at(row.index); }
    [[nodiscard]] const SpecProblem &problem(const PlanRow &row) const { return m_problems.at(row.index); }
    /// The first row that is no head; -1 when there is none.
    [[nodiscard]] int firstContent() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void addGroup(SpecPlanItem::Action action, const QString &title);
    void addProblems(const QString &title);
    [[nodiscard]] bool isBlocked() const;

    SpecPlan m_plan;
    QList<SpecProblem> m_problems;
    QList<PlanRow> m_rows;
};

} // namespace fd
