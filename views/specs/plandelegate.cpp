// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/specs/plandelegate.h"

#include "views/common/statemark.h"
#include "views/common/tableview.h"
#include "views/specs/planmodel.h"
#include "views/specs/plantext.h"

namespace fd {
namespace {

void paintMark(Cell &cell, Notice notice)
{
    QRectF mark(0, 0, metrics::kMark, metrics::kMark);
    mark.moveCenter(QRectF(cell.rect()).center());
    paintNoticeMark(cell.painter(), mark, notice, cell.theme().textOn(notice));
}

} // namespace

PlanDelegate::PlanDelegate(TableView *view, const PlanModel &model) : RowDelegate(view), m_model(model) { }

void PlanDelegate::paintCell(Cell &cell, const QModelIndex &index) const
{
    const PlanRow &row = m_model.rowAt(index.row());
    const Theme &theme = cell.theme();
    if (row.kind == PlanRow::Kind::Head) {
        cell.painter().fillRect(cell.rect(), theme.sunken);
        if (index.column() == PlanModel::NameColumn)
            cell.line({.text = row.title, .role = TextRole::Strong, .color = theme.text2});
        return;
    }
    if (row.kind == PlanRow::Kind::Problem) {
        const SpecProblem &problem = m_model.problem(row);
        const Notice notice = problem.severity == SpecProblem::Severity::Error ? Notice::Broken : Notice::Look;
        if (index.column() == PlanModel::MarkColumn)
            paintMark(cell, notice);
        else if (index.column() == PlanModel::NameColumn)
            cell.line({.text = plainLine(problem.error.field), .color = theme.text2});
        else
            cell.line({.text = plainLine(problemText(problem)), .color = theme.textOn(notice)});
        return;
    }
    const SpecPlanItem &item = m_model.item(row);
    if (index.column() == PlanModel::NameColumn)
        cell.twoLines({.text = plainLine(item.planned.name), .elide = Qt::ElideMiddle},
            {.text = plainLine(item.planned.flowName), .role = TextRole::Small, .elide = Qt::ElideMiddle});
    else if (index.column() == PlanModel::WhatColumn)
        cell.line({.text = plainLine(happens(item)), .color = theme.text2});
    else if (item.action == SpecPlanItem::Action::Unchanged)
        paintMark(cell, Notice::Done);
    else
        cell.line({.text = item.action == SpecPlanItem::Action::Create ? QStringLiteral("+") : QStringLiteral("±"),
                      .role = TextRole::Strong,
                      .color = theme.text2},
            Qt::AlignHCenter);
}

} // namespace fd
