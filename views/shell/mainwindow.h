// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/openworkspaces.h"
#include "models/workspace/workspacebook.h"
#include "views/common/page.h"
#include "views/shell/pageentry.h"
#include "views/shell/pagehistory.h"
#include "views/shell/palettesource.h"

#include <QMainWindow>
#include <QPointer>

#include <vector>

namespace fd {

class Appearance;
class Banner;
class InspectorHost;
class MessageBar;
class MessageHistory;
class NavigationRail;
class PageFrame;
class ShellMenus;
class StatusBar;
class UiMemory;
class WindowLayout;

/// The frame around the pages: menu bar, rail, header row, one page, inspector, status bar, messages.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(Workspace &workspace, UiMemory &memory, Appearance &appearance, Clock clock, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Shows another workspace from now on, at its first page: all pages are made anew. Not to be called by a page.
    /// Without an entry it is a file that nobody keeps in a list.
    void setWorkspace(Workspace &workspace, const std::optional<WorkspaceEntry> &entry);
    [[nodiscard]] Workspace &workspace() const { return *m_workspace; }
    /// The entry of the shown workspace; empty for none.
    [[nodiscard]] QString entryId() const { return m_entry ? m_entry->id : QString(); }
    /// What the switcher lists. Without it there is only this workspace.
    void setWorkspaces(const WorkspaceBook &book, const OpenWorkspaces &open);

    /// Offers a page; rail and Alt+1 … follow the order of calls.
    void addPage(PageEntry entry);
    /// Puts an action of the application into a menu, for all pages.
    void addMenuAction(MenuId menu, QAction *action);
    /// Goes to a place; Back leads here again.
    void go(const Destination &destination);
    /// A quiet count beside a page in the rail; empty for none.
    void setRailCount(const QString &pageId, const QString &count);
    /// The page that is shown; null before the first go().
    [[nodiscard]] Page *currentPage() const { return m_page; }

    /// Tells something at the bottom left, and keeps it in the history.
    void post(const Message &message);
    /// Says what is wrong with the whole window, until clearBanner().
    void showBanner(Notice notice, const QString &text);
    void clearBanner();
    /// When what is shown was last known to be right: call it when the store announced something.
    void setAsOf(Instant asOf);
    /// Goes to what a link names, if an open workspace has it; says so otherwise.
    void openLink(const DeepLink &link);
    /// Asks for a spec file, as Ctrl+O does.
    void openSpec();

signals:
    /// Another known workspace is wanted at a place, here or in a second window.
    void switchRequested(const QString &entryId, const fd::Destination &destination, bool newWindow);
    /// A new connection is wanted.
    void connectRequested();
    /// A spec file was chosen or dropped on the window: show what it would do.
    void specRequested(const QString &path);
    /// A second window is wanted at a place.
    void newWindowRequested(const fd::Destination &destination);
    /// The last window was closed, or all are to close: end the workspace, then the application.
    void quitRequested(fd::Workspace::Quit quit);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Slot {
        PageEntry entry;
        Page *page = nullptr;
        QAction *action = nullptr;
    };

    void buildFrame();
    void connectActions();
    void connectAppearance(Appearance &appearance);
    [[nodiscard]] Slot *slotOf(Destination::Kind kind);
    void showPlace(const Destination &destination);
    void makePage(Slot &slot);
    void updateTitle();
    void follow(Workspace &workspace);
    void showStatus();
    void showSwitcher();
    void showPalette();
    [[nodiscard]] PaletteContext paletteContext();
    [[nodiscard]] QString workspaceName() const;
    void makeWorkspaceShortcuts();
    void showMessages();
    /// Ends everything, after asking when flows run.
    void quit();
    [[nodiscard]] bool flowsRun() const;
    void askAboutRuns();
    void finish(Workspace::Quit quit);

    Workspace *m_workspace;
    std::optional<WorkspaceEntry> m_entry;
    const WorkspaceBook *m_book = nullptr;
    const OpenWorkspaces *m_open = nullptr;
    /// Counts down to the next try while the server does not answer.
    QTimer m_bannerTick;
    UiMemory &m_memory;
    Clock m_clock;
    ShellMenus *m_menus;
    std::vector<Slot> m_slots;
    PageHistory m_history;
    Page *m_page = nullptr;
    Banner *m_banner = nullptr;
    NavigationRail *m_rail = nullptr;
    PageFrame *m_frame = nullptr;
    InspectorHost *m_inspector = nullptr;
    MessageBar *m_messages = nullptr;
    StatusBar *m_status = nullptr;
    QPointer<MessageHistory> m_messageHistory;
    QPointer<QDialog> m_closeQuestion;
    WindowLayout *m_layout = nullptr;
    bool m_closeDecided = false;
};

} // namespace fd
