// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/deploymentpoll.h"

#include "models/store/deploymentrepository.h"
#include "models/store/mirrorrepository.h"
#include "models/store/settingrepository.h"
#include "models/workspace/deletionsearch.h"

namespace fd {
namespace {

constexpr int kFirstRows = 3;
/// A server that sorts by name only gives a row for a tenth of the price (performance §5).
constexpr int kOrionWindowRows = 20;
/// More changes than this between two polls are left to a paced pass.
constexpr int kMostRows = 60;
/// A row may be committed a little after another that was stamped later.
constexpr qint64 kCommitUs = 5'000'000;

} // namespace

QCoro::Task<Result<void>> DeploymentPoll::load()
{
    FD_CO_TRY_ASSIGN(
        mark, m_session.read([](Connection &db) { return SettingRepository(db).value(setting::kSyncUpdatedMark); }));
    if (!mark.isEmpty())
        m_mark = Instant{mark.toLongLong()};
    // A pass that ended after the last poll knows more.
    if (!m_pass.isUnderWay() && m_pass.updatedMark() > m_mark)
        m_mark = m_pass.updatedMark();
    co_return Result<void>();
}

void DeploymentPoll::passEnded()
{
    m_wantsPass = false;
    m_shortPolls = 0;
    m_mark = m_pass.updatedMark();
}

QCoro::Task<Result<void>> DeploymentPoll::put(std::vector<MirroredDeployment> rows, Instant asked)
{
    const qint64 pass = m_pass.number();
    FD_CO_TRY_ASSIGN(tally, m_session.write([rows = std::move(rows), asked, pass](Connection &db) {
        return MirrorRepository(db).putDeployments(rows, asked, pass);
    }));
    m_changed += QSet<DeploymentId>(tally.deployments.begin(), tally.deployments.end());
    co_return Result<void>();
}

QCoro::Task<Result<void>> DeploymentPoll::run()
{
    if (m_session.server().info().canSortByUpdated)
        FD_CO_TRY(readUpdated());
    else
        FD_CO_TRY(lookRound(kOrionWindowRows));
    FD_CO_TRY(compareCounts());
    FD_CO_TRY(fetchUnknownFlows(m_session, m_askedFlows));
    co_return Result<void>();
}

QCoro::Task<Result<void>> DeploymentPoll::readUpdated()
{
    DeploymentQuery query;
    query.order = DeploymentQuery::Order::UpdatedDescending;
    const Instant known = m_mark.value_or(Instant{});
    std::optional<Instant> newest;
    std::optional<DeploymentId> previous;
    int offset = 0;
    int read = 0;
    for (int limit = kFirstRows; read < kMostRows; limit *= 3) {
        const PageRange range{
            .offset = offset, .limit = std::min({limit, kMostRows, m_session.server().info().pageLimit})};
        const Instant asked = m_session.stamp();
        FD_CO_TRY_ASSIGN(page, m_session.server().deployments(query, range));
        m_session.noteServerTime(page.serverTime);
        read += page.received;
        // Each page begins with the last row of the one before; otherwise rows moved, and some may lie above.
        const bool joins = !previous || (!page.rows.empty() && page.rows.front().value.id == *previous);
        const bool reached = !page.rows.empty() && page.rows.back().value.updated.us < known.us - kCommitUs;
        const bool ended = m_session.isShort(page, range.limit);
        if (!page.rows.empty()) {
            previous = page.rows.back().value.id;
            newest = std::max(newest.value_or(Instant{}), page.rows.front().value.updated);
        }
        offset = joins ? std::max(0, offset + page.received - 1) : 0;
        if (!joins)
            previous.reset();
        FD_CO_TRY(put(std::move(page.rows), asked));
        if (joins && (reached || ended)) {
            read = 0;
            break;
        }
    }
    m_wantsPass = m_wantsPass || read >= kMostRows;
    if (newest && newest != m_mark) {
        m_mark = newest;
        FD_CO_TRY(m_session.write([mark = newest->us](Connection &db) {
            SettingRepository(db).setValue(setting::kSyncUpdatedMark, QString::number(mark));
        }));
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> DeploymentPoll::compareCounts()
{
    const DeploymentQuery all;
    FD_CO_TRY_ASSIGN(there, m_session.server().countDeployments(all));
    FD_CO_TRY_ASSIGN(here, m_session.read([](Connection &db) { return DeploymentRepository(db).count(); }));
    // Rows that no pass could read count there and not here.
    const int lacking = there - m_pass.unreadable() - here;
    if (lacking < 0) {
        FD_CO_TRY_ASSIGN(ids, m_session.read([](Connection &db) { return MirrorRepository(db).deploymentIds(0); }));
        FD_CO_TRY(removeDeletedDeployments(m_session, std::move(ids), m_pass.number()));
    }
    // A single difference may be a row that was made between the two questions; where rows can be asked for by their
    // last change, it is met by the next poll. One that a pass did not mend is accepted.
    const bool mayBeNew = m_session.server().info().canSortByUpdated && m_shortPolls == 0;
    m_shortPolls = lacking > 0 ? m_shortPolls + 1 : 0;
    if (lacking > 0 && !mayBeNew && lacking != m_unmended) {
        m_wantsPass = true;
        m_unmended = lacking;
    }
    co_return Result<void>();
}

QCoro::Task<Result<bool>> DeploymentPoll::lookRound(int rows)
{
    const PageRange range{.offset = m_windowOffset, .limit = std::min(rows, m_session.server().info().pageLimit)};
    const DeploymentQuery query;
    const Instant asked = m_session.stamp();
    FD_CO_TRY_ASSIGN(page, m_session.server().deployments(query, range));
    const bool round = m_session.isShort(page, range.limit);
    // One row again, for those that moved up meanwhile.
    m_windowOffset = round ? 0 : m_windowOffset + std::max(1, page.received - 1);
    FD_CO_TRY(put(std::move(page.rows), asked));
    FD_CO_TRY(fetchUnknownFlows(m_session, m_askedFlows));
    co_return round;
}

QCoro::Task<Result<void>> DeploymentPoll::ask(QList<DeploymentId> ids)
{
    const int atOnce = m_session.server().info().pageLimit;
    for (qsizetype from = 0; from < ids.size(); from += atOnce) {
        DeploymentQuery query;
        query.ids = ids.mid(from, atOnce);
        const PageRange range{.offset = 0, .limit = atOnce};
        const Instant asked = m_session.stamp();
        FD_CO_TRY_ASSIGN(page, m_session.server().deployments(query, range));
        QSet<DeploymentId> missing(query.ids.begin(), query.ids.end());
        for (const MirroredDeployment &row : page.rows)
            missing.remove(row.value.id);
        FD_CO_TRY(put(std::move(page.rows), asked));
        std::vector<DeploymentId> candidates(missing.begin(), missing.end());
        FD_CO_TRY(removeDeletedDeployments(m_session, std::move(candidates), m_pass.number()));
    }
    FD_CO_TRY(fetchUnknownFlows(m_session, m_askedFlows));
    co_return Result<void>();
}

} // namespace fd
