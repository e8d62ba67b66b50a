// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/commoncodec.h"

#include "models/prefect/deploymentreader.h"
#include "models/prefect/pagereader.h"
#include "models/prefect/runreader.h"
#include "models/prefect/workreader.h"

namespace fd {
namespace {

template<typename Ids>
Json anyOf(const Ids &ids)
{
    Json texts = Json::array();
    for (const auto &id : ids)
        texts.push_back(toJson(id.toText()));
    Json any;
    any["any_"] = std::move(texts);
    return any;
}

/// No sort has a tie-break, and the default one is random: a sort is always sent where there is one.
QByteArray withPage(Json body, const char *sort, PageRange range)
{
    if (sort)
        body["sort"] = sort;
    body["limit"] = range.limit;
    body["offset"] = range.offset;
    return toJsonText(body);
}

} // namespace

const Codec &Codec::of(Generation generation)
{
    switch (generation) {
    case Generation::Orion:
        return orionCodec();
    case Generation::Prefect2:
        return prefect2Codec();
    case Generation::Prefect3:
        break;
    }
    return prefect3Codec();
}

QByteArray CommonCodec::filter(const DeploymentQuery &query, PageRange range) const
{
    Json body = Json::object();
    if (!query.ids.isEmpty())
        body["deployments"]["id"] = anyOf(query.ids);
    return withPage(std::move(body), deploymentSort(query.order), range);
}

const char *CommonCodec::deploymentSort(DeploymentQuery::Order order) const
{
    return order == DeploymentQuery::Order::UpdatedDescending ? "UPDATED_DESC" : "NAME_ASC";
}

QByteArray CommonCodec::filter(const FlowRunQuery &query, PageRange range) const
{
    Json body = Json::object();
    if (Json restriction = runFilter(query); !restriction.empty())
        body["flow_runs"] = std::move(restriction);
    const bool ascending = query.order == FlowRunQuery::Order::ExpectedAscending;
    return withPage(std::move(body), ascending ? "EXPECTED_START_TIME_ASC" : "EXPECTED_START_TIME_DESC", range);
}

Json CommonCodec::runFilter(const FlowRunQuery &query) const
{
    Json filter = Json::object();
    if (!query.ids.isEmpty())
        filter["id"] = anyOf(query.ids);
    if (!query.deployments.isEmpty())
        filter["deployment_id"] = anyOf(query.deployments);
    if (!query.states.isEmpty()) {
        // An empty list matches nothing, as it should when the generation knows none of the types.
        Json types = Json::array();
        for (const StateType type : query.states) {
            if (knows(type))
                types.push_back(toJson(toWire(type)));
        }
        filter["state"]["type"]["any_"] = std::move(types);
    }
    if (query.expectedAfter)
        filter["expected_start_time"]["after_"] = toJson(toIso(*query.expectedAfter));
    if (query.expectedBefore)
        filter["expected_start_time"]["before_"] = toJson(toIso(*query.expectedBefore));
    return filter;
}

QByteArray CommonCodec::flowsFilter(const QList<FlowId> &ids, PageRange range) const
{
    Json body = Json::object();
    if (!ids.isEmpty())
        body["flows"]["id"] = anyOf(ids);
    return withPage(std::move(body), "NAME_ASC", range);
}

QByteArray CommonCodec::taskRunsFilter(const FlowRunId &run, PageRange range) const
{
    Json body;
    body["flow_runs"]["id"] = anyOf(QList{run});
    return withPage(std::move(body), "EXPECTED_START_TIME_ASC", range);
}

QByteArray CommonCodec::logsFilter(const FlowRunId &run, PageRange range) const
{
    Json body;
    body["logs"]["flow_run_id"] = anyOf(QList{run});
    return withPage(std::move(body), "TIMESTAMP_ASC", range);
}

bool CommonCodec::supports(const DeploymentQuery &) const { return true; }
bool CommonCodec::supports(const FlowRunQuery &query) const { return !query.activeSince; }
bool CommonCodec::knows(StateType type) const { return type != StateType::Unknown; }

Result<Page<MirroredFlow>> CommonCodec::flows(const QByteArray &body) const
{
    return readPage(body, FlowDraft::table());
}

Result<Page<MirroredDeployment>> CommonCodec::deployments(const QByteArray &body) const
{
    return readPage(body, deploymentTable());
}

Result<Page<MirroredFlowRun>> CommonCodec::flowRuns(const QByteArray &body) const
{
    return readPage(body, FlowRunDraft::table());
}

Result<Page<MirroredTaskRun>> CommonCodec::taskRuns(const QByteArray &body) const
{
    return readPage(body, TaskRunDraft::table());
}

Result<Page<MirroredLog>> CommonCodec::logs(const QByteArray &body) const { return readPage(body, LogDraft::table()); }
Result<Page<State>> CommonCodec::states(const QByteArray &body) const { return readPage(body, StateDraft::table()); }

Result<Page<WorkPool>> CommonCodec::workPools(const QByteArray &body) const
{
    return readPage(body, WorkPoolDraft::table());
}

Result<Page<WorkQueue>> CommonCodec::workQueues(const QByteArray &body) const
{
    return readPage(body, WorkQueueDraft::table());
}

Result<Page<Worker>> CommonCodec::workers(const QByteArray &body, const QString &poolName) const
{
    WorkerDraft start;
    start.worker.poolName = poolName;
    return readPage(body, WorkerDraft::table(), start);
}

Result<MirroredDeployment> CommonCodec::deployment(const QByteArray &body) const
{
    return readOne(body, deploymentTable());
}

Result<MirroredFlowRun> CommonCodec::flowRun(const QByteArray &body) const
{
    return readOne(body, FlowRunDraft::table());
}

} // namespace fd
