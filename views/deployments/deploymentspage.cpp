// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymentspage.h"

#include "models/workspace/workspace.h"
#include "views/common/searchfield.h"
#include "views/common/stateplaceholder.h"
#include "views/common/uimemory.h"
#include "views/deployments/deploymentactions.h"
#include "views/deployments/deploymentremover.h"
#include "views/deployments/deploymentsheader.h"
#include "views/deployments/deploymenttable.h"
#include "views/deployments/quickrunner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fd {
namespace {

const QString kColumnsKey = QStringLiteral("deployments/columns");
const QString kCompactKey = QStringLiteral("deployments/compact");
const QString kTabKey = QStringLiteral("deployments/inspector_tab");

} // namespace

DeploymentsPage::DeploymentsPage(Workspace &workspace, UiMemory &memory, Clock clock, QWidget *parent)
    : Page(parent), m_workspace(workspace), m_memory(memory), m_clock(std::move(clock)),
      m_header(new DeploymentsHeader(this)), m_actions(new DeploymentActions(this)),
      m_runner(new QuickRunner(workspace, m_clock, this)), m_remover(new DeploymentRemover(workspace, this))
{
    m_header->hide();
    connect(m_runner, &QuickRunner::message, this, &Page::message);
    connect(m_remover, &DeploymentRemover::message, this, &Page::message);
    connect(m_runner, &QuickRunner::runRequested, this,
        [this](RowId run) { emit navigate({.kind = Destination::Kind::Run, .id = run}, false); });
    m_selectionTimer.setSingleShot(true);
    m_selectionTimer.setInterval(0);
    connect(&m_selectionTimer, &QTimer::timeout, this, &DeploymentsPage::updateSelection);
    constexpr int kRememberAfterMs = 400;
    m_rememberTimer.setSingleShot(true);
    m_rememberTimer.setInterval(kRememberAfterMs);
    connect(&m_rememberTimer, &QTimer::timeout, this, &DeploymentsPage::remember);
}

DeploymentsPage::~DeploymentsPage() = default;

QString DeploymentsPage::title() const
{
    return m_name.isEmpty() ? tr("Deployments") : tr("%1 - Deployments").arg(m_name);
}

QList<QAction *> DeploymentsPage::menuActions(MenuId menu) const { return m_actions->menu(menu); }

QWidget *DeploymentsPage::headerWidget() { return m_header; }

void DeploymentsPage::setTagSource(TagSource source)
{
    m_tagSource = std::move(source);
    if (m_filterBar != nullptr)
        m_filterBar->setTagSource(m_tagSource);
}

void DeploymentsPage::activate(const Destination &destination)
{
    if (m_model == nullptr)
        start();
    if (destination.kind == Destination::Kind::Deployment && m_recalled)
        m_recalled.reset();
    if (!destination.search.isEmpty()) {
        m_header->search()->setSearch(destination.search);
        takeSearch(destination.search, true);
    }
    if (destination.kind == Destination::Kind::Deployment && destination.id != 0) {
        m_pending = destination.id;
        selectPending();
    }
}

void DeploymentsPage::start()
{
    m_model = new DeploymentListModel(m_workspace.store(), this);
    m_model->setCellText([clock = m_clock](const DeploymentRow &row, DeploymentColumn column) {
        return deploymentCellText(row, column, clock());
    });
    makeList();
    connectTable();
    connectSearch();
    connectActions();
    makeTabShortcuts();
    recall();
    updateCounts();
    updateSelection();
    setFocusProxy(m_table);
}

