// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QSet>

#include <array>

namespace fd {

/// Kinds of rows whose changes a workspace announces.
enum class Entity : quint8 { Flow, Deployment, FlowRun, TaskRun, Log, Work };
inline constexpr int kEntityCount = 6;

/// Which rows of one entity changed in a transaction.
/// For TaskRun and Log the ids are those of their flow run. Work stands for pools, queues and workers together.
struct EntityChanges {
    QSet<RowId> added;
    QSet<RowId> updated;
    QSet<RowId> removed;
    /// Too many to list: everything may have changed.
    bool everything = false;

    [[nodiscard]] bool isEmpty() const
    {
        return !everything && added.isEmpty() && updated.isEmpty() && removed.isEmpty();
    }
    /// Whether `id` is among them.
    [[nodiscard]] bool touches(RowId id) const
    {
        return everything || added.contains(id) || updated.contains(id) || removed.contains(id);
    }
};

/// "These ids changed": what the store announces after each transaction, of this process or another.
struct Changes {
    std::array<EntityChanges, kEntityCount> entities;

    [[nodiscard]] EntityChanges &of(Entity entity) { return entities[static_cast<size_t>(entity)]; }
    [[nodiscard]] const EntityChanges &of(Entity entity) const { return entities[static_cast<size_t>(entity)]; }
    [[nodiscard]] bool isEmpty() const
    {
        for (const EntityChanges &changes : entities) {
            if (!changes.isEmpty())
                return false;
        }
        return true;
    }
};

} // namespace fd

Q_DECLARE_METATYPE(fd::Changes)
