// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/store/connection.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace fd {

/// What a run contributes to the summaries.
struct RunFacts {
    RowId row = 0;
    RowId deployment = 0;
    StateType type = StateType::Scheduled;
    QString stateName;
    Instant due;
    std::optional<Instant> nextScheduled;
    std::optional<Instant> started;
    std::optional<Instant> ended;
    /// When the run was made: a run that was due by then counts as its deployment's latest.
    Instant created;
};

/// Reads them; nothing when the run does not exist.
[[nodiscard]] std::optional<RunFacts> readRunFacts(Connection &connection, RowId row);

/// Keeps counters, the hourly histogram and the deployments' summaries in step with runs that came, changed, moved to
/// another deployment or went. Works by differences, so its cost does not grow with the number of runs; for many runs
/// at once the differences are added up first.
class RunSummaries
{
public:
    explicit RunSummaries(Connection &connection) : m_db(connection) { }
    Q_DISABLE_COPY_MOVE(RunSummaries)

    /// Notes a run that came (`before` empty), changed, or went (`after` empty). Its row is in the store already.
    void note(const std::optional<RunFacts> &before, const std::optional<RunFacts> &after);
    /// Writes what was noted.
    void write();

private:
    struct DayChange {
        qint32 day = 0;
        StateType type = StateType::Scheduled;
        int delta = 0;
    };
    struct OfDeployment {
        std::vector<DayChange> days;
        int active = 0;
        /// The latest of the runs that came or changed.
        std::optional<RunFacts> latest;
        /// Runs that were perhaps the latest one and no longer are.
        std::vector<RowId> fallen;
        bool findLatest = false;
        std::optional<Instant> next;
        bool findNext = false;
    };

    void count(const RunFacts &facts, int delta);
    void noteLeft(const RunFacts &before, const std::optional<RunFacts> &after);
    void noteCame(const RunFacts &after);
    void writeCounters();
    void writeDeployment(RowId deployment, const OfDeployment &change);

    Connection &m_db;
    QHash<std::pair<int, QString>, int> m_states;
    QHash<std::pair<qint64, int>, int> m_hours;
    QHash<RowId, OfDeployment> m_deployments;
    QSet<RowId> m_seen;
};

/// The same for one run.
void updateRunSummaries(
    Connection &connection, const std::optional<RunFacts> &before, const std::optional<RunFacts> &after);

} // namespace fd
