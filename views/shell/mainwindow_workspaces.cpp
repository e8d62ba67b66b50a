// SPDX-License-Identifier: GPL-3.0-or-later
// What MainWindow does with workspaces: shows one, its state, and the way to the others.
#include "views/shell/mainwindow.h"

#include "views/common/icons.h"
#include "views/shell/banner.h"
#include "views/shell/inspectorhost.h"
#include "views/shell/navigationrail.h"
#include "views/shell/pageframe.h"
#include "views/shell/shellmenus.h"
#include "views/shell/statusbar.h"
#include "views/shell/windowlayout.h"
#include "views/shell/workspacecard.h"
#include "views/shell/workspacedetails.h"
#include "views/shell/workspaceswitcher.h"
#include "views/shell/workspacewords.h"

#include <QAction>
#include <QShortcut>

namespace fd {

void MainWindow::setWorkspaces(const WorkspaceBook &book, const OpenWorkspaces &open)
{
    m_book = &book;
    m_open = &open;
    makeWorkspaceShortcuts();
}

void MainWindow::makeWorkspaceShortcuts()
{
    constexpr int kKeys = 9;
    for (int number = 0; number < kKeys; ++number) {
        const QKeyCombination keys(Qt::ControlModifier, static_cast<Qt::Key>(Qt::Key_1 + number));
        auto *shortcut = new QShortcut(QKeySequence(keys), this);
        connect(shortcut, &QShortcut::activated, this, [this, number] {
            if (const QList<WorkspaceEntry> entries = m_book->entries(); number < entries.size())
                emit switchRequested(entries.at(number).id, {}, false);
        });
    }
}

void MainWindow::setWorkspace(Workspace &workspace, const std::optional<WorkspaceEntry> &entry)
{
    m_entry = entry;
    m_rail->card()->setWorkspace(workspace, entry);
    updateTitle();
    if (&workspace == m_workspace)
        return;
    disconnect(m_workspace, nullptr, this, nullptr);
    m_menus->setPage(nullptr);
    m_layout->setPage(nullptr);
    m_page = nullptr;
    for (Slot &slot : m_slots)
        delete std::exchange(slot.page, nullptr);
    m_frame->clear();
    m_inspector->clear();
    m_history = {};
    follow(workspace);
    go({});
}

QString MainWindow::workspaceName() const { return m_entry ? m_entry->name : m_workspace->name(); }

void MainWindow::follow(Workspace &workspace)
{
    m_workspace = &workspace;
    connect(&workspace, &Workspace::engineStatusChanged, this, &MainWindow::showStatus);
    connect(&workspace, &Workspace::syncStatusChanged, this, &MainWindow::showStatus);
    m_menus->action(ShellAction::Refresh)->setEnabled(workspace.mirrorsServer());
    m_menus->action(ShellAction::PauseRefresh)->setEnabled(workspace.mirrorsServer());
    m_status->setAsOf(m_clock());
    showStatus();
    updateTitle();
}

void MainWindow::showStatus()
{
    if (!m_workspace->mirrorsServer()) {
        const EngineStatus status = m_workspace->engineStatus();
        m_status->setEngine(status);
        if (status.kind == EngineStatus::Kind::Failed)
            showBanner(Notice::Broken, tr("Flows are not run: %1").arg(status.detail.left(1000)));
        else
            clearBanner();
        return;
    }
    const SyncStatus status = m_workspace->syncStatus();
    m_status->setSync(status);
    m_menus->action(ShellAction::PauseRefresh)->setChecked(status.kind == SyncStatus::Kind::Paused);
    if (const SyncBanner banner = syncBanner(status, m_clock()); banner.text.isEmpty())
        clearBanner();
    else
        m_banner->showNotice(banner.notice, banner.text, banner.canRetry ? tr("Try now") : QString());
    if (status.nextTry && isVisible())
        m_bannerTick.start();
    else
        m_bannerTick.stop();
}

void MainWindow::showSwitcher()
{
    if (m_book == nullptr || m_open == nullptr) {
        (new WorkspaceDetails(*m_workspace, this))->open();
        return;
    }
    auto *switcher = new WorkspaceSwitcher(*m_book, *m_open, entryId(), m_clock, this);
    connect(switcher, &WorkspaceSwitcher::chosen, this,
        [this](const QString &id, bool newWindow) { emit switchRequested(id, {}, newWindow); });
    connect(switcher, &WorkspaceSwitcher::connectRequested, this, &MainWindow::connectRequested);
    connect(switcher, &WorkspaceSwitcher::allRequested, this, [this] { go({.kind = Destination::Kind::Workspaces}); });
    const QWidget *card = m_rail->card();
    switcher->popup(card->mapToGlobal(QPoint(0, card->height() + metrics::kStep)));
}

PaletteContext MainWindow::paletteContext()
{
    return {.workspace = m_workspace,
        .entryId = entryId(),
        .book = m_book,
        .open = m_open,
        .actions = m_menus->groups(),
        .go = [self = QPointer(this)](const QString &id, const Destination &destination, bool newWindow) {
            if (self == nullptr)
                return;
            if (id != self->entryId())
                emit self->switchRequested(id, destination, newWindow);
            else if (newWindow)
                emit self->newWindowRequested(destination);
            else
                self->go(destination);
        }};
}

void MainWindow::showPalette()
{
    (new CommandPalette(paletteSource(paletteContext()), tr("in %1").arg(workspaceName()), this))->popup();
}

void MainWindow::openLink(const DeepLink &link)
{
    const PaletteContext context = paletteContext();
    if (const auto target = findLink(link, context)) {
        context.go(target->entryId, target->destination, false);
        return;
    }
    post({.notice = Notice::Look,
        .title = tr("The link leads nowhere here"),
        .detail = tr("No open workspace has %1.").arg(link.id.toString(QUuid::WithoutBraces)),
        .actions = {},
        .shownAt = {}});
}

} // namespace fd
