// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runpage.h"

#include "models/items/watchers.h"
#include "models/workspace/workspace.h"
#include "views/common/format.h"
#include "views/common/stateplaceholder.h"
#include "views/common/statestrip.h"
#include "views/common/timeline.h"
#include "views/common/uimemory.h"
#include "views/runs/cancelrun.h"
#include "views/runs/logpanel.h"
#include "views/runs/logview.h"
#include "views/runs/runheader.h"
#include "views/runs/runsidepanel.h"
#include "views/runs/runtext.h"
#include "views/runs/taskpanel.h"

#include <QAction>
#include <QKeyEvent>
#include <QSplitter>

namespace fd {

namespace {

constexpr int kSecondMs = 1000;
constexpr double kTaskShare = 0.5;
const QString kSplitterKey = QStringLiteral("run/splitter");

/// The log's level is remembered per deployment.
QString levelKey(const FlowRun &run) { return QStringLiteral("run/log-level/%1").arg(run.deployment); }

} // namespace

RunPage::RunPage(Workspace &workspace, UiMemory &memory, Clock clock, QWidget *parent)
    : Page(parent), m_workspace(workspace), m_memory(memory), m_clock(std::move(clock)), m_header(new RunHeader(this)),
      m_strip(new StateStrip(m_clock, this)), m_failed(new FailedPanel(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)), m_tasks(new TaskPanel(m_clock, this)), m_log(new LogPanel(this)),
      m_gone(new Placeholder(this)), m_side(new RunSidePanel(m_clock, this)),
      m_canceller(new RunCanceller(workspace, this)), m_cancel(new QAction(tr("&Cancel…"), this)),
      m_follow(new QAction(tr("&Follow log\tEnd"), this)), m_asTable(new QAction(tr("&Tasks as table"), this)),
      m_find(new QAction(tr("&Find in log"), this)), m_findNext(new QAction(tr("Find &next"), this)),
      m_findPrevious(new QAction(tr("Find &previous"), this)), m_export(new QAction(tr("E&xport log…"), this)),
      m_copyId(new QAction(tr("Copy run &ID"), this))
{
    m_side->hide();
    m_tick.setInterval(kSecondMs);
    arrange();
    makeActions();
    connectParts();
    setFocusProxy(m_tasks->timeline());
    setTabOrder(m_strip, m_tasks->timeline());
    setTabOrder(m_tasks->timeline(), m_log->view());
}

RunPage::~RunPage() { follow(0); }

QString RunPage::title() const { return m_shownName.isEmpty() ? tr("Run") : m_shownName; }

void RunPage::activate(const Destination &destination)
{
    if (!m_watcher)
        start();
    if (destination.kind == Destination::Kind::Run && destination.id != m_watcher->watched())
        showRun(destination.id);
    follow(m_watcher->watched());
    m_tick.start();
}

void RunPage::deactivate()
{
    m_tick.stop();
    follow(0);
}

void RunPage::follow(RowId run)
{
    if (run == m_followed)
        return;
    if (m_followed != 0)
        m_workspace.unfollowRun(m_followed);
    m_followed = run;
    if (run != 0)
        m_workspace.followRun(run);
}

QList<QAction *> RunPage::menuActions(MenuId menu) const
{
    switch (menu) {
    case MenuId::File:
        return {m_export};
    case MenuId::Edit:
        return {m_find, m_findNext, m_findPrevious, nullptr, m_copyId};
    case MenuId::View:
        return {m_asTable};
    case MenuId::Run:
        return {m_follow, m_cancel};
    default:
        return {};
    }
}

QString RunPage::statusText() const
{
    if (!m_watcher || !m_watcher->run())
        return {};
    const int lines = m_log->view()->lines()->countsFromLevel()[0];
    return tr("%1 task runs · %2 log lines").arg(format::count(m_watcher->tasks().size()), format::count(lines));
}

QWidget *RunPage::headerWidget() { return m_header; }

QWidget *RunPage::inspector() { return m_side; }

void RunPage::start()
{
    Store &store = m_workspace.store();
    m_log->setStore(store);
    m_watcher = new FlowRunWatcher(store, this);
    connect(m_watcher, &FlowRunWatcher::changed, this, &RunPage::onRunChanged);
    connect(m_watcher, &FlowRunWatcher::tasksChanged, this, &RunPage::onTasksChanged);
    connect(m_watcher, &FlowRunWatcher::failed, this, &RunPage::onFailed);
    connect(m_watcher, &FlowRunWatcher::tasksFailed, m_tasks, &TaskPanel::setFailure);
    connect(m_log->view()->lines(), &LogListModel::countsChanged, this, &Page::statusChanged);
    connect(m_log, &LogPanel::levelChosen, this, [this](int level) {
        if (m_watcher->run())
            m_memory.setValue(levelKey(*m_watcher->run()), level);
    });
}

void RunPage::showRun(RowId run)
{
    m_statePicked = false;
    m_taskCount = 0;
    m_watcher->watch(run);
    if (const std::optional<FlowRun> &shown = m_watcher->run())
        m_log->setRun(*shown, m_memory.value(levelKey(*shown)).toInt());
    m_tasks->timeline()->zoomToFit();
    balance();
}

void RunPage::onRunChanged()
{
    const std::optional<FlowRun> &run = m_watcher->run();
    m_failed->hide();
    m_body->show();
    m_stack->setCurrentIndex(run ? 0 : 1);
    m_cancel->setEnabled(false);
    if (!run) {
        m_header->setCancellable(false, {});
        return;
    }
    m_header->setRun(*run, m_clock());
    const bool cancellable = runtext::isCancellable(run->state.type);
    const QString refusal = m_canceller->refusal();
    m_header->setCancellable(cancellable, refusal);
    m_cancel->setEnabled(cancellable && refusal.isEmpty());
    m_strip->setStates(m_watcher->states());
    if (!m_statePicked)
        m_strip->setSelected(static_cast<int>(m_watcher->states().size()) - 1);
    m_tasks->setStates(m_watcher->states());
    m_side->update(*m_watcher);
    m_log->updateRun(*run);
    onTick();
    if (run->name != m_shownName) {
        m_shownName = run->name;
        emit titleChanged();
    }
    emit statusChanged();
}

// What was shown stays; of a run that was never read there is nothing to show.
void RunPage::onFailed(const Error &error)
{
    m_failed->setError(tr("The run could not be read"), error);
    m_failed->show();
    m_body->setVisible(m_watcher->run().has_value());
}

void RunPage::onTasksChanged()
{
    const QList<TaskRun> &tasks = m_watcher->tasks();
    m_tasks->setTasks(tasks);
    m_log->setTasks(tasks);
    if (m_taskCount != tasks.size()) {
        m_taskCount = tasks.size();
        balance();
    }
    emit statusChanged();
}

void RunPage::onTick()
{
    const std::optional<FlowRun> &run = m_watcher->run();
    if (!run)
        return;
    const Instant now = m_clock();
    m_header->tick(*run, now);
    const QString waits = runtext::waitsFor(*run, now);
    if (!waits.isEmpty())
        m_tasks->setEmptyText(waits);
    else
        m_tasks->setEmptyText(isTerminal(run->state.type) ? tr("This run had no tasks.") : tr("No tasks yet."));
}

// Few tasks leave the room to the log, unless somebody has moved the splitter.
void RunPage::balance()
{
    if (m_taskCount > 0 && m_splitter->restoreState(m_memory.value(kSplitterKey).toByteArray()))
        return;
    const int total = m_splitter->height() - m_splitter->handleWidth();
    const int wanted = m_tasks->sizeHint().height();
    const int tasks = std::min(wanted, static_cast<int>(total * kTaskShare));
    m_splitter->setSizes({tasks, total - tasks});
}

void RunPage::selectState(int index)
{
    m_statePicked = true;
    if (index < 0 || index >= m_watcher->states().size())
        return;
    const Instant time = m_watcher->states()[index].timestamp;
    m_tasks->showTime(time);
    m_log->showTime(time);
}

void RunPage::openTask(RowId task)
{
    for (const TaskRun &run : m_watcher->tasks()) {
        if (run.row != task)
            continue;
        for (const FlowRunRow &subflow : m_watcher->subflows()) {
            if (subflow.id == run.childFlowRun)
                openRun(subflow.row);
        }
        if (run.childFlowRun.isNull())
            m_log->focusLines();
    }
}

void RunPage::openRun(RowId run) { emit navigate({.kind = Destination::Kind::Run, .id = run}, false); }

void RunPage::cancel()
{
    const std::optional<FlowRun> &run = m_watcher->run();
    if (run)
        m_canceller->ask({run->row, run->name, run->flowName, run->deploymentName, run->state.type});
}

void RunPage::stepBack()
{
    if (m_log->stepBack())
        return;
    if (m_log->isAncestorOf(focusWidget())) {
        m_tasks->focusTasks();
        return;
    }
    emit navigate({.kind = Destination::Kind::Runs}, false);
}

void RunPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    balance();
}

void RunPage::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_watcher ? m_watcher->states().size() : 0) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int step = event->key() == Qt::Key_Left ? -1 : 1;
        const int index = std::clamp(m_strip->selected() + step, std::min(0, last), std::max(0, last));
        m_strip->setSelected(index);
        selectState(index);
        return;
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_tasks->focusTasks();
        return;
    case Qt::Key_Escape:
        stepBack();
        return;
    default:
        Page::keyPressEvent(event);
    }
}

} // namespace fd
