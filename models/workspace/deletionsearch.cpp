// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/deletionsearch.h"

#include "models/store/mirrorrepository.h"

#include <span>

namespace fd {
namespace {

/// More would make bodies of more than 40 KB, and some databases take at most 32,767 values in one statement.
constexpr size_t kIdsInOneCount = 1000;
/// So few are asked for themselves.
constexpr size_t kReadAtOnce = 4;

DeploymentQuery queryOf(std::span<const DeploymentId> ids)
{
    DeploymentQuery query;
    query.ids = QList<DeploymentId>(ids.begin(), ids.end());
    return query;
}

/// Those of `ids` that an answer does not hold. None when it holds a row that cannot be told apart.
std::vector<DeploymentId> missingIn(const Page<MirroredDeployment> &page, std::span<const DeploymentId> ids)
{
    QSet<DeploymentId> there;
    for (const MirroredDeployment &row : page.rows)
        there.insert(row.value.id);
    for (const UnreadableRow &row : page.unreadable) {
        const auto id = DeploymentId::fromText(row.id);
        if (id.isNull())
            return {};
        there.insert(id);
    }
    std::vector<DeploymentId> missing;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(missing),
        [&there](const DeploymentId &id) { return !there.contains(id); });
    return missing;
}

/// Reads a few of them, stores what is there, and answers what is not.
QCoro::Task<Result<std::vector<DeploymentId>>> readThem(
    SyncSession &session, std::vector<DeploymentId> ids, qint64 pass)
{
    const DeploymentQuery query = queryOf(ids);
    const PageRange range{.offset = 0, .limit = static_cast<int>(ids.size())};
    const Instant asked = session.stamp();
    FD_CO_TRY_ASSIGN(page, session.server().deployments(query, range));
    auto missing = missingIn(page, ids);
    FD_CO_TRY(session.write([rows = std::move(page.rows), asked, pass](
                                Connection &db) { MirrorRepository(db).putDeployments(rows, asked, pass); }));
    co_return missing;
}

} // namespace

QCoro::Task<Result<int>> countKnownDeployments(SyncSession &session, std::vector<DeploymentId> ids)
{
    int known = 0;
    for (size_t from = 0; from < ids.size(); from += kIdsInOneCount) {
        const auto chunk = std::span(ids).subspan(from, std::min(kIdsInOneCount, ids.size() - from));
        const DeploymentQuery query = queryOf(chunk);
        FD_CO_TRY_ASSIGN(count, session.server().countDeployments(query));
        known += count;
    }
    co_return known;
}

QCoro::Task<Result<int>> removeDeletedDeployments(
    SyncSession &session, std::vector<DeploymentId> candidates, qint64 pass)
{
    std::vector<std::pair<size_t, size_t>> open;
    for (size_t from = 0; from < candidates.size(); from += kIdsInOneCount)
        open.emplace_back(from, std::min(kIdsInOneCount, candidates.size() - from));
    int removed = 0;
    while (!open.empty()) {
        const auto [from, size] = open.back();
        open.pop_back();
        const auto range = std::span(candidates).subspan(from, size);
        std::vector<DeploymentId> gone(range.begin(), range.end());
        if (size <= kReadAtOnce) {
            FD_CO_TRY_ASSIGN(missing, readThem(session, gone, pass));
            gone = std::move(missing);
        } else {
            const DeploymentQuery query = queryOf(range);
            FD_CO_TRY_ASSIGN(count, session.server().countDeployments(query));
            if (count != 0) {
                gone.clear();
                if (count < static_cast<int>(size)) {
                    open.emplace_back(from, size / 2);
                    open.emplace_back(from + size / 2, size - size / 2);
                }
            }
        }
        if (gone.empty())
            continue;
        removed += static_cast<int>(gone.size());
        FD_CO_TRY(session.write([gone](Connection &db) {
            for (const DeploymentId &id : gone)
                MirrorRepository(db).removeDeployment(id);
        }));
    }
    co_return removed;
}

} // namespace fd
