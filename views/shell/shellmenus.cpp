// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/shellmenus.h"

#include "views/common/icons.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenuBar>

namespace fd {
namespace {

struct ActionSpec {
    ShellAction id;
    QString text;
    QString tip;
    QKeySequence keys;
    const char *icon = "";
    bool checkable = false;
};

constexpr char kIconProperty[] = "fd-icon";

QList<ActionSpec> specs()
{
    using S = ShellMenus;
    return {
        {ShellAction::OpenSpec, S::tr("&Open spec…"), S::tr("Shows what a YAML spec would create or change"),
            QKeySequence::Open, "folder-open"},
        {ShellAction::Connect, S::tr("&Connect…"), S::tr("Connects to a Prefect server"),
            QKeySequence(S::tr("Ctrl+Shift+N")), "network-connect"},
        {ShellAction::SwitchWorkspace, S::tr("S&witch workspace…"), S::tr("Shows another workspace in this window"),
            QKeySequence(S::tr("Ctrl+Shift+O")), "network-server"},
        {ShellAction::Close, S::tr("&Close"), S::tr("Closes this window"), QKeySequence(S::tr("Ctrl+W")),
            "window-close"},
        {ShellAction::Quit, S::tr("&Quit"), S::tr("Closes all windows"), QKeySequence(S::tr("Ctrl+Q")),
            "application-exit"},
        {ShellAction::Back, S::tr("&Back"), S::tr("Goes to the page before"), QKeySequence(S::tr("Alt+Left")),
            "go-previous"},
        {ShellAction::Forward, S::tr("For&ward"), S::tr("Goes to the page after"), QKeySequence(S::tr("Alt+Right")),
            "go-next"},
        {ShellAction::Rail, S::tr("&Rail"), S::tr("Shows the rail's titles or its icons alone"),
            QKeySequence(S::tr("F9")), "", true},
        {ShellAction::Inspector, S::tr("&Inspector"), S::tr("Shows or hides the inspector"),
            QKeySequence(S::tr("Ctrl+I")), "sidebar-expand-right", true},
        {ShellAction::TextLarger, S::tr("Text &larger"), S::tr("Makes all text larger"), QKeySequence::ZoomIn,
            "zoom-in"},
        {ShellAction::TextSmaller, S::tr("Text &smaller"), S::tr("Makes all text smaller"), QKeySequence::ZoomOut,
            "zoom-out"},
        {ShellAction::TextNormal, S::tr("Text &normal"), S::tr("Takes the system's text size"),
            QKeySequence(S::tr("Ctrl+0")), ""},
        {ShellAction::Refresh, S::tr("R&efresh"), S::tr("Asks the server now"), QKeySequence(S::tr("F5")),
            "view-refresh"},
        {ShellAction::PauseRefresh, S::tr("&Pause refresh"), S::tr("Leaves what is shown as it is"), {}, "", true},
        {ShellAction::FullScreen, S::tr("&Full screen"), S::tr("Uses the whole screen"), QKeySequence(S::tr("F11")), "",
            true},
        {ShellAction::Palette, S::tr("Command &palette…"), S::tr("Goes anywhere and does anything by its name"),
            QKeySequence(S::tr("Ctrl+K")), "edit-find"},
        {ShellAction::MessageHistory, S::tr("&Message history"), S::tr("Shows all messages since the start"),
            QKeySequence(S::tr("F12")), "notifications"},
        {ShellAction::KeyboardOverview, S::tr("&Keyboard overview"), S::tr("Shows every action with its keys"),
            QKeySequence(S::tr("Ctrl+F1")), "help-hint"},
        {ShellAction::NewWindow, S::tr("&New window"), S::tr("Opens this page in a second window"),
            QKeySequence(S::tr("Ctrl+Shift+K")), "window-new"},
        {ShellAction::About, S::tr("&About Flowdeck"), S::tr("Shows version and licence"), {}, "help-about"},
    };
}

} // namespace

ShellMenus::ShellMenus(QMenuBar *bar, QWidget *window) : QObject(window), m_window(window)
{
    makeActions();
    const std::pair<MenuId, QString> titles[]
        = {{MenuId::File, tr("&File")}, {MenuId::Edit, tr("&Edit")}, {MenuId::View, tr("&View")},
            {MenuId::Deployment, tr("&Deployment")}, {MenuId::Run, tr("&Run")}, {MenuId::Tools, tr("&Tools")}};
    for (const auto &[id, title] : titles)
        m_menus[id] = bar->addMenu(title);
    m_windowMenu = bar->addMenu(tr("&Window"));
    m_help = bar->addMenu(tr("&Help"));
    for (QAction *title : bar->actions()) {
        QMenu *menu = title->menu();
        menu->setToolTipsVisible(true);
        connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(menu); });
    }
}

