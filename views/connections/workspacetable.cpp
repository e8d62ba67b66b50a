// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/workspacetable.h"

#include "views/common/celltext.h"
#include "views/common/rowdelegate.h"
#include "views/common/workspacecolor.h"
#include "views/connections/workspacemodel.h"

#include <QStyle>

namespace fd {
namespace {

constexpr int kRowHeight = 52;
constexpr int kBarWidth = 4;
constexpr int kBarHeight = 32;

/// Colour and shape both tell it; the word stands beside.
void paintReadiness(QPainter &painter, const QRectF &rect, Readiness readiness, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre = rect.center();
    if (readiness == Readiness::Ready) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.state(StateHue::Completed));
        painter.drawEllipse(centre, 5, 5);
    } else if (readiness == Readiness::Broken) {
        painter.setPen(QPen(theme.state(StateHue::Failed), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, 5, 5);
        painter.drawLine(centre + QPointF(-4.5, 4.5), centre + QPointF(4.5, -4.5));
    } else {
        painter.setPen(QPen(theme.text2, 2, Qt::SolidLine, Qt::FlatCap));
        for (const double x : {-2.5, 2.5})
            painter.drawLine(centre + QPointF(x, -5), centre + QPointF(x, 5));
    }
    painter.restore();
}

class WorkspaceDelegate : public RowDelegate
{
public:
    WorkspaceDelegate(WorkspaceTable *table, WorkspaceModel &model, Clock clock)
        : RowDelegate(table), m_model(model), m_clock(std::move(clock))
    {
    }

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override
    {
        const WorkspaceRow &row = m_model.rowAt(index.row());
        switch (static_cast<WorkspaceColumn>(index.column())) {
        case WorkspaceColumn::Colour:
            paintBar(cell, row);
            break;
        case WorkspaceColumn::Name: {
            const TwoLines lines = nameLines(row);
            cell.twoLines({.text = lines.first, .elide = Qt::ElideMiddle},
                {.text = lines.second, .role = TextRole::Small, .elide = Qt::ElideMiddle});
            break;
        }
        case WorkspaceColumn::Server:
            paintLines(cell, serverLines(row));
            break;
        case WorkspaceColumn::Connection:
            paintConnection(cell, row);
            break;
        case WorkspaceColumn::Deployments:
            cell.number(countText(row.counts, false));
            break;
        case WorkspaceColumn::Runs:
            cell.number(countText(row.counts, true));
            break;
        case WorkspaceColumn::Protection:
            paintLines(cell, protectionLines(row.entry.protection));
            break;
        case WorkspaceColumn::Count:
            break;
        }
    }

private:
    static void paintLines(Cell &cell, const TwoLines &lines)
    {
        cell.twoLines({.text = lines.first}, {.text = lines.second, .role = TextRole::Small});
    }

    void paintBar(Cell &cell, const WorkspaceRow &row) const
    {
        const QRect &r = cell.rect();
        const QRect bar(r.right() - kBarWidth - 2, r.center().y() - kBarHeight / 2, kBarWidth, kBarHeight);
        const QRect place = QStyle::visualRect(cell.painter().layoutDirection(), r, bar);
        cell.painter().save();
        cell.painter().setRenderHint(QPainter::Antialiasing);
        cell.painter().setPen(Qt::NoPen);
        cell.painter().setBrush(workspaceColor(row.entry.colour, view()->palette()));
        cell.painter().drawRoundedRect(place, 2, 2);
        cell.painter().restore();
    }

    void paintConnection(Cell &cell, const WorkspaceRow &row) const
    {
        const TwoLines lines = connectionLines(row, m_clock());
        const QRect &r = cell.rect();
        const int indent = metrics::kMark + metrics::kGap;
        const Qt::LayoutDirection direction = cell.painter().layoutDirection();
        const int line = cellLineHeight(TextRole::Body);
        const int lineTop = lines.second.isEmpty()
            ? r.center().y() - line / 2
            : r.top() + (r.height() - line - cellLineHeight(TextRole::Small)) / 2;
        const Readiness readiness = readinessOf(row);
        const QRect mark(
            r.left() + metrics::kCellPadding, lineTop + (line - metrics::kMark) / 2, metrics::kMark, metrics::kMark);
        paintReadiness(cell.painter(), QStyle::visualRect(direction, r, mark), readiness, cell.theme());
        const QRect rest = QStyle::visualRect(direction, r, r.adjusted(indent, 0, 0, 0));
        Cell text(cell.painter(), rest, cell.theme());
        const bool broken = readiness == Readiness::Broken;
        text.twoLines({.text = lines.first, .color = broken ? cell.theme().state(StateHue::Failed) : cell.theme().text},
            {.text = lines.second, .role = TextRole::Small});
    }

    QString toolTip(const QModelIndex &index, const QRect &, QPoint) const override
    {
        if (static_cast<WorkspaceColumn>(index.column()) != WorkspaceColumn::Connection)
            return {};
        const TwoLines lines = connectionLines(m_model.rowAt(index.row()), m_clock());
        return lines.second.isEmpty() ? lines.first : lines.first + u'\n' + lines.second;
    }

    WorkspaceModel &m_model;
    Clock m_clock;
};

QList<ColumnSpec> workspaceColumns()
{
    using T = WorkspaceTable;
    const auto id = [](WorkspaceColumn column) { return static_cast<int>(column); };
    return {
        {.id = id(WorkspaceColumn::Colour), .title = {}, .width = 32},
        {.id = id(WorkspaceColumn::Name), .title = T::tr("Workspace"), .width = 180, .stretch = true, .minWidth = 132},
        {.id = id(WorkspaceColumn::Server), .title = T::tr("Server"), .width = 172, .leaveOrder = 3},
        {.id = id(WorkspaceColumn::Connection), .title = T::tr("Connection"), .width = 196},
        {.id = id(WorkspaceColumn::Deployments),
            .title = T::tr("Deployments"),
            .width = 96,
            .alignment = Qt::AlignRight,
            .leaveOrder = 2},
        {.id = id(WorkspaceColumn::Runs),
            .title = T::tr("Runs"),
            .width = 70,
            .alignment = Qt::AlignRight,
            .leaveOrder = 1},
        {.id = id(WorkspaceColumn::Protection), .title = T::tr("Protection"), .width = 122, .leaveOrder = 4},
    };
}

} // namespace

WorkspaceTable::WorkspaceTable(WorkspaceModel &model, Clock clock, QWidget *parent) : TableView(parent), m_model(model)
{
    setObjectName(QStringLiteral("workspaces-table"));
    setAccessibleName(tr("Workspaces"));
    setModel(&model);
    setColumns(workspaceColumns());
    setSortingEnabled(false);
    setItemDelegate(new WorkspaceDelegate(this, model, std::move(clock)));
    setRowHeight(kRowHeight, 2);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

QString WorkspaceTable::currentId() const
{
    return currentIndex().isValid() ? m_model.rowAt(currentIndex().row()).entry.id : QString();
}

void WorkspaceTable::selectId(const QString &entryId)
{
    const int row = m_model.rowOf(entryId);
    if (row >= 0)
        setCurrentIndex(m_model.index(row, firstVisibleColumn()));
}

} // namespace fd
