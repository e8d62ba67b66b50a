// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/engine.h"
#include "models/engine/leaderlease.h"
#include "models/engine/occasion.h"
#include "models/engine/runattempt.h"
#include "models/engine/runqueries.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <optional>

namespace fd {

/// The engine itself, in its own thread: holds the lease, takes due runs, and keeps one RunAttempt per process.
class EngineWorker : public QObject
{
    Q_OBJECT

public:
    EngineWorker(Store &store, EngineOptions options);
    ~EngineWorker() override;

    void begin();
    /// Looks for due, cancelled and lost runs; while that goes on already, once more afterwards.
    QCoro::Task<> look();
    /// See Engine::stop; `stopped` follows.
    QCoro::Task<> stop(bool stopRuns);

signals:
    void reported(const fd::EngineReport &report);
    void stopped();

private:
    QCoro::Task<Result<void>> lookOnce();
    QCoro::Task<Result<void>> takeDue(int room);
    QCoro::Task<Result<void>> recoverFolders();
    QCoro::Task<Result<void>> recover(FoundRun found);
    QCoro::Task<Result<void>> startAgain(RowId run);
    QCoro::Task<Result<void>> cancelAll();
    QCoro::Task<Result<void>> attendTo(FlowRunRow run);
    void start(const TakenRun &taken);
    RunAttempt &addAttempt(const FlowRun &run);
    void attemptEnded(RowId run);
    void detachAll();
    void lookAt(std::optional<Instant> due);
    void leaderIs(const Lease &holder);
    void stepDown();
    void report();
    [[nodiscard]] QString folderOf(const FlowRunId &run) const;

    Store &m_store;
    EngineOptions m_options;
    LeaderLease m_lease;
    QThreadPool m_pool;
    QTimer m_timer{this};
    QHash<RowId, RunAttempt *> m_attempts;
    EngineReport m_lastReport;
    Lease m_leader;
    std::optional<QString> m_failure;
    bool m_started = false;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_foldersRecovered = false;
    bool m_stopping = false;
    /// No look is in flight, or one attempt less.
    Occasion m_settled;
};

} // namespace fd
