// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"
#include "models/workspace/workspacebook.h"
#include "views/common/destination.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

class QApplication;

namespace fd {

class Appearance;
class MainWindow;
class UiMemory;
class WorkspaceRegistry;

/// Owns what the program is made of, in order: memory, appearance, workspaces, windows. The only place where pages
/// and workspaces meet.
class Application : public QObject
{
    Q_OBJECT

public:
    Application(QApplication &application, std::unique_ptr<UiMemory> memory, std::unique_ptr<WorkspaceBook> book);
    ~Application() override;

    /// Opens a workspace file, making it when it is missing; windows show it from now on. Errors: as
    /// LocalWorkspace::open.
    [[nodiscard]] Result<void> openFile(const QString &storePath, const QString &name);
    /// Opens the known workspace that was shown last; the sample, made when it is missing, when none is known.
    [[nodiscard]] Result<void> openKnown();
    /// Opens the sample workspace, made when it is missing.
    [[nodiscard]] Result<void> openSample();
    /// At the very first start: asks what to begin with, unless PREFECT_API_URL names a server already.
    void begin();
    /// Whether any workspace is known.
    [[nodiscard]] bool knowsWorkspaces() const { return !m_book->entries().isEmpty(); }
    /// Opens a window on the current workspace.
    MainWindow &openWindow(const Destination &destination);
    /// Opens the first window and what goes on behind it: other servers, the sample's deployments.
    MainWindow &start();
    /// Creates the sample's deployments in a workspace that has none.
    QCoro::Task<Result<void>> addSamples();

    /// The same for a window: what goes wrong is told there.
    void offerSamples(MainWindow &window);

    /// The current workspace: what the next window shows.
    [[nodiscard]] Workspace &workspace() { return *m_workspace; }

private:
    void addPages(MainWindow &window);
    void addWorkspacesPage(MainWindow &window);
    void connectServer(QWidget &parent, const std::function<void(const QString &)> &then);
    void importProfiles(QWidget &parent, const std::function<void(const QString &)> &then);
    void forget(const QString &entryId);
    void tellWhereKeysAre(MainWindow &window, SecretsKept kept);
    [[nodiscard]] MainWindow *activeWindow() const;
    [[nodiscard]] Result<void> openEntry(const QString &entryId);
    void followWorkspace(MainWindow &window);
    void switchTo(MainWindow &window, const QString &entryId, const Destination &destination, bool newWindow);
    void showBook();
    void connectWindow(MainWindow &window);
    void previewSpec(MainWindow &window, const QString &path);
    void quit(Workspace::Quit quit);

    QApplication &m_application;
    std::unique_ptr<UiMemory> m_memory;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<WorkspaceBook> m_book;
    std::unique_ptr<WorkspaceRegistry> m_registry;
    Workspace *m_workspace = nullptr;
    QString m_entryId;
    std::vector<QPointer<MainWindow>> m_windows;
};

} // namespace fd
