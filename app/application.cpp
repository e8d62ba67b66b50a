// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/installation.h"
#include "app/workspaceregistry.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"
#include "views/common/format.h"
#include "views/common/uimemory.h"
#include "views/deployments/deploymentspage.h"
#include "views/runs/runpage.h"
#include "views/runs/runspage.h"
#include "views/shell/appearance.h"
#include "views/shell/mainwindow.h"
#include "views/specs/specpreviewdialog.h"

#include <QApplication>
#include <QCoroFuture>
#include <QFileInfo>

namespace fd {
namespace {

const QString kLastWorkspaceKey = QStringLiteral("window/workspace");
const QString kSampleId = QStringLiteral("sample");

} // namespace

Application::Application(
    QApplication &application, std::unique_ptr<UiMemory> memory, std::unique_ptr<WorkspaceBook> book)
    : m_application(application), m_memory(std::move(memory)),
      m_appearance(std::make_unique<Appearance>(application, *m_memory)), m_book(std::move(book)),
      m_registry(std::make_unique<WorkspaceRegistry>(*m_book, *m_memory))
{
    // Closing the last window ends the workspaces first, which may ask and takes its time.
    QApplication::setQuitOnLastWindowClosed(false);
    connect(m_book.get(), &WorkspaceBook::changed, this, &Application::showBook);
}

Application::~Application()
{
    for (const QPointer<MainWindow> &window : m_windows)
        delete window;
}

Result<void> Application::openFile(const QString &storePath, const QString &name)
{
    FD_TRY_ASSIGN(workspace, m_registry->openFile(storePath, name));
    m_workspace = workspace;
    m_entryId.clear();
    return {};
}

Result<void> Application::openEntry(const QString &entryId)
{
    FD_TRY_ASSIGN(workspace, m_registry->open(entryId));
    m_workspace = workspace;
    m_entryId = entryId;
    m_memory->setValue(kLastWorkspaceKey, entryId);
    return {};
}

Result<void> Application::openKnown()
{
    if (m_book->entries().isEmpty())
        return openSample();
    const QString last = m_memory->value(kLastWorkspaceKey).toString();
    return openEntry(m_book->find(last) ? last : m_book->entries().constFirst().id);
}

Result<void> Application::openSample()
{
    if (!m_book->find(kSampleId)) {
        constexpr int kGreen = 3;
        m_book->add({.id = kSampleId,
            .name = tr("sample"),
            .storePath = installation::workspaceFolder() + QStringLiteral("/sample.flowdeck"),
            .colour = kGreen});
    }
    return openEntry(kSampleId);
}

MainWindow &Application::openWindow(const Destination &destination)
{
    auto *window = new MainWindow(*m_workspace, *m_memory, *m_appearance, systemClock());
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_windows.emplace_back(window);
    window->setWorkspaces(*m_book, *m_registry);
    window->setWorkspace(*m_workspace, m_book->find(m_entryId));
    addPages(*window);
    connectWindow(*window);
    window->go(destination);
    window->show();
    return *window;
}

void Application::switchTo(MainWindow &window, const QString &entryId, const Destination &destination, bool newWindow)
{
    if (const auto opened = openEntry(entryId); !opened) {
        window.post({.notice = Notice::Broken,
            .title = tr("The workspace did not open"),
            .detail = format::error(opened.error()),
            .actions = {},
            .shownAt = {}});
        return;
    }
    if (newWindow) {
        openWindow(destination);
        return;
    }
    window.setWorkspace(*m_workspace, m_book->find(entryId));
    followWorkspace(window);
    if (destination != Destination())
        window.go(destination);
}

void Application::showBook()
{
    for (const QPointer<MainWindow> &window : m_windows) {
        if (window != nullptr)
            window->setWorkspace(window->workspace(), m_book->find(window->entryId()));
    }
}

MainWindow &Application::start()
{
    MainWindow &window = openWindow({});
    if (m_entryId == kSampleId)
        offerSamples(window);
    // The first frame goes first.
    constexpr int kAfterFirstFrameMs = 500;
    QTimer::singleShot(kAfterFirstFrameMs, m_registry.get(), &WorkspaceRegistry::openServers);
    return window;
}

void Application::addPages(MainWindow &window)
{
    window.addPage({.id = QStringLiteral("deployments"),
        .title = DeploymentsPage::tr("Deployments"),
        .iconName = QStringLiteral("view-list-details"),
        .kinds = {Destination::Kind::Deployments, Destination::Kind::Deployment},
        .inRail = true,
        .make = [this, &window]() -> Page * {
            Workspace &workspace = window.workspace();
            auto *page = new DeploymentsPage(workspace, m_registry->memoryOf(workspace));
            page->setTagSource([store = &workspace.store()] {
                return store->read([](Connection &db) { return DeploymentRepository(db).tagCounts(); });
            });
            connect(page, &DeploymentsPage::openSpecRequested, &window, &MainWindow::openSpec);
            connect(page, &DeploymentsPage::totalChanged, &window,
                [&window](const QString &count) { window.setRailCount(QStringLiteral("deployments"), count); });
            return page;
        }});
    window.addPage({.id = QStringLiteral("runs"),
        .title = RunsPage::tr("Runs"),
        .iconName = QStringLiteral("appointment-new"),
        .kinds = {Destination::Kind::Runs},
        .inRail = true,
        .make
        = [this, &window] { return new RunsPage(window.workspace(), m_registry->memoryOf(window.workspace())); }});
    window.addPage({.id = QStringLiteral("run"),
        .title = RunsPage::tr("Run"),
        .iconName = QStringLiteral("appointment-new"),
        .kinds = {Destination::Kind::Run},
        .inRail = false,
        .make = [this, &window] { return new RunPage(window.workspace(), m_registry->memoryOf(window.workspace())); }});
    addWorkspacesPage(window);
}

void Application::connectWindow(MainWindow &window)
{
    connect(
        &window, &MainWindow::specRequested, this, [this, &window](const QString &path) { previewSpec(window, path); });
    connect(&window, &MainWindow::newWindowRequested, this,
        [this](const Destination &destination) { openWindow(destination); });
    connect(&window, &MainWindow::quitRequested, this, &Application::quit);
    connect(&window, &MainWindow::connectRequested, this, [this, &window] {
        connectServer(window, [this, window = QPointer(&window)](const QString &entryId) {
            if (window != nullptr)
                switchTo(*window, entryId, {}, false);
        });
    });
    // Queued: a page that asks for another workspace is deleted by it.
    connect(
        &window, &MainWindow::switchRequested, this,
        [this, &window](const QString &entryId, const Destination &destination, bool newWindow) {
            switchTo(window, entryId, destination, newWindow);
        },
        Qt::QueuedConnection);
    followWorkspace(window);
}

void Application::followWorkspace(MainWindow &window)
{
    Store &store = window.workspace().store();
    // A window that shows another workspace does not listen to this one any more.
    auto *listener = new QObject(&window);
    delete window.findChild<QObject *>(QStringLiteral("store-listener"), Qt::FindDirectChildrenOnly);
    listener->setObjectName(QStringLiteral("store-listener"));
    connect(&store, &Store::changed, listener, [&window] { window.setAsOf(systemClock()()); });
    connect(&store, &Store::writeFailed, listener,
        [&window](const Error &error) { window.showBanner(Notice::Broken, format::error(error)); });
    const auto show = [&window, &store] {
        const qsizetype active = static_cast<qsizetype>(FlowRunRepository(store.reader()).active().size());
        window.setRailCount(QStringLiteral("runs"), active == 0 ? QString() : QLocale().toString(active));
    };
    connect(&store, &Store::changed, listener, [show](const Changes &changes) {
        if (!changes.of(Entity::FlowRun).isEmpty())
            show();
    });
    // After the first frame: nobody waits for a count.
    QMetaObject::invokeMethod(listener, show, Qt::QueuedConnection);
}

void Application::previewSpec(MainWindow &window, const QString &path)
{
    auto *dialog = new SpecPreviewDialog(window.workspace(), path, &window);
    connect(dialog, &SpecPreviewDialog::applied, &window, [&window](const SpecApplied &applied, const QString &file) {
        window.post({.notice = Notice::Done,
            .title = tr("%1 was applied").arg(QFileInfo(file).fileName()),
            .detail = tr("%1 created, %2 updated, %3 unchanged")
                          .arg(applied.created)
                          .arg(applied.updated)
                          .arg(applied.unchanged),
            .actions = {},
            .shownAt = {}});
    });
    dialog->open();
}

QCoro::Task<Result<void>> Application::addSamples()
{
    if (DeploymentRepository(m_workspace->store().reader()).count() > 0)
        co_return Result<void>{};
    for (const QString &path : installation::sampleSpecs()) {
        Result<SpecPlan> plan = co_await m_workspace->planSpec(path);
        if (!plan)
            co_return fail(plan.error());
        if (!plan->canApply())
            co_return fail(plan->problems.isEmpty() ? Error{} : plan->problems.constFirst().error);
        const Result<SpecApplied> applied = co_await m_workspace->applySpec(std::move(*plan));
        if (!applied)
            co_return fail(applied.error());
    }
    co_return Result<void>{};
}

void Application::offerSamples(MainWindow &window)
{
    QCoro::connect(addSamples(), &window, [&window](const Result<void> &added) {
        if (!added)
            window.post({.notice = Notice::Broken,
                .title = tr("The sample deployments were not created"),
                .detail = format::error(added.error()),
                .actions = {},
                .shownAt = {}});
    });
}

void Application::quit(Workspace::Quit quit)
{
    QCoro::connect(m_registry->shutDown(quit), this, [] { QCoreApplication::exit(); });
}

} // namespace fd
