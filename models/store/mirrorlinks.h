// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"
#include "models/store/runsummary.h"

#include <QHash>

namespace fd {

/// What the mirror already knows of an object that an answer brings.
struct MirrorMark {
    /// 0 when it is not stored.
    RowId row = 0;
    /// Nothing when the next answer is to be stored whatever it says.
    std::optional<quint64> fingerprint;
    /// The lowest instant for a row that no answer wrote.
    Instant asked{std::numeric_limits<qint64>::min()};
};
/// Reads columns row, fingerprint and asked of a query's next row.
[[nodiscard]] MirrorMark readMark(Statement &statement);
/// Binds a fingerprint as the signed number that SQLite has.
void bindFingerprint(Statement &statement, quint64 fingerprint);

/// Flows by the id that other objects name them by; made without a name of their own when unknown. Remembers them.
class FlowLinks
{
public:
    explicit FlowLinks(Connection &connection) : m_db(connection) { }

    struct Found {
        RowId row = 0;
        QString name;
    };
    [[nodiscard]] Found of(const FlowId &id);

private:
    Connection &m_db;
    QHash<FlowId, Found> m_found;
};

/// Deletes a deployment that another one replaces; its runs stay without one and keep its id, should it come back.
void supplantDeployment(Connection &connection, RowId row);
/// Keeps the id of a deployment that is about to go with its runs.
void keepDeploymentId(Connection &connection, RowId deployment);
/// Gives a new deployment the runs that name it; `summaries` are written by the caller.
void adoptRuns(Connection &connection, RunSummaries &summaries, RowId deployment, const DeploymentId &id);
/// Deletes a run with its log; runs that its tasks called stay. `summaries` are written by the caller.
void deleteRun(Connection &connection, RunSummaries &summaries, RowId row);
/// Whether a run is still there: answers about it may come after it went.
[[nodiscard]] bool hasRun(Connection &connection, RowId row);

} // namespace fd
