// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runspage.h"

#include "models/items/watchers.h"
#include "models/workspace/workspace.h"
#include "views/common/format.h"
#include "views/common/searchfield.h"
#include "views/common/stateplaceholder.h"
#include "views/common/uimemory.h"
#include "views/runs/cancelrun.h"
#include "views/runs/runfilterbar.h"
#include "views/runs/runschart.h"
#include "views/runs/runsheader.h"
#include "views/runs/runstable.h"
#include "views/runs/runtext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fd {
namespace {

const QString kSearchKey = QStringLiteral("runs/search");
const QString kStatesKey = QStringLiteral("runs/states");

} // namespace

RunsPage::RunsPage(Workspace &workspace, UiMemory &memory, Clock clock, QWidget *parent)
    : Page(parent), m_workspace(workspace), m_memory(memory), m_clock(std::move(clock)), m_header(new RunsHeader(this)),
      m_filterBar(new RunFilterBar(this)), m_chart(new RunsChart(m_clock, this)), m_failed(new FailedPanel(this)),
      m_skeleton(new SkeletonRows(this)), m_table(new RunsTable(memory, m_clock, this)),
      m_placeholder(new Placeholder(this)), m_canceller(new RunCanceller(workspace, this)),
      m_open(new QAction(tr("&Open run"), this)), m_cancel(new QAction(tr("&Cancel…"), this)),
      m_copyName(new QAction(tr("Copy &name"), this)), m_copyId(new QAction(tr("Copy &ID"), this)),
      m_earlier(new QAction(tr("Runs of an &earlier time"), this)),
      m_later(new QAction(tr("Runs of a &later time"), this))
{
    m_failed->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_chart);
    layout->addWidget(m_failed);
    layout->addWidget(makeList(), 1);
    makeActions();
    connectParts();
    setFocusProxy(m_table);
}

RunsPage::~RunsPage() = default;

QWidget *RunsPage::makeList()
{
    auto *list = new QWidget(this);
    m_stack = new QStackedLayout(list);
    m_stack->addWidget(m_skeleton);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_placeholder);
    return list;
}

void RunsPage::makeActions()
{
    m_cancel->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C));
    m_cancel->setStatusTip(tr("Asks before it cancels the run"));
    m_earlier->setShortcut(QKeySequence(Qt::ALT | Qt::Key_BracketLeft));
    m_later->setShortcut(QKeySequence(Qt::ALT | Qt::Key_BracketRight));
    m_earlier->setStatusTip(tr("Moves the selected time to the one before it"));
    m_later->setStatusTip(tr("Moves the selected time to the one after it"));
    addActions({m_open, m_cancel, m_copyName, m_copyId, m_earlier, m_later});
    connect(m_earlier, &QAction::triggered, this, [this] { moveTime(false); });
    connect(m_later, &QAction::triggered, this, [this] { moveTime(true); });
    connect(m_open, &QAction::triggered, this, [this] {
        if (const FlowRunRow *run = m_table->currentRun())
            open(run->row, false);
    });
    connect(m_cancel, &QAction::triggered, this, &RunsPage::cancelCurrent);
    connect(m_copyName, &QAction::triggered, this, [this] {
        if (const FlowRunRow *run = m_table->currentRun())
            QGuiApplication::clipboard()->setText(run->name);
    });
    connect(m_copyId, &QAction::triggered, this, [this] {
        if (const FlowRunRow *run = m_table->currentRun())
            QGuiApplication::clipboard()->setText(run->id.toText());
    });
    updateActions();
}

