// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/mainwindow.h"

#include "views/common/controls.h"
#include "views/common/messagebar.h"
#include "views/common/uimemory.h"
#include "views/shell/aboutdialog.h"
#include "views/shell/appearance.h"
#include "views/shell/banner.h"
#include "views/shell/closequestion.h"
#include "views/shell/inspectorhost.h"
#include "views/shell/messagehistory.h"
#include "views/shell/navigationrail.h"
#include "views/shell/pageframe.h"
#include "views/shell/regions.h"
#include "views/shell/shellmenus.h"
#include "views/shell/specdrag.h"
#include "views/shell/statusbar.h"
#include "views/shell/windowlayout.h"
#include "views/shell/workspacecard.h"
#include "views/shell/workspacedetails.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QFileDialog>
#include <QMenuBar>
#include <QMimeData>
#include <QSplitter>
#include <QVBoxLayout>

namespace fd {
namespace {

const QString kSpecFolderKey = QStringLiteral("window/spec_folder");

QList<MainWindow *> visibleWindows()
{
    QList<MainWindow *> windows;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<MainWindow *>(widget); window != nullptr && window->isVisible())
            windows += window;
    }
    return windows;
}

} // namespace

MainWindow::MainWindow(Workspace &workspace, UiMemory &memory, Appearance &appearance, Clock clock, QWidget *parent)
    : QMainWindow(parent), m_workspace(&workspace), m_memory(memory), m_clock(std::move(clock)),
      m_menus(new ShellMenus(menuBar(), this))
{
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    buildFrame();
    connectActions();
    connectAppearance(appearance);
    constexpr int kTickMs = 1000;
    m_bannerTick.setInterval(kTickMs);
    connect(&m_bannerTick, &QTimer::timeout, this, &MainWindow::showStatus);
    connect(m_banner, &Banner::triggered, this, [this] { m_workspace->refresh(); });
    follow(workspace);
    m_layout->restore();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    auto *central = new QWidget;
    m_banner = new Banner;
    m_rail = new NavigationRail(*m_workspace);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(1);
    m_frame = new PageFrame(m_menus->action(ShellAction::Back), m_menus->action(ShellAction::Forward),
        m_menus->action(ShellAction::Inspector));
    splitter->addWidget(m_frame);
    m_inspector = new InspectorHost(splitter, m_frame);
    splitter->addWidget(m_inspector);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setCollapsible(0, false);
    m_messages = new MessageBar(m_clock, m_frame);
    m_status = new StatusBar;
    setStatusBar(m_status);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(separator(Qt::Vertical));
    row->addWidget(splitter, 1);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(separator(Qt::Horizontal));
    column->addWidget(m_banner);
    column->addLayout(row, 1);
    column->addWidget(separator(Qt::Horizontal));
    setCentralWidget(central);

    connect(m_rail, &NavigationRail::workspaceClicked, this, &MainWindow::showSwitcher);
    connect(m_status, &StatusBar::liveClicked, this, [this] { (new WorkspaceDetails(*m_workspace, this))->open(); });
    connect(m_status, &StatusBar::messageClicked, this, &MainWindow::showMessages);
    connect(m_messages, &MessageBar::posted, m_status, &StatusBar::setLastMessage);
    m_layout = new WindowLayout({.window = this,
                                    .rail = m_rail,
                                    .splitter = splitter,
                                    .frame = m_frame,
                                    .inspector = m_inspector,
                                    .menus = m_menus},
        m_memory);
}

