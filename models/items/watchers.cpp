// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/watchers.h"

#include "models/items/whenread.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"
#include "models/store/taskrunrepository.h"

namespace fd {
namespace {

constexpr int kRecentRuns = 40;
constexpr int kSiblings = 30;

bool touchesAny(const EntityChanges &changes, const std::vector<FlowRunRow> &runs)
{
    return std::any_of(
        runs.begin(), runs.end(), [&changes](const FlowRunRow &run) { return changes.touches(run.row); });
}

} // namespace

DeploymentWatcher::DeploymentWatcher(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    connect(&store, &Store::changed, this, &DeploymentWatcher::onStoreChanged);
}

void DeploymentWatcher::watch(RowId row)
{
    if (row == m_row)
        return;
    m_row = row;
    m_deployment.reset();
    m_summary = {};
    m_recent.clear();
    load();
}

void DeploymentWatcher::onStoreChanged(const Changes &changes)
{
    if (m_row == 0)
        return;
    if (changes.of(Entity::Deployment).touches(m_row) || touchesAny(changes.of(Entity::FlowRun), m_recent))
        load();
}

void DeploymentWatcher::load()
{
    struct Loaded {
        std::optional<Deployment> deployment;
        std::vector<DeploymentRow> summary;
        std::vector<FlowRunRow> recent;
    };
    auto loaded = readNow(m_store.reader(), [row = m_row](Connection &connection) {
        DeploymentRepository deployments(connection);
        return Loaded{.deployment = deployments.find(row),
            .summary = deployments.rows(std::span(&row, 1)),
            .recent = FlowRunRepository(connection).recent(row, kRecentRuns)};
    });
    // What cannot be read stays as it was shown.
    if (loaded) {
        m_deployment = std::move(loaded->deployment);
        m_summary = loaded->summary.empty() ? DeploymentRow() : std::move(loaded->summary.front());
        m_recent = std::move(loaded->recent);
    }
    emit changed();
}

FlowRunWatcher::FlowRunWatcher(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    connect(&store, &Store::changed, this, &FlowRunWatcher::onStoreChanged);
}

void FlowRunWatcher::watch(RowId row)
{
    if (row == m_row)
        return;
    m_row = row;
    m_run.reset();
    m_states.clear();
    m_tasks.clear();
    m_subflows.clear();
    m_siblings.clear();
    m_deploymentParameters.clear();
    load();
    emit tasksChanged();
    loadTasks();
}

void FlowRunWatcher::onStoreChanged(const Changes &changes)
{
    if (m_row == 0)
        return;
    const EntityChanges &runs = changes.of(Entity::FlowRun);
    const bool isNewRelation = !runs.added.isEmpty();
    const bool isDeployment
        = m_run && m_run->deployment != 0 && changes.of(Entity::Deployment).touches(m_run->deployment);
    if (runs.touches(m_row) || isNewRelation || isDeployment || touchesAny(runs, m_subflows)
        || touchesAny(runs, m_siblings))
        load();
    if (changes.of(Entity::TaskRun).touches(m_row))
        loadTasks();
}

void FlowRunWatcher::load()
{
    struct Loaded {
        std::optional<FlowRun> run;
        QList<State> states;
        std::vector<FlowRunRow> subflows;
        std::vector<FlowRunRow> siblings;
        QByteArray parameters;
    };
    auto loaded = readNow(m_store.reader(), [row = m_row](Connection &connection) {
        FlowRunRepository runs(connection);
        Loaded values{.run = runs.find(row),
            .states = runs.states(row),
            .subflows = runs.subflows(row),
            .siblings = {},
            .parameters = {}};
        if (values.run && values.run->deployment != 0) {
            values.siblings = runs.recent(values.run->deployment, kSiblings);
            if (const auto deployment = DeploymentRepository(connection).find(values.run->deployment))
                values.parameters = deployment->parameters;
        }
        return values;
    });
    if (!loaded) {
        emit failed(loaded.error());
        return;
    }
    m_run = std::move(loaded->run);
    m_states = std::move(loaded->states);
    m_subflows = std::move(loaded->subflows);
    m_siblings = std::move(loaded->siblings);
    m_deploymentParameters = std::move(loaded->parameters);
    emit changed();
}

void FlowRunWatcher::reload()
{
    load();
    loadTasks();
}

void FlowRunWatcher::loadTasks()
{
    if (m_tasksLoading) {
        m_tasksDirty = true;
        return;
    }
    m_tasksLoading = true;
    m_tasksDirty = false;
    whenRead(
        m_store.read([row = m_row](Connection &connection) { return TaskRunRepository(connection).ofFlowRun(row); }),
        this, [this, row = m_row](Result<QList<TaskRun>> tasks) {
            m_tasksLoading = false;
            if (tasks && row == m_row) {
                m_tasks = std::move(*tasks);
                emit tasksChanged();
            } else if (row == m_row) {
                emit tasksFailed(tasks.error());
            }
            if (m_tasksDirty || row != m_row)
                loadTasks();
        });
}

} // namespace fd
