// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/rundelegate.h"

#include "views/common/digits.h"
#include "views/common/format.h"
#include "views/runs/columnwidth.h"
#include "views/runs/runtext.h"

namespace fd {

namespace {

/// Times are never cut: room for one with its date, in the user's own format.
int startWidth()
{
    constexpr qint64 kTwoDaysUs = 2 * 86'400'000'000;
    constexpr Instant kLongOne{1'792'997'999'000'000};
    const QString text = format::time(kLongOne, kLongOne.plusUs(-kTwoDaysUs), format::Seconds::Show);
    return columnWidthFor(digitsWidth(roleFont(TextRole::Body), text));
}

} // namespace

QList<ColumnSpec> runColumns()
{
    const auto column = [](FlowRunColumn id, const QString &title, int width) {
        ColumnSpec spec;
        spec.id = static_cast<int>(id);
        spec.title = title;
        spec.width = width;
        return spec;
    };
    ColumnSpec deployment = column(FlowRunColumn::Deployment, RunDelegate::tr("Deployment"), 180);
    deployment.stretch = true;
    deployment.minWidth = 180;
    ColumnSpec start = column(FlowRunColumn::Start, RunDelegate::tr("Start"), startWidth());
    start.alignment = Qt::AlignRight;
    ColumnSpec duration = column(FlowRunColumn::Duration, RunDelegate::tr("Duration"), 102);
    duration.alignment = Qt::AlignRight;
    ColumnSpec lateness = column(FlowRunColumn::Lateness, RunDelegate::tr("Lateness"), 122);
    lateness.leaveOrder = 2;
    ColumnSpec by = column(FlowRunColumn::CreatedBy, RunDelegate::tr("By"), 84);
    by.leaveOrder = 1;
    ColumnSpec tags = column(FlowRunColumn::Tags, RunDelegate::tr("Tags"), 120);
    tags.leaveOrder = 3;
    tags.hiddenAtFirst = true;
    return {column(FlowRunColumn::State, RunDelegate::tr("State"), 148),
        column(FlowRunColumn::Name, RunDelegate::tr("Run"), 132), deployment, start, duration, lateness, by, tags};
}

bool isSortableRunColumn(int column)
{
    switch (static_cast<FlowRunColumn>(column)) {
    case FlowRunColumn::State:
    case FlowRunColumn::Name:
    case FlowRunColumn::Deployment:
    case FlowRunColumn::Start:
    case FlowRunColumn::Duration:
        return true;
    default:
        return false;
    }
}

RunDelegate::RunDelegate(TableView *view, Clock clock) : RowDelegate(view), m_clock(std::move(clock)) { }

void RunDelegate::paintCell(Cell &cell, const QModelIndex &index) const
{
    const auto *run = index.data(RowPointerRole).value<const FlowRunRow *>();
    if (!run)
        return;
    const auto column = static_cast<FlowRunColumn>(index.column());
    switch (column) {
    case FlowRunColumn::State:
        cell.markAndWord(run->stateType, run->stateName);
        break;
    case FlowRunColumn::Name:
        cell.line({.text = run->name, .elide = Qt::ElideMiddle});
        break;
    case FlowRunColumn::Deployment:
        if (run->deploymentName.isEmpty())
            cell.line({.text = run->flowName, .role = TextRole::Quiet, .color = cell.theme().text3});
        else
            cell.lineAndRemark({.text = run->deploymentName, .elide = Qt::ElideMiddle},
                {.text = run->flowName, .role = TextRole::Quiet, .color = cell.theme().text3});
        break;
    case FlowRunColumn::Start:
    case FlowRunColumn::Duration:
        cell.number(runtext::cell(*run, column, m_clock()));
        break;
    case FlowRunColumn::Lateness:
        cell.line({.text = runtext::cell(*run, column, m_clock()),
            .role = TextRole::Quiet,
            .color = cell.theme().state(StateHue::Late)});
        break;
    case FlowRunColumn::CreatedBy:
        cell.line({.text = format::createdBy(run->createdBy), .role = TextRole::Quiet, .color = cell.theme().text3});
        break;
    case FlowRunColumn::Tags:
        cell.tags(run->tags);
        break;
    }
}

QString RunDelegate::toolTip(const QModelIndex &index, const QRect &, QPoint) const
{
    const auto *run = index.data(RowPointerRole).value<const FlowRunRow *>();
    if (!run || index.column() != static_cast<int>(FlowRunColumn::Start))
        return {};
    const QString due = tr("Due %1").arg(format::fullTime(run->expectedStart));
    if (!run->start)
        return due;
    return due + u'\n' + tr("Started %1").arg(format::fullTime(*run->start));
}

} // namespace fd
