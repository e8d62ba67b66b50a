// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/runfollower.h"

#include "models/store/flowrunrepository.h"
#include "models/store/logrepository.h"
#include "models/store/mirrorrepository.h"
#include "models/workspace/runsweep.h"

#include <numeric>

namespace fd {
namespace {

/// One round reads at most so many pages of the log, and so many of the tasks.
constexpr int kLogPages = 10;
constexpr int kTaskPages = 50;
/// Lines of several processes arrive a little out of order: so many are read again.
constexpr int kLogOverlap = 50;
/// After the end of a run it is looked at so many times more.
constexpr int kRoundsAfterEnd = 4;

} // namespace

QCoro::Task<Result<RunFollower::Next>> RunFollower::round()
{
    if (!m_catchesUp) {
        FD_CO_TRY(readRun());
        FD_CO_TRY(readStates());
        FD_CO_TRY(readTasks());
    }
    FD_CO_TRY_ASSIGN(wholeLog, readLog());
    m_catchesUp = !wholeLog;
    if (m_catchesUp)
        co_return Next::AtOnce;
    m_endedRounds = m_ended ? m_endedRounds + 1 : 0;
    co_return m_endedRounds > kRoundsAfterEnd ? Next::Never : Next::Later;
}

QCoro::Task<Result<void>> RunFollower::readRun()
{
    if (m_id.isNull()) {
        FD_CO_TRY_ASSIGN(known, m_session.read([row = m_row](Connection &db) {
            LogRepository logs(db);
            const auto counts = logs.levelCounts(row);
            const int lines = counts.isEmpty() ? 0 : counts.first().count;
            const auto run = FlowRunRepository(db).find(row);
            return std::pair(run ? run->id : FlowRunId(), lines);
        }));
        if (known.first.isNull())
            co_return fail(ErrorKind::NotFound, QStringLiteral("This run does not exist any more."));
        m_id = known.first;
        m_logOffset = known.second;
    }
    std::vector<FlowRunId> ids{m_id};
    FD_CO_TRY(askRuns(m_session, std::move(ids)));
    FD_CO_TRY_ASSIGN(run, m_session.read([row = m_row](Connection &db) { return FlowRunRepository(db).find(row); }));
    if (!run)
        co_return fail(ErrorKind::NotFound, QStringLiteral("This run does not exist any more."));
    m_ended = isTerminal(run->state.type);
    co_return Result<void>();
}

QCoro::Task<Result<void>> RunFollower::readStates()
{
    FD_CO_TRY_ASSIGN(page, m_session.server().states(m_id));
    const QList<State> states(page.rows.begin(), page.rows.end());
    FD_CO_TRY(
        m_session.write([row = m_row, states](Connection &db) { MirrorRepository(db).replaceStates(row, states); }));
    co_return Result<void>();
}

QCoro::Task<Result<void>> RunFollower::readTasks()
{
    std::vector<FlowRunId> children;
    PageRange range{.offset = 0, .limit = m_session.server().info().pageLimit};
    for (int i = 0; i < kTaskPages; ++i) {
        FD_CO_TRY_ASSIGN(page, m_session.server().taskRuns(m_id, range));
        for (const MirroredTaskRun &task : page.rows) {
            if (!task.value.childFlowRun.isNull())
                children.push_back(task.value.childFlowRun);
        }
        FD_CO_TRY(m_session.write([row = m_row, tasks = std::move(page.rows)](
                                      Connection &db) { MirrorRepository(db).putTaskRuns(row, tasks); }));
        range.offset += page.received;
        if (m_session.isShort(page, range.limit))
            break;
    }
    FD_CO_TRY(askRuns(m_session, std::move(children)));
    co_return Result<void>();
}

/// Reads on in the log; true when it is at the end.
QCoro::Task<Result<bool>> RunFollower::readLog()
{
    PageRange range{.offset = std::max(0, m_logOffset - kLogOverlap), .limit = m_session.server().info().pageLimit};
    for (int i = 0; i < kLogPages; ++i) {
        FD_CO_TRY_ASSIGN(page, m_session.server().logs(m_id, range));
        FD_CO_TRY(m_session.write(
            [row = m_row, lines = std::move(page.rows)](Connection &db) { MirrorRepository(db).putLogs(row, lines); }));
        range.offset += page.received;
        m_logOffset = std::max(m_logOffset, range.offset);
        if (page.received == 0 || m_session.isShort(page, range.limit)) {
            FD_CO_TRY_ASSIGN(
                counts, m_session.read([row = m_row](Connection &db) { return LogRepository(db).levelCounts(row); }));
            const int here = counts.isEmpty() ? 0 : counts.first().count;
            if (!m_ended || m_logReadWhole || here >= range.offset)
                co_return true;
            // Lines that came late lie before the place where it reads on.
            m_logReadWhole = true;
            m_logOffset = 0;
            co_return false;
        }
    }
    co_return false;
}

} // namespace fd
