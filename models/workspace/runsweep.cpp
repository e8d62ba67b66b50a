// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/runsweep.h"

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/mirrorrepository.h"

namespace fd {
namespace {

/// Above this many ids a sweep forgets those of the stretches it has compared.
constexpr qsizetype kRememberedIds = 20'000;

/// Removes a run; answers its deployment when the run still waited, null otherwise.
DeploymentId removeRun(Connection &db, const FlowRunId &id)
{
    DeploymentId of;
    const auto run = FlowRunRepository(db).find(id);
    if (run && run->deployment != 0 && run->state.type == StateType::Scheduled) {
        if (const auto deployment = DeploymentRepository(db).find(run->deployment))
            of = deployment->id;
    }
    MirrorRepository(db).removeFlowRun(id);
    return of;
}

} // namespace

QList<StateType> unfinishedStates()
{
    return {StateType::Scheduled, StateType::Pending, StateType::Running, StateType::Paused, StateType::Cancelling,
        StateType::Unknown};
}

QList<StateType> allStates()
{
    return unfinishedStates()
        + QList<StateType>{StateType::Completed, StateType::Failed, StateType::Cancelled, StateType::Crashed};
}

QCoro::Task<Result<QSet<DeploymentId>>> askRuns(SyncSession &session, std::vector<FlowRunId> ids)
{
    const auto atOnce = static_cast<size_t>(std::max(1, session.server().info().pageLimit));
    QSet<DeploymentId> touched;
    for (size_t from = 0; from < ids.size(); from += atOnce) {
        const size_t size = std::min(atOnce, ids.size() - from);
        FlowRunQuery query;
        query.ids = QList<FlowRunId>(ids.begin() + qsizetype(from), ids.begin() + qsizetype(from + size));
        const PageRange range{.offset = 0, .limit = static_cast<int>(size)};
        const Instant asked = session.stamp();
        FD_CO_TRY_ASSIGN(page, session.server().flowRuns(query, range));
        session.noteServerTime(page.serverTime);
        QSet<FlowRunId> gone(query.ids.begin(), query.ids.end());
        for (const MirroredFlowRun &run : page.rows)
            gone.remove(run.value.id);
        for (const UnreadableRow &row : page.unreadable) {
            const auto id = FlowRunId::fromText(row.id);
            if (id.isNull())
                gone.clear();
            gone.remove(id);
        }
        FD_CO_TRY_ASSIGN(of, session.write([rows = std::move(page.rows), gone, asked](Connection &db) {
            MirrorRepository(db).putFlowRuns(rows, asked);
            QSet<DeploymentId> deployments;
            for (const FlowRunId &id : gone)
                deployments.insert(removeRun(db, id));
            deployments.remove(DeploymentId());
            return deployments;
        }));
        touched += of;
    }
    co_return touched;
}

RunSweep::RunSweep(SyncSession &session, Span span)
    : m_session(session), m_span(std::move(span)), m_cursor(m_span.newestFirst ? m_span.to : m_span.from),
      m_pageSize(m_span.firstPage)
{
}

QCoro::Task<Result<bool>> RunSweep::step()
{
    const bool down = m_span.newestFirst;
    FlowRunQuery query;
    query.order = down ? FlowRunQuery::Order::ExpectedDescending : FlowRunQuery::Order::ExpectedAscending;
    query.states = m_span.states;
    query.expectedAfter = down ? m_span.from : m_cursor;
    query.expectedBefore = down ? m_cursor : m_span.to;
    int most = std::max(1, m_session.server().info().pageLimit);
    if (m_span.largestPage > 0)
        most = std::min(most, m_span.largestPage);
    const PageRange range{.offset = m_offset, .limit = std::min(m_pageSize, most)};
    const Instant asked = m_session.stamp();
    FD_CO_TRY_ASSIGN(page, m_session.server().flowRuns(query, range));
    m_session.noteServerTime(page.serverTime);
    m_rows += page.received;
    m_unreadable += static_cast<int>(page.unreadable.size());
    for (const UnreadableRow &row : page.unreadable) {
        const auto id = FlowRunId::fromText(row.id);
        m_blind = m_blind || id.isNull();
        m_read.insert(id);
    }
    std::optional<Instant> last;
    for (const MirroredFlowRun &run : page.rows) {
        m_read.insert(run.value.id);
        last = run.value.expectedStart;
    }
    const bool ended = m_session.isShort(page, range.limit);
    FD_CO_TRY(m_session.write(
        [rows = std::move(page.rows), asked](Connection &db) { MirrorRepository(db).putFlowRuns(rows, asked); }));
    m_pageSize = std::min(2 * range.limit, most);
    const Instant before = m_cursor;
    if (ended || !last) {
        if (!ended) {
            m_offset += page.received;
            co_return false;
        }
        m_cursor = down ? m_span.from : m_span.to;
        FD_CO_TRY(down ? reconcile(m_cursor, before.plusUs(1)) : reconcile(before, m_cursor.plusUs(1)));
        co_return true;
    }
    if (*last == m_cursor) {
        m_offset += page.received;
        co_return false;
    }
    // The rows due exactly at the new cursor are read again: the page may have ended among them.
    m_cursor = *last;
    m_offset = 0;
    FD_CO_TRY(down ? reconcile(m_cursor.plusUs(1), before.plusUs(1)) : reconcile(before, m_cursor));
    co_return false;
}

/// Compares a stretch that was read whole with what is here.
QCoro::Task<Result<void>> RunSweep::reconcile(Instant from, Instant to)
{
    const bool blind = std::exchange(m_blind, false);
    const QList<StateType> states = m_span.states.isEmpty() ? allStates() : m_span.states;
    FD_CO_TRY_ASSIGN(here, m_session.read([from, to, states](Connection &db) {
        return MirrorRepository(db).flowRunIds(from, to, states);
    }));
    std::erase_if(here, [this](const FlowRunId &id) { return m_read.contains(id); });
    if (m_read.size() > kRememberedIds)
        m_read.clear();
    if (blind || here.empty())
        co_return Result<void>();
    FD_CO_TRY_ASSIGN(touched, askRuns(m_session, std::move(here)));
    m_touched += touched;
    co_return Result<void>();
}

} // namespace fd
