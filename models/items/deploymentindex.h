// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/changes.h"
#include "models/items/deploymentlistmodel.h"
#include "models/items/factsarena.h"
#include "models/items/reloader.h"
#include "models/store/deploymentrepository.h"

#include <QHash>
#include <QSet>

#include <array>
#include <optional>

namespace fd {

class Store;

/// Which deployments are listed in which order. Keeps each order as a list of ids, and what deployments are
/// searched by in memory; sorting and filtering then is one pass over the ids, done at once in the GUI thread.
/// What it lacks is read on a pool thread; answers only ever fill the caches, so a late one cannot undo a newer
/// sort or filter.
class DeploymentIndex : public QObject
{
    Q_OBJECT

public:
    explicit DeploymentIndex(Store &store, QObject *parent = nullptr);

    void setSort(DeploymentSort sort, bool descending);
    [[nodiscard]] DeploymentSort sort() const { return m_sort; }
    [[nodiscard]] bool isDescending() const { return m_descending; }
    void setFilter(const DeploymentFilter &filter);
    [[nodiscard]] const DeploymentFilter &filter() const { return m_filter; }
    /// Deployments changed in the store.
    void noteChanges(const EntityChanges &changes);

    /// The ids for the sort and filter; nothing while what that takes is being read (then `changed` follows).
    [[nodiscard]] std::optional<std::vector<RowId>> list();
    /// Whether `list` takes every change into account that was noted.
    [[nodiscard]] bool isCurrent() const;
    [[nodiscard]] int total() const { return m_total; }
    /// Counts for the text and tags of the filter, as of the last `list`.
    [[nodiscard]] QList<DeploymentStateCount> stateCounts() const;

signals:
    /// `list` answers anew.
    void changed();
    void failed(const fd::Error &error);

private:
    /// All ids by one key, ascending; the first `valued` have a value, so descending is that part reversed, then
    /// the rest reversed.
    struct Order {
        std::vector<RowId> ids;
        size_t valued = 0;
        /// m_version when the read began; 0 when it never was.
        quint64 version = 0;
    };
    struct Tagged {
        IdSet ids;
        quint64 version = 0;
    };
    struct Wanted {
        std::optional<DeploymentSort> order;
        QStringList tags;
        std::vector<RowId> facts;

        [[nodiscard]] bool isNothing() const { return !order && tags.isEmpty() && facts.empty(); }
    };
    struct Answer {
        Order order;
        QHash<QString, Tagged> tagged;
        std::vector<DeploymentRepository::Facts> facts;
    };

    [[nodiscard]] static Order readOrder(DeploymentRepository &repository, DeploymentSort sort);
    [[nodiscard]] static Answer read(DeploymentRepository &repository, const Wanted &wanted);
    void startReading();
    void take(const Wanted &wanted, Answer answer, quint64 version);
    void startPreparing();
    void takeFacts(const std::vector<RowId> &ids, const std::vector<DeploymentRepository::Facts> &facts);
    void readAllFacts();
    void prepareOrder(DeploymentSort sort);

    [[nodiscard]] Order &orderOf(DeploymentSort sort) { return m_orders[static_cast<size_t>(sort)]; }
    [[nodiscard]] const Order &orderOf(DeploymentSort sort) const { return m_orders[static_cast<size_t>(sort)]; }
    [[nodiscard]] bool isStale(DeploymentSort sort) const;
    [[nodiscard]] Wanted wanted() const;
    [[nodiscard]] bool needsFacts() const;
    [[nodiscard]] bool requestMissing();
    [[nodiscard]] const IdSet *passing();
    void countStates(const IdSet *matching);
    [[nodiscard]] std::vector<RowId> ordered(const IdSet *passing) const;

    Store &m_store;
    DeploymentSort m_sort = DeploymentSort::NextRun;
    bool m_descending = false;
    DeploymentFilter m_filter;
    TextQuery m_query;

    /// Counts the announcements that were noted.
    quint64 m_version = 1;
    /// m_version when deployments last came or went.
    quint64 m_membersVersion = 1;
    std::array<Order, kDeploymentSortCount> m_orders;
    QHash<QString, Tagged> m_tagged;
    /// Removed since the orders were read.
    IdSet m_gone;
    std::optional<FactsArena> m_facts;
    bool m_factsStale = true;
    bool m_factsReading = false;
    QSet<RowId> m_changedFacts;
    int m_total = 0;

    IdSet m_passing;
    std::array<int, kStateTypeCount> m_counts{};

    Reloader m_reading;
    Reloader m_preparing;
};

} // namespace fd
