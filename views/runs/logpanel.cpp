// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logpanel.h"

#include "views/common/controls.h"
#include "views/common/searchfield.h"
#include "views/common/stateplaceholder.h"
#include "views/runs/logbar.h"
#include "views/runs/logdelegate.h"
#include "views/runs/logfinder.h"
#include "views/runs/logfollower.h"
#include "views/runs/loglinepane.h"
#include "views/runs/logview.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace fd {

LogPanel::LogPanel(QWidget *parent)
    : QWidget(parent), m_bar(new LogBar(this)), m_failed(new FailedPanel(this)), m_view(new LogView(this)),
      m_empty(new TextLabel({}, TextRole::Quiet, Tone::Text3, this)), m_line(new LogLinePane(this))
{
    arrange();
    connectBar();
    setFocusProxy(m_view);
}

void LogPanel::arrange()
{
    m_failed->hide();
    m_line->hide();
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setMargin(metrics::kSection);
    m_empty->setWordWrap(true);
    auto *lines = new QWidget(this);
    m_stack = new QStackedLayout(lines);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(separator(Qt::Horizontal, this));
    layout->addWidget(m_failed);
    layout->addWidget(lines, 1);
    layout->addWidget(m_line);
}

void LogPanel::connectBar()
{
    connect(m_bar, &LogBar::filterChosen, this, &LogPanel::applyFilter);
    connect(m_bar, &LogBar::nextRequested, this, &LogPanel::findNext);
    connect(m_bar, &LogBar::previousRequested, this, &LogPanel::findPrevious);
    connect(m_bar, &LogBar::exportRequested, this, &LogPanel::exportText);
    connect(m_bar, &LogBar::followToggled, this, [this](bool on) {
        if (on)
            m_follower->start();
        else
            m_follower->stop();
    });
    connect(m_bar->search(), &SearchField::searchChanged, this, &LogPanel::search);
    connect(m_bar, &LogBar::patternToggled, this, [this] { search(m_bar->search()->text()); });
    connect(m_bar->search(), &SearchField::leaveRequested, this, [this] {
        if (m_finder->search().isEmpty())
            focusLines();
        else
            m_finder->next();
    });
    connect(m_view, &LogView::endPressed, this, &LogPanel::follow);
    connect(m_view, &LogView::copyRequested, this, &LogPanel::copySelection);
    connect(m_view, &LogView::opened, this, &LogPanel::openLine);
    connect(m_view, &LogView::currentLineChanged, this, &LogPanel::onCurrentLine);
    connect(m_line, &LogLinePane::closed, this, [this] {
        m_line->hide();
        focusLines();
    });
    connect(m_failed, &FailedPanel::retryRequested, this, [this] {
        m_failed->hide();
        m_view->lines()->setFlowRun(0);
        m_view->lines()->setFlowRun(m_run);
    });
}

void LogPanel::setStore(Store &store)
{
    m_store = &store;
    m_view->setStore(store);
    m_finder = new LogFinder(m_view);
    m_follower = new LogFollower(m_view, m_view->lines());
    connect(m_finder, &LogFinder::changed, this,
        [this] { m_bar->setFindSummary(m_finder->summary(), m_finder->search().problem()); });
    connect(m_follower, &LogFollower::changed, this,
        [this] { m_bar->setFollowing(m_follower->isFollowing(), m_follower->missed()); });
    connectLines();
}

void LogPanel::connectLines()
{
    const LogListModel *lines = m_view->lines();
    connect(lines, &LogListModel::countsChanged, this, [this] {
        m_bar->setCounts(m_view->lines()->countsFromLevel());
        updateEmpty();
    });
    connect(lines, &LogListModel::settled, this, &LogPanel::onSettled);
    connect(lines, &QAbstractItemModel::rowsInserted, this, &LogPanel::updateEmpty);
    connect(lines, &QAbstractItemModel::rowsRemoved, this, &LogPanel::updateEmpty);
    connect(lines, &LogListModel::failed, this, [this](const Error &error) {
        m_failed->setError(tr("The log could not be read"), error);
        m_failed->show();
    });
}

void LogPanel::search(const QString &text) { m_finder->setSearch({.text = text, .isPattern = m_bar->isPattern()}); }