void RunsPage::connectParts()
{
    connect(m_header->search(), &SearchField::searchChanged, this, [this](const QString &text) {
        FlowRunListFilter filter = m_filter;
        filter.text = text;
        setFilter(filter);
    });
    connect(m_header->search(), &SearchField::leaveRequested, this, [this] {
        m_table->ensureCurrent();
        m_table->setFocus();
    });
    connect(m_header->search(), &SearchField::removeLastRequested, this, [this] { clearFilter(false); });
    connect(m_filterBar, &RunFilterBar::stateToggled, this, &RunsPage::toggleState);
    connect(m_filterBar, &RunFilterBar::cleared, this, [this] { clearFilter(false); });
    connect(m_filterBar, &RunFilterBar::deploymentRemoved, this, [this] {
        FlowRunListFilter filter = m_filter;
        filter.deployment = 0;
        setFilter(filter);
    });
    connect(m_filterBar, &RunFilterBar::timeRemoved, this, [this] { setTime({}, {}); });
    connect(m_chart, &RunsChart::rangeChosen, this, [this](const TimeRange &range) {
        if (range.isEmpty())
            setTime({}, {});
        else
            setTime(range.from, range.until);
    });
    connect(m_filterBar, &RunFilterBar::topRequested, m_table, &RunsTable::scrollToTop);
    connect(m_table, &RunsTable::rowsAboveChanged, m_filterBar, &RunFilterBar::setRowsAbove);
    connect(m_table, &RunsTable::runOpened, this, &RunsPage::open);
    connect(m_table, &RunsTable::menuRequested, this, &RunsPage::showMenu);
    connect(m_table, &RunsTable::currentRunChanged, this, &RunsPage::updateActions);
    connect(m_failed, &FailedPanel::retryRequested, this, &RunsPage::retry);
    connect(m_canceller, &RunCanceller::message, this, &Page::message);
    connect(m_placeholder, &Placeholder::triggered, this, [this] {
        if (m_table->runs()->total() == 0)
            emit navigate({.kind = Destination::Kind::Deployments}, false);
        else
            clearFilter(true);
    });
}

void RunsPage::start()
{
    m_table->setStore(m_workspace.store());
    m_chart->setStore(m_workspace.store());
    m_deployment = new DeploymentWatcher(m_workspace.store(), this);
    FlowRunListModel *runs = m_table->runs();
    connect(runs, &FlowRunListModel::countsChanged, this, &RunsPage::updateCounts);
    connect(runs, &FlowRunListModel::settled, this, [this] {
        m_failed->hide();
        updateCounts();
    });
    connect(runs, &FlowRunListModel::failed, this, &RunsPage::showFailure);
    connect(runs, &QAbstractItemModel::rowsInserted, this, &RunsPage::updateCounts);
    connect(runs, &QAbstractItemModel::rowsRemoved, this, &RunsPage::updateCounts);
    recall();
    updateCounts();
}

void RunsPage::recall()
{
    m_filter.text = m_memory.value(kSearchKey).toString();
    for (const QString &word : m_memory.value(kStatesKey).toStringList()) {
        if (const StateType type = stateTypeFromWire(word.section(u'/', 0, 0)); type != StateType::Unknown)
            m_filter.states += stateGroup(type, word.section(u'/', 1));
    }
    m_header->search()->setSearch(m_filter.text);
}

void RunsPage::activate(const Destination &destination)
{
    if (!m_table->runs())
        start();
    FlowRunListFilter filter = m_filter;
    if (destination.from || destination.until) {
        // Exactly those runs, whatever was looked for before.
        filter = {.from = destination.from, .until = destination.until};
        m_header->search()->setSearch({});
    }
    if (destination.deployment != 0)
        filter.deployment = destination.deployment;
    if (!destination.search.isEmpty()) {
        filter.text = destination.search;
        m_header->search()->setSearch(destination.search);
    }
    setFilter(filter);
    m_chart->moveOn();
    m_table->ensureCurrent();
}

QList<QAction *> RunsPage::menuActions(MenuId menu) const
{
    switch (menu) {
    case MenuId::Run:
        return {m_open, m_cancel};
    case MenuId::Edit:
        return {m_copyName, m_copyId};
    case MenuId::View:
        return {m_earlier, m_later};
    default:
        return {};
    }
}

QString RunsPage::statusText() const
{
    const FlowRunListModel *runs = m_table->runs();
    if (!runs)
        return {};
    const QString total = format::count(runs->total());
    if (m_filter == FlowRunListFilter{} || !runs->isSettled())
        return runs->total() == 1 ? tr("1 run") : tr("%1 runs").arg(total);
    return tr("%1 of %2 runs").arg(format::count(runs->rowCount()), total);
}

QWidget *RunsPage::headerWidget() { return m_header; }

void RunsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_filter != FlowRunListFilter{}) {
        clearFilter(true);
        return;
    }
    Page::keyPressEvent(event);
}

void RunsPage::setFilter(const FlowRunListFilter &filter)
{
    m_filter = filter;
    m_deployment->watch(filter.deployment);
    const std::optional<Deployment> &deployment = m_deployment->deployment();
    m_filterBar->setDeployment(
        deployment ? runtext::deploymentPath(deployment->flowName, deployment->name) : QString());
    const bool isTimed = filter.from || filter.until;
    m_filterBar->setTime(isTimed ? format::period(filter.from, filter.until, m_clock()) : QString());
    m_chart->setSelection(filter.from && filter.until ? TimeRange{*filter.from, *filter.until} : TimeRange());
    m_table->setFilter(filter);
    QStringList states;
    for (const StateGroup &group : filter.states)
        states += group.name.isEmpty() ? toWire(group.type) : toWire(group.type) + u'/' + group.name;
    m_memory.setValue(kSearchKey, filter.text);
    m_memory.setValue(kStatesKey, states);
    updateCounts();
}