void MainWindow::connectActions()
{
    const auto on
        = [this](ShellAction id, auto slot) { connect(m_menus->action(id), &QAction::triggered, this, slot); };
    on(ShellAction::OpenSpec, [this] { openSpec(); });
    on(ShellAction::Connect, [this] { emit connectRequested(); });
    on(ShellAction::SwitchWorkspace, [this] { showSwitcher(); });
    on(ShellAction::Palette, [this] { showPalette(); });
    on(ShellAction::Refresh, [this] { m_workspace->refresh(); });
    on(ShellAction::PauseRefresh, [this](bool paused) { m_workspace->setSyncPaused(paused); });
    on(ShellAction::Close, [this] { close(); });
    on(ShellAction::Quit, [this] { quit(); });
    on(ShellAction::Back, [this] {
        if (m_history.canGoBack())
            showPlace(m_history.back());
    });
    on(ShellAction::Forward, [this] {
        if (m_history.canGoForward())
            showPlace(m_history.forward());
    });
    on(ShellAction::Rail, [this](bool wide) { m_layout->setRailWide(wide); });
    on(ShellAction::Inspector, [this](bool shown) { m_layout->setInspectorShown(shown); });
    on(ShellAction::FullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
    on(ShellAction::MessageHistory, [this] { showMessages(); });
    on(ShellAction::KeyboardOverview, [this] { (new KeyboardOverview(m_menus->groups(), this))->open(); });
    on(ShellAction::NewWindow, [this] { emit newWindowRequested(m_history.current()); });
    on(ShellAction::About, [this] { (new AboutDialog(this))->open(); });
    m_menus->action(ShellAction::Back)->setEnabled(false);
    m_menus->action(ShellAction::Forward)->setEnabled(false);
}

void MainWindow::connectAppearance(Appearance &appearance)
{
    const auto step = [this, &appearance](ShellAction id, std::function<int()> wanted) {
        connect(m_menus->action(id), &QAction::triggered, &appearance,
            [&appearance, wanted = std::move(wanted)] { appearance.setTextStep(wanted()); });
    };
    step(ShellAction::TextLarger, [&appearance] { return appearance.textStep() + 1; });
    step(ShellAction::TextSmaller, [&appearance] { return appearance.textStep() - 1; });
    step(ShellAction::TextNormal, [] { return 0; });
    connect(m_menus, &ShellMenus::schemeChosen, &appearance, &Appearance::setScheme);
    const auto follow = [this, &appearance] {
        m_menus->setScheme(appearance.scheme());
        m_menus->action(ShellAction::TextLarger)->setEnabled(appearance.textStep() < Appearance::kLargestStep);
        m_menus->action(ShellAction::TextSmaller)->setEnabled(appearance.textStep() > Appearance::kSmallestStep);
        m_menus->action(ShellAction::TextNormal)->setEnabled(appearance.textStep() != 0);
    };
    connect(&appearance, &Appearance::changed, this, follow);
    follow();
}

void MainWindow::addPage(PageEntry entry)
{
    Slot slot{.entry = std::move(entry)};
    if (slot.entry.inRail) {
        m_rail->addEntry(slot.entry.id, slot.entry.iconName, slot.entry.title);
        slot.action = m_menus->addPage(slot.entry.title, slot.entry.iconName);
        const Destination destination{.kind = slot.entry.kinds.value(0)};
        connect(slot.action, &QAction::triggered, this, [this, destination] { go(destination); });
        connect(m_rail, &NavigationRail::chosen, this, [this, destination, id = slot.entry.id](const QString &chosen) {
            if (chosen == id)
                go(destination);
        });
    }
    m_slots.push_back(std::move(slot));
}

void MainWindow::addMenuAction(MenuId menu, QAction *action) { m_menus->addExtra(menu, action); }

void MainWindow::setRailCount(const QString &pageId, const QString &count) { m_rail->setCount(pageId, count); }

MainWindow::Slot *MainWindow::slotOf(Destination::Kind kind)
{
    const auto found = std::find_if(
        m_slots.begin(), m_slots.end(), [kind](const Slot &slot) { return slot.entry.kinds.contains(kind); });
    return found == m_slots.end() ? nullptr : &*found;
}

void MainWindow::go(const Destination &destination)
{
    if (slotOf(destination.kind) == nullptr)
        return;
    m_history.visit(destination);
    showPlace(destination);
}

void MainWindow::makePage(Slot &slot)
{
    slot.page = slot.entry.make();
    Page *page = slot.page;
    page->setParent(m_frame);
    connect(page, &Page::navigate, this, [this](const Destination &destination, bool newWindow) {
        if (newWindow)
            emit newWindowRequested(destination);
        else
            go(destination);
    });
    connect(page, &Page::message, this, &MainWindow::post);
    const auto whenShown = [this, page](auto act) {
        return [this, page, act] {
            if (page == m_page)
                act();
        };
    };
    connect(page, &Page::statusChanged, this, whenShown([this] { m_status->setPageText(m_page->statusText()); }));
    connect(page, &Page::titleChanged, this, whenShown([this] { updateTitle(); }));
    connect(page, &Page::inspectorRequested, this, [this, page](bool visible) {
        if (page == m_page)
            m_layout->setInspectorShown(visible);
    });
}

void MainWindow::showPlace(const Destination &destination)
{
    Slot *slot = slotOf(destination.kind);
    if (slot->page == nullptr)
        makePage(*slot);
    if (m_page != nullptr && m_page != slot->page)
        m_page->deactivate();
    m_page = slot->page;
    m_frame->setPage(m_page);
    m_page->activate(destination);
    m_rail->setCurrent(slot->entry.id);
    m_menus->setPage(m_page);
    m_menus->action(ShellAction::Back)->setEnabled(m_history.canGoBack());
    m_menus->action(ShellAction::Forward)->setEnabled(m_history.canGoForward());
    m_status->setPageText(m_page->statusText());
    m_messages->raise();
    updateTitle();
    m_layout->setPage(m_page);
    m_page->setFocus();
}

void MainWindow::updateTitle()
{
    QStringList parts;
    if (m_page != nullptr)
        parts += m_page->title().left(200).simplified();
    parts += workspaceName().left(200).simplified();
    parts += tr("Flowdeck");
    setWindowTitle(parts.join(QStringLiteral(" - ")));
}

void MainWindow::post(const Message &message)
{
    m_messages->post(message);
    if (m_messageHistory)
        m_messageHistory->add(m_messages->history().constLast());
}

void MainWindow::showBanner(Notice notice, const QString &text) { m_banner->showNotice(notice, text); }

void MainWindow::clearBanner() { m_banner->clear(); }

void MainWindow::setAsOf(Instant asOf)
{
    // A mirror is as old as its server's last answer, whatever was written since.
    if (!m_workspace->mirrorsServer())
        m_status->setAsOf(asOf);
}

void MainWindow::showMessages()
{
    if (!m_messageHistory)
        m_messageHistory = new MessageHistory(m_messages->history(), m_clock, this);
    m_messageHistory->show();
    m_messageHistory->raise();
    m_messageHistory->activateWindow();
}

void MainWindow::openSpec()
{
    auto *dialog = new QFileDialog(this, tr("Open spec"), m_memory.value(kSpecFolderKey).toString());
    dialog->setObjectName(QStringLiteral("open-spec"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Specs (*.yaml *.yml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString &path) {
        m_memory.setValue(kSpecFolderKey, dialog->directory().absolutePath());
        emit specRequested(path);
    });
    dialog->open();
}

bool MainWindow::flowsRun() const
{
    const EngineStatus status = m_workspace->engineStatus();
    return status.kind == EngineStatus::Kind::Here && status.activeRuns > 0;
}

void MainWindow::quit()
{
    if (flowsRun())
        askAboutRuns();
    else
        finish(Workspace::Quit::LeaveRunsRunning);
}

void MainWindow::askAboutRuns()
{
    if (!m_closeQuestion) {
        auto *question = new CloseQuestion(m_workspace->name(), m_workspace->engineStatus().activeRuns, this);
        connect(question, &CloseQuestion::answered, this, &MainWindow::finish);
        m_closeQuestion = question;
    }
    m_closeQuestion->open();
}

void MainWindow::finish(Workspace::Quit quit)
{
    const QList<MainWindow *> windows = visibleWindows();
    for (MainWindow *window : windows) {
        window->m_closeDecided = true;
        window->close();
    }
    emit quitRequested(quit);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_layout->remember();
    if (m_closeDecided || visibleWindows().size() > 1) {
        event->accept();
        return;
    }
    event->setAccepted(!flowsRun());
    if (event->isAccepted()) {
        m_closeDecided = true;
        emit quitRequested(Workspace::Quit::LeaveRunsRunning);
    } else {
        askAboutRuns();
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    QTimer::singleShot(0, m_layout, &WindowLayout::windowShown);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_layout->windowChanged();
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QMainWindow::moveEvent(event);
    m_layout->windowChanged();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedSpec(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = draggedSpec(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    emit specRequested(path);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F6)
        focusNextRegion({m_frame->header(), m_page, m_inspector, m_status, m_rail},
            !event->modifiers().testFlag(Qt::ShiftModifier));
    else
        QMainWindow::keyPressEvent(event);
}

} // namespace fd
