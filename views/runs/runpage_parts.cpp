// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runpage.h"

#include "models/items/watchers.h"
#include "views/common/controls.h"
#include "views/common/stateplaceholder.h"
#include "views/common/statestrip.h"
#include "views/common/uimemory.h"
#include "views/runs/cancelrun.h"
#include "views/runs/logpanel.h"
#include "views/runs/runheader.h"
#include "views/runs/runsidepanel.h"
#include "views/runs/taskpanel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fd {

void RunPage::arrange()
{
    m_splitter->addWidget(m_tasks);
    m_splitter->addWidget(m_log);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_gone->setContent({.iconName = QStringLiteral("view-history"),
        .title = tr("This run is gone"),
        .text = tr("It was deleted, here or by another program."),
        .button = tr("Show all runs"),
        .buttonIcon = {},
        .remark = {}});

    auto *run = new QWidget(this);
    auto *column = new QVBoxLayout(run);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(separator(Qt::Horizontal, run));
    column->addWidget(m_splitter, 1);
    m_body = new QWidget(this);
    m_stack = new QStackedLayout(m_body);
    m_stack->addWidget(run);
    m_stack->addWidget(m_gone);
    m_failed->hide();
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_failed);
    page->addWidget(m_body, 1);
    page->addStretch();
}

void RunPage::makeActions()
{
    m_cancel->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C));
    m_asTable->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_T));
    m_asTable->setCheckable(true);
    m_find->setShortcut(QKeySequence::Find);
    m_findNext->setShortcut(QKeySequence::FindNext);
    m_findPrevious->setShortcut(QKeySequence::FindPrevious);
    m_export->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X));
    m_cancel->setStatusTip(tr("Asks before it cancels the run"));
    m_follow->setStatusTip(tr("Stays at the end of the log as lines come"));
    m_asTable->setStatusTip(tr("Shows the task runs as a table or as bars"));
    m_export->setStatusTip(tr("Writes the lines that are shown to a text file"));
    addActions({m_cancel, m_follow, m_asTable, m_find, m_findNext, m_findPrevious, m_export, m_copyId});
    connect(m_cancel, &QAction::triggered, this, &RunPage::cancel);
    connect(m_follow, &QAction::triggered, m_log, &LogPanel::follow);
    connect(m_asTable, &QAction::triggered, m_tasks, &TaskPanel::setTable);
    connect(m_find, &QAction::triggered, m_log, &LogPanel::focusSearch);
    connect(m_findNext, &QAction::triggered, m_log, &LogPanel::findNext);
    connect(m_findPrevious, &QAction::triggered, m_log, &LogPanel::findPrevious);
    connect(m_export, &QAction::triggered, m_log, &LogPanel::exportText);
    connect(m_copyId, &QAction::triggered, this, [this] {
        if (m_watcher && m_watcher->run())
            QGuiApplication::clipboard()->setText(m_watcher->run()->id.toText());
    });
}

void RunPage::connectParts()
{
    connect(&m_tick, &QTimer::timeout, this, &RunPage::onTick);
    connect(m_header, &RunHeader::cancelRequested, this, &RunPage::cancel);
    connect(
        m_header, &RunHeader::listRequested, this, [this] { emit navigate({.kind = Destination::Kind::Runs}, false); });
    connect(m_header, &RunHeader::deploymentRequested, this, [this] {
        if (m_watcher->run())
            emit navigate({.kind = Destination::Kind::Deployment, .id = m_watcher->run()->deployment}, false);
    });
    connect(m_gone, &Placeholder::triggered, this, [this] { emit navigate({.kind = Destination::Kind::Runs}, false); });
    const auto again = [this] { m_watcher->reload(); };
    connect(m_failed, &FailedPanel::retryRequested, this, again);
    connect(m_tasks, &TaskPanel::retryRequested, this, again);
    connect(m_strip, &StateStrip::stateSelected, this, &RunPage::selectState);
    connect(m_tasks, &TaskPanel::taskSelected, m_log, &LogPanel::showTask);
    connect(m_tasks, &TaskPanel::taskOpened, this, &RunPage::openTask);
    connect(m_tasks, &TaskPanel::tableToggled, m_asTable, &QAction::setChecked);
    connect(m_log, &LogPanel::lineSelected, m_tasks, &TaskPanel::markTask);
    connect(m_log, &LogPanel::message, this, &Page::message);
    connect(m_canceller, &RunCanceller::message, this, &Page::message);
    connect(m_side, &RunSidePanel::runOpened, this, &RunPage::openRun);
    connect(m_side, &RunSidePanel::deploymentOpened, this,
        [this](RowId deployment) { emit navigate({.kind = Destination::Kind::Deployment, .id = deployment}, false); });
    connect(m_splitter, &QSplitter::splitterMoved, this,
        [this] { m_memory.setValue(QStringLiteral("run/splitter"), m_splitter->saveState()); });
}

} // namespace fd