void LogPanel::setRun(const FlowRun &run, int minimumLevel)
{
    m_run = run.row;
    m_runName = run.name;
    m_failed->hide();
    m_line->hide();
    m_follower->stop();
    m_level = minimumLevel;
    m_task = 0;
    m_bar->setFilter(m_level, 0);
    m_bar->search()->setSearch({});
    m_finder->setSearch({});
    updateRun(run);
    m_toEnd = run.state.type == StateType::Failed || run.state.type == StateType::Crashed;
    m_view->lines()->setFilter(m_level, 0);
    m_view->lines()->setFlowRun(run.row);
    m_view->scrollToTop();
    m_bar->setCounts(m_view->lines()->countsFromLevel());
    updateEmpty();
    if (m_live)
        m_follower->start();
    if (m_view->lines()->isSettled())
        onSettled();
}

void LogPanel::updateRun(const FlowRun &run)
{
    m_live = !isTerminal(run.state.type);
    m_bar->setLive(m_live);
    updateEmpty();
}

void LogPanel::setTasks(const QList<TaskRun> &tasks)
{
    QList<LogTask> listed;
    listed.reserve(tasks.size());
    m_names.clear();
    for (const TaskRun &task : tasks) {
        listed.append({task.row, task.name});
        m_names.insert(task.row, task.name);
    }
    m_bar->setTasks(listed);
    m_view->delegate()->setTaskNames(m_names);
}

void LogPanel::showTask(RowId task)
{
    if (task != m_task)
        applyFilter(m_level, task);
}

void LogPanel::showTime(Instant time)
{
    m_follower->stop();
    if (const int row = m_view->rowAtTime(time); row >= 0)
        m_view->scrollTo(m_view->lines()->index(row, 0), QAbstractItemView::PositionAtTop);
}

void LogPanel::applyFilter(int minimumLevel, RowId task)
{
    if (std::exchange(m_level, minimumLevel) != minimumLevel)
        emit levelChosen(minimumLevel);
    m_task = task;
    m_bar->setFilter(minimumLevel, task);
    m_view->lines()->setFilter(minimumLevel, task);
    if (m_view->lines()->isSettled())
        onSettled();
}

void LogPanel::updateEmpty()
{
    if (!m_store)
        return;
    const bool none = m_view->lines()->countsFromLevel()[0] == 0;
    if (none && m_live)
        m_empty->setText(tr("No lines yet. The flow writes the first ones when it starts."));
    else if (none)
        m_empty->setText(tr("This run wrote no lines."));
    else
        m_empty->setText(tr("No line of this level and task."));
    const bool empty = m_view->lines()->rowCount() == 0 && m_view->lines()->isSettled();
    m_stack->setCurrentIndex(empty ? m_stack->indexOf(m_empty) : m_stack->indexOf(m_view));
}

void LogPanel::onSettled()
{
    updateEmpty();
    if (std::exchange(m_toEnd, false))
        m_view->scrollToBottom();
    else if (!m_follower->isFollowing() && m_view->currentIndex().isValid())
        m_view->scrollTo(m_view->currentIndex());
}

void LogPanel::onCurrentLine()
{
    const LogEntry *entry = m_view->currentLine();
    if (!entry)
        return;
    if (m_line->isVisible())
        m_line->setLine(*entry, m_names.value(entry->taskRun));
    emit lineSelected(entry->taskRun);
}

void LogPanel::openLine()
{
    const LogEntry *entry = m_view->currentLine();
    if (!entry)
        return;
    m_line->setLine(*entry, m_names.value(entry->taskRun));
    m_line->show();
    m_view->scrollTo(m_view->currentIndex());
}

void LogPanel::focusLines()
{
    if (!m_view->currentIndex().isValid() && m_view->lines() && m_view->lines()->rowCount() > 0)
        m_view->selectionModel()->setCurrentIndex(
            m_view->indexAt(m_view->viewport()->rect().topLeft()), QItemSelectionModel::NoUpdate);
    m_view->setFocus();
}

void LogPanel::focusSearch()
{
    m_bar->search()->setFocus();
    m_bar->search()->selectAll();
}

void LogPanel::findNext()
{
    if (m_finder->search().isEmpty())
        focusSearch();
    else
        m_finder->next();
}

void LogPanel::findPrevious()
{
    if (m_finder->search().isEmpty())
        focusSearch();
    else
        m_finder->previous();
}

void LogPanel::follow()
{
    if (m_live)
        m_follower->start();
    else
        m_view->scrollToBottom();
}

bool LogPanel::stepBack()
{
    if (m_line->isVisible()) {
        m_line->hide();
        return true;
    }
    if (m_finder && !m_finder->search().isEmpty()) {
        m_bar->search()->setSearch({});
        m_finder->setSearch({});
        return true;
    }
    return false;
}

} // namespace fd