void RunsPage::clearFilter(bool withSearch)
{
    FlowRunListFilter filter;
    if (withSearch)
        m_header->search()->setSearch({});
    else
        filter.text = m_filter.text;
    setFilter(filter);
}

void RunsPage::toggleState(const StateGroup &group, bool shown)
{
    FlowRunListFilter filter = m_filter;
    filter.states.removeAll(group);
    if (shown)
        filter.states.append(group);
    setFilter(filter);
}

void RunsPage::setTime(std::optional<Instant> from, std::optional<Instant> until)
{
    FlowRunListFilter filter = m_filter;
    filter.from = from;
    filter.until = until;
    setFilter(filter);
}

void RunsPage::moveTime(bool later)
{
    if (const TimeRange range = m_chart->neighbour(later); !range.isEmpty())
        setTime(range.from, range.until);
}

void RunsPage::updateCounts()
{
    const FlowRunListModel *runs = m_table->runs();
    m_filterBar->setStates(runs->stateCounts(), m_filter.states);
    // Only the first page may be known as yet.
    if (m_filter == FlowRunListFilter{})
        m_header->setCounts(runs->total(), runs->total());
    else if (runs->isSettled())
        m_header->setCounts(runs->rowCount(), runs->total());
    updatePlaceholder();
    updateActions();
    emit statusChanged();
}

void RunsPage::updatePlaceholder()
{
    const FlowRunListModel *runs = m_table->runs();
    if (runs->rowCount() > 0) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (!runs->isSettled()) {
        if (m_stack->currentWidget() != m_placeholder)
            m_stack->setCurrentWidget(m_skeleton);
        return;
    }
    if (runs->total() == 0) {
        m_placeholder->setContent({.iconName = QStringLiteral("view-history"),
            .title = tr("No runs yet"),
            .text = tr("Quick Run on a deployment starts one. It shows here at once."),
            .button = tr("Show deployments"),
            .buttonIcon = {},
            .remark = {}});
    } else {
        m_placeholder->setContent({.iconName = QStringLiteral("view-filter"),
            .title = tr("No run matches"),
            .text = tr("%1 runs are there without search and filters.").arg(format::count(runs->total())),
            .button = tr("Clear search and filters"),
            .buttonIcon = {},
            .remark = tr("The search box stays where it was.")});
    }
    m_stack->setCurrentWidget(m_placeholder);
}

void RunsPage::updateActions()
{
    const FlowRunRow *run = m_table->currentRun();
    const QString refusal = m_canceller->refusal();
    m_open->setEnabled(run);
    m_copyName->setEnabled(run);
    m_copyId->setEnabled(run);
    m_cancel->setEnabled(run && runtext::isCancellable(run->stateType) && refusal.isEmpty());
    m_cancel->setToolTip(refusal.isEmpty() ? m_cancel->statusTip() : refusal);
}

void RunsPage::showFailure(const Error &error)
{
    m_failed->setError(tr("Runs could not be read"), error);
    m_failed->show();
}

// Asking for another order and back makes the model read again what it could not read.
void RunsPage::retry()
{
    m_failed->hide();
    FlowRunListModel *runs = m_table->runs();
    const int column = static_cast<int>(runs->sortColumn());
    const Qt::SortOrder order = runs->sortOrder();
    runs->sort(column, order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder);
    runs->sort(column, order);
    m_table->viewport()->update();
}

void RunsPage::open(RowId run, bool newWindow)
{
    if (run != 0)
        emit navigate({.kind = Destination::Kind::Run, .id = run}, newWindow);
}

void RunsPage::cancelCurrent()
{
    if (const FlowRunRow *run = m_table->currentRun())
        m_canceller->ask({run->row, run->name, run->flowName, run->deploymentName, run->stateType});
}

void RunsPage::showMenu(QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_open);
    if (m_cancel->isEnabled())
        menu->addAction(m_cancel);
    menu->addSeparator();
    menu->addActions({m_copyName, m_copyId});
    menu->popup(position);
}

} // namespace fd
