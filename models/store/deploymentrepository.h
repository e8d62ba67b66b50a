// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/store/connection.h"

#include <QStringList>

#include <functional>
#include <span>
#include <vector>

namespace fd {

/// The columns that the deployments list sorts by.
enum class DeploymentSort : quint8 {
    Name,
    Flow,
    NextRun,
    LastRun,
    State,
    Updated,
    Created,
    Tags,
    Schedule,
    Failures,
    Version,
    WorkPool,
};
inline constexpr int kDeploymentSortCount = 12;

/// Deployments in the store. Errors stick to the connection; see Connection::error.
class DeploymentRepository
{
public:
    explicit DeploymentRepository(Connection &connection) : m_db(connection) { }

    struct Stored {
        RowId row = 0;
        DeploymentId id;
        bool created = false;
    };
    /// Creates the deployment, or overwrites the one with the same flow name and name (Prefect's upsert rule:
    /// id and creation time survive). The flow is created when it is new.
    Stored upsert(const Deployment &deployment, Instant now);
    /// Deletes it and its scheduled runs; other runs stay without a deployment (orion §1.4: DELETE deployments).
    void remove(RowId row);

    [[nodiscard]] std::optional<Deployment> find(RowId row);
    [[nodiscard]] std::optional<Deployment> find(const DeploymentId &id);
    [[nodiscard]] std::optional<Deployment> findByName(const QString &flowName, const QString &name);

    /// The rows of `ids`, in that order; ids that are gone are left out.
    [[nodiscard]] std::vector<DeploymentRow> rows(std::span<const RowId> ids);
    /// All ids in order; `limit` < 0 means all. Rows without a value come last.
    [[nodiscard]] std::vector<RowId> ids(DeploymentSort sort, bool descending, int limit = -1);
    [[nodiscard]] std::vector<RowId> idsWithTag(const QString &tag);
    [[nodiscard]] int count();
    /// Tags in use with how many deployments have each, most used first.
    [[nodiscard]] QList<std::pair<QString, int>> tagCounts();

    /// What a row is counted and filtered under: its latest run's state, or none.
    struct Facts {
        RowId row = 0;
        /// Name, flow, tags, parameters and entrypoint, one per line, for text search.
        QByteArray text;
        StateType state = StateType::Unknown;
        bool hasRun = false;
    };
    /// Calls `visit` for every deployment, by ascending id.
    void visitFacts(const std::function<void(const Facts &)> &visit);
    /// The same for some of them.
    void visitFacts(std::span<const RowId> ids, const std::function<void(const Facts &)> &visit);

private:
    [[nodiscard]] Stored findStored(RowId flow, const QString &name);

    Connection &m_db;
};

} // namespace fd
