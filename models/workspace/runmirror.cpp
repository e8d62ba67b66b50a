// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/runmirror.h"

#include "models/core/json.h"
#include "models/store/mirrorrepository.h"
#include "models/store/settingrepository.h"

namespace fd {
namespace {

constexpr qint64 kSecondUs = 1'000'000;
constexpr qint64 kDayUs = 86'400 * kSecondUs;
/// Clocks differ a little, and rows are committed a little after they were stamped.
constexpr qint64 kMarginUs = 15 * kSecondUs;
/// A new mirror begins with the last hour; the past follows from there.
constexpr qint64 kFirstReachUs = 3600 * kSecondUs;
/// Runs that wait for later than this are not asked for.
constexpr qint64 kFutureUs = 3650 * kDayUs;
/// A poll reads at most so many pages of what became due; more is read in steps.
constexpr int kPollPages = 3;
/// A poll asks for at most so many unfinished runs by id; many more go round.
constexpr size_t kUnfinishedAtOnce = 200;
constexpr int kWindowRows = 10;
constexpr int kTrimRows = 500;
/// A server makes at least three runs ahead for each; so many deployments fit into one page.
constexpr int kRemadeAtOnce = 40;
constexpr int kWaitingGap = -1;

} // namespace

Instant RunMirror::floor() const { return m_session.serverNow().plusUs(-m_keptDays * kDayUs); }

bool RunMirror::isComplete() const
{
    return m_waitingRead && m_until && m_historyCursor && !m_history && *m_historyCursor <= floor().plusUs(kDayUs);
}

QCoro::Task<Result<void>> RunMirror::load()
{
    FD_CO_TRY_ASSIGN(
        text, m_session.read([](Connection &db) { return SettingRepository(db).value(setting::kSyncRuns).toUtf8(); }));
    const auto state = parseJson(text);
    if (!state)
        co_return Result<void>();
    const auto instant = [&state](const char *key) -> std::optional<Instant> {
        const Json &value = memberOf(*state, key);
        return value.is_number_integer() ? std::optional(Instant{value.get<qint64>()}) : std::nullopt;
    };
    m_until = instant("until");
    m_historyCursor = instant("cursor");
    m_waitingRead = boolOf(*state, "waiting", false);
    co_return Result<void>();
}

QCoro::Task<Result<void>> RunMirror::save()
{
    Json state = {{"waiting", m_waitingRead}};
    if (m_until)
        state["until"] = m_until->us;
    if (m_historyCursor)
        state["cursor"] = m_historyCursor->us;
    const QString text = QString::fromUtf8(toJsonText(state));
    return m_session.write([text](Connection &db) { SettingRepository(db).setValue(setting::kSyncRuns, text); });
}

QCoro::Task<Result<bool>> RunMirror::stepOf(std::optional<RunSweep> &sweep)
{
    const int before = sweep->rowsRead();
    const int unreadable = sweep->unreadable();
    FD_CO_TRY_ASSIGN(ended, sweep->step());
    m_done += sweep->rowsRead() - before;
    m_unreadable += sweep->unreadable() - unreadable;
    m_touched += sweep->takeTouched();
    co_return ended;
}

QCoro::Task<Result<void>> RunMirror::poll(qint64 aheadUs)
{
    const Instant now = m_session.serverNow();
    QSet<FlowRunId> answered;
    FD_CO_TRY(readActive(answered));
    if (!m_due) {
        const Instant from = m_until ? std::max(m_until->plusUs(-kMarginUs), floor()) : now.plusUs(-kFirstReachUs);
        m_due.emplace(m_session, RunSweep::Span{.from = from, .to = now.plusUs(aheadUs), .states = {}});
        if (!m_historyCursor)
            m_historyCursor = from;
    }
    bool ended = false;
    for (int i = 0; i < kPollPages && !ended; ++i) {
        FD_CO_TRY_ASSIGN(last, stepOf(m_due));
        ended = last;
    }
    answered += m_due->read();
    if (ended) {
        m_until = m_due->span().to.plusUs(-aheadUs);
        m_due.reset();
    }
    FD_CO_TRY(askUnfinished(std::move(answered), now.plusUs(aheadUs)));
    FD_CO_TRY(readRemade());
    FD_CO_TRY(fetchUnknownFlows(m_session, m_askedFlows));
    FD_CO_TRY(save());
    co_return Result<void>();
}

/// What is under way, whenever it was due: also runs that were tried again long after their time.
QCoro::Task<Result<void>> RunMirror::readActive(QSet<FlowRunId> &answered)
{
    FlowRunQuery query;
    query.states = {StateType::Pending, StateType::Running};
    if (m_session.server().info().canPauseRuns)
        query.states += {StateType::Paused, StateType::Cancelling};
    const PageRange range{.offset = 0, .limit = m_session.server().info().pageLimit};
    const Instant asked = m_session.stamp();
    FD_CO_TRY_ASSIGN(page, m_session.server().flowRuns(query, range));
    m_session.noteServerTime(page.serverTime);
    for (const MirroredFlowRun &run : page.rows)
        answered.insert(run.value.id);
    FD_CO_TRY(m_session.write(
        [rows = std::move(page.rows), asked](Connection &db) { MirrorRepository(db).putFlowRuns(rows, asked); }));
    co_return Result<void>();
}

void RunMirror::expectRemade(const QSet<DeploymentId> &deployments)
{
    // Now for what went, and once more for what came.
    constexpr int kTimes = 2;
    for (const DeploymentId &deployment : deployments)
        m_remade[deployment] = kTimes;
}

QCoro::Task<Result<void>> RunMirror::readRemade()
{
    FlowRunQuery query;
    for (auto it = m_remade.begin(); it != m_remade.end() && query.deployments.size() < kRemadeAtOnce;) {
        query.deployments += it.key();
        it = --it.value() > 0 ? std::next(it) : m_remade.erase(it);
    }
    if (query.deployments.isEmpty() || !isComplete())
        co_return Result<void>();
    const Instant now = m_session.serverNow();
    query.states = {StateType::Scheduled};
    query.expectedAfter = now;
    const PageRange range{.offset = 0, .limit = m_session.server().info().pageLimit};
    const Instant asked = m_session.stamp();
    FD_CO_TRY_ASSIGN(page, m_session.server().flowRuns(query, range));
    QSet<FlowRunId> answered;
    for (const MirroredFlowRun &run : page.rows)
        answered.insert(run.value.id);
    const bool isWhole = m_session.isShort(page, range.limit) && page.unreadable.empty();
    FD_CO_TRY(m_session.write(
        [rows = std::move(page.rows), asked](Connection &db) { MirrorRepository(db).putFlowRuns(rows, asked); }));
    if (!isWhole)
        co_return Result<void>();
    FD_CO_TRY_ASSIGN(here, m_session.read([deployments = query.deployments, now](Connection &db) {
        std::vector<FlowRunId> ids;
        for (const DeploymentId &deployment : deployments) {
            const std::vector<FlowRunId> waiting = MirrorRepository(db).waitingRunIds(deployment, now);
            ids.insert(ids.end(), waiting.begin(), waiting.end());
        }
        return ids;
    }));
    std::erase_if(here, [&answered](const FlowRunId &id) { return answered.contains(id); });
    FD_CO_TRY_ASSIGN(touched, askRuns(m_session, std::move(here)));
    m_touched += touched;
    co_return Result<void>();
}

/// Runs that are unfinished here and that no page has shown: they ended, were deleted, or wait late.
QCoro::Task<Result<void>> RunMirror::askUnfinished(QSet<FlowRunId> answered, Instant until)
{
    FD_CO_TRY_ASSIGN(ids, m_session.read([until](Connection &db) {
        return MirrorRepository(db).flowRunIds(Instant{0}, until, unfinishedStates());
    }));
    std::erase_if(ids, [&answered](const FlowRunId &id) { return answered.contains(id); });
    if (ids.size() > kUnfinishedAtOnce) {
        m_unfinishedOffset %= ids.size();
        std::rotate(ids.begin(), ids.begin() + qsizetype(m_unfinishedOffset), ids.end());
        ids.resize(kUnfinishedAtOnce);
        m_unfinishedOffset += kUnfinishedAtOnce;
    }
    FD_CO_TRY_ASSIGN(touched, askRuns(m_session, std::move(ids)));
    m_touched += touched;
    co_return Result<void>();
}

QCoro::Task<Result<void>> RunMirror::lookRound()
{
    if (!isComplete())
        co_return Result<void>();
    switch (m_turn++ % 3) {
    case 0:
        FD_CO_TRY(compareWaiting());
        break;
    case 1: {
        if (!m_window) {
            const Instant now = m_session.serverNow();
            m_window.emplace(m_session,
                RunSweep::Span{.from = now,
                    .to = now.plusUs(kFutureUs),
                    .states = {StateType::Scheduled},
                    .newestFirst = false,
                    .firstPage = kWindowRows,
                    .largestPage = kWindowRows});
        }
        FD_CO_TRY_ASSIGN(ended, stepOf(m_window));
        if (ended)
            m_window.reset();
        break;
    }
    default:
        FD_CO_TRY(compareDay());
        m_trims = true;
        break;
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> RunMirror::compareWaiting()
{
    if (m_waiting)
        co_return Result<void>();
    const Instant now = m_session.serverNow();
    FlowRunQuery query;
    query.states = {StateType::Scheduled};
    query.expectedAfter = now;
    FD_CO_TRY_ASSIGN(there, m_session.server().countFlowRuns(query));
    FD_CO_TRY_ASSIGN(here, m_session.read([now, query](Connection &db) {
        return MirrorRepository(db).flowRunIds(now, now.plusUs(kFutureUs), query.states).size();
    }));
    const int gap = there - static_cast<int>(here);
    m_waitingChanged = m_waitingChanged || gap != m_knownGaps.value(kWaitingGap);
    m_knownGaps[kWaitingGap] = gap;
    co_return Result<void>();
}

QCoro::Task<Result<void>> RunMirror::compareDay()
{
    if (m_day)
        co_return Result<void>();
    const int day = m_dayIndex++ % std::max(1, m_keptDays);
    const Instant to = m_session.serverNow().plusUs(-day * kDayUs - kMarginUs);
    const Instant from = std::max(to.plusUs(-kDayUs), floor().plusUs(kMarginUs));
    FlowRunQuery query;
    query.expectedAfter = from;
    query.expectedBefore = to.plusUs(-1);
    FD_CO_TRY_ASSIGN(there, m_session.server().countFlowRuns(query));
    FD_CO_TRY_ASSIGN(here, m_session.read([from, to](Connection &db) {
        return MirrorRepository(db).flowRunIds(from, to, allStates()).size();
    }));
    const int gap = there - static_cast<int>(here);
    if (gap != m_knownGaps.value(day))
        m_day.emplace(m_session, RunSweep::Span{.from = from, .to = to, .states = {}, .firstPage = 200});
    m_knownGaps[day] = gap;
    co_return Result<void>();
}

void RunMirror::startHistory()
{
    m_history.emplace(
        m_session, RunSweep::Span{.from = floor(), .to = *m_historyCursor, .states = {}, .firstPage = 200});
}

QCoro::Task<Result<bool>> RunMirror::step()
{
    if (!m_until && !m_due)
        co_return true;
    if (m_due) {
        FD_CO_TRY_ASSIGN(ended, stepOf(m_due));
        if (ended) {
            m_until = m_due->span().to.plusUs(-kMarginUs);
            m_due.reset();
            FD_CO_TRY(save());
        }
        co_return false;
    }
    if (!m_waitingRead || m_waitingChanged) {
        if (!m_waiting) {
            const Instant now = m_session.serverNow();
            m_waiting.emplace(m_session,
                RunSweep::Span{.from = now,
                    .to = now.plusUs(kFutureUs),
                    .states = {StateType::Scheduled},
                    .newestFirst = false,
                    .firstPage = 200});
        }
        FD_CO_TRY_ASSIGN(ended, stepOf(m_waiting));
        if (ended) {
            m_waiting.reset();
            m_waitingRead = true;
            m_waitingChanged = false;
            FD_CO_TRY(fetchUnknownFlows(m_session, m_askedFlows));
            FD_CO_TRY(save());
        }
        co_return false;
    }
    if (m_history || *m_historyCursor > floor().plusUs(kDayUs)) {
        if (!m_history) {
            startHistory();
            FlowRunQuery query;
            query.expectedAfter = floor();
            FD_CO_TRY_ASSIGN(total, m_session.server().countFlowRuns(query));
            m_total = total;
        }
        FD_CO_TRY_ASSIGN(ended, stepOf(m_history));
        m_historyCursor = m_history->cursor();
        if (ended) {
            m_history.reset();
            FD_CO_TRY(fetchUnknownFlows(m_session, m_askedFlows));
        }
        FD_CO_TRY(save());
        co_return false;
    }
    if (m_day) {
        FD_CO_TRY_ASSIGN(ended, stepOf(m_day));
        if (ended)
            m_day.reset();
        co_return false;
    }
    if (m_trims)
        FD_CO_TRY(trim());
    co_return !m_trims;
}

QCoro::Task<Result<void>> RunMirror::trim()
{
    const Instant before = floor();
    FD_CO_TRY_ASSIGN(removed, m_session.write([before](Connection &db) {
        return MirrorRepository(db).removeFlowRunsBefore(before, kTrimRows);
    }));
    m_trims = removed >= kTrimRows;
    co_return Result<void>();
}

} // namespace fd
