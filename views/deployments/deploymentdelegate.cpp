// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymentdelegate.h"

#include "views/common/format.h"
#include "views/common/statemark.h"
#include "views/common/stripbars.h"
#include "views/common/tableview.h"

namespace fd {
namespace {

const DeploymentRow *rowOf(const QModelIndex &index)
{
    return index.data(RowPointerRole).value<const DeploymentRow *>();
}

} // namespace

DeploymentDelegate::DeploymentDelegate(TableView *view, Clock clock, RunButtonOf runButtonOf)
    : RowDelegate(view), m_clock(std::move(clock)), m_runButtonOf(std::move(runButtonOf))
{
}

void DeploymentDelegate::paintLines(Cell &cell, const CellText &first, const CellText &second) const
{
    if (m_compact)
        cell.line(first);
    else
        cell.twoLines(first, second);
}

void DeploymentDelegate::paintLastRun(Cell &cell, const DeploymentRow &row, const DeploymentWords &words) const
{
    if (row.lastRun == 0)
        cell.line({.text = QString(format::kAbsent), .color = cell.theme().text3});
    else if (m_compact)
        cell.line({.text = stateWord(row.lastState.type, row.lastState.name),
            .color = stateWordColor(row.lastState.type, row.lastState.name, cell.theme())});
    else
        cell.stateLines(row.lastState.type, row.lastState.name, words.lastDetail);
}

void DeploymentDelegate::paintTexts(Cell &cell, const DeploymentRow &row, DeploymentColumn column) const
{
    const Theme &theme = cell.theme();
    const DeploymentWords &words = m_words.words(row, m_clock());
    switch (column) {
    case DeploymentColumn::Name: {
        const CellText name{.text = words.name, .elide = Qt::ElideMiddle};
        const CellText flow{.text = words.flow, .role = TextRole::Small, .elide = Qt::ElideMiddle};
        if (m_compact)
            cell.lineAndRemark(name, flow);
        else
            cell.twoLines(name, flow);
        break;
    }
    case DeploymentColumn::Schedule:
        paintLines(cell, {.text = words.schedule, .color = words.scheduleQuiet ? theme.text3 : QColor()},
            {.text = words.scheduleDetail, .role = TextRole::Small});
        break;
    case DeploymentColumn::NextRun:
        paintLines(cell, {.text = words.nextRun, .color = row.nextRun ? QColor() : theme.text3},
            {.text = words.nextRunDetail,
                .role = TextRole::Small,
                .color = words.late ? theme.state(StateHue::Late) : QColor()});
        break;
    case DeploymentColumn::LastRun:
        paintLastRun(cell, row, words);
        break;
    case DeploymentColumn::Version:
        cell.line({.text = words.version});
        break;
    case DeploymentColumn::Created:
        cell.line({.text = words.created});
        break;
    case DeploymentColumn::Updated:
        cell.line({.text = words.updated});
        break;
    default:
        break;
    }
}

void DeploymentDelegate::paintCell(Cell &cell, const QModelIndex &index) const
{
    const DeploymentRow *row = rowOf(index);
    if (row == nullptr)
        return;
    const auto column = static_cast<DeploymentColumn>(index.column());
    switch (column) {
    case DeploymentColumn::State: {
        const MarkState mark = nowMark(*row, m_clock());
        if (mark.none)
            cell.line({.text = QString(format::kAbsent), .color = cell.theme().text3}, Qt::AlignHCenter);
        else
            cell.mark(mark.type, mark.name);
        break;
    }
    case DeploymentColumn::Tags:
        cell.tags(row->tags);
        break;
    case DeploymentColumn::Activity:
        cell.strip(row->strip.endingOn(localDay(m_clock())));
        break;
    case DeploymentColumn::Run:
        cell.runButton(m_runButtonOf(row->row));
        break;
    default:
        paintTexts(cell, *row, column);
        break;
    }
}

QString DeploymentDelegate::toolTip(const QModelIndex &index, const QRect &cell, QPoint position) const
{
    const DeploymentRow *row = rowOf(index);
    if (row == nullptr)
        return {};
    const Instant now = m_clock();
    switch (static_cast<DeploymentColumn>(index.column())) {
    case DeploymentColumn::State:
    case DeploymentColumn::Run:
        return deploymentCellText(*row, static_cast<DeploymentColumn>(index.column()), now);
    case DeploymentColumn::Activity: {
        const ActivityStrip days = row->strip.endingOn(localDay(now));
        const int day = strip::dayAt(position.x() - cell.left() - metrics::kCellPadding);
        if (day < 0)
            return strip::spokenText(days);
        const QString text = strip::dayText(days, day, now);
        return stripDayAt(*row, cell, position, now) < 0 ? text : tr("%1\nClick: these runs").arg(text);
    }
    case DeploymentColumn::NextRun:
        return row->nextRun ? format::fullTime(*row->nextRun) : QString();
    default:
        return {};
    }
}

int stripDayAt(const DeploymentRow &row, const QRect &cell, QPoint position, Instant now)
{
    const int day = strip::dayAt(position.x() - cell.left() - metrics::kCellPadding);
    if (day < 0)
        return -1;
    const ActivityStrip days = row.strip.endingOn(localDay(now));
    const DayCount &count = days.days.at(static_cast<size_t>(day));
    return count.completed + count.failed + count.active == 0 ? -1 : day;
}

} // namespace fd
