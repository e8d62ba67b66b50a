// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/runlaunch.h"
#include "models/engine/spool.h"
#include "models/engine/spooltranslator.h"
#include "models/store/store.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QObject>
#include <QSocketNotifier>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace fd {

/// What an attempt needs from its engine.
struct AttemptContext {
    Store &store;
    /// For what blocks: finding the interpreter, writing the request.
    QThreadPool &pool;
    Clock clock;
};

/// One run with a process: starts it or finds it again, follows its spool into the store, and brings it to its end.
/// Lives in the engine's thread.
class RunAttempt : public QObject
{
    Q_OBJECT

public:
    RunAttempt(AttemptContext context, const FlowRun &run, QString folder);
    ~RunAttempt() override;

    /// Starts the run under a supervisor.
    void launch(const LaunchRequest &request);
    /// Takes up a run whose supervisor was started by an earlier engine, and may have ended since.
    void resume(int attempt, qint64 offset, bool keepOutput);
    /// Asks the process to end: SIGTERM, grace time, SIGKILL. Asking again changes nothing.
    void cancel();
    /// Lets go of the run, whose supervisor goes on. `ended` follows once nothing is in flight.
    void detach();

    [[nodiscard]] RowId run() const { return m_run.row; }

signals:
    /// The run has its final state and no process, or was let go. The last signal.
    void ended(fd::RowId run);

private:
    QCoro::Task<> launchNow(LaunchRequest request);
    QCoro::Task<> closeUnstarted(Error error);
    QCoro::Task<> follow();
    QCoro::Task<bool> storeChunk(QByteArray chunk);
    QCoro::Task<> close();
    [[nodiscard]] RunEnding endingWithoutRecord() const;
    Result<void> startSupervisor(const Launch &launch);
    void beginFollowing(const QString &spool, qint64 offset);
    void supervisorSpoke();
    void followSoon();
    void reapSupervisor();
    void checkSupervisor();
    void sendCancel();
    void finish();

    AttemptContext m_context;
    FlowRun m_run;
    QString m_folder;
    QString m_spoolPath;
    std::optional<SpoolReader> m_spool;
    SpoolTranslator m_translator;
    QByteArray m_newDetails = "{}";
    /// Why the supervisor could not make its spool.
    std::optional<QString> m_noSpool;

    /// Our own child; 0 when another engine started it.
    pid_t m_supervisor = 0;
    int m_notices = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    /// Looks at the spool of a supervisor that notifies nobody any more.
    QTimer m_watchTimer;
    QTimer m_followTimer;
    QElapsedTimer m_sinceStored;

    /// The ending that the spool tells is stored.
    bool m_closed = false;
    bool m_supervisorGone = false;
    bool m_cancelled = false;
    bool m_detached = false;
    bool m_busy = false;
    bool m_followAgain = false;
    bool m_ended = false;
};

} // namespace fd
