// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/syncsession.h"

namespace fd {

/// Brings one run's states, tasks, subflow runs and log while somebody looks at it, in rounds of bounded size that the
/// caller spaces. The log is read on from where it is; after the run's end it is counted once and read again whole if
/// lines came late.
class RunFollower
{
public:
    RunFollower(SyncSession &session, RowId run) : m_session(session), m_row(run) { }

    enum class Next {
        /// More is there right now.
        AtOnce,
        /// The run goes on, or has ended too recently: its tasks may be recorded seconds later (prefect-3 T48).
        Later,
        /// All there will be is here.
        Never,
    };
    /// One round. Errors: of the server (NotFound: the run is gone, and was removed here), or Storage.
    QCoro::Task<Result<Next>> round();
    /// The run's id; null before the first round.
    [[nodiscard]] const FlowRunId &id() const { return m_id; }
    /// The run may have started again.
    void lookAgain() { m_endedRounds = 0; }

private:
    QCoro::Task<Result<void>> readRun();
    QCoro::Task<Result<void>> readStates();
    QCoro::Task<Result<void>> readTasks();
    QCoro::Task<Result<bool>> readLog();

    SyncSession &m_session;
    RowId m_row = 0;
    FlowRunId m_id;
    bool m_ended = false;
    int m_endedRounds = 0;
    /// How many lines the server gave so far; -1 before the first round.
    int m_logOffset = -1;
    bool m_logReadWhole = false;
    /// The last round left lines behind: nothing else is asked until they are here.
    bool m_catchesUp = false;
};

} // namespace fd
