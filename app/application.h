// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"
#include "views/common/destination.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

class QApplication;

namespace fd {

class Appearance;
class LocalWorkspace;
class MainWindow;
class UiMemory;
class UiMemoryPart;

/// Owns what the program is made of, in order: memory, appearance, workspace, windows. The only place where
/// concrete workspaces and pages meet.
class Application : public QObject
{
    Q_OBJECT

public:
    Application(QApplication &application, std::unique_ptr<UiMemory> memory);
    ~Application() override;

    /// Opens a workspace file, making it when it is missing. Errors: as LocalWorkspace::open.
    [[nodiscard]] Result<void> openWorkspace(const QString &storePath, const QString &name);
    /// Opens the first window.
    MainWindow &openWindow(const Destination &destination);
    /// Creates the sample's deployments in a workspace that has none.
    QCoro::Task<Result<void>> addSamples();

    /// The same for a window: what goes wrong is told there.
    void offerSamples(MainWindow &window);

    [[nodiscard]] Workspace &workspace();

private:
    void addPages(MainWindow &window);
    void connectWindow(MainWindow &window);
    void watchCounts(MainWindow &window);
    void previewSpec(MainWindow &window, const QString &path);
    void quit(Workspace::Quit quit);

    QApplication &m_application;
    std::unique_ptr<UiMemory> m_memory;
    std::unique_ptr<Appearance> m_appearance;
    /// What the pages remember of this workspace.
    std::unique_ptr<UiMemoryPart> m_pageMemory;
    std::unique_ptr<LocalWorkspace> m_workspace;
    std::vector<QPointer<MainWindow>> m_windows;
};

} // namespace fd
