// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/specs/planmodel.h"

#include "views/common/format.h"
#include "views/specs/plantext.h"

namespace fd {

void PlanModel::setPlan(const SpecPlan &plan)
{
    beginResetModel();
    m_plan = plan;
    m_problems = sortedProblems(plan);
    m_rows.clear();
    if (isBlocked())
        addProblems(tr("Blocked"));
    addGroup(SpecPlanItem::Action::Create, tr("Create"));
    addGroup(SpecPlanItem::Action::Update, tr("Update"));
    addGroup(SpecPlanItem::Action::Unchanged, tr("Unchanged"));
    if (!isBlocked())
        addProblems(tr("Warnings"));
    endResetModel();
}

bool PlanModel::isBlocked() const
{
    return std::any_of(m_problems.cbegin(), m_problems.cend(),
        [](const SpecProblem &problem) { return problem.severity == SpecProblem::Severity::Error; });
}

void PlanModel::addProblems(const QString &title)
{
    if (m_problems.isEmpty())
        return;
    m_rows += PlanRow{.kind = PlanRow::Kind::Head, .title = title};
    for (qsizetype i = 0; i < m_problems.size(); ++i)
        m_rows += PlanRow{.kind = PlanRow::Kind::Problem, .index = i};
}

void PlanModel::addGroup(SpecPlanItem::Action action, const QString &title)
{
    if (countOf(m_plan, action) == 0)
        return;
    m_rows += PlanRow{.kind = PlanRow::Kind::Head, .title = title};
    for (qsizetype i = 0; i < m_plan.items.size(); ++i) {
        if (m_plan.items.at(i).action == action)
            m_rows += PlanRow{.kind = PlanRow::Kind::Item, .index = i};
    }
}

int PlanModel::firstContent() const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).kind != PlanRow::Kind::Head)
            return static_cast<int>(row);
    }
    return -1;
}

int PlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PlanModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant PlanModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const PlanRow &row = rowAt(index.row());
    if (row.kind == PlanRow::Kind::Head)
        return index.column() == NameColumn ? row.title : QString();
    if (row.kind == PlanRow::Kind::Problem) {
        if (index.column() == MarkColumn)
            return problem(row).severity == SpecProblem::Severity::Error ? tr("Error") : tr("Warning");
        return index.column() == WhatColumn ? plainLine(problemText(problem(row)))
                                            : plainLine(problem(row).error.field);
    }
    const SpecPlanItem &value = item(row);
    if (index.column() == NameColumn)
        return plainLine(tr("%1 / %2").arg(value.planned.flowName, value.planned.name));
    return index.column() == WhatColumn ? plainLine(happens(value)) : QString();
}

Qt::ItemFlags PlanModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || rowAt(index.row()).kind == PlanRow::Kind::Head)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace fd
