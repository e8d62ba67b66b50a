// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"
#include "models/spec/deploymentspec.h"
#include "models/workspace/syncstatus.h"

#include <QCoroTask>
#include <QObject>

namespace fd {

class Store;

/// What a workspace can do. Views enable actions from it and say why one is off.
struct Capabilities {
    bool canRun = false;
    bool canCancelRuns = false;
    bool canApplySpecs = false;
    bool canDeleteDeployments = false;
    /// Why the rest is off, as one sentence; empty when everything is on.
    QString reason;
};

/// A run the user asks for. The key is made at the click, so that a second attempt is the same run.
struct RunRequest {
    QString idempotencyKey;
    RowId deployment = 0;
    /// A JSON object laid over the deployment's own parameters.
    QByteArray parameters = "{}";
};

/// The answer to a RunRequest.
struct RunStarted {
    RowId run = 0;
    FlowRunId id;
    QString name;
    /// True when this very key had made the run before.
    bool alreadyThere = false;
};

/// A new key for RunRequest::idempotencyKey.
[[nodiscard]] QString makeIdempotencyKey();

/// One deployment of a spec against what the workspace has.
struct SpecPlanItem {
    enum class Action { Create, Update, Unchanged };
    Action action = Action::Create;
    /// As it will be.
    Deployment planned;
    /// As it is; nothing for Create.
    std::optional<Deployment> current;
    /// Names of the fields that change, in Prefect's words ("tags", "parameters.name", "schedule" …).
    QStringList changedFields;
};

/// What applying a spec file would do. Nothing is sent before `applySpec`.
struct SpecPlan {
    QString path;
    QList<SpecPlanItem> items;
    /// Errors block the whole file, warnings do not.
    QList<SpecProblem> problems;

    [[nodiscard]] bool canApply() const;
};

/// What applying a plan did.
struct SpecApplied {
    int created = 0;
    int updated = 0;
    int unchanged = 0;
};

/// Who runs this workspace's flows at the moment.
struct EngineStatus {
    enum class Kind { Stopped, Here, Elsewhere, Failed };
    Kind kind = Kind::Stopped;
    /// Process and host of another Flowdeck, or what failed.
    QString detail;
    /// Runs with a process.
    int activeRuns = 0;

    friend bool operator==(const EngineStatus &, const EngineStatus &) = default;
};

/// One place where deployments live; what the views talk to. Commands go down through it, answers arrive in the
/// store, and the store announces them. Lives in the GUI thread.
class Workspace : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual QString name() const = 0;
    /// Where it is, for people: a file's path or a server's address.
    [[nodiscard]] virtual QString location() const = 0;
    [[nodiscard]] virtual Store &store() = 0;
    [[nodiscard]] virtual Capabilities capabilities() const = 0;
    [[nodiscard]] virtual EngineStatus engineStatus() const = 0;
    /// Whether it shows a server's data: then its age matters, and it can be refreshed.
    [[nodiscard]] virtual bool mirrorsServer() const { return false; }
    /// Live for a workspace that is its own truth.
    [[nodiscard]] virtual SyncStatus syncStatus() const { return {}; }

    /// Asks the server now (F5), also while paused or waiting for the next try.
    virtual void refresh() { }
    virtual void setSyncPaused(bool) { }
    /// Somebody looks at this run: keeps its states, tasks and log coming until `unfollowRun`. Counted.
    virtual void followRun(RowId) { }
    virtual void unfollowRun(RowId) { }

    /// Makes a run exactly once per key. When it has an answer, the run is stored.
    /// Errors: NotFound (no such deployment), Validation (parameters), Storage.
    virtual QCoro::Task<Result<RunStarted>> startRun(RunRequest request) = 0;
    /// Asks a run to stop: polite signal, grace time, kill. A run that has not started ends Cancelled at once.
    virtual QCoro::Task<Result<void>> cancelRun(RowId run) = 0;
    /// Reads a spec file and compares it with what is here; changes nothing.
    virtual QCoro::Task<Result<SpecPlan>> planSpec(QString path) = 0;
    /// Creates and updates what the plan says, all or nothing.
    virtual QCoro::Task<Result<SpecApplied>> applySpec(SpecPlan plan) = 0;
    virtual QCoro::Task<Result<void>> deleteDeployment(RowId deployment) = 0;

    enum class Quit { LeaveRunsRunning, StopRuns };
    /// Ends the engine; afterwards the workspace may be destroyed.
    virtual QCoro::Task<void> shutDown(Quit quit) = 0;

signals:
    void engineStatusChanged(const fd::EngineStatus &status);
    void syncStatusChanged(const fd::SyncStatus &status);
};

} // namespace fd

Q_DECLARE_METATYPE(fd::EngineStatus)
