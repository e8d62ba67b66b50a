// SPDX-License-Identifier: GPL-3.0-or-later
// What Application does with known workspaces: the first start, the page of workspaces, connecting and forgetting.
#include "app/application.h"
#include "app/workspaceregistry.h"
#include "models/workspace/connectiontest.h"
#include "models/workspace/prefectprofiles.h"
#include "views/common/uimemory.h"
#include "views/connections/connectdialog.h"
#include "views/connections/firststartpage.h"
#include "views/connections/importprofilesdialog.h"
#include "views/connections/workspacespage.h"
#include "views/shell/mainwindow.h"

#include <QCoroTask>

namespace fd {
namespace {

QStringList usableNames(const PrefectProfiles &found)
{
    QStringList names;
    for (const PrefectProfile &profile : found.profiles) {
        if (profile.problem.isEmpty())
            names += profile.name;
    }
    return names;
}

/// The server that PREFECT_API_URL names; nothing when the environment says none.
std::optional<PrefectProfile> fromEnvironment(const PrefectProfiles &found)
{
    for (const PrefectProfile &profile : found.profiles) {
        if (profile.fromEnvironment && profile.problem.isEmpty())
            return profile;
    }
    return std::nullopt;
}

} // namespace

void Application::begin()
{
    const PrefectProfiles found = readPrefectProfiles(QProcessEnvironment::systemEnvironment());
    if (const auto profile = fromEnvironment(found)) {
        WorkspaceEntry entry = profile->entry;
        entry.name = entry.connection.apiUrl.host();
        const QString id = m_book->add(entry);
        QCoro::connect(m_book->keepSecrets(id, profile->entry.connection), this, [this, id](SecretsKept kept) {
            if (openEntry(id))
                tellWhereKeysAre(start(), kept);
        });
        return;
    }
    auto *page = new FirstStartPage;
    page->setAttribute(Qt::WA_DeleteOnClose);
    page->setWindowTitle(tr("Flowdeck"));
    page->resize(960, 640);
    page->setProfiles(usableNames(found));
    const auto open = [this, page](const QString &entryId) {
        if (const auto opened = entryId.isEmpty() ? openSample() : openEntry(entryId); !opened)
            return;
        disconnect(page, &QObject::destroyed, this, nullptr);
        start();
        page->close();
    };
    connect(page, &FirstStartPage::sampleRequested, this, [open] { open({}); });
    connect(page, &FirstStartPage::skipped, this, [open] { open({}); });
    connect(page, &FirstStartPage::connectRequested, this, [this, page, open] { connectServer(*page, open); });
    connect(page, &FirstStartPage::importRequested, this, [this, page, open] { importProfiles(*page, open); });
    // Closed without a choice: there is nothing to stay for.
    connect(page, &QObject::destroyed, this, [] { QCoreApplication::exit(); });
    page->show();
}

void Application::connectServer(QWidget &parent, const std::function<void(const QString &)> &then)
{
    auto *dialog = new ConnectDialog(*m_book, testConnection, systemClock(), &parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        dialog, &ConnectDialog::connected, this,
        [this, then](const QString &entryId, SecretsKept kept) {
            then(entryId);
            if (MainWindow *window = activeWindow())
                tellWhereKeysAre(*window, kept);
        },
        Qt::QueuedConnection);
    dialog->open();
}

void Application::importProfiles(QWidget &parent, const std::function<void(const QString &)> &then)
{
    auto *dialog
        = new ImportProfilesDialog(*m_book, readPrefectProfiles(QProcessEnvironment::systemEnvironment()), &parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        dialog, &ImportProfilesDialog::imported, this,
        [this, then](const QStringList &ids, SecretsKept kept) {
            m_registry->openServers();
            if (!ids.isEmpty())
                then(ids.constFirst());
            if (MainWindow *window = activeWindow())
                tellWhereKeysAre(*window, kept);
        },
        Qt::QueuedConnection);
    dialog->open();
}

MainWindow *Application::activeWindow() const
{
    for (const QPointer<MainWindow> &window : m_windows) {
        if (window != nullptr && window->isVisible())
            return window;
    }
    return nullptr;
}

void Application::tellWhereKeysAre(MainWindow &window, SecretsKept kept)
{
    if (kept != SecretsKept::ThisSessionOnly)
        return;
    window.post({.notice = Notice::Look,
        .title = tr("The key is kept for this session only"),
        .detail = tr("No system keychain answered. It has to be entered again after the next start."),
        .actions = {},
        .shownAt = {}});
}

void Application::addWorkspacesPage(MainWindow &window)
{
    window.addPage({.id = QStringLiteral("workspaces"),
        .title = WorkspacesPage::tr("Workspaces"),
        .iconName = QStringLiteral("network-server"),
        .kinds = {Destination::Kind::Workspaces},
        .inRail = true,
        .make = [this, &window]() -> Page * {
            auto *page = new WorkspacesPage(*m_book, *m_registry, testConnection, *m_memory);
            // Queued: switching deletes the page that asks.
            connect(
                page, &WorkspacesPage::switchRequested, this,
                [this, &window](const QString &id, bool newWindow) { switchTo(window, id, {}, newWindow); },
                Qt::QueuedConnection);
            connect(page, &WorkspacesPage::connectRequested, &window, &MainWindow::connectRequested);
            connect(page, &WorkspacesPage::importRequested, this,
                [this, &window] { importProfiles(window, [](const QString &) {}); });
            connect(page, &WorkspacesPage::connectionEdited, this,
                [this](const QString &id) { m_registry->reconnect(id); });
            connect(page, &WorkspacesPage::clearCopyRequested, this,
                [this](const QString &id) { m_registry->clearCopy(id); });
            connect(page, &WorkspacesPage::forgetRequested, this, &Application::forget, Qt::QueuedConnection);
            return page;
        }});
}

void Application::forget(const QString &entryId)
{
    QString other;
    for (const WorkspaceEntry &entry : m_book->entries()) {
        if (entry.id != entryId && other.isEmpty())
            other = entry.id;
    }
    // Its windows need something to show before it goes.
    if (const auto opened = other.isEmpty() ? openSample() : openEntry(other); !opened)
        return;
    const Destination workspaces{.kind = Destination::Kind::Workspaces};
    for (const QPointer<MainWindow> &window : m_windows) {
        if (window != nullptr && window->entryId() == entryId)
            switchTo(*window, m_entryId, workspaces, false);
    }
    QCoro::connect(m_registry->forget(entryId), this, [] {});
}

} // namespace fd
