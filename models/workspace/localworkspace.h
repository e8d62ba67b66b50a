// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/engine.h"
#include "models/store/store.h"
#include "models/workspace/workspace.h"

#include <QTimer>

#include <memory>

namespace fd {

/// How to open a local workspace.
struct LocalWorkspaceOptions {
    QString storePath;
    /// Make the file when it is missing.
    bool create = false;
    /// Name for a new workspace; the file's base name when empty.
    QString name;
    /// The flowdeck-supervisor program and the Python bridge's package folder.
    QString supervisorPath;
    QString bridgePath;
    /// False to look only: nothing is run from here.
    bool runEngine = true;
    /// How long a cancelled flow may take to end by itself before it is killed, in seconds.
    int graceSeconds = 10;
};

/// A workspace that is one file: deployments live in it and an engine of this process runs them.
class LocalWorkspace : public Workspace
{
    Q_OBJECT

public:
    /// Opens the file, or makes it. Errors: as Store::open.
    [[nodiscard]] static Result<std::unique_ptr<LocalWorkspace>> open(const LocalWorkspaceOptions &options);
    /// Ends the engine and leaves runs running; see shutDown for the other way.
    ~LocalWorkspace() override;

    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] QString location() const override { return m_store->path(); }
    [[nodiscard]] Store &store() override { return *m_store; }
    [[nodiscard]] Capabilities capabilities() const override;
    [[nodiscard]] EngineStatus engineStatus() const override { return m_status; }

    QCoro::Task<Result<RunStarted>> startRun(RunRequest request) override;
    QCoro::Task<Result<void>> cancelRun(RowId run) override;
    QCoro::Task<Result<SpecPlan>> planSpec(QString path) override;
    QCoro::Task<Result<SpecApplied>> applySpec(SpecPlan plan) override;
    QCoro::Task<Result<void>> deleteDeployment(RowId deployment) override;
    QCoro::Task<void> shutDown(Quit quit) override;

private:
    LocalWorkspace(std::unique_ptr<Store> store, LocalWorkspaceOptions options);
    void takeReport(const EngineReport &report);

    LocalWorkspaceOptions m_options;
    QString m_name;
    EngineStatus m_status;
    std::unique_ptr<Store> m_store;
    /// Always there, so that a run can be cancelled from here; takes part only with `runEngine`.
    std::unique_ptr<Engine> m_engine;
    QTimer m_engineStart;
};

} // namespace fd
