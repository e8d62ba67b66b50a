// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/openworkspaces.h"
#include "models/workspace/workspacebook.h"
#include "views/common/uimemory.h"

#include <map>
#include <memory>

namespace fd {

class RemoteWorkspace;

/// Opens known workspaces and files, and owns them with what their pages remember. The only place that knows both
/// kinds of workspaces.
class WorkspaceRegistry : public OpenWorkspaces
{
    Q_OBJECT

public:
    WorkspaceRegistry(WorkspaceBook &book, UiMemory &memory);
    ~WorkspaceRegistry() override;

    [[nodiscard]] Workspace *workspace(const QString &entryId) const override;
    [[nodiscard]] std::optional<Error> failure(const QString &entryId) const override;

    /// Opens the entry's workspace, or gives the open one. A server's begins to connect once its key was read.
    [[nodiscard]] Result<Workspace *> open(const QString &entryId);
    /// Opens a file that nobody keeps in a list, making it when it is missing; `entryId` of it is empty.
    [[nodiscard]] Result<Workspace *> openFile(const QString &path, const QString &name);
    /// Opens all servers that are not open yet, so that their data stays fresh and can be searched.
    void openServers();

    /// Connects an open server anew: its key or address is another.
    void reconnect(const QString &entryId);
    /// Deletes the copy of a server that is open and reads it again.
    void clearCopy(const QString &entryId);
    /// Closes the workspace, which no window shows any more, removes it from the book and deletes a server's copy.
    QCoro::Task<void> forget(QString entryId);

    /// What the pages of an open workspace remember.
    [[nodiscard]] UiMemory &memoryOf(const Workspace &workspace) const;
    /// All that are open, in no order.
    [[nodiscard]] QList<Workspace *> all() const;
    /// Ends them all; afterwards this may be destroyed.
    QCoro::Task<void> shutDown(Workspace::Quit quit);

private:
    struct Opened {
        std::unique_ptr<Workspace> workspace;
        std::unique_ptr<UiMemoryPart> memory;
        /// The entry as it was opened; a change of what matters reconnects.
        WorkspaceEntry entry;
    };

    [[nodiscard]] Result<std::unique_ptr<Workspace>> make(const WorkspaceEntry &entry);
    void connectToServer(RemoteWorkspace &workspace, const WorkspaceEntry &entry);
    void followBook();

    WorkspaceBook &m_book;
    UiMemory &m_memory;
    std::map<QString, Opened> m_open;
    std::map<QString, Error> m_failures;
};

} // namespace fd
