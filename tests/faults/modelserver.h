// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/serverapi.h"

#include <QRandomGenerator>

#include <functional>

namespace fd::test {

/// A model of a server's deployments that changes between the pages it gives: sorted by name without a tie-break, with
/// limit and offset, as all generations do it (prefect-3 T22). Everything else it has none of.
class ModelServer : public ServerApi
{
public:
    ModelServer(bool sortsByUpdated, int pageLimit, quint32 seed);

    /// Inserts, deletes, renames or swaps; each as often as the others.
    void change();
    /// Called before each page.
    std::function<void()> beforePage;

    [[nodiscard]] const std::vector<MirroredDeployment> &rows() const { return m_rows; }
    void insert();
    [[nodiscard]] int pages() const { return m_pages; }
    [[nodiscard]] qint64 rowsGiven() const { return m_rowsGiven; }
    [[nodiscard]] int counts() const { return m_counts; }
    /// When each id was last changed, counted in changes.
    [[nodiscard]] int changes() const { return m_changes; }

    [[nodiscard]] ServerInfo info() const override;
    QCoro::Task<Result<Page<MirroredDeployment>>> deployments(DeploymentQuery query, PageRange range) override;
    QCoro::Task<Result<int>> countDeployments(DeploymentQuery query) override;
    QCoro::Task<Result<Page<MirroredFlow>>> flows(QList<FlowId> ids, PageRange range) override;
    QCoro::Task<Result<Page<MirroredFlowRun>>> flowRuns(FlowRunQuery, PageRange) override;
    QCoro::Task<Result<int>> countFlowRuns(FlowRunQuery) override;
    QCoro::Task<Result<Page<State>>> states(FlowRunId) override;
    QCoro::Task<Result<Page<MirroredTaskRun>>> taskRuns(FlowRunId, PageRange) override;
    QCoro::Task<Result<Page<MirroredLog>>> logs(FlowRunId, PageRange) override;
    QCoro::Task<Result<Page<WorkPool>>> workPools() override;
    QCoro::Task<Result<Page<WorkQueue>>> workQueues() override;
    QCoro::Task<Result<Page<Worker>>> workers(QString) override;

private:
    void touch(MirroredDeployment &row);
    [[nodiscard]] QString newName();

    bool m_sortsByUpdated = true;
    int m_pageLimit = 0;
    QRandomGenerator m_random;
    QList<FlowId> m_flows;
    std::vector<MirroredDeployment> m_rows;
    qint64 m_clock = 0;
    int m_pages = 0;
    qint64 m_rowsGiven = 0;
    int m_counts = 0;
    int m_changes = 0;
};

} // namespace fd::test
