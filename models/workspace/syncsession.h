// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/store.h"
#include "models/workspace/serverapi.h"

#include <QCoroFuture>

namespace fd {

/// What the parts of a mirror share while one workspace is open. Lives in the GUI thread; every coroutine that uses it
/// keeps it alive by what it is a member of.
class SyncSession
{
public:
    SyncSession(Store &store, ServerApi &server, Clock clock);

    [[nodiscard]] ServerApi &server() { return m_server; }
    [[nodiscard]] Instant now() const { return m_clock(); }
    /// This computer's clock, corrected by what the server's answers say about theirs.
    [[nodiscard]] Instant serverNow() const { return m_clock().plusUs(m_skewUs); }
    [[nodiscard]] qint64 skewUs() const { return m_skewUs; }
    /// Takes an answer's Date. It has whole seconds, so small differences mean nothing; one that does not go on is
    /// not the time.
    void noteServerTime(const std::optional<Instant> &serverTime);

    /// Begins the order of questions of this opening of the file, after those of every earlier one: no clock is
    /// trusted, because one that was set back would make every new answer look old. Error: Storage.
    QCoro::Task<Result<void>> begin();
    /// The moment a question leaves, only to be compared: a later one is greater.
    [[nodiscard]] Instant stamp() { return {(m_epoch << 40) + ++m_questions}; }

    /// Ends it: whatever is awaited through it answers Cancelled, and the store is touched no more.
    void stop() { m_stopped = true; }
    [[nodiscard]] bool isStopped() const { return m_stopped; }

    /// Store::write and Store::read for coroutines.
    template<typename Work>
    auto write(Work work) -> QCoro::Task<Result<typename UnitOfWork<std::invoke_result_t<Work, Connection &>>::Value>>
    {
        if (m_stopped)
            co_return fail(cancelled());
        auto writing = m_store.write(std::move(work));
        auto result = co_await writing;
        if (m_stopped)
            co_return fail(cancelled());
        co_return result;
    }
    template<typename Work>
    auto read(Work work) -> QCoro::Task<Result<typename UnitOfWork<std::invoke_result_t<Work, Connection &>>::Value>>
    {
        if (m_stopped)
            co_return fail(cancelled());
        auto reading = m_store.read(std::move(work));
        auto result = co_await reading;
        if (m_stopped)
            co_return fail(cancelled());
        co_return result;
    }
    /// A write whose end is awaited later, so that the next question can leave meanwhile.
    template<typename Work>
    [[nodiscard]] auto beginWrite(Work work)
    {
        return m_store.write(std::move(work));
    }

    /// Whether an answer brought fewer rows than were asked for, as at a list's end. The client lowers a limit that the
    /// server does not take.
    template<typename T>
    [[nodiscard]] bool isShort(const Page<T> &page, int limit) const
    {
        return page.received < std::min(limit, m_server.info().pageLimit);
    }

    [[nodiscard]] static Error cancelled();

private:
    Store &m_store;
    ServerApi &m_server;
    Clock m_clock;
    qint64 m_skewUs = 0;
    std::optional<Instant> m_newestServerTime;
    qint64 m_epoch = 0;
    qint64 m_questions = 0;
    bool m_stopped = false;
};

/// Keys of SettingRepository under which a mirror keeps where it stands.
namespace setting {
inline const QString kSyncEpoch = QStringLiteral("sync.epoch");
inline const QString kSyncServer = QStringLiteral("sync.server");
inline const QString kSyncAsOf = QStringLiteral("sync.as_of");
inline const QString kSyncPaused = QStringLiteral("sync.paused");
inline const QString kSyncDeploymentPass = QStringLiteral("sync.deployment_pass");
inline const QString kSyncUpdatedMark = QStringLiteral("sync.updated_mark");
inline const QString kSyncRuns = QStringLiteral("sync.runs");
} // namespace setting

/// Asks for the flows that rows name and that the store does not know yet, each once as `alreadyAsked` remembers: the
/// server may not have them any more.
QCoro::Task<Result<void>> fetchUnknownFlows(SyncSession &session, QSet<FlowId> &alreadyAsked);

} // namespace fd