void DeploymentsPage::makeList()
{
    m_table = new DeploymentTable(*m_model, m_clock, [this](RowId id) {
        if (!m_workspace.capabilities().canRun)
            return RunButton::Hidden;
        return m_runner->isBusy(id) ? RunButton::Busy : RunButton::Idle;
    });
    m_filterBar = new FilterBar(*m_model);
    m_filterBar->setTagSource(m_tagSource);
    m_failed = new FailedPanel;
    m_failed->hide();
    m_skeleton = new SkeletonRows;
    m_placeholder = new Placeholder;
    m_stack = new QStackedLayout;
    for (QWidget *part : std::initializer_list<QWidget *>{m_table, m_skeleton, m_placeholder})
        m_stack->addWidget(part);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filterBar);
    column->addWidget(m_failed);
    column->addLayout(m_stack, 1);
    QWidget::setTabOrder(m_header->search(), m_filterBar);
    QWidget::setTabOrder(m_filterBar, m_table);

    const bool compact = m_memory.value(kCompactKey).toBool();
    m_actions->at(DeploymentActions::CompactRows)->setChecked(compact);
    m_table->setCompact(compact);
    const QByteArray columns = m_memory.value(kColumnsKey).toByteArray();
    if (columns.isEmpty())
        m_table->setSort(static_cast<int>(DeploymentColumn::NextRun), Qt::AscendingOrder);
    else
        m_table->restoreState(columns);
}

void DeploymentsPage::connectTable()
{
    connect(m_table, &TableView::buttonClicked, this,
        [this](const QModelIndex &index) { m_runner->run(m_model->idAt(index.row())); });
    connect(m_runner, &QuickRunner::busyChanged, m_table, &DeploymentTable::updateId);
    connect(m_table, &TableView::opened, this, [this](const QModelIndex &index) { open(m_model->idAt(index.row())); });
    connect(m_table, &TableView::openedInNewWindow, this, [this](const QModelIndex &index) {
        emit navigate({.kind = Destination::Kind::Deployment, .id = m_model->idAt(index.row())}, true);
    });
    connect(m_table, &TableView::spacePressed, this,
        [this] { emit inspectorRequested(m_inspector == nullptr || !m_inspector->isVisible()); });
    connect(m_table, &TableView::layoutEdited, this, [this] { m_memory.setValue(kColumnsKey, m_table->saveState()); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &DeploymentsPage::showMenu);
    connect(m_table, &DeploymentTable::dayClicked, this, [this](RowId deployment, Instant from, Instant until) {
        emit navigate({.kind = Destination::Kind::Runs, .deployment = deployment, .from = from, .until = until}, false);
    });
    const auto later = [this] { m_selectionTimer.start(); };
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, later);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, later);
    connect(m_model, &DeploymentListModel::countsChanged, this, &DeploymentsPage::updateCounts);
    connect(m_model, &DeploymentListModel::settled, this, [this] {
        m_failed->hide();
        selectRecalled();
        updateCounts();
        selectPending();
    });
    const auto rememberSoon = [this] { m_rememberTimer.start(); };
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, rememberSoon);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, rememberSoon);
    connect(m_model, &DeploymentListModel::failed, this, &DeploymentsPage::showFailure);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, later);
}

void DeploymentsPage::connectSearch()
{
    SearchField *search = m_header->search();
    connect(search, &SearchField::searchChanged, this, [this](const QString &text) { takeSearch(text, false); });
    connect(search, &SearchField::removeLastRequested, this, [this] { m_filterBar->removeLast(); });
    connect(search, &SearchField::leaveRequested, this, [this, search] {
        takeSearch(search->text(), true);
        m_table->setFocus();
        if (m_table->selectedIds().isEmpty() && m_model->rowCount() > 0)
            m_table->selectId(m_model->idAt(0));
    });
    connect(m_filterBar, &FilterBar::edited, this, [this](const QStringList &tags, const QList<StateType> &states) {
        setFilter({.text = m_filter.text, .tags = tags, .states = states});
    });
    connect(m_placeholder, &Placeholder::triggered, this, [this] {
        if (m_model->total() == 0)
            emit openSpecRequested();
        else
            clearFilters();
    });
    connect(m_failed, &FailedPanel::retryRequested, this, [this] {
        // A filter that differs but means the same makes the model read anew.
        m_failed->hide();
        m_model->setFilter({.text = QStringLiteral(" "), .tags = {}, .states = {}});
        m_model->setFilter(m_filter);
    });
}

