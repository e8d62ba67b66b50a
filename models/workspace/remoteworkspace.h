// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/connectionsettings.h"
#include "models/store/store.h"
#include "models/workspace/workspace.h"

#include <memory>

namespace fd {

class SyncLoop;

/// How to open a workspace that mirrors a Prefect server.
struct RemoteWorkspaceOptions {
    /// The mirror's file; made when it is missing.
    QString storePath;
    QString name;
    ConnectionSettings connection;
    /// False to wait for setConnection, such as while its key is fetched; what is in the file is shown meanwhile.
    bool connectAtOnce = true;
    /// Between two regular polls.
    int refreshSeconds = 15;
    /// Runs due longer ago than this are not kept.
    int keptDays = 14;
    Clock clock = systemClock();
};

/// A workspace on a Prefect server: its rows are mirrored into a file, which is read at once and stays readable when
/// the server is not there. Opening needs no network.
class RemoteWorkspace : public Workspace
{
    Q_OBJECT

public:
    /// Opens the mirror's file, or makes it, and begins to connect. Errors: as Store::open.
    [[nodiscard]] static Result<std::unique_ptr<RemoteWorkspace>> open(RemoteWorkspaceOptions options);
    /// Cancels what is asked; what was answered is written first.
    ~RemoteWorkspace() override;

    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] QString location() const override { return m_location; }
    [[nodiscard]] Store &store() override { return *m_store; }
    /// Nothing but reading.
    [[nodiscard]] Capabilities capabilities() const override;
    /// Stopped: the server runs the flows.
    [[nodiscard]] EngineStatus engineStatus() const override { return {}; }
    [[nodiscard]] bool mirrorsServer() const override { return true; }
    [[nodiscard]] SyncStatus syncStatus() const override;

    void refresh() override;
    /// Remembered in the file.
    void setSyncPaused(bool paused) override;
    void followRun(RowId run) override;
    void unfollowRun(RowId run) override;
    /// Goes on with another address or key, such as after the server refused the old one.
    void setConnection(ConnectionSettings connection);
    void setRefreshSeconds(int seconds);
    /// Deletes the copy and reads everything again.
    void clearMirror();

    QCoro::Task<Result<RunStarted>> startRun(RunRequest request) override;
    QCoro::Task<Result<void>> cancelRun(RowId run) override;
    QCoro::Task<Result<SpecPlan>> planSpec(QString path) override;
    QCoro::Task<Result<SpecApplied>> applySpec(SpecPlan plan) override;
    QCoro::Task<Result<void>> deleteDeployment(RowId deployment) override;
    QCoro::Task<void> shutDown(Quit quit) override;

private:
    RemoteWorkspace(std::unique_ptr<Store> store, RemoteWorkspaceOptions options);

    QString m_name;
    QString m_location;
    std::unique_ptr<Store> m_store;
    std::shared_ptr<SyncLoop> m_loop;
};

} // namespace fd
