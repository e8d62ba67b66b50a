// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/store.h"
#include "models/workspace/workspace.h"
#include "views/common/uimemory.h"

#include <QHash>
#include <QTemporaryDir>

namespace fd {

/// A workspace over a real store whose commands do what a test tells them to. Runs no flows.
class FakeWorkspace : public Workspace
{
    Q_OBJECT
public:
    FakeWorkspace();

    [[nodiscard]] QString name() const override { return workspaceName; }
    [[nodiscard]] QString location() const override { return m_store->path(); }
    [[nodiscard]] Store &store() override { return *m_store; }
    [[nodiscard]] Capabilities capabilities() const override { return can; }
    [[nodiscard]] EngineStatus engineStatus() const override { return m_status; }

    QCoro::Task<Result<RunStarted>> startRun(RunRequest request) override;
    QCoro::Task<Result<void>> cancelRun(RowId run) override;
    QCoro::Task<Result<SpecPlan>> planSpec(QString path) override;
    QCoro::Task<Result<SpecApplied>> applySpec(SpecPlan plan) override;
    QCoro::Task<Result<void>> deleteDeployment(RowId deployment) override;
    QCoro::Task<void> shutDown(Quit quit) override;

    void setEngine(const EngineStatus &status);
    /// Stores a deployment and gives its row.
    RowId add(const Deployment &deployment);
    /// Stores a finished or unfinished run of a deployment.
    RowId addRun(RowId deployment, const QString &name, const State &end, qint64 lengthUs);
    [[nodiscard]] static Deployment deployment(
        const QString &flow, const QString &name, const QStringList &tags = {}, const QByteArray &schedule = {});
    /// The deployments of a workspace as the pictures show it, around `now`.
    void fillScene(Instant now);

    QString workspaceName = QStringLiteral("sample");
    Capabilities can{
        .canRun = true, .canCancelRuns = true, .canApplySpecs = true, .canDeleteDeployments = true, .reason = {}};
    /// What startRun waits before it answers, in milliseconds.
    int answerAfterMs = 0;
    std::optional<Error> runError;
    QList<RunRequest> requests;
    Result<SpecPlan> plan = SpecPlan();
    Result<SpecApplied> applied = SpecApplied();
    int applies = 0;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    EngineStatus m_status{.kind = EngineStatus::Kind::Here, .detail = {}};
};

/// What windows remember, for as long as the test runs.
class MemoryInMemory : public UiMemory
{
public:
    [[nodiscard]] QVariant value(const QString &key) const override { return values.value(key); }
    void setValue(const QString &key, const QVariant &value) override { values.insert(key, value); }

    QHash<QString, QVariant> values;
};

} // namespace fd
