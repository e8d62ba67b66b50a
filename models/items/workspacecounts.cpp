// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/workspacecounts.h"

#include "models/items/whenread.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"

namespace fd {

WorkspaceCounts::WorkspaceCounts(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    connect(&store, &Store::changed, this, &WorkspaceCounts::onStoreChanged);
    load();
}

void WorkspaceCounts::onStoreChanged(const Changes &changes)
{
    const auto moved = [&changes](Entity entity) {
        const EntityChanges &of = changes.of(entity);
        return of.everything || !of.added.isEmpty() || !of.removed.isEmpty();
    };
    if (moved(Entity::Deployment) || moved(Entity::FlowRun))
        load();
}

void WorkspaceCounts::load()
{
    // One read at a time, however fast rows arrive.
    if (m_loading) {
        m_dirty = true;
        return;
    }
    m_loading = true;
    m_dirty = false;
    const auto read = [](Connection &connection) {
        Counts counts{.deployments = DeploymentRepository(connection).count(), .runs = 0};
        for (const FlowRunRepository::StateCount &state : FlowRunRepository(connection).countsByState())
            counts.runs += state.count;
        return counts;
    };
    whenRead(m_store.read(read), this, [this](Result<Counts> counts) {
        m_loading = false;
        // What cannot be read stays as it was shown.
        if (counts && m_counts != *counts) {
            m_counts = *counts;
            emit changed();
        }
        if (m_dirty)
            load();
    });
}

} // namespace fd
