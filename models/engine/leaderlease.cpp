// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/leaderlease.h"

#include "models/engine/spawn.h"

#include <QCoreApplication>
#include <QCoroFuture>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>
#include <QUuid>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace fd {
namespace {

const QString kName = QStringLiteral("engine");
constexpr int kHeartbeatMs = 2000;
constexpr int kWatchMs = 1000;
constexpr qint64 kExpiryUs = 10'000'000;

/// A lease whose holder is known to be dead, since its OS lock is free on this very computer, is taken at once.
bool acquire(Connection &db, const Lease &mine)
{
    LeaseRepository leases(db);
    if (leases.acquire(kName, mine, kExpiryUs))
        return true;
    const auto holder = leases.holder(kName);
    if (!holder || holder->host != mine.host)
        return false;
    leases.release(kName, holder->holder);
    return leases.acquire(kName, mine, kExpiryUs);
}

} // namespace

LeaderLease::LeaderLease(Store &store, Clock clock, QObject *parent)
    : QObject(parent), m_store(store), m_clock(std::move(clock))
{
    m_mine.holder = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_mine.pid = QCoreApplication::applicationPid();
    m_mine.host = QSysInfo::machineHostName();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
}

LeaderLease::~LeaderLease() { dropLock(); }

void LeaderLease::begin() { m_timer.start(0); }

QCoro::Task<> LeaderLease::tick()
{
    m_busy = true;
    errno = 0;
    if (takeLock())
        co_await renew();
    else if (errno == EWOULDBLOCK)
        co_await watchHolder();
    else
        emit failed(QStringLiteral("The engine's lock file could not be used: %1.").arg(systemReason(errno)));
    m_busy = false;
    m_settled.notify();
    if (!m_released)
        m_timer.start(m_leading ? kHeartbeatMs : kWatchMs);
}

QCoro::Task<> LeaderLease::renew()
{
    m_mine.heartbeat = m_clock();
    auto writing = m_store.write([mine = m_mine](Connection &db) { return Result<bool>(acquire(db, mine)); });
    const Result<bool> ours = co_await writing;
    if (m_released)
        co_return;
    if (!ours) {
        // A leader that cannot write keeps the OS lock: nobody else could write either.
        if (!m_leading) {
            dropLock();
            emit failed(ours.error().detail);
        }
        co_return;
    }
    if (!*ours) {
        stepDown();
        co_await watchHolder();
    } else if (!std::exchange(m_leading, true)) {
        emit gained();
    }
}

QCoro::Task<> LeaderLease::watchHolder()
{
    auto reading = m_store.read(
        [](Connection &db) { return Result<Lease>(LeaseRepository(db).holder(kName).value_or(Lease())); });
    const Result<Lease> holder = co_await reading;
    if (!m_released)
        emit heldElsewhere(holder.value_or(Lease()));
}

void LeaderLease::stepDown()
{
    dropLock();
    if (std::exchange(m_leading, false))
        emit lost();
}

bool LeaderLease::takeLock()
{
    if (m_lock >= 0)
        return true;
    const QString path = QFileInfo(m_store.path()).canonicalFilePath() + QStringLiteral(".engine-lock");
    m_lock = open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_lock < 0)
        return false;
    if (flock(m_lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    const int error = errno;
    dropLock();
    errno = error;
    return false;
}

void LeaderLease::dropLock()
{
    if (m_lock >= 0)
        close(m_lock);
    m_lock = -1;
}

QCoro::Task<> LeaderLease::release()
{
    m_released = true;
    m_timer.stop();
    while (m_busy)
        co_await m_settled.next();
    if (std::exchange(m_leading, false)) {
        auto writing
            = m_store.write([holder = m_mine.holder](Connection &db) { LeaseRepository(db).release(kName, holder); });
        co_await writing;
    }
    dropLock();
}

} // namespace fd
