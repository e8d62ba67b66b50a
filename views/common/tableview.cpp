// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/tableview.h"

#include "models/core/json.h"
#include "views/common/tableheader.h"
#include "views/common/theme.h"

#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

namespace fd {

TableView::TableView(QWidget *parent) : QTableView(parent), m_header(new TableHeader(this))
{
    setHorizontalHeader(m_header);
    // Taking the header switched it off, because Qt's own sorting is not used.
    m_header->setSortIndicatorShown(true);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(16);
    growWithText();

    connect(m_header, &QHeaderView::customContextMenuRequested, this, &TableView::showColumnMenu);
    connect(m_header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        sortByColumn(column, order);
        emit layoutEdited();
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        if (m_fitting)
            return;
        fitColumns();
        emit layoutEdited();
    });
    connect(m_header, &QHeaderView::sectionMoved, this, &TableView::layoutEdited);
}

void TableView::setColumns(const QList<ColumnSpec> &columns)
{
    m_columns = columns;
    resetColumns();
}

void TableView::resetColumns()
{
    m_switchedOff.clear();
    m_fitting = true;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const ColumnSpec &column = m_columns[i];
        m_header->moveSection(m_header->visualIndex(column.id), static_cast<int>(i));
        m_header->resizeSection(column.id, metrics::forText(column.width));
        if (column.hiddenAtFirst)
            m_switchedOff << column.id;
    }
    m_fitting = false;
    fitColumns();
}

void TableView::setRowHeight(int height, int lines)
{
    m_statedHeight = height;
    m_lines = lines;
    applyRowHeight();
}

void TableView::applyRowHeight()
{
    verticalHeader()->setDefaultSectionSize(metrics::rowHeight(m_statedHeight, m_lines));
}

void TableView::setSort(int column, Qt::SortOrder order) { m_header->setSortIndicator(column, order); }

const ColumnSpec &TableView::spec(int column) const
{
    static const ColumnSpec none;
    const auto found
        = std::find_if(m_columns.begin(), m_columns.end(), [column](const ColumnSpec &c) { return c.id == column; });
    return found == m_columns.end() ? none : *found;
}

int TableView::stretchColumn() const
{
    const auto found
        = std::find_if(m_columns.begin(), m_columns.end(), [](const ColumnSpec &column) { return column.stretch; });
    return found == m_columns.end() ? -1 : found->id;
}

int TableView::firstVisibleColumn() const
{
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (!m_header->isSectionHidden(column))
            return column;
    }
    return -1;
}

void TableView::updateRow(int row)
{
    if (row >= 0)
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void TableView::fitColumns()
{
    if (m_columns.isEmpty() || m_header->count() == 0)
        return;
    m_fitting = true;
    QList<const ColumnSpec *> shown;
    int needed = 0;
    const auto least = [this](const ColumnSpec &c) {
        const int width = m_header->isSectionHidden(c.id) ? metrics::forText(c.width) : m_header->sectionSize(c.id);
        return c.stretch ? metrics::forText(c.minWidth) : width;
    };
    for (const ColumnSpec &column : m_columns) {
        if (m_switchedOff.contains(column.id)) {
            m_header->hideSection(column.id);
        } else {
            shown << &column;
            needed += least(column);
        }
    }
    // Those that may leave go in their order until the rest fits.
    QList<const ColumnSpec *> leaving;
    std::copy_if(shown.begin(), shown.end(), std::back_inserter(leaving),
        [](const ColumnSpec *column) { return column->leaveOrder > 0; });
    std::sort(leaving.begin(), leaving.end(),
        [](const ColumnSpec *a, const ColumnSpec *b) { return a->leaveOrder < b->leaveOrder; });
    for (; needed > viewport()->width() && !leaving.isEmpty(); leaving.removeFirst()) {
        needed -= least(*leaving.first());
        m_header->hideSection(leaving.first()->id);
        shown.removeOne(leaving.first());
    }
    for (const ColumnSpec *column : shown)
        m_header->showSection(column->id);
    if (const int stretch = stretchColumn(); stretch >= 0 && !m_header->isSectionHidden(stretch)) {
        const int minWidth = metrics::forText(spec(stretch).minWidth);
        m_header->resizeSection(stretch, std::max(minWidth, viewport()->width() - needed + minWidth));
    }
    m_fitting = false;
}

void TableView::setSwitchedOff(int column, bool off)
{
    if (off)
        m_switchedOff << column;
    else
        m_switchedOff.remove(column);
    fitColumns();
    emit layoutEdited();
}

void TableView::showColumnMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ColumnSpec &column : m_columns) {
        if (column.title.isEmpty())
            continue;
        QAction *action = menu->addAction(column.title);
        action->setCheckable(true);
        action->setChecked(!m_switchedOff.contains(column.id));
        action->setEnabled(!column.stretch);
        connect(action, &QAction::toggled, this, [this, id = column.id](bool on) { setSwitchedOff(id, !on); });
    }
    menu->addSeparator();
    menu->addAction(tr("Reset columns"), this, [this] {
        resetColumns();
        emit layoutEdited();
    });
    menu->popup(m_header->viewport()->mapToGlobal(position));
}

QByteArray TableView::saveState() const
{
    Json columns = Json::array();
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int id = m_header->logicalIndex(visual);
        const int width = m_header->isSectionHidden(id) ? metrics::forText(spec(id).width) : m_header->sectionSize(id);
        columns.push_back({{"id", id}, {"width", width}, {"on", !m_switchedOff.contains(id)}});
    }
    const bool down = m_header->sortIndicatorOrder() == Qt::DescendingOrder;
    return toJsonText({{"columns", columns}, {"sort", m_header->sortIndicatorSection()}, {"down", down}});
}

void TableView::restoreState(const QByteArray &state)
{
    const Result<Json> parsed = parseJson(state);
    if (!parsed || !parsed->is_object())
        return;
    constexpr int kWidest = 2000;
    const Json columns = parsed->value("columns", Json::array());
    m_fitting = true;
    int visual = 0;
    for (const Json &column : columns) {
        if (!column.is_object() || !column.contains("id") || !column["id"].is_number_integer())
            continue;
        const int id = column["id"].get<int>();
        if (id < 0 || id >= m_header->count() || visual >= m_header->count())
            continue;
        m_header->moveSection(m_header->visualIndex(id), visual++);
        if (const auto width = column.find("width"); width != column.end() && width->is_number_integer())
            m_header->resizeSection(id, std::clamp(width->get<int>(), spec(id).minWidth, kWidest));
        const auto on = column.find("on");
        if (on != column.end() && on->is_boolean() && !on->get<bool>() && !spec(id).stretch)
            m_switchedOff << id;
        else
            m_switchedOff.remove(id);
    }
    m_fitting = false;
    fitColumns();
    const auto sort = parsed->find("sort");
    if (sort == parsed->end() || !sort->is_number_integer() || sort->get<int>() >= m_header->count())
        return;
    const auto down = parsed->find("down");
    const bool descending = down != parsed->end() && down->is_boolean() && down->get<bool>();
    setSort(sort->get<int>(), descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void TableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        growWithText();
}

void TableView::growWithText()
{
    constexpr int kUnit = 1000;
    const int scale = metrics::forText(kUnit);
    const int before = std::exchange(m_textScale, scale);
    applyRowHeight();
    if (scale == before)
        return;
    m_fitting = true;
    for (const ColumnSpec &column : std::as_const(m_columns)) {
        if (!m_header->isSectionHidden(column.id))
            m_header->resizeSection(column.id, m_header->sectionSize(column.id) * scale / before);
    }
    m_fitting = false;
    fitColumns();
}

} // namespace fd
