// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/installation.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/workspace/localworkspace.h"
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
#include <QCryptographicHash>
#include <QFileInfo>

namespace fd {
namespace {

/// A workspace is known by where it is; the place itself would be an odd key.
QString memoryPrefix(const QString &location)
{
    const QByteArray hash = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha1);
    return QStringLiteral("workspace-%1/").arg(QString::fromLatin1(hash.toHex().left(12)));
}

} // namespace

Application::Application(QApplication &application, std::unique_ptr<UiMemory> memory)
    : m_application(application), m_memory(std::move(memory)),
      m_appearance(std::make_unique<Appearance>(application, *m_memory))
{
    // Closing the last window ends the workspace first, which may ask and takes its time.
    QApplication::setQuitOnLastWindowClosed(false);
}

Application::~Application()
{
    for (const QPointer<MainWindow> &window : m_windows)
        delete window;
}

Result<void> Application::openWorkspace(const QString &storePath, const QString &name)
{
    LocalWorkspaceOptions options;
    options.storePath = storePath;
    options.create = true;
    options.name = name;
    options.supervisorPath = installation::supervisorPath();
    options.bridgePath = installation::bridgePath();
    FD_TRY_ASSIGN(workspace, LocalWorkspace::open(options));
    m_workspace = std::move(workspace);
    m_pageMemory = std::make_unique<UiMemoryPart>(*m_memory, memoryPrefix(m_workspace->location()));
    return {};
}

Workspace &Application::workspace() { return *m_workspace; }

MainWindow &Application::openWindow(const Destination &destination)
{
    auto *window = new MainWindow(*m_workspace, *m_memory, *m_appearance, systemClock());
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_windows.emplace_back(window);
    addPages(*window);
    connectWindow(*window);
    window->go(destination);
    window->show();
    return *window;
}

void Application::addPages(MainWindow &window)
{
    window.addPage({.id = QStringLiteral("deployments"),
        .title = DeploymentsPage::tr("Deployments"),
        .iconName = QStringLiteral("view-list-details"),
        .kinds = {Destination::Kind::Deployments, Destination::Kind::Deployment},
        .inRail = true,
        .make = [this, &window]() -> Page * {
            auto *page = new DeploymentsPage(*m_workspace, *m_pageMemory);
            page->setTagSource([this] {
                return m_workspace->store().read([](Connection &db) { return DeploymentRepository(db).tagCounts(); });
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
        .make = [this] { return new RunsPage(*m_workspace, *m_pageMemory); }});
    window.addPage({.id = QStringLiteral("run"),
        .title = RunsPage::tr("Run"),
        .iconName = QStringLiteral("appointment-new"),
        .kinds = {Destination::Kind::Run},
        .inRail = false,
        .make = [this] { return new RunPage(*m_workspace, *m_pageMemory); }});
}

void Application::connectWindow(MainWindow &window)
{
    connect(
        &window, &MainWindow::specRequested, this, [this, &window](const QString &path) { previewSpec(window, path); });
    connect(&window, &MainWindow::newWindowRequested, this,
        [this](const Destination &destination) { openWindow(destination); });
    connect(&window, &MainWindow::quitRequested, this, &Application::quit);
    connect(&m_workspace->store(), &Store::changed, &window, [&window] { window.setAsOf(systemClock()()); });
    connect(&m_workspace->store(), &Store::writeFailed, &window,
        [&window](const Error &error) { window.showBanner(Notice::Broken, format::error(error)); });
    watchCounts(window);
}

void Application::watchCounts(MainWindow &window)
{
    const auto show = [this, &window] {
        const qsizetype active
            = static_cast<qsizetype>(FlowRunRepository(m_workspace->store().reader()).active().size());
        window.setRailCount(QStringLiteral("runs"), active == 0 ? QString() : QLocale().toString(active));
    };
    connect(&m_workspace->store(), &Store::changed, &window, [show](const Changes &changes) {
        if (!changes.of(Entity::FlowRun).isEmpty())
            show();
    });
    // After the first frame: nobody waits for a count.
    QMetaObject::invokeMethod(&window, show, Qt::QueuedConnection);
}

void Application::previewSpec(MainWindow &window, const QString &path)
{
    auto *dialog = new SpecPreviewDialog(*m_workspace, path, &window);
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
    QCoro::connect(m_workspace->shutDown(quit), this, [] { QCoreApplication::exit(); });
}

} // namespace fd
