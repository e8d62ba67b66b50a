// SPDX-License-Identifier: GPL-3.0-or-later
// What DeploymentsPage does with its list: filter, selection, states of emptiness, actions on rows.
#include "views/deployments/deploymentspage.h"

#include "models/workspace/workspace.h"
#include "views/common/format.h"
#include "views/common/icons.h"
#include "views/common/questiondialog.h"
#include "views/common/searchfield.h"
#include "views/common/stateplaceholder.h"
#include "views/deployments/deploymentactions.h"
#include "views/deployments/deploymentsheader.h"
#include "views/deployments/deploymenttable.h"
#include "views/deployments/quickrunner.h"
#include "views/deployments/searchwords.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QStackedLayout>

namespace fd {
namespace {

/// What starts is listed before; more than this is no list any more.
constexpr qsizetype kMostRuns = 50;
constexpr int kMostCopied = 10'000;

} // namespace

void DeploymentsPage::takeSearch(const QString &text, bool finished)
{
    const SearchWords words = readSearch(text);
    DeploymentFilter filter = m_filter;
    filter.text = words.text;
    for (const QString &tag : words.tags) {
        if (!filter.tags.contains(tag))
            filter.tags += tag;
    }
    for (const StateType state : words.states) {
        if (!filter.states.contains(state))
            filter.states += state;
    }
    const bool typedFilters = !words.tags.isEmpty() || !words.states.isEmpty();
    if (typedFilters && !finished) {
        // While typing, "tag:fin" is not yet the tag "finance": it becomes a chip on Enter.
        return;
    }
    if (typedFilters)
        m_header->search()->setSearch(words.text);
    setFilter(filter);
}

void DeploymentsPage::setFilter(const DeploymentFilter &filter)
{
    m_filter = filter;
    m_model->setFilter(filter);
    m_filterBar->setFilter(filter);
    m_rememberTimer.start();
    m_actions->setReason(
        DeploymentActions::ClearFilters, filter == DeploymentFilter() ? tr("Nothing is filtered.") : QString());
    updateCounts();
}

void DeploymentsPage::clearFilters()
{
    m_header->search()->setSearch({});
    setFilter({});
}

void DeploymentsPage::updateCounts()
{
    m_header->setCounts(m_model->rowCount(), m_model->total());
    emit totalChanged(format::count(m_model->total()));
    emit statusChanged();
    updatePlaceholder();
}

void DeploymentsPage::updatePlaceholder()
{
    // The first rows come without a filter: they would say that they match.
    const bool isRecalling = m_recalled && m_filter != DeploymentFilter() && !m_model->isSettled();
    if (m_model->rowCount() > 0 && !isRecalling) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (!m_model->isSettled()) {
        // Rows that were there a moment ago stay until it is known that none match.
        if (m_model->total() == 0 || isRecalling)
            m_stack->setCurrentWidget(m_skeleton);
        return;
    }
    if (m_model->total() == 0)
        m_placeholder->setContent({.iconName = QStringLiteral("document-new"),
            .title = tr("No deployments yet"),
            .text = tr("A deployment says what runs, where and when. Open a spec you have, and see what it would "
                       "create."),
            .button = tr("Open spec…"),
            .buttonIcon = QStringLiteral("folder-open"),
            .remark = tr("or drop a YAML file here")});
    else
        m_placeholder->setContent({.iconName = QStringLiteral("view-filter"),
            .title = tr("No deployment matches"),
            .text = tr("None of %1 deployments fits the search and filters.").arg(format::count(m_model->total())),
            .button = tr("Clear search and filters"),
            .buttonIcon = {},
            .remark = tr("The search box stays where it was.")});
    m_stack->setCurrentWidget(m_placeholder);
}

void DeploymentsPage::showFailure(const Error &error)
{
    m_failed->setError(tr("Deployments could not be read"), error);
    m_failed->show();
    updatePlaceholder();
}

QString DeploymentsPage::statusText() const
{
    if (m_model == nullptr)
        return {};
    const QString counts
        = tr("%1 deployments").arg(DeploymentsHeader::countText(m_model->rowCount(), m_model->total()));
    return m_selected == 0 ? counts : tr("%1 selected · %2").arg(format::count(m_selected), counts);
}

const DeploymentRow *DeploymentsPage::currentRow() const
{
    return m_table->currentIndex().isValid() ? m_model->rowAt(m_table->currentIndex().row()) : nullptr;
}

QStringList DeploymentsPage::selectedNames() const
{
    QStringList names;
    for (const RowId id : m_table->selectedIds()) {
        const DeploymentRow *row = m_model->rowAt(m_model->rowOf(id));
        names += row == nullptr ? QString(format::kAbsent)
                                : tr("%1 / %2").arg(oneLine(row->flowName), oneLine(row->name));
    }
    return names;
}

void DeploymentsPage::updateSelection()
{
    const QList<RowId> ids = m_table->selectedIds();
    m_selected = static_cast<int>(ids.size());
    if (m_inspector != nullptr)
        m_inspector->showSelection(ids);
    const DeploymentRow *row = currentRow();
    const QString none = ids.isEmpty() ? tr("Choose a deployment first.") : QString();
    const QString several = ids.size() > 1 ? tr("Choose one deployment.") : none;
    const Capabilities can = m_workspace.capabilities();
    const QString tooMany = ids.size() > kMostRuns ? tr("Quick Run starts at most 50 at a time.") : none;
    m_actions->setReason(DeploymentActions::QuickRun, can.canRun ? tooMany : can.reason);
    m_actions->setReason(DeploymentActions::Delete, can.canDeleteDeployments ? none : can.reason);
    for (const auto id : {DeploymentActions::Open, DeploymentActions::OpenNewWindow, DeploymentActions::AllRuns,
             DeploymentActions::CopyName, DeploymentActions::CopyId})
        m_actions->setReason(id, several);
    const bool hasRun = row != nullptr && row->lastRun != 0;
    m_actions->setReason(
        DeploymentActions::OpenLastRun, several.isEmpty() && !hasRun ? tr("It has not run yet.") : several);
    m_actions->setReason(DeploymentActions::CopyRows, none);
    m_actions->setReason(
        DeploymentActions::ClearFilters, m_filter == DeploymentFilter() ? tr("Nothing is filtered.") : QString());
    m_name = ids.size() == 1 && row != nullptr ? oneLine(row->name).left(100) : QString();
    emit titleChanged();
    emit statusChanged();
}

void DeploymentsPage::recall()
{
    m_recalled = ListMemory::recall(m_memory);
    if (m_recalled->filter == DeploymentFilter())
        return;
    m_header->search()->setSearch(m_recalled->filter.text);
    setFilter(m_recalled->filter);
}

void DeploymentsPage::remember()
{
    if (!m_recalled)
        ListMemory{.filter = m_filter, .current = m_table->currentId(), .scroll = m_table->verticalScrollBar()->value()}
            .remember(m_memory);
}

void DeploymentsPage::selectRecalled()
{
    // A new mirror's first rows are still to come.
    if (!m_recalled || m_model->total() == 0)
        return;
    const ListMemory known = *std::exchange(m_recalled, std::nullopt);
    updatePlaceholder();
    // Somebody was faster than the list.
    if (m_table->currentIndex().isValid())
        return;
    if (!m_table->selectId(known.current) && m_model->rowCount() > 0)
        m_table->selectId(m_model->idAt(0));
    m_table->verticalScrollBar()->setValue(known.scroll);
}

void DeploymentsPage::selectPending()
{
    if (m_pending == 0)
        return;
    if (m_table->selectId(m_pending))
        m_pending = 0;
    else if (m_model->isSettled() && m_filter != DeploymentFilter())
        clearFilters();
    else if (m_model->isSettled())
        m_pending = 0;
    if (m_pending == 0)
        emit inspectorRequested(true);
}

void DeploymentsPage::open(RowId deployment)
{
    if (deployment == 0)
        return;
    updateSelection();
    emit inspectorRequested(true);
    if (m_inspector != nullptr)
        m_inspector->setFocus();
}

void DeploymentsPage::quickRunSelected()
{
    const QList<RowId> ids = m_table->selectedIds();
    if (ids.size() == 1) {
        m_runner->run(ids.constFirst());
        return;
    }
    if (ids.isEmpty() || ids.size() > kMostRuns)
        return;
    auto *dialog = new QuestionDialog({.title = tr("Run %1 deployments?").arg(format::count(ids.size())),
                                          .paragraphs = {tr("Each starts now with its own parameters; one that needs "
                                                            "more asks for them.")},
                                          .objects = selectedNames(),
                                          .button = tr("Run %1 deployments").arg(format::count(ids.size()))},
        this);
    connect(dialog, &QDialog::accepted, this, [this, ids] {
        for (const RowId id : ids)
            m_runner->run(id);
    });
    dialog->open();
}

void DeploymentsPage::copyRows()
{
    QStringList lines;
    const Instant now = m_clock();
    for (const RowId id : m_table->selectedIds()) {
        const DeploymentRow *row = m_model->rowAt(m_model->rowOf(id));
        if (row == nullptr)
            continue;
        QStringList cells{row->flowName, row->name, row->tags.join(QStringLiteral(", "))};
        for (const auto column : {DeploymentColumn::Schedule, DeploymentColumn::NextRun, DeploymentColumn::LastRun})
            cells += deploymentCellText(*row, column, now);
        lines += cells.join(u'\t');
        if (lines.size() >= kMostCopied)
            break;
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void DeploymentsPage::showMenu(QPoint position)
{
    updateSelection();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (QAction *action : m_actions->contextMenu()) {
        if (action == nullptr) {
            menu->addSeparator();
            continue;
        }
        const QString icon = action->property("fd-icon").toString();
        if (!icon.isEmpty() && action->icon().isNull())
            action->setIcon(icons::named(icon));
        menu->addAction(action);
    }
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void DeploymentsPage::keyPressEvent(QKeyEvent *event)
{
    // Esc goes one step back: first the search text, then the filters stay until they are cleared by name.
    if (event->key() == Qt::Key_Escape && m_model != nullptr && !m_header->search()->text().isEmpty()) {
        m_header->search()->setSearch({});
        takeSearch({}, true);
        return;
    }
    Page::keyPressEvent(event);
}

} // namespace fd
