// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/syncloop.h"

#include "models/core/logging.h"
#include "models/prefect/eventfeed.h"
#include "models/store/settingrepository.h"
#include "models/workspace/serveridentity.h"
#include "models/workspace/worksync.h"

#include <QRandomGenerator>

namespace fd {
namespace {

constexpr int kLongestBackoffMs = 60'000;
/// With live events a poll only finds what has no event (prefect-3 T32).
constexpr int kLiveIntervalMs = 60'000;
/// Somebody waits for a first mirror: it goes without a rest until it has kept the server busy for so long.
constexpr qint64 kUnpacedMs = 60'000;
constexpr int kLongestRestMs = 2000;
constexpr int kAgainMs = 50;
constexpr int kHintMs = 250;
/// Full passes of a mirror that is whole take at most a twentieth of the time.
constexpr int kPassShare = 20;
constexpr qint64 kBetweenPassesMs = 10'000;
/// Everything is read again after so long, for what no poll could notice.
constexpr qint64 kSlowPassMs = 86'400'000;
constexpr qint64 kSlowOrionPassMs = 1'800'000;
constexpr int kWindowRows = 5;
constexpr int kClockMs = 5000;
/// A clock that moved so far against the steady one was set, or the computer slept.
constexpr qint64 kJumpUs = 30'000'000;

/// An error that is about the server as a whole, not about one kind of rows.
bool endsTheTurn(const Error &error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Auth
        || error.kind == ErrorKind::Cancelled;
}

} // namespace

std::shared_ptr<SyncLoop> SyncLoop::start(Store &store, SyncOptions options)
{
    // The constructor is private, which std::make_shared cannot reach.
    const std::shared_ptr<SyncLoop> loop(new SyncLoop(store, std::move(options)));
    run(loop);
    return loop;
}

SyncLoop::SyncLoop(Store &store, SyncOptions options)
    : m_options(std::move(options)), m_session(store, m_api, m_options.clock),
      m_followers(m_session, [this] { return isOnline(); })
{
    SettingRepository settings(store.reader());
    m_isPaused = settings.value(setting::kSyncPaused) == QLatin1String("1");
    if (const QString asOf = settings.value(setting::kSyncAsOf); !asOf.isEmpty())
        m_asOf = Instant{asOf.toLongLong()};
    m_serverTitle = settings.value(setting::kSyncServer);
    makeParts();
    m_steady.start();
    m_hintTimer.setSingleShot(true);
    m_hintTimer.setInterval(kHintMs);
    connect(&m_hintTimer, &QTimer::timeout, this, &SyncLoop::answerHints);
    m_clockOffsetUs = m_session.now().us - m_steady.elapsed() * 1000;
    connect(&m_clockTimer, &QTimer::timeout, this, &SyncLoop::lookAtClock);
    m_clockTimer.start(kClockMs);
    publish();
}

void SyncLoop::makeParts()
{
    m_pass = std::make_unique<DeploymentPass>(m_session);
    m_poll = std::make_unique<DeploymentPoll>(m_session, *m_pass);
    m_runs = std::make_unique<RunMirror>(m_session, m_options.keptDays);
}

void SyncLoop::stop()
{
    m_session.stop();
    m_hintTimer.stop();
    m_clockTimer.stop();
    m_followers.stop();
    m_api.disconnect();
    m_rest.end();
}

void SyncLoop::refresh()
{
    m_refreshAsked = true;
    m_failures = 0;
    m_rest.end();
}

void SyncLoop::setPaused(bool paused)
{
    if (m_isPaused == paused)
        return;
    m_isPaused = paused;
    std::ignore = m_session.beginWrite([paused](Connection &db) {
        SettingRepository(db).setValue(setting::kSyncPaused, paused ? QStringLiteral("1") : QString());
    });
    if (EventFeed *feed = m_api.events())
        paused ? feed->stop() : feed->start();
    m_nextPoll = 0;
    publish();
    m_rest.end();
}

void SyncLoop::setConnection(ConnectionSettings connection)
{
    m_options.connection = std::move(connection);
    m_isConnected = false;
    m_fault = Fault::None;
    m_api.disconnect();
    refresh();
}

void SyncLoop::clearMirror()
{
    m_clearAsked = true;
    m_rest.end();
}

void SyncLoop::setRefreshSeconds(int seconds)
{
    m_options.refreshSeconds = seconds;
    m_nextPoll = 0;
    m_rest.end();
}

void SyncLoop::follow(RowId run) { m_followers.follow(run, shared_from_this()); }

void SyncLoop::unfollow(RowId run) { m_followers.unfollow(run); }

QCoro::Task<void> SyncLoop::run(std::shared_ptr<SyncLoop> self)
{
    auto loading = self->load();
    if (const auto loaded = co_await loading; !loaded)
        self->notePartial(loaded.error());
    while (!self->m_session.isStopped()) {
        auto taking = self->turn();
        const int restMs = co_await taking;
        if (self->m_session.isStopped())
            break;
        self->publish();
        if (restMs == 0)
            continue;
        auto resting = self->m_rest.begin(restMs);
        co_await resting;
    }
}

QCoro::Task<Result<void>> SyncLoop::load()
{
    FD_CO_TRY(m_session.begin());
    FD_CO_TRY(m_pass->load());
    FD_CO_TRY(m_poll->load());
    FD_CO_TRY(m_runs->load());
    co_return Result<void>();
}

/// One thing, the most urgent. Answers how long to rest afterwards, in milliseconds; below 0: until something happens.
QCoro::Task<int> SyncLoop::turn()
{
    if (m_clearAsked && !m_answersHints) {
        auto clearing = clearNow();
        co_await clearing;
        co_return 0;
    }
    if ((m_isPaused || m_fault == Fault::SignedOut) && !m_refreshAsked)
        co_return -1;
    // Its key is still being fetched.
    if (m_options.connection.apiUrl.isEmpty())
        co_return -1;
    if (!m_isConnected) {
        // What was cancelled ends before the parts it uses may change.
        if (m_answersHints)
            co_return kAgainMs;
        auto connecting = connectToServer();
        const auto connected = co_await connecting;
        co_return connected ? 0 : restAfter(connected.error());
    }
    const bool showsNothing = m_pass->isUnderWay() && m_pass->done() == 0;
    const qint64 now = m_steady.elapsed();
    if (!showsNothing && (m_refreshAsked || now >= m_nextPoll)) {
        m_refreshAsked = false;
        auto polling = poll();
        const auto polled = co_await polling;
        m_nextPoll = m_steady.elapsed() + intervalMs();
        co_return polled || !notePartial(polled.error()) ? 0 : restAfter(polled.error());
    }
    if (now < m_nextStep)
        co_return static_cast<int>(std::max<qint64>(1, std::min(m_nextStep, m_nextPoll) - now));
    auto stepping = step();
    const auto idle = co_await stepping;
    const qint64 took = m_steady.elapsed() - now;
    if (!idle) {
        if (endsTheTurn(idle.error()))
            co_return restAfter(idle.error());
        notePartial(idle.error());
        m_nextStep = m_steady.elapsed() + std::min(kLongestBackoffMs, 1000 << std::min(++m_stepFailures, 6));
        co_return 0;
    }
    m_stepFailures = 0;
    m_busyMs += took;
    const bool isAwaited = !isMirrored() && m_busyMs < kUnpacedMs;
    m_nextStep = m_steady.elapsed() + (isAwaited ? 0 : std::min<qint64>(kLongestRestMs, took));
    co_return *idle ? static_cast<int>(std::max<qint64>(1, m_nextPoll - m_steady.elapsed())) : 0;
}

/// Also while the server is away: what is to go goes now.
QCoro::Task<void> SyncLoop::clearNow()
{
    m_clearAsked = false;
    m_isConnected = false;
    m_api.disconnect();
    auto clearing = forgetMirror(m_session);
    if (const auto cleared = co_await clearing; !cleared)
        notePartial(cleared.error());
    makeParts();
    m_busyMs = 0;
    m_asOf.reset();
}

QCoro::Task<Result<void>> SyncLoop::connectToServer()
{
    publish();
    auto connecting = m_api.connectTo(m_options.connection);
    const auto info = co_await connecting;
    if (m_session.isStopped())
        co_return fail(SyncSession::cancelled());
    if (!info) {
        // What answers is there, and is not what it should be.
        const bool refused = !endsTheTurn(info.error()) && info.error().kind != ErrorKind::Server
            && info.error().kind != ErrorKind::RateLimited;
        m_fault = refused ? Fault::Refused : Fault::Offline;
        co_return fail(info.error());
    }
    FD_CO_TRY(checkServer());
    m_fault = Fault::None;
    m_failures = 0;
    m_isConnected = true;
    m_serverTitle = info->title;
    if (!m_pass->wasComplete() && !m_pass->isUnderWay())
        m_pass->start();
    m_nextPoll = 0;
    m_nextStep = 0;
    m_nextPass = m_steady.elapsed() + (info->canSortByUpdated ? kSlowPassMs : kSlowOrionPassMs);
    if (!m_isPaused)
        listen();
    co_return Result<void>();
}

/// Another server's rows are never mixed with those that are here.
QCoro::Task<Result<void>> SyncLoop::checkServer()
{
    FD_CO_TRY_ASSIGN(same, isMirroredServer(m_session));
    const QString title = m_api.info().title;
    if (!same) {
        qCInfo(logSync) << "the server has nothing of what was mirrored; it is mirrored anew";
        FD_CO_TRY(forgetMirror(m_session));
        makeParts();
        m_busyMs = 0;
        m_asOf.reset();
        m_notice = Error{.kind = ErrorKind::Conflict,
            .detail = tr("This address now has other data than before. It is being mirrored anew."),
            .field = {},
            .file = {}};
    } else if (!m_serverTitle.isEmpty() && m_serverTitle != title && m_pass->wasComplete()) {
        // Another version tells the same objects in another way.
        m_pass->start();
    }
    FD_CO_TRY(
        m_session.write([title](Connection &db) { SettingRepository(db).setValue(setting::kSyncServer, title); }));
    co_return Result<void>();
}

bool SyncLoop::isMirrored() const { return m_pass->wasComplete() && m_runs->isComplete(); }

int SyncLoop::intervalMs() const
{
    const int interval
        = m_isLive ? std::max(kLiveIntervalMs, m_options.refreshSeconds * 1000) : m_options.refreshSeconds * 1000;
    // Many windows that were opened together must not ask together for ever.
    return interval - interval / 10 + QRandomGenerator::global()->bounded(std::max(1, interval / 5));
}

QCoro::Task<Result<void>> SyncLoop::poll()
{
    const Instant began = m_session.now();
    m_partial.reset();
    if (m_pass->wasComplete()) {
        auto polling = m_poll->run();
        if (const auto polled = co_await polling; !polled && notePartial(polled.error()))
            co_return polled;
    }
    m_runs->expectRemade(m_poll->takeChanged());
    auto polling = m_runs->poll(intervalMs() * 1000LL);
    if (const auto polled = co_await polling; !polled && notePartial(polled.error()))
        co_return polled;
    if (isMirrored()) {
        auto looking = lookFurther();
        if (const auto looked = co_await looking; !looked && notePartial(looked.error()))
            co_return looked;
    }
    ++m_polls;
    const qint64 now = m_steady.elapsed();
    if (m_pass->wasComplete() && !m_pass->isUnderWay()
        && (now >= m_nextPass || (m_poll->wantsPass() && now >= m_noPassBefore))) {
        m_pass->start();
        m_passBegan = now;
    }
    if (!m_partial && isMirrored()) {
        m_notice.reset();
        m_asOf = began;
        FD_CO_TRY(m_session.write([began](Connection &db) {
            SettingRepository(db).setValue(setting::kSyncAsOf, QString::number(began.us));
        }));
    }
    co_return Result<void>();
}

/// What changes without being told: a little of it at each poll, in turn, so that no poll costs much.
QCoro::Task<Result<void>> SyncLoop::lookFurther()
{
    const ServerInfo info = m_api.info();
    if (info.canSortByUpdated && m_polls % 2 == 1)
        FD_CO_TRY(m_poll->lookRound(kWindowRows));
    if (m_polls % 2 == 0)
        FD_CO_TRY(m_runs->lookRound());
    if (m_polls % 4 == 0)
        FD_CO_TRY(readWork(m_session, m_polls / 4));
    const QSet<DeploymentId> touched = m_runs->takeTouched();
    FD_CO_TRY(m_poll->ask(QList<DeploymentId>(touched.begin(), touched.end())));
    co_return Result<void>();
}

/// One page of what is to be read whole. True when nothing is.
QCoro::Task<Result<bool>> SyncLoop::step()
{
    if (m_pass->isUnderWay()) {
        FD_CO_TRY_ASSIGN(ended, m_pass->step());
        if (ended) {
            m_poll->passEnded();
            m_nextPoll = 0;
            const qint64 now = m_steady.elapsed();
            const qint64 slow = m_api.info().canSortByUpdated ? kSlowPassMs : kSlowOrionPassMs;
            m_noPassBefore = now + std::max(kBetweenPassesMs, kPassShare * (now - m_passBegan));
            m_nextPass = std::max(m_noPassBefore, now + slow);
        }
        co_return false;
    }
    const bool wasComplete = m_runs->isComplete();
    FD_CO_TRY_ASSIGN(idle, m_runs->step());
    if (!wasComplete && m_runs->isComplete())
        m_nextPoll = 0;
    co_return idle;
}

/// Remembers an error that the rest goes on without; true for one that ends the turn.
bool SyncLoop::notePartial(const Error &error)
{
    if (!endsTheTurn(error))
        m_partial = error;
    return endsTheTurn(error);
}

/// What a failed turn means, and how long to rest.
int SyncLoop::restAfter(const Error &error)
{
    m_isConnected = false;
    m_isLive = false;
    if (error.kind == ErrorKind::Cancelled)
        return kAgainMs;
    m_error = error;
    m_refreshAsked = false;
    m_api.disconnect();
    if (error.kind == ErrorKind::Auth) {
        m_fault = Fault::SignedOut;
        return -1;
    }
    if (m_fault == Fault::None || m_fault == Fault::SignedOut)
        m_fault = Fault::Offline;
    const int ceiling = std::min(kLongestBackoffMs, 1000 << std::min(m_failures++, 6));
    const int rest = std::max(100, QRandomGenerator::global()->bounded(ceiling));
    m_nextTry = m_session.now().plusUs(rest * 1000LL);
    return rest;
}

void SyncLoop::publish()
{
    SyncStatus status;
    status.asOf = m_asOf;
    status.serverTitle = m_serverTitle;
    status.unreadable = m_pass->unreadable() + m_runs->unreadable();
    status.clockSkewUs = m_session.skewUs();
    status.error = m_fault != Fault::None ? m_error : m_partial ? m_partial : m_notice;
    if (m_fault == Fault::Offline || m_fault == Fault::Refused)
        status.nextTry = m_nextTry;
    if (m_isPaused)
        status.kind = SyncStatus::Kind::Paused;
    else if (m_fault == Fault::SignedOut)
        status.kind = SyncStatus::Kind::SignedOut;
    else if (m_fault == Fault::Refused)
        status.kind = SyncStatus::Kind::Refused;
    else if (m_fault == Fault::Offline)
        status.kind = SyncStatus::Kind::Offline;
    else if (!m_isConnected)
        status.kind = SyncStatus::Kind::Connecting;
    else if (!isMirrored())
        status.kind = SyncStatus::Kind::Mirroring;
    else
        status.kind = m_isLive ? SyncStatus::Kind::Live : SyncStatus::Kind::Polling;
    const bool counts = status.kind == SyncStatus::Kind::Mirroring;
    status.done = counts ? m_pass->done() + m_runs->done() : 0;
    status.total = counts ? std::max(status.done, m_pass->total() + m_runs->total()) : 0;
    if (status == m_status)
        return;
    m_status = status;
    emit statusChanged(m_status);
}

void SyncLoop::lookAtClock()
{
    const qint64 offset = m_session.now().us - m_steady.elapsed() * 1000;
    const bool jumped = qAbs(offset - m_clockOffsetUs) > kJumpUs;
    m_clockOffsetUs = offset;
    if (!jumped || m_isPaused || m_fault == Fault::SignedOut)
        return;
    // What was asked before the sleep may never be answered: it is dropped, and everything asked once.
    m_isConnected = false;
    m_isLive = false;
    m_failures = 0;
    m_api.disconnect();
    m_rest.end();
}

} // namespace fd
