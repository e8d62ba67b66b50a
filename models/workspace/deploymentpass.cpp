// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/deploymentpass.h"

#include "models/core/json.h"
#include "models/store/deploymentrepository.h"
#include "models/store/mirrorrepository.h"
#include "models/store/settingrepository.h"
#include "models/workspace/deletionsearch.h"

namespace fd {
namespace {

/// The first page is on screen at once; later ones cost the server the same per row and less per request.
constexpr int kFirstPage = 10;
constexpr int kOverlap = 5;
/// Written together: many rows in one transaction cost a fraction of one page each, but people wait for the rows.
constexpr int kRowsAtOnce = 2000;
constexpr int kFlushMs = 500;
/// A first mirror of more builds its indexes at the end.
constexpr int kBulkRows = 5000;
/// Passes take turns with so many sizes of page.
constexpr int kPageSizes = 3;

size_t hashOf(const QString &name) { return qHash(name, 0); }

} // namespace

QCoro::Task<Result<void>> DeploymentPass::load()
{
    m_staged.clear();
    m_stagedRows = 0;
    m_read.clear();
    m_tail.clear();
    FD_CO_TRY_ASSIGN(text, m_session.read([](Connection &db) {
        return SettingRepository(db).value(setting::kSyncDeploymentPass).toUtf8();
    }));
    const auto state = parseJson(text);
    if (!state)
        co_return Result<void>();
    const auto number = [&state](const char *key) {
        const Json &value = memberOf(*state, key);
        return value.is_number_integer() ? value.get<qint64>() : 0;
    };
    m_number = number("pass");
    m_completed = number("completed");
    m_underWay = boolOf(*state, "under_way", false);
    m_bulk = boolOf(*state, "bulk", false);
    m_offset = m_underWay ? static_cast<int>(number("offset")) : -1;
    m_total = static_cast<int>(number("total"));
    m_unreadable = static_cast<int>(number("unreadable"));
    if (const Json &mark = memberOf(*state, "updated_mark"); mark.is_number_integer())
        m_updatedMark = Instant{mark.get<qint64>()};
    const Json &tail = memberOf(*state, "tail");
    for (size_t i = 0; tail.is_array() && i < tail.size(); ++i) {
        const auto id = DeploymentId::fromText(toQString(textOf(tail[i], "id")));
        m_tail.emplaceBack(id, toQString(textOf(tail[i], "name")));
        m_read.insert(id, hashOf(m_tail.last().second));
    }
    m_overlap = static_cast<int>(m_tail.size());
    co_return Result<void>();
}

QByteArray DeploymentPass::progress() const
{
    Json tail = Json::array();
    for (const auto &[id, name] : m_tail)
        tail.push_back({{"id", id.toText().toStdString()}, {"name", name.toStdString()}});
    Json state = {{"pass", m_number}, {"completed", m_completed}, {"under_way", m_underWay}, {"bulk", m_bulk},
        {"offset", m_offset}, {"total", m_total}, {"unreadable", m_unreadable}, {"tail", tail}};
    if (m_updatedMark)
        state["updated_mark"] = m_updatedMark->us;
    return toJsonText(state);
}

void DeploymentPass::start()
{
    m_underWay = true;
    ++m_number;
    m_offset = -1;
    m_seams = 0;
}

int DeploymentPass::pageLimit() const
{
    // Another pass has other borders, so that rows which changed places across one are met inside a page.
    const int limit = std::max(1, m_session.server().info().pageLimit);
    return std::max(1, limit - static_cast<int>((m_number - 1) % kPageSizes) * std::max(1, limit / 8));
}

/// What comes before the first page.
QCoro::Task<Result<void>> DeploymentPass::begin()
{
    m_updatedMark.reset();
    m_pageSize = std::min(kFirstPage, pageLimit());
    if (m_session.server().info().canSortByUpdated) {
        DeploymentQuery newest;
        newest.order = DeploymentQuery::Order::UpdatedDescending;
        const PageRange one{.offset = 0, .limit = 1};
        FD_CO_TRY_ASSIGN(page, m_session.server().deployments(newest, one));
        m_updatedMark = page.rows.empty() ? Instant{} : page.rows.front().value.updated;
    }
    m_offset = 0;
    m_overlap = 0;
    m_back = 0;
    m_unreadable = 0;
    m_unreadableRows.clear();
    m_read.clear();
    m_tail.clear();
    m_sinceFlush.start();
    co_return Result<void>();
}

bool DeploymentPass::joins(const Page<MirroredDeployment> &page) const
{
    return std::any_of(page.rows.begin(), page.rows.end(), [this](const MirroredDeployment &row) {
        const auto read = m_read.constFind(row.value.id);
        return read != m_read.constEnd() && *read == hashOf(row.value.name);
    });
}

/// Keeps a page's rows; true when it was the last one.
bool DeploymentPass::take(Page<MirroredDeployment> page, int from, int limit, Instant asked)
{
    const int end = from + page.received;
    const bool grew = std::any_of(page.rows.begin(), page.rows.end(),
        [this](const MirroredDeployment &row) { return !m_read.contains(row.value.id); });
    // A server may give less than it was asked for; it has no more when nothing new comes or its count is reached.
    const bool last = m_session.isShort(page, limit) && (!grew || page.received == 0 || end >= m_total);
    for (size_t i = 0; i < page.unreadable.size(); ++i) {
        const QString &id = page.unreadable[i].id;
        m_unreadableRows.insert(id.isEmpty() ? QString::number(from) + u'+' + QString::number(i) : id);
    }
    m_unreadable = static_cast<int>(m_unreadableRows.size());
    for (const MirroredDeployment &row : page.rows)
        m_read.insert(row.value.id, hashOf(row.value.name));
    m_offset = end;
    m_back = 0;
    // Rows of one name come in any order, so the next page begins before all of the last name.
    m_overlap = std::min(kOverlap, std::max(1, limit / 2));
    const int most = std::min(static_cast<int>(page.rows.size()), std::max(1, limit / 2));
    const auto nameFromEnd = [&page](int i) { return page.rows[page.rows.size() - size_t(i)].value.name; };
    for (int i = 1; i <= most && nameFromEnd(i) == nameFromEnd(1); ++i)
        m_overlap = std::max(m_overlap, std::min(i + 1, std::max(1, limit / 2)));
    m_tail.clear();
    for (int i = std::min(m_overlap, static_cast<int>(page.rows.size())); i > 0; --i) {
        const Deployment &row = page.rows[page.rows.size() - size_t(i)].value;
        m_tail.emplaceBack(row.id, row.name);
    }
    m_stagedRows += static_cast<int>(page.rows.size());
    m_staged.push_back({.rows = std::move(page.rows), .asked = asked});
    return last;
}

QCoro::Task<Result<void>> DeploymentPass::firstPageFlows(const Page<MirroredDeployment> &page)
{
    QList<FlowId> ids;
    for (const MirroredDeployment &row : page.rows) {
        if (!row.flow.isNull() && !ids.contains(row.flow))
            ids += row.flow;
    }
    if (ids.isEmpty())
        co_return Result<void>();
    const Instant asked = m_session.stamp();
    const PageRange range{.offset = 0, .limit = static_cast<int>(ids.size())};
    FD_CO_TRY_ASSIGN(flows, m_session.server().flows(ids, range));
    // Not awaited: the writer takes it before the deployments, and its failure is theirs too.
    std::ignore = m_session.beginWrite(
        [rows = std::move(flows.rows), asked](Connection &db) { MirrorRepository(db).putFlows(rows, asked); });
    co_return Result<void>();
}

QCoro::Task<Result<bool>> DeploymentPass::step()
{
    if (!m_underWay)
        co_return true;
    if (m_offset < 0)
        FD_CO_TRY(begin());
    const bool first = m_offset == 0 && m_back == 0;
    const int limit = m_pageSize > 0 ? m_pageSize : std::min(2 * kFirstPage, pageLimit());
    const int from = std::max(0, m_offset - m_overlap - m_back);
    const PageRange range{.offset = from, .limit = limit};
    const DeploymentQuery query;
    const Instant asked = m_session.stamp();
    FD_CO_TRY_ASSIGN(page, m_session.server().deployments(query, range));
    m_session.noteServerTime(page.serverTime);
    m_pageSize = std::min(2 * limit, pageLimit());
    if (from > 0 && !joins(page)) {
        // Rows slipped to earlier places. What it holds is kept, but it is no place to go on from.
        m_back = std::max(limit, 2 * m_back);
        ++m_seams;
        m_stagedRows += static_cast<int>(page.rows.size());
        m_staged.push_back({.rows = std::move(page.rows), .asked = asked});
        co_return false;
    }
    if (first) {
        if (m_completed == 0)
            FD_CO_TRY(firstPageFlows(page));
        const DeploymentQuery all;
        FD_CO_TRY_ASSIGN(total, m_session.server().countDeployments(all));
        m_total = total;
    }
    const bool last = take(std::move(page), from, limit, asked);
    if (last) {
        auto finishing = finish();
        co_return co_await finishing;
    }
    if (first || m_stagedRows >= kRowsAtOnce || m_sinceFlush.hasExpired(kFlushMs)) {
        FD_CO_TRY(endFlush());
        beginFlush();
    }
    co_return false;
}

void DeploymentPass::beginFlush()
{
    const bool beginsBulk = !m_bulk && m_completed == 0 && m_total > kBulkRows;
    m_bulk = m_bulk || beginsBulk;
    m_writing = m_session.beginWrite(
        [staged = std::exchange(m_staged, {}), pass = m_number, progress = QString::fromUtf8(progress()), beginsBulk](
            Connection &db) -> Result<void> {
            MirrorRepository mirror(db);
            if (beginsBulk)
                mirror.beginBulk();
            for (const Staged &page : staged)
                mirror.putDeployments(page.rows, page.asked, pass);
            SettingRepository(db).setValue(setting::kSyncDeploymentPass, progress);
            return {};
        });
    m_stagedRows = 0;
    m_sinceFlush.start();
}

/// Waits for the write that is under way. When it failed, its rows are missing: the pass begins again.
QCoro::Task<Result<void>> DeploymentPass::endFlush()
{
    if (m_writing) {
        auto writing = *std::exchange(m_writing, std::nullopt);
        const Result<void> written = co_await writing;
        if (!written) {
            m_offset = -1;
            m_staged.clear();
            m_stagedRows = 0;
            co_return written;
        }
    }
    if (m_session.isStopped())
        co_return fail(SyncSession::cancelled());
    co_return Result<void>();
}

QCoro::Task<Result<void>> DeploymentPass::flush()
{
    FD_CO_TRY(endFlush());
    if (m_underWay && m_offset >= 0) {
        beginFlush();
        FD_CO_TRY(endFlush());
    }
    co_return Result<void>();
}

/// After the last page: flows and deletions.
QCoro::Task<Result<bool>> DeploymentPass::finish()
{
    FD_CO_TRY(flush());
    FD_CO_TRY(fetchUnknownFlows(m_session, m_askedFlows));
    const qint64 pass = m_number;
    FD_CO_TRY_ASSIGN(
        notSeen, m_session.read([pass](Connection &db) { return MirrorRepository(db).deploymentIds(pass); }));
    FD_CO_TRY(removeDeletedDeployments(m_session, std::move(notSeen), pass));
    m_underWay = false;
    ++m_completed;
    m_read.clear();
    m_tail.clear();
    while (m_bulk) {
        // One index at a time: others may write in between.
        FD_CO_TRY_ASSIGN(more, m_session.write([](Connection &db) { return MirrorRepository(db).finishBulkStep(); }));
        m_bulk = more;
    }
    FD_CO_TRY(m_session.write([progress = QString::fromUtf8(progress())](Connection &db) {
        MirrorRepository(db).finishBulk();
        SettingRepository(db).setValue(setting::kSyncDeploymentPass, progress);
    }));
    co_return true;
}

} // namespace fd
