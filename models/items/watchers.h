// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/changes.h"
#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"

#include <QObject>

#include <optional>
#include <vector>

namespace fd {

class Store;

/// One deployment with its newest runs, kept up to date. For the inspector.
class DeploymentWatcher : public QObject
{
    Q_OBJECT

public:
    explicit DeploymentWatcher(Store &store, QObject *parent = nullptr);

    /// Watches another deployment; 0 watches none. Its value is there when this returns.
    void watch(RowId row);
    [[nodiscard]] RowId watched() const { return m_row; }
    /// Nothing when none is watched or it is gone.
    [[nodiscard]] const std::optional<Deployment> &deployment() const { return m_deployment; }
    /// Its list row with summaries; meaningless without a deployment.
    [[nodiscard]] const DeploymentRow &summary() const { return m_summary; }
    /// Newest first, at most 40.
    [[nodiscard]] const std::vector<FlowRunRow> &recentRuns() const { return m_recent; }

signals:
    void changed();

private:
    void onStoreChanged(const Changes &changes);
    void load();

    Store &m_store;
    RowId m_row = 0;
    std::optional<Deployment> m_deployment;
    DeploymentRow m_summary;
    std::vector<FlowRunRow> m_recent;
};

/// One flow run with its states, task runs and subflow runs, kept up to date. For the run page.
class FlowRunWatcher : public QObject
{
    Q_OBJECT

public:
    explicit FlowRunWatcher(Store &store, QObject *parent = nullptr);

    /// Watches another run; 0 watches none. Run and states are there when this returns, tasks follow.
    void watch(RowId row);
    /// Reads everything again, after it could not be read.
    void reload();
    [[nodiscard]] RowId watched() const { return m_row; }
    [[nodiscard]] const std::optional<FlowRun> &run() const { return m_run; }
    [[nodiscard]] const QList<State> &states() const { return m_states; }
    [[nodiscard]] const QList<TaskRun> &tasks() const { return m_tasks; }
    [[nodiscard]] const std::vector<FlowRunRow> &subflows() const { return m_subflows; }
    /// Other runs of its deployment, newest first, at most 30; with the run itself.
    [[nodiscard]] const std::vector<FlowRunRow> &siblings() const { return m_siblings; }
    /// Its deployment's default parameters, to mark what differs; empty without a deployment.
    [[nodiscard]] const QByteArray &deploymentParameters() const { return m_deploymentParameters; }

signals:
    /// The run, its states or its relations changed.
    void changed();
    void tasksChanged();
    /// The run could not be read; what was known of it stays.
    void failed(const fd::Error &error);
    /// Its task runs could not be read; those that were known stay.
    void tasksFailed(const fd::Error &error);

private:
    void onStoreChanged(const Changes &changes);
    void load();
    void loadTasks();

    Store &m_store;
    RowId m_row = 0;
    std::optional<FlowRun> m_run;
    QList<State> m_states;
    QList<TaskRun> m_tasks;
    std::vector<FlowRunRow> m_subflows;
    std::vector<FlowRunRow> m_siblings;
    QByteArray m_deploymentParameters;
    bool m_tasksLoading = false;
    bool m_tasksDirty = false;
};

} // namespace fd
