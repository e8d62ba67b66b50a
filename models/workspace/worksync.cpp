// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/worksync.h"

#include "models/store/mirrorrepository.h"

namespace fd {
namespace {

constexpr size_t kFewPools = 10;
constexpr int kRoundsBetween = 8;

} // namespace

QCoro::Task<Result<void>> readWork(SyncSession &session, int round)
{
    FD_CO_TRY_ASSIGN(queues, session.server().workQueues());
    FD_CO_TRY(session.write(
        [rows = std::move(queues.rows)](Connection &db) { MirrorRepository(db).replaceWorkQueues(rows); }));
    if (!session.server().info().hasWorkPools)
        co_return Result<void>();
    FD_CO_TRY_ASSIGN(pools, session.server().workPools());
    std::vector<QString> names;
    for (const WorkPool &pool : pools.rows)
        names.push_back(pool.name);
    FD_CO_TRY(
        session.write([rows = std::move(pools.rows)](Connection &db) { MirrorRepository(db).replaceWorkPools(rows); }));
    if (!session.server().info().hasWorkers || (names.size() > kFewPools && round % kRoundsBetween != 0))
        co_return Result<void>();
    std::vector<Worker> workers;
    for (const QString &name : names) {
        FD_CO_TRY_ASSIGN(page, session.server().workers(name));
        workers.insert(workers.end(), page.rows.begin(), page.rows.end());
    }
    FD_CO_TRY(
        session.write([rows = std::move(workers)](Connection &db) { MirrorRepository(db).replaceWorkers(rows); }));
    co_return Result<void>();
}

} // namespace fd
