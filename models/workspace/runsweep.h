// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/syncsession.h"

#include <QSet>

#include <optional>

namespace fd {

/// Reads the runs of a span of time page by page, in the order of expected_start_time, the indexed one. Each page
/// begins where the last one ended in time, not in number, so rows that come and go elsewhere move nothing. Runs that
/// are here and that the server did not give in the stretch just read are asked for by id, and go when they are gone.
class RunSweep
{
public:
    struct Span {
        Instant from;
        Instant to;
        /// Empty for all.
        QList<StateType> states;
        bool newestFirst = true;
        int firstPage = 10;
        /// 0: as large as the server gives them.
        int largestPage = 0;
    };

    RunSweep(SyncSession &session, Span span);

    /// One page. True at the end of the span. Errors: of the server, or Storage; then the step may be repeated.
    QCoro::Task<Result<bool>> step();
    /// How far it is: up to here all is known.
    [[nodiscard]] Instant cursor() const { return m_cursor; }
    [[nodiscard]] const Span &span() const { return m_span; }
    [[nodiscard]] int rowsRead() const { return m_rows; }
    [[nodiscard]] int unreadable() const { return m_unreadable; }
    /// Ids that it read, for who asks the rest.
    [[nodiscard]] const QSet<FlowRunId> &read() const { return m_read; }
    /// Deployments whose waiting runs are gone: somebody changed their schedule, paused or deleted them.
    [[nodiscard]] QSet<DeploymentId> takeTouched() { return std::exchange(m_touched, {}); }

private:
    QCoro::Task<Result<void>> reconcile(Instant from, Instant to);

    SyncSession &m_session;
    Span m_span;
    Instant m_cursor;
    /// How many rows due at the cursor were read already.
    int m_offset = 0;
    int m_pageSize = 0;
    int m_rows = 0;
    int m_unreadable = 0;
    /// Of the stretch under way: it holds a row without an id, so nothing can be said to be gone.
    bool m_blind = false;
    QSet<FlowRunId> m_read;
    QSet<DeploymentId> m_touched;
};

/// Asks for runs by id: what changed is stored, what is gone is removed. Any number of ids. Returns the deployments
/// whose waiting runs went.
QCoro::Task<Result<QSet<DeploymentId>>> askRuns(SyncSession &session, std::vector<FlowRunId> ids);

/// The states in which a run's end is still to come.
[[nodiscard]] QList<StateType> unfinishedStates();
[[nodiscard]] QList<StateType> allStates();

} // namespace fd
