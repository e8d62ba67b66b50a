// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"
#include "models/store/store.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QThread>

namespace fd {

class EngineWorker;

/// What an engine needs from outside.
struct EngineOptions {
    /// Where each run has its folder while it has a process; made 0700 when missing.
    QString runFolder;
    /// The flowdeck-supervisor program.
    QString supervisorPath;
    /// The Python bridge: its package folder, as Python runs it.
    QString bridgePath;
    /// How long a cancelled flow may take to end by itself before it is killed, in seconds.
    int graceSeconds = 10;
    Clock clock = systemClock();
};

/// Who runs the workspace's flows at the moment, as one engine sees it.
struct EngineReport {
    enum class Kind { Stopped, Here, Elsewhere, Failed };
    Kind kind = Kind::Stopped;
    /// Elsewhere: the leader's process and host. 0 and empty when it has not said so yet.
    qint64 pid = 0;
    QString host;
    /// Failed: what is wrong, as one sentence.
    QString reason;
    /// Runs with a process under this engine.
    int activeRuns = 0;

    friend bool operator==(const EngineReport &, const EngineReport &) = default;
};

/// Runs flows of one workspace file without a server. Works in a thread of its own; any number of engines may
/// watch one file, in any number of processes, and exactly one of them leads.
class Engine : public QObject
{
    Q_OBJECT

public:
    Engine(Store &store, EngineOptions options);
    /// Like stop(false), and waits for it.
    ~Engine() override;

    /// Takes part from now on: leads when nobody else does.
    void start();

    /// Looks for due runs at once. From any thread.
    void wake();
    /// Asks a run to stop. One that has no process ends Cancelled at once; one that has gets SIGTERM, and SIGKILL
    /// after the grace time. Finishes when the request is stored. Any engine of the file may be asked; its leader acts.
    /// Errors: NotFound, Conflict (it has ended, or belongs to another run as a subflow), Storage. From any thread.
    [[nodiscard]] QFuture<Result<void>> cancel(RowId run);
    /// Ends this engine. With `stopRuns` every run is cancelled first, and waited for no longer than the grace time
    /// and a little; without, runs go on under their supervisors and the next leader takes them up again.
    [[nodiscard]] QFuture<void> stop(bool stopRuns);

    /// What was reported last.
    [[nodiscard]] const EngineReport &report() const { return m_report; }

signals:
    void reportChanged(const fd::EngineReport &report);

private:
    void takeReport(const EngineReport &report);
    void askToStop(bool stopRuns);

    Store &m_store;
    Clock m_clock;
    QThread m_thread;
    EngineWorker *m_worker = nullptr;
    EngineReport m_report;
    bool m_stopping = false;
};

} // namespace fd

Q_DECLARE_METATYPE(fd::EngineReport)
