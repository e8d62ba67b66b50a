// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/runattempt.h"

#include "models/core/logging.h"
#include "models/engine/leftovers.h"
#include "models/engine/spawn.h"
#include "models/store/flowrunrepository.h"

#include <QCoroFuture>
#include <QDir>
#include <QtConcurrent>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fd {
namespace {

/// How long lines gather before they are stored together.
constexpr int kGatherMs = 30;
/// How often a spool is looked at whose supervisor has nobody to notify.
constexpr int kWatchMs = 200;
/// Between tries while the store cannot be written.
constexpr int kRetryMs = 1000;
/// The supervisor's exit code when it could not make the spool (disk full, no permission).
constexpr int kSupervisorHadNoSpool = 73;

} // namespace

RunAttempt::RunAttempt(AttemptContext context, const FlowRun &run, QString folder)
    : m_context(std::move(context)), m_run(run), m_folder(std::move(folder))
{
    m_followTimer.setSingleShot(true);
    m_followTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_followTimer, &QTimer::timeout, this, [this] { follow(); });
    connect(&m_watchTimer, &QTimer::timeout, this, &RunAttempt::checkSupervisor);
}

RunAttempt::~RunAttempt()
{
    m_notifier.reset();
    if (m_notices >= 0)
        ::close(m_notices);
}

void RunAttempt::launch(const LaunchRequest &request) { launchNow(request); }

QCoro::Task<> RunAttempt::launchNow(LaunchRequest request)
{
    m_busy = true;
    m_translator.setKeepOutput(keepsOutput(request.deployment.runner));
    auto preparing = QtConcurrent::run(&m_context.pool, [request] { return prepareLaunch(request); });
    const Result<Launch> launch = co_await preparing;
    m_busy = false;
    if (m_detached) {
        // Nothing was started: the next leader will find no spool, and start it.
        finish();
        co_return;
    }
    if (m_cancelled) {
        const Error cancelled{.kind = ErrorKind::Cancelled, .detail = {}, .field = {}, .file = {}};
        co_await closeUnstarted(cancelled);
        co_return;
    }
    const Result<void> started = launch ? startSupervisor(*launch) : Result<void>(fail(launch.error()));
    if (!started) {
        co_await closeUnstarted(started.error());
        co_return;
    }
    m_newDetails = launch->details;
    beginFollowing(spoolPath(request.folder, request.attempt), 0);
}

Result<void> RunAttempt::startSupervisor(const Launch &launch)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail(ErrorKind::Server, QStringLiteral("Could not start the run: %1.").arg(systemReason(errno)));
    const Result<pid_t> started = spawn({.program = launch.program,
        .arguments = launch.arguments,
        .environment = launch.environment,
        .folder = launch.folder,
        .output = ends[1]});
    ::close(ends[1]);
    if (!started) {
        ::close(ends[0]);
        return fail(started.error());
    }
    m_supervisor = *started;
    m_notices = ends[0];
    fcntl(m_notices, F_SETFL, O_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(m_notices, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &RunAttempt::supervisorSpoke);
    return {};
}

QCoro::Task<> RunAttempt::closeUnstarted(Error error)
{
    m_busy = true;
    const StateType type = error.field == QLatin1String("path") ? StateType::Failed : StateType::Crashed;
    const State state = State::of(type, m_context.clock(), error.detail);
    auto writing = m_context.store.write(
        [row = m_run.row, state](Connection &db) { RunRecorder(db, row).closeUnstarted(state); });
    const Result<void> stored = co_await writing;
    m_busy = false;
    if (stored || m_detached)
        finish();
    else
        QTimer::singleShot(kRetryMs, this, [this, error] { closeUnstarted(error); });
}

void RunAttempt::resume(int attempt, qint64 offset, bool keepOutput)
{
    m_translator.setKeepOutput(keepOutput);
    beginFollowing(spoolPath(m_folder, attempt), offset);
    m_watchTimer.start(kWatchMs);
    checkSupervisor();
}

void RunAttempt::beginFollowing(const QString &spool, qint64 offset)
{
    m_spoolPath = spool;
    m_spool.emplace(spool, offset);
    m_sinceStored.start();
    followSoon();
}

void RunAttempt::supervisorSpoke()
{
    std::array<char, 4096> notices;
    ssize_t n = 0;
    while ((n = read(m_notices, notices.data(), notices.size())) > 0) { }
    if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        m_notifier->setEnabled(false);
        reapSupervisor();
        m_followTimer.start(0);
        return;
    }
    followSoon();
}

