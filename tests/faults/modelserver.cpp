// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/modelserver.h"

#include <algorithm>

namespace fd::test {
namespace {

constexpr qint64 kFirstUpdated = 1'772'000'000'000'000;
/// Changes are so far apart that the poll's margin for late commits does not cover for it.
constexpr qint64 kBetweenChanges = 20'000'000;

} // namespace

ModelServer::ModelServer(bool sortsByUpdated, int pageLimit, quint32 seed)
    : m_sortsByUpdated(sortsByUpdated), m_pageLimit(pageLimit), m_random(seed)
{
    for (int i = 0; i < 4; ++i)
        m_flows += FlowId::make();
}

void ModelServer::touch(MirroredDeployment &row)
{
    row.value.updated = {kFirstUpdated + ++m_clock * kBetweenChanges};
    row.fingerprint = m_random.generate64();
}

QString ModelServer::newName()
{
    // Few names: equal ones stand next to one another, in different flows.
    return QStringLiteral("d%1").arg(m_random.bounded(60), 2, 10, QLatin1Char('0'));
}

void ModelServer::insert()
{
    MirroredDeployment row;
    row.value.id = DeploymentId::make();
    row.flow = m_flows.at(m_random.bounded(m_flows.size()));
    row.value.name = newName();
    const bool isTaken = std::any_of(m_rows.begin(), m_rows.end(), [&row](const MirroredDeployment &other) {
        return other.flow == row.flow && other.value.name == row.value.name;
    });
    if (isTaken)
        return;
    touch(row);
    row.value.created = row.value.updated;
    m_rows.insert(m_rows.begin() + m_random.bounded(int(m_rows.size()) + 1), row);
}

void ModelServer::change()
{
    ++m_changes;
    if (m_rows.empty() || m_random.bounded(3) == 0) {
        insert();
        return;
    }
    const auto at = m_rows.begin() + m_random.bounded(int(m_rows.size()));
    if (m_random.bounded(2) == 0) {
        m_rows.erase(at);
        return;
    }
    const QString name = newName();
    const bool isTaken = std::any_of(m_rows.begin(), m_rows.end(),
        [&](const MirroredDeployment &other) { return other.flow == at->flow && other.value.name == name; });
    if (isTaken)
        return;
    at->value.name = name;
    touch(*at);
}

ServerInfo ModelServer::info() const
{
    ServerInfo info;
    info.canSortByUpdated = m_sortsByUpdated;
    info.pageLimit = m_pageLimit;
    return info;
}

QCoro::Task<Result<Page<MirroredDeployment>>> ModelServer::deployments(DeploymentQuery query, PageRange range)
{
    if (beforePage)
        beforePage();
    ++m_pages;
    std::vector<MirroredDeployment> found;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(found),
        [&query](const MirroredDeployment &row) { return query.ids.isEmpty() || query.ids.contains(row.value.id); });
    const bool byUpdated = query.order == DeploymentQuery::Order::UpdatedDescending;
    std::stable_sort(found.begin(), found.end(), [byUpdated](const MirroredDeployment &a, const MirroredDeployment &b) {
        return byUpdated ? a.value.updated > b.value.updated : a.value.name < b.value.name;
    });
    Page<MirroredDeployment> page;
    for (int i = range.offset; i < range.offset + range.limit && i < int(found.size()); ++i)
        page.rows.push_back(found[size_t(i)]);
    page.received = int(page.rows.size());
    m_rowsGiven += page.received;
    co_return page;
}

QCoro::Task<Result<int>> ModelServer::countDeployments(DeploymentQuery query)
{
    ++m_counts;
    co_return int(std::count_if(m_rows.begin(), m_rows.end(),
        [&query](const MirroredDeployment &row) { return query.ids.isEmpty() || query.ids.contains(row.value.id); }));
}

QCoro::Task<Result<Page<MirroredFlow>>> ModelServer::flows(QList<FlowId> ids, PageRange)
{
    Page<MirroredFlow> page;
    for (const FlowId &id : ids) {
        MirroredFlow flow;
        flow.value.id = id;
        flow.value.name = QStringLiteral("flow %1").arg(m_flows.indexOf(id));
        flow.fingerprint = 1;
        page.rows.push_back(flow);
    }
    page.received = int(page.rows.size());
    co_return page;
}

QCoro::Task<Result<Page<MirroredFlowRun>>> ModelServer::flowRuns(FlowRunQuery, PageRange)
{
    co_return Page<MirroredFlowRun>();
}
QCoro::Task<Result<int>> ModelServer::countFlowRuns(FlowRunQuery) { co_return 0; }
QCoro::Task<Result<Page<State>>> ModelServer::states(FlowRunId) { co_return Page<State>(); }
QCoro::Task<Result<Page<MirroredTaskRun>>> ModelServer::taskRuns(FlowRunId, PageRange)
{
    co_return Page<MirroredTaskRun>();
}
QCoro::Task<Result<Page<MirroredLog>>> ModelServer::logs(FlowRunId, PageRange) { co_return Page<MirroredLog>(); }
QCoro::Task<Result<Page<WorkPool>>> ModelServer::workPools() { co_return Page<WorkPool>(); }
QCoro::Task<Result<Page<WorkQueue>>> ModelServer::workQueues() { co_return Page<WorkQueue>(); }
QCoro::Task<Result<Page<Worker>>> ModelServer::workers(QString) { co_return Page<Worker>(); }

} // namespace fd::test
