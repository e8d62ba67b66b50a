// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/mirrored.h"
#include "models/domain/work.h"
#include "models/prefect/generation.h"
#include "models/prefect/queries.h"

#include <vector>

namespace fd {

/// A row that could not be read: shown as such, never hidden.
struct UnreadableRow {
    /// Its id as sent; empty when even that is missing.
    QString id;
    /// Path of the member that is wrong, such as "state.timestamp".
    QString field;
    QString detail;
};

/// The rows of one answer.
template<typename T>
struct Page {
    std::vector<T> rows;
    std::vector<UnreadableRow> unreadable;
    /// How many rows the server sent, readable or not: the next offset is counted from this.
    int received = 0;
    /// The server's own clock (its Date header) when it answered; nothing when it sent none.
    std::optional<Instant> serverTime;
};

/// What one generation's JSON means. JSON stops here: bytes come in and go out, values are on the other side.
/// Pure functions without state, callable from any thread; numbers, order and unknown members keep their text.
class Codec
{
public:
    [[nodiscard]] static const Codec &of(Generation generation);
    virtual ~Codec() = default;

    /// Bodies of the `/filter` routes.
    [[nodiscard]] virtual QByteArray filter(const DeploymentQuery &query, PageRange range) const = 0;
    [[nodiscard]] virtual QByteArray filter(const FlowRunQuery &query, PageRange range) const = 0;
    [[nodiscard]] virtual QByteArray flowsFilter(const QList<FlowId> &ids, PageRange range) const = 0;
    [[nodiscard]] virtual QByteArray taskRunsFilter(const FlowRunId &run, PageRange range) const = 0;
    [[nodiscard]] virtual QByteArray logsFilter(const FlowRunId &run, PageRange range) const = 0;
    /// Whether the generation can sort and select so; what it can't, the caller does otherwise.
    [[nodiscard]] virtual bool supports(const DeploymentQuery &query) const = 0;
    /// The same; a query that is not supported selects more than was asked for.
    [[nodiscard]] virtual bool supports(const FlowRunQuery &query) const = 0;

    /// Answers. Error: Parse when the body as a whole is not what the route gives; one bad row is only that row.
    [[nodiscard]] virtual Result<Page<MirroredFlow>> flows(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<MirroredDeployment>> deployments(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<MirroredFlowRun>> flowRuns(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<MirroredTaskRun>> taskRuns(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<MirroredLog>> logs(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<State>> states(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<WorkPool>> workPools(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<WorkQueue>> workQueues(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<Page<Worker>> workers(const QByteArray &body, const QString &poolName) const = 0;
    /// One object, from the routes that give one.
    [[nodiscard]] virtual Result<MirroredDeployment> deployment(const QByteArray &body) const = 0;
    [[nodiscard]] virtual Result<MirroredFlowRun> flowRun(const QByteArray &body) const = 0;

    /// The sentence and field of an error answer, in any of the generations' shapes (prefect-3 §1.7, orion §1.2).
    /// Its kind follows from the status. Long messages are cut.
    [[nodiscard]] static Error error(int status, const QByteArray &body);
    /// What a server must never be sent, because it makes lists fail for everybody: lone surrogates, NaN, deeper than
    /// 250 levels, integers beyond 64 bits (prefect-3 T51). Error: Validation with the place.
    [[nodiscard]] static Result<void> checkSendable(const QByteArray &json);
};

} // namespace fd
