// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/engineworker.h"

#include "models/core/logging.h"
#include "models/engine/spool.h"

#include <QCoroFuture>
#include <QDir>

#include <csignal>

namespace fd {
namespace {

/// The longest sleep, so that a clock that was set is noticed.
constexpr qint64 kLongestSleepMs = 10'000;
constexpr int kRetryMs = 1000;
/// For what follows the kill at the end of the grace time.
constexpr int kAfterGraceMs = 5000;
constexpr int kPoolThreads = 4;

} // namespace

EngineWorker::EngineWorker(Store &store, EngineOptions options)
    : m_store(store), m_options(std::move(options)), m_lease(store, m_options.clock, this)
{
    m_pool.setMaxThreadCount(kPoolThreads);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { look(); });
    connect(&m_lease, &LeaderLease::gained, this, [this] {
        m_failure.reset();
        m_foldersRecovered = false;
        report();
        look();
    });
    connect(&m_lease, &LeaderLease::lost, this, &EngineWorker::stepDown);
    connect(&m_lease, &LeaderLease::heldElsewhere, this, &EngineWorker::leaderIs);
    connect(&m_lease, &LeaderLease::failed, this, [this](const QString &reason) {
        m_failure = reason;
        report();
    });
}

EngineWorker::~EngineWorker() = default;

