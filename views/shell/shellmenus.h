// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/page.h"
#include "views/common/theme.h"
#include "views/shell/keyboardoverview.h"

#include <QObject>

#include <map>

class QMenu;
class QMenuBar;

namespace fd {

/// The window's own actions. Their shortcuts work from the start; menus are filled when first opened.
enum class ShellAction : quint8 {
    OpenSpec,
    Connect,
    SwitchWorkspace,
    Close,
    Quit,
    Back,
    Forward,
    Rail,
    Inspector,
    TextLarger,
    TextSmaller,
    TextNormal,
    Refresh,
    PauseRefresh,
    FullScreen,
    Palette,
    MessageHistory,
    KeyboardOverview,
    NewWindow,
    About,
};

/// The menu bar: the window's actions and those of the page that is shown. A menu without actions is not there.
class ShellMenus : public QObject
{
    Q_OBJECT
public:
    ShellMenus(QMenuBar *bar, QWidget *window);

    [[nodiscard]] QAction *action(ShellAction id) const { return m_actions.at(id); }
    /// Adds a page to View, with Alt+1, Alt+2 … in order of calls.
    QAction *addPage(const QString &title, const QString &iconName);
    /// Puts an action of the application into one of the menus, for all pages.
    void addExtra(MenuId menu, QAction *action);
    /// Takes the actions of another page; null takes none.
    void setPage(Page *page);
    /// Ticks the scheme in View > Appearance.
    void setScheme(Scheme scheme);
    /// All actions by menu, for the keyboard overview.
    [[nodiscard]] QList<ActionGroup> groups();

signals:
    void schemeChosen(fd::Scheme scheme);

private:
    /// What a menu holds: null separates.
    [[nodiscard]] QList<QAction *> content(QMenu *menu) const;
    [[nodiscard]] QList<QAction *> viewContent() const;
    [[nodiscard]] QList<QAction *> windowContent() const;
    [[nodiscard]] QList<QAction *> ofPage(MenuId menu) const;
    void makeActions();
    void makeAppearance();
    void fill(QMenu *menu);
    void hideEmpty();

    QWidget *m_window;
    std::map<ShellAction, QAction *> m_actions;
    std::map<MenuId, QMenu *> m_menus;
    QMenu *m_windowMenu;
    QMenu *m_help;
    QMenu *m_appearance = nullptr;
    QActionGroup *m_schemes = nullptr;
    QList<QAction *> m_pages;
    QList<std::pair<MenuId, QAction *>> m_extras;
    Page *m_page = nullptr;
};

} // namespace fd
