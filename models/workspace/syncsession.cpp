// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/syncsession.h"

#include "models/store/mirrorrepository.h"
#include "models/store/settingrepository.h"

namespace fd {
namespace {

constexpr qint64 kDateResolutionUs = 1'500'000;
/// How many ids one question names: one page must hold all the answers (prefect-3 T24).
constexpr int kIdsAtOnce = 200;

} // namespace

SyncSession::SyncSession(Store &store, ServerApi &server, Clock clock)
    : m_store(store), m_server(server), m_clock(std::move(clock))
{
}

void SyncSession::noteServerTime(const std::optional<Instant> &serverTime)
{
    // Orion's web server says the same Date on every answer of a kept connection: the moment it was opened.
    if (!serverTime || (m_newestServerTime && *serverTime <= *m_newestServerTime))
        return;
    m_newestServerTime = serverTime;
    const qint64 skew = *serverTime - now();
    if (qAbs(skew - m_skewUs) > kDateResolutionUs)
        m_skewUs = qAbs(skew) > kDateResolutionUs ? skew : 0;
}

QCoro::Task<Result<void>> SyncSession::begin()
{
    FD_CO_TRY_ASSIGN(epoch, write([](Connection &db) {
        SettingRepository settings(db);
        const qint64 next = settings.value(setting::kSyncEpoch).toLongLong() + 1;
        settings.setValue(setting::kSyncEpoch, QString::number(next));
        return next;
    }));
    m_epoch = epoch;
    co_return Result<void>();
}

Error SyncSession::cancelled() { return {.kind = ErrorKind::Cancelled, .detail = {}, .field = {}, .file = {}}; }

QCoro::Task<Result<void>> fetchUnknownFlows(SyncSession &session, QSet<FlowId> &alreadyAsked)
{
    for (;;) {
        const int limit = kIdsAtOnce + static_cast<int>(alreadyAsked.size());
        FD_CO_TRY_ASSIGN(
            unknown, session.read([limit](Connection &db) { return MirrorRepository(db).unknownFlows(limit); }));
        QList<FlowId> ids;
        for (const FlowId &id : unknown) {
            if (!alreadyAsked.contains(id) && ids.size() < std::min(kIdsAtOnce, session.server().info().pageLimit))
                ids += id;
        }
        if (ids.isEmpty())
            co_return Result<void>();
        const Instant asked = session.stamp();
        const PageRange range{.offset = 0, .limit = static_cast<int>(ids.size())};
        FD_CO_TRY_ASSIGN(page, session.server().flows(ids, range));
        for (const FlowId &id : std::as_const(ids))
            alreadyAsked.insert(id);
        FD_CO_TRY(session.write(
            [flows = std::move(page.rows), asked](Connection &db) { MirrorRepository(db).putFlows(flows, asked); }));
    }
}

} // namespace fd
