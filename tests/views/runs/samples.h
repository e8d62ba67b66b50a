// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/store.h"
#include "models/workspace/workspace.h"
#include "views/common/uimemory.h"

#include <QHash>
#include <QTemporaryDir>

#include <memory>

namespace fd::sample {

/// 2026-10-20T14:32:08Z: "now" in samples and pictures.
inline constexpr Instant kNow{1'792'506'728'000'000};
inline constexpr qint64 kSecondUs = 1'000'000;

/// What pages remember, in memory.
class Memory : public UiMemory
{
public:
    [[nodiscard]] QVariant value(const QString &key) const override { return m_values.value(key); }
    void setValue(const QString &key, const QVariant &value) override { m_values[key] = value; }

private:
    QHash<QString, QVariant> m_values;
};

/// A workspace over an own file that only records what it is asked to cancel.
class SampleWorkspace : public Workspace
{
    Q_OBJECT
public:
    SampleWorkspace();

    [[nodiscard]] QString name() const override { return QStringLiteral("sample"); }
    [[nodiscard]] QString location() const override { return m_store->path(); }
    [[nodiscard]] Store &store() override { return *m_store; }
    [[nodiscard]] Capabilities capabilities() const override { return m_can; }
    [[nodiscard]] EngineStatus engineStatus() const override { return {}; }
    QCoro::Task<Result<RunStarted>> startRun(RunRequest request) override;
    QCoro::Task<Result<void>> cancelRun(RowId run) override;
    QCoro::Task<Result<SpecPlan>> planSpec(QString path) override;
    QCoro::Task<Result<SpecApplied>> applySpec(SpecPlan plan) override;
    QCoro::Task<Result<void>> deleteDeployment(RowId deployment) override;
    QCoro::Task<void> shutDown(Quit quit) override;

    /// The runs that were to be cancelled.
    QList<RowId> cancelled;
    /// What cancelRun answers; nothing for success.
    std::optional<Error> refusal;
    void setCapabilities(const Capabilities &can) { m_can = can; }

    /// Writes and waits until the announcement is out.
    template<typename Work>
    void write(Work work)
    {
        auto done = m_store->write(std::move(work));
        done.waitForFinished();
        Q_ASSERT(done.result());
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    Capabilities m_can{
        .canRun = true, .canCancelRuns = true, .canApplySpecs = true, .canDeleteDeployments = true, .reason = {}};
};

/// Rows of the sample run, for tests.
struct SampleRun {
    RowId run = 0;
    RowId deployment = 0;
    RowId subflow = 0;
    /// The task runs in the order they started.
    QList<RowId> tasks;
    QStringList taskNames;
};

/// "brave-otter": late, twelve tasks of which one was retried and one is a subflow, 1,204 log lines, and the runs
/// before it.
[[nodiscard]] SampleRun addFinishedRun(SampleWorkspace &workspace);
/// A run that is going on, with `tasks` finished tasks and `lines` log lines.
[[nodiscard]] SampleRun addRunningRun(SampleWorkspace &workspace, int tasks, int lines);
/// `count` runs of a dozen deployments in all states, the newest a minute old.
void addRuns(SampleWorkspace &workspace, int count);
/// Appends lines to a run's log.
void addLines(SampleWorkspace &workspace, RowId run, const QStringList &messages, int level = 20, RowId task = 0);

} // namespace fd::sample