void ShellMenus::makeActions()
{
    for (const ActionSpec &spec : specs()) {
        auto *action = new QAction(spec.text, this);
        action->setStatusTip(spec.tip);
        action->setShortcut(spec.keys);
        action->setCheckable(spec.checkable);
        action->setProperty(kIconProperty, QString::fromLatin1(spec.icon));
        m_window->addAction(action);
        m_actions[spec.id] = action;
    }
    action(ShellAction::Quit)->setMenuRole(QAction::QuitRole);
    action(ShellAction::About)->setMenuRole(QAction::AboutRole);
    action(ShellAction::TextLarger)->setShortcuts({QKeySequence(tr("Ctrl++")), QKeySequence(tr("Ctrl+="))});
    action(ShellAction::Palette)->setShortcuts({QKeySequence(tr("Ctrl+K")), QKeySequence(tr("Ctrl+Shift+P"))});
    action(ShellAction::Rail)->setChecked(true);
}

QAction *ShellMenus::addPage(const QString &title, const QString &iconName)
{
    auto *action = new QAction(title, this);
    action->setProperty(kIconProperty, iconName);
    action->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + m_pages.size())));
    action->setStatusTip(tr("Shows the page %1").arg(title));
    m_window->addAction(action);
    m_pages += action;
    return action;
}

void ShellMenus::addExtra(MenuId menu, QAction *action)
{
    m_extras.append({menu, action});
    m_window->addAction(action);
    hideEmpty();
}

void ShellMenus::setPage(Page *page)
{
    m_page = page;
    if (page != nullptr) {
        // A page's shortcuts work while it is shown.
        for (const auto &[id, menu] : m_menus) {
            for (QAction *action : page->menuActions(id)) {
                const bool everywhere = action != nullptr && action->shortcutContext() == Qt::WindowShortcut;
                if (everywhere && !page->actions().contains(action))
                    page->addAction(action);
            }
        }
    }
    hideEmpty();
}

void ShellMenus::hideEmpty()
{
    for (const auto &[id, menu] : m_menus)
        menu->menuAction()->setVisible(!content(menu).isEmpty());
}

QList<QAction *> ShellMenus::ofPage(MenuId menu) const
{
    QList<QAction *> actions;
    if (m_page != nullptr)
        actions += m_page->menuActions(menu);
    for (const auto &[id, action] : m_extras) {
        if (id == menu)
            actions += action;
    }
    return actions;
}

QList<QAction *> ShellMenus::viewContent() const
{
    QList<QAction *> all = m_pages;
    all += {nullptr, action(ShellAction::Back), action(ShellAction::Forward), nullptr};
    if (action(ShellAction::Refresh)->isEnabled())
        all += {action(ShellAction::Refresh), action(ShellAction::PauseRefresh), nullptr};
    all += action(ShellAction::Rail);
    all += action(ShellAction::Inspector);
    all += nullptr;
    if (const QList<QAction *> own = ofPage(MenuId::View); !own.isEmpty()) {
        all += own;
        all += nullptr;
    }
    all += {action(ShellAction::TextLarger), action(ShellAction::TextSmaller), action(ShellAction::TextNormal)};
    if (m_appearance != nullptr)
        all += m_appearance->menuAction();
    all += {nullptr, action(ShellAction::FullScreen)};
    return all;
}