void DeploymentsPage::connectActions()
{
    const auto on
        = [this](DeploymentActions::Id id, auto act) { connect(m_actions->at(id), &QAction::triggered, this, act); };
    on(DeploymentActions::Open, [this] { open(m_table->currentId()); });
    on(DeploymentActions::OpenNewWindow,
        [this] { emit navigate({.kind = Destination::Kind::Deployment, .id = m_table->currentId()}, true); });
    on(DeploymentActions::QuickRun, [this] { quickRunSelected(); });
    on(DeploymentActions::OpenLastRun, [this] {
        if (const DeploymentRow *row = currentRow(); row != nullptr && row->lastRun != 0)
            emit navigate({.kind = Destination::Kind::Run, .id = row->lastRun}, false);
    });
    on(DeploymentActions::AllRuns,
        [this] { emit navigate({.kind = Destination::Kind::Runs, .deployment = m_table->currentId()}, false); });
    on(DeploymentActions::CopyRows, [this] { copyRows(); });
    on(DeploymentActions::CopyName, [this] {
        if (const DeploymentRow *row = currentRow())
            QGuiApplication::clipboard()->setText(QStringLiteral("%1/%2").arg(row->flowName, row->name));
    });
    on(DeploymentActions::CopyId, [this] {
        if (const DeploymentRow *row = currentRow())
            QGuiApplication::clipboard()->setText(row->id.toText());
    });
    on(DeploymentActions::Delete, [this] { m_remover->ask(m_table->selectedIds(), selectedNames()); });
    on(DeploymentActions::SelectAll, [this] { m_table->selectAll(); });
    on(DeploymentActions::Find, [this] {
        m_header->search()->setFocus(Qt::ShortcutFocusReason);
        m_header->search()->selectAll();
    });
    on(DeploymentActions::AddFilter, [this] { m_filterBar->addFilter(); });
    on(DeploymentActions::ClearFilters, [this] { clearFilters(); });
    on(DeploymentActions::CompactRows, [this](bool compact) {
        m_table->setCompact(compact);
        m_memory.setValue(kCompactKey, compact);
    });
    for (const auto id : {DeploymentActions::CopyRows, DeploymentActions::SelectAll, DeploymentActions::Delete})
        m_table->addAction(m_actions->at(id));
}

void DeploymentsPage::makeTabShortcuts()
{
    for (int tab = 0; tab < InspectorPanel::TabCount; ++tab) {
        const QKeyCombination keys(Qt::AltModifier | Qt::ShiftModifier, static_cast<Qt::Key>(Qt::Key_1 + tab));
        auto *shortcut = new QShortcut(QKeySequence(keys), this);
        connect(shortcut, &QShortcut::activated, this, [this, tab] {
            emit inspectorRequested(true);
            if (m_inspector != nullptr)
                m_inspector->setTab(tab);
        });
    }
}

QWidget *DeploymentsPage::inspector()
{
    if (m_inspector != nullptr)
        return m_inspector;
    m_inspector = new InspectorPanel(m_workspace, m_clock,
        {.quickRun = m_actions->at(DeploymentActions::QuickRun), .remove = m_actions->at(DeploymentActions::Delete)},
        this);
    m_inspector->setTab(m_memory.value(kTabKey).toInt());
    connect(m_inspector, &InspectorPanel::navigate, this, &Page::navigate);
    connect(m_inspector, &InspectorPanel::tabChanged, this, [this](int tab) { m_memory.setValue(kTabKey, tab); });
    connect(m_inspector, &InspectorPanel::leaveRequested, this, [this] { m_table->setFocus(); });
    if (m_table != nullptr && !m_recalled && !m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectId(m_model->idAt(0));
    updateSelection();
    return m_inspector;
}

} // namespace fd
