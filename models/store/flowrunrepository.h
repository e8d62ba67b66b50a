// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "models/store/connection.h"
#include "models/store/flowrunquery.h"

#include <span>
#include <vector>

namespace fd {

/// Flow runs in the store, with every summary that follows from them.
/// Errors stick to the connection; see Connection::error.
class FlowRunRepository
{
public:
    explicit FlowRunRepository(Connection &connection) : m_db(connection) { }

    struct Stored {
        RowId row = 0;
        FlowRunId id;
        /// False when a run with that flow and idempotency key was there already; then this is that run.
        bool created = false;
    };
    /// Stores a new run with its first state. With a deployment its flow is that one's; otherwise by `flowName`.
    Stored create(const FlowRun &run);
    /// Appends a state and does Prefect's bookkeeping (orchestration of start, end, run time and run count).
    void setState(RowId row, const State &state);
    /// Adds keys to the run's details (a JSON object).
    void mergeDetails(RowId row, const QByteArray &details);
    /// Replaces what a run's own process knows better: its name (unless empty) and its parameters.
    void describe(RowId row, const QString &name, const QByteArray &parameters);

    [[nodiscard]] std::optional<FlowRun> find(RowId row);
    [[nodiscard]] std::optional<FlowRun> find(const FlowRunId &id);
    /// All states, oldest first.
    [[nodiscard]] QList<State> states(RowId row);

    /// Scheduled runs that are due at `now`, oldest first.
    [[nodiscard]] std::vector<RowId> due(Instant now, int limit);
    /// When the next scheduled run is due; nothing when there is none.
    [[nodiscard]] std::optional<Instant> nextDue();
    /// Runs with a process: pending, running or cancelling top-level ones.
    [[nodiscard]] std::vector<RowId> active();

    [[nodiscard]] std::vector<FlowRunRow> rows(std::span<const RowId> ids);
    [[nodiscard]] std::vector<RowId> ids(
        const FlowRunFilter &filter, FlowRunSort sort, bool descending, int limit = -1);
    /// The newest runs of a deployment that are not waiting for a future time.
    [[nodiscard]] std::vector<FlowRunRow> recent(RowId deployment, int limit);
    [[nodiscard]] std::vector<FlowRunRow> subflows(RowId parentFlowRun);

    struct StateCount {
        StateType type = StateType::Unknown;
        QString name;
        qint64 count = 0;
    };
    [[nodiscard]] QList<StateCount> countsByState();
    struct HourCount {
        /// Hours since the epoch.
        qint64 hour = 0;
        StateType type = StateType::Unknown;
        int count = 0;
    };
    [[nodiscard]] QList<HourCount> histogram(Instant from, Instant to);

    /// Deletes a deployment's scheduled runs, as Prefect does before it deletes the deployment.
    void removeScheduledOf(RowId deployment);

    /// Where the engine stands in a run's spool.
    struct Spool {
        qint64 offset = 0;
        int attempt = 0;
    };
    [[nodiscard]] Spool spool(RowId row);
    void setSpool(RowId row, Spool spool);

private:
    [[nodiscard]] RowId flowOf(const FlowRun &run);
    [[nodiscard]] Stored findByKey(RowId flow, const QString &key);
    void insertState(RowId row, const State &state);

    Connection &m_db;
};

} // namespace fd
