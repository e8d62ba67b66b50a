// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/runsweep.h"

#include <QHash>

namespace fd {

/// Keeps the runs of a server: those due within the days that the user keeps, and everything that waits for a future
/// time. A poll asks for what is active, what became due since the last one, and what was under way; the rest is read
/// in steps that the caller paces: the past from now backwards, the waiting ones forwards, and day by day a comparison
/// of counts, because deleted runs make no event.
class RunMirror
{
public:
    RunMirror(SyncSession &session, int keptDays) : m_session(session), m_keptDays(keptDays) { }

    /// Reads where it stood. Errors: Storage.
    QCoro::Task<Result<void>> load();
    /// What may have changed since the last poll. `aheadUs`: runs due so soon count as due.
    QCoro::Task<Result<void>> poll(qint64 aheadUs);
    /// Looks a little further than a poll: one of count of what waits, a window of it, and one day's count.
    QCoro::Task<Result<void>> lookRound();
    /// One page of what is to be read. True when there is nothing.
    QCoro::Task<Result<bool>> step();
    /// The past and the waiting ones were read whole.
    [[nodiscard]] bool isComplete() const;

    [[nodiscard]] int done() const { return m_done; }
    [[nodiscard]] int total() const { return m_total; }
    [[nodiscard]] int unreadable() const { return m_unreadable; }
    /// These deployments changed: a server makes their waiting runs anew then, with other ids, some seconds later
    /// (prefect-3 T7). The next polls ask for them.
    void expectRemade(const QSet<DeploymentId> &deployments);
    /// Deployments to be asked for, because runs that waited for them are gone.
    [[nodiscard]] QSet<DeploymentId> takeTouched() { return std::exchange(m_touched, {}); }

private:
    [[nodiscard]] Instant floor() const;
    QCoro::Task<Result<bool>> stepOf(std::optional<RunSweep> &sweep);
    QCoro::Task<Result<void>> readActive(QSet<FlowRunId> &answered);
    QCoro::Task<Result<void>> askUnfinished(QSet<FlowRunId> answered, Instant until);
    QCoro::Task<Result<void>> readRemade();
    QCoro::Task<Result<void>> compareWaiting();
    QCoro::Task<Result<void>> compareDay();
    QCoro::Task<Result<void>> trim();
    QCoro::Task<Result<void>> save();
    void startHistory();

    SyncSession &m_session;
    int m_keptDays = 0;
    /// Everything that became due before this was read; nothing before the first poll.
    std::optional<Instant> m_until;
    /// The past is read back to here.
    std::optional<Instant> m_historyCursor;
    bool m_waitingRead = false;
    /// The server counts others than are here: they are read again.
    bool m_waitingChanged = false;
    std::optional<RunSweep> m_due;
    std::optional<RunSweep> m_history;
    std::optional<RunSweep> m_waiting;
    std::optional<RunSweep> m_window;
    std::optional<RunSweep> m_day;
    int m_done = 0;
    int m_total = 0;
    int m_unreadable = 0;
    int m_turn = 0;
    int m_dayIndex = 0;
    size_t m_unfinishedOffset = 0;
    bool m_trims = true;
    /// Differences of counts that reading again did not mend, by day; -1 is what waits.
    QHash<int, int> m_knownGaps;
    QSet<DeploymentId> m_touched;
    /// Deployments whose waiting runs are to be read, and how often yet.
    QHash<DeploymentId, int> m_remade;
    QSet<FlowId> m_askedFlows;
};

} // namespace fd