void EngineWorker::begin()
{
    m_started = true;
    QDir().mkpath(m_options.runFolder);
    QFile::setPermissions(m_options.runFolder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_lease.begin();
}

QCoro::Task<> EngineWorker::look()
{
    m_lookAgain = true;
    if (m_looking)
        co_return;
    m_looking = true;
    while (m_lookAgain && m_lease.isLeading() && !m_stopping) {
        m_lookAgain = false;
        const Result<void> looked = co_await lookOnce();
        m_failure = looked ? std::nullopt : std::optional(looked.error().detail);
        if (!looked)
            m_timer.start(kRetryMs);
        report();
    }
    m_looking = false;
    m_settled.notify();
}

QCoro::Task<Result<void>> EngineWorker::lookOnce()
{
    if (!m_foldersRecovered) {
        const Result<void> recovered = co_await recoverFolders();
        if (!recovered)
            co_return recovered;
        m_foldersRecovered = true;
    }
    auto reading = m_store.read([now = m_options.clock()](Connection &db) { return lookAround(db, now); });
    const Result<RunOutlook> outlook = co_await reading;
    if (!outlook)
        co_return fail(outlook.error());
    for (const FlowRunRow &run : outlook->active) {
        const Result<void> attended = co_await attendTo(run);
        if (!attended)
            co_return attended;
    }
    const int room = outlook->concurrencyLimit - static_cast<int>(m_attempts.size());
    if (outlook->anyDue && room > 0)
        co_return co_await takeDue(room);
    lookAt(outlook->anyDue ? std::nullopt : outlook->nextDue);
    co_return {};
}

QCoro::Task<Result<void>> EngineWorker::attendTo(FlowRunRow run)
{
    if (RunAttempt *attempt = m_attempts.value(run.row)) {
        if (run.stateType == StateType::Cancelling)
            attempt->cancel();
        co_return {};
    }
    // The outlook may be older than the end of an attempt: ask again before anything is recovered.
    auto reading = m_store.read([row = run.row](Connection &db) { return findRun(db, row); });
    const auto found = co_await reading;
    if (!found)
        co_return fail(found.error());
    if (!*found || isTerminal((*found)->run.state.type))
        co_return {};
    co_return co_await recover(**found);
}

QCoro::Task<Result<void>> EngineWorker::takeDue(int room)
{
    const QList<RowId> rows = m_attempts.keys();
    auto writing = m_store.write([now = m_options.clock(), room, known = QSet<RowId>(rows.begin(), rows.end())](
                                     Connection &db) { return takeDueRuns(db, now, room, known); });
    const auto taken = co_await writing;
    if (!taken)
        co_return fail(taken.error());
    for (const TakenRun &run : *taken)
        start(run);
    // For the next due time; and for more, should there be room.
    m_lookAgain = true;
    co_return {};
}

QCoro::Task<Result<void>> EngineWorker::recoverFolders()
{
    for (const QString &name : QDir(m_options.runFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const FlowRunId id = FlowRunId::fromText(name);
        if (id.isNull())
            continue;
        auto reading = m_store.read([id](Connection &db) { return findRun(db, id); });
        const auto found = co_await reading;
        if (!found)
            co_return fail(found.error());
        if (*found && m_attempts.contains((*found)->run.row))
            continue;
        const Result<void> recovered = *found ? co_await recover(**found) : Result<void>();
        if (!recovered)
            co_return recovered;
        if (!*found)
            QDir(folderOf(id)).removeRecursively();
    }
    co_return {};
}

QCoro::Task<Result<void>> EngineWorker::recover(FoundRun found)
{
    const QString folder = folderOf(found.run.id);
    const QString path = spoolPath(folder, found.spool.attempt);
    QDir().mkpath(folder);
    SpoolState state = spoolState(path);
    const StateType type = found.run.state.type;
    const bool mayBegin = found.spool.offset == 0 && (type == StateType::Pending || type == StateType::Cancelling);
    if (state.kind == SpoolState::Kind::Missing && mayBegin) {
        const Result<bool> claimed = claimSpool(path);
        if (!claimed)
            co_return fail(claimed.error());
        state = spoolState(path);
    }
    if (state.kind == SpoolState::Kind::Claimed)
        co_return co_await startAgain(found.run.row);
    if (isTerminal(type) && state.kind == SpoolState::Kind::Missing) {
        QDir(folder).removeRecursively();
        co_return {};
    }
    RunAttempt &attempt = addAttempt(found.run);
    attempt.resume(found.spool.attempt, found.spool.offset, keepsOutput(found.runner));
    if (type == StateType::Cancelling)
        attempt.cancel();
    co_return {};
}

QCoro::Task<Result<void>> EngineWorker::startAgain(RowId run)
{
    auto writing = m_store.write([run, now = m_options.clock()](Connection &db) { return takeAgain(db, run, now); });
    const auto taken = co_await writing;
    if (!taken)
        co_return fail(taken.error());
    if (*taken)
        start(**taken);
    co_return {};
}

void EngineWorker::start(const TakenRun &taken)
{
    addAttempt(taken.run).launch({.run = taken.run,
        .deployment = taken.deployment,
        .folder = folderOf(taken.run.id),
        .attempt = taken.attempt,
        .workspacePython = taken.python,
        .supervisorPath = m_options.supervisorPath,
        .bridgePath = m_options.bridgePath,
        .graceSeconds = m_options.graceSeconds});
}

RunAttempt &EngineWorker::addAttempt(const FlowRun &run)
{
    auto *attempt = new RunAttempt({.store = m_store, .pool = m_pool, .clock = m_options.clock}, run, folderOf(run.id));
    attempt->setParent(this);
    m_attempts.insert(run.row, attempt);
    connect(attempt, &RunAttempt::ended, this, &EngineWorker::attemptEnded);
    report();
    return *attempt;
}

void EngineWorker::attemptEnded(RowId run)
{
    if (RunAttempt *attempt = m_attempts.take(run))
        attempt->deleteLater();
    report();
    look();
    m_settled.notify();
}

QCoro::Task<> EngineWorker::stop(bool stopRuns)
{
    m_stopping = true;
    m_timer.stop();
    while (m_looking)
        co_await m_settled.next();
    const Result<void> cancelling = stopRuns ? co_await cancelAll() : Result<void>();
    if (stopRuns && cancelling)
        QTimer::singleShot(m_options.graceSeconds * 1000 + kAfterGraceMs, this, &EngineWorker::detachAll);
    else
        detachAll();
    while (!m_attempts.isEmpty())
        co_await m_settled.next();
    co_await m_lease.release();
    m_started = false;
    report();
    emit stopped();
}

QCoro::Task<Result<void>> EngineWorker::cancelAll()
{
    auto writing = m_store.write([rows = m_attempts.keys(), now = m_options.clock()](Connection &db) {
        for (const RowId row : rows) {
            // A run that has just ended has no more to cancel.
            if (const auto asked = requestCancel(db, row, now); !asked)
                qCDebug(logEngine) << asked.error().detail;
        }
    });
    const Result<void> written = co_await writing;
    for (RunAttempt *attempt : std::as_const(m_attempts))
        attempt->cancel();
    co_return written;
}

void EngineWorker::detachAll()
{
    for (RunAttempt *attempt : std::as_const(m_attempts))
        attempt->detach();
}

void EngineWorker::stepDown()
{
    m_timer.stop();
    detachAll();
    report();
}

void EngineWorker::leaderIs(const Lease &holder)
{
    m_leader = holder;
    m_failure.reset();
    report();
}

void EngineWorker::lookAt(std::optional<Instant> due)
{
    qint64 sleepMs = kLongestSleepMs;
    if (due)
        sleepMs = std::clamp<qint64>((*due - m_options.clock() + 999) / 1000, 0, kLongestSleepMs);
    m_timer.start(static_cast<int>(sleepMs));
}

void EngineWorker::report()
{
    EngineReport now;
    now.activeRuns = static_cast<int>(m_attempts.size());
    if (!m_started) {
        now.kind = EngineReport::Kind::Stopped;
    } else if (m_failure) {
        now.kind = EngineReport::Kind::Failed;
        now.reason = *m_failure;
    } else if (m_lease.isLeading()) {
        now.kind = EngineReport::Kind::Here;
    } else {
        now.kind = EngineReport::Kind::Elsewhere;
        now.pid = m_leader.pid;
        now.host = m_leader.host;
    }
    if (now == m_lastReport)
        return;
    m_lastReport = now;
    emit reported(now);
}

QString EngineWorker::folderOf(const FlowRunId &run) const { return m_options.runFolder + u'/' + run.toText(); }

} // namespace fd