void RunAttempt::reapSupervisor()
{
    int status = 0;
    // The pipe is closed by the supervisor's exit, so this does not wait.
    waitpid(m_supervisor, &status, 0);
    m_supervisorGone = true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == kSupervisorHadNoSpool) {
        const Result<bool> claimed = claimSpool(m_spoolPath);
        m_noSpool
            = claimed ? QStringLiteral("its supervisor could not write to the run's folder") : claimed.error().detail;
    }
}

void RunAttempt::checkSupervisor()
{
    // Asked before the spool is read, so that nothing it wrote last is missed.
    m_supervisorGone = spoolState(m_spoolPath).kind != SpoolState::Kind::Held;
    if (m_supervisorGone)
        m_watchTimer.stop();
    followSoon();
}

void RunAttempt::followSoon()
{
    if (!m_followTimer.isActive())
        m_followTimer.start(static_cast<int>(std::max<qint64>(0, kGatherMs - m_sinceStored.elapsed())));
}

QCoro::Task<> RunAttempt::follow()
{
    if (m_ended)
        co_return;
    if (m_busy) {
        m_followAgain = true;
        co_return;
    }
    m_busy = true;
    bool stored = true;
    do {
        m_followAgain = false;
        QByteArray chunk = m_spool->nextChunk();
        while (stored && !m_detached && !m_translator.ending() && !chunk.isEmpty()) {
            stored = co_await storeChunk(chunk);
            chunk = m_spool->nextChunk();
        }
    } while (stored && m_followAgain && !m_detached && !m_translator.ending());
    m_busy = false;
    if (m_detached)
        finish();
    else if (!stored)
        m_followTimer.start(kRetryMs);
    else if (m_supervisorGone)
        co_await close();
}

QCoro::Task<bool> RunAttempt::storeChunk(QByteArray chunk)
{
    RunBatch batch = m_translator.translate(chunk, m_spool->offset());
    batch.details = m_newDetails;
    const qint64 used = batch.offset - m_spool->offset();
    auto writing = m_context.store.write(
        [row = m_run.row, batch = std::move(batch), ending = m_translator.ending()](Connection &db) {
            RunRecorder recorder(db, row);
            recorder.store(batch);
            if (ending)
                recorder.close(*ending);
        });
    const Result<void> stored = co_await writing;
    m_sinceStored.restart();
    if (!stored) {
        // The same stretch is read again from the spool.
        m_translator.forgetEnding();
        qCWarning(logEngine) << "Could not store what a run reports:" << stored.error().detail;
        co_return false;
    }
    m_newDetails = "{}";
    m_closed = m_translator.ending().has_value();
    m_spool->advance(used);
    co_return true;
}

QCoro::Task<> RunAttempt::close()
{
    m_busy = true;
    m_watchTimer.stop();
    Result<void> stored;
    if (!m_closed) {
        auto writing = m_context.store.write(
            [row = m_run.row, ending = endingWithoutRecord()](Connection &db) { RunRecorder(db, row).close(ending); });
        stored = co_await writing;
    }
    m_busy = false;
    if (!stored && !m_detached) {
        m_followTimer.start(kRetryMs);
        co_return;
    }
    if (stored)
        QDir(m_folder).removeRecursively();
    finish();
}

RunEnding RunAttempt::endingWithoutRecord() const
{
    RunEnding ending{.reason = {}, .at = m_context.clock()};
    if (m_noSpool) {
        ending.kind = RunEnding::Kind::NotStarted;
        ending.reason = *m_noSpool;
        return ending;
    }
    const int killed = killLeftovers(m_run.id);
    qCWarning(logEngine) << "Run" << m_run.name << "lost its supervisor; killed" << killed << "processes of it.";
    return ending;
}

void RunAttempt::cancel()
{
    m_cancelled = true;
    if (m_spool)
        sendCancel();
}

void RunAttempt::sendCancel()
{
    if (m_supervisorGone)
        return;
    // A child that was not reaped keeps its id; another's id comes from the lock it holds at this moment.
    const pid_t supervisor = m_supervisor != 0 ? m_supervisor : spoolState(m_spoolPath).supervisor;
    if (supervisor > 0)
        kill(supervisor, SIGTERM);
}

void RunAttempt::detach()
{
    m_detached = true;
    m_watchTimer.stop();
    m_followTimer.stop();
    if (!m_busy)
        QMetaObject::invokeMethod(this, &RunAttempt::finish, Qt::QueuedConnection);
}

void RunAttempt::finish()
{
    if (std::exchange(m_ended, true))
        return;
    emit ended(m_run.row);
}

} // namespace fd