QList<QAction *> ShellMenus::windowContent() const
{
    QList<QAction *> all{action(ShellAction::NewWindow), nullptr};
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (!window->isVisible() || window->metaObject() != m_window->metaObject())
            continue;
        auto *entry
            = new QAction(QString(window->windowTitle().left(100)).replace(u'&', QStringLiteral("&&")), m_windowMenu);
        entry->setCheckable(true);
        entry->setChecked(window == m_window);
        connect(entry, &QAction::triggered, window, [window] {
            window->raise();
            window->activateWindow();
        });
        all += entry;
    }
    return all;
}

QList<QAction *> ShellMenus::content(QMenu *menu) const
{
    QList<QAction *> all;
    if (menu == m_windowMenu)
        return windowContent();
    if (menu == m_help)
        return {action(ShellAction::KeyboardOverview), nullptr, action(ShellAction::About)};
    if (menu == m_menus.at(MenuId::View))
        return viewContent();
    if (menu == m_menus.at(MenuId::File)) {
        all = {
            action(ShellAction::OpenSpec), nullptr, action(ShellAction::Connect), action(ShellAction::SwitchWorkspace)};
        if (const QList<QAction *> own = ofPage(MenuId::File); !own.isEmpty()) {
            all += nullptr;
            all += own;
        }
        all += {nullptr, action(ShellAction::Close), action(ShellAction::Quit)};
        return all;
    }
    for (const auto &[id, candidate] : m_menus) {
        if (candidate == menu)
            all = ofPage(id);
    }
    if (menu == m_menus.at(MenuId::Tools)) {
        if (!all.isEmpty())
            all += nullptr;
        all += {
            action(ShellAction::Palette), action(ShellAction::MessageHistory), action(ShellAction::KeyboardOverview)};
    }
    return all;
}

void ShellMenus::makeAppearance()
{
    m_appearance = new QMenu(tr("&Appearance"), m_window);
    m_schemes = new QActionGroup(this);
    const std::pair<Scheme, QString> choices[]
        = {{Scheme::Follow, tr("As the &system")}, {Scheme::Light, tr("&Light")}, {Scheme::Dark, tr("&Dark")}};
    for (const auto &[scheme, text] : choices) {
        QAction *choice = m_appearance->addAction(text);
        choice->setCheckable(true);
        choice->setData(static_cast<int>(scheme));
        m_schemes->addAction(choice);
        connect(choice, &QAction::triggered, this, [this, scheme = scheme] { emit schemeChosen(scheme); });
    }
}

void ShellMenus::setScheme(Scheme scheme)
{
    if (m_schemes == nullptr)
        makeAppearance();
    for (QAction *choice : m_schemes->actions())
        choice->setChecked(choice->data().toInt() == static_cast<int>(scheme));
}

void ShellMenus::fill(QMenu *menu)
{
    menu->clear();
    for (QAction *action : content(menu)) {
        if (action == nullptr) {
            menu->addSeparator();
            continue;
        }
        const QString icon = action->property(kIconProperty).toString();
        if (!icon.isEmpty() && action->icon().isNull())
            action->setIcon(icons::named(icon));
        menu->addAction(action);
    }
}

QList<ActionGroup> ShellMenus::groups()
{
    QList<ActionGroup> all;
    const auto add = [&all, this](QMenu *menu) {
        QList<QAction *> actions = content(menu);
        actions.removeAll(nullptr);
        all += ActionGroup{menu->title(), actions};
    };
    for (const auto &[id, menu] : m_menus)
        add(menu);
    all += ActionGroup{m_windowMenu->title(), {action(ShellAction::NewWindow)}};
    return all;
}

} // namespace fd
