// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/commoncodec.h"
#include "models/prefect/deploymentreader.h"

namespace fd {
namespace {

constexpr Member<DeploymentDraft> kDeployment[] = {
    {"id", deployment::id, MemberUse::Needed},
    {"created", deployment::created},
    // Each poll of a worker changes these two: no news, and half of all rows would be written anew all day.
    {"updated", deployment::updated, MemberUse::Volatile},
    {"last_polled", deployment::lastPolled, MemberUse::Volatile},
    {"name", deployment::name, MemberUse::Needed},
    {"version", deployment::version},
    {"description", deployment::description},
    {"flow_id", deployment::flow, MemberUse::Needed},
    {"paused", deployment::paused},
    {"schedules", deployment::schedules},
    // Always null since 3.0; the limit is in the next member.
    {"concurrency_limit", skipMember},
    {"global_concurrency_limit", deployment::globalLimit},
    {"job_variables", deployment::jobVariables},
    {"parameters", deployment::parameters},
    {"tags", deployment::tags},
    {"work_queue_name", deployment::queueName},
    {"parameter_openapi_schema", deployment::parameterSchema},
    {"path", deployment::path},
    {"entrypoint", deployment::entrypoint},
    {"work_pool_name", deployment::poolName},
    {"status", deployment::status},
    {"enforce_parameter_schema", deployment::enforcesSchema},
};
constexpr MemberTable<DeploymentDraft> kDeploymentTable{kDeployment, deployment::other};

class Prefect3Codec : public CommonCodec
{
public:
    using CommonCodec::supports;
    /// Being active since then is `or_` of two members, so nothing else can be asked for with it.
    bool supports(const FlowRunQuery &query) const override
    {
        return !query.activeSince
            || (query.ids.isEmpty() && query.deployments.isEmpty() && query.states.isEmpty() && !query.expectedAfter
                && !query.expectedBefore);
    }

protected:
    const MemberTable<DeploymentDraft> &deploymentTable() const override { return kDeploymentTable; }

    Json runFilter(const FlowRunQuery &query) const override
    {
        if (!query.activeSince || !supports(query))
            return CommonCodec::runFilter(query);
        // A run that has ended since then without having started since then is found by its end, any other by its
        // start. `after_` alone would compare the expected start of runs that have not started.
        const Json since = toJson(toIso(*query.activeSince));
        Json filter;
        filter["operator"] = "or_";
        filter["end_time"]["after_"] = since;
        filter["start_time"]["after_"] = since;
        filter["start_time"]["is_null_"] = false;
        return filter;
    }
};

} // namespace

const Codec &prefect3Codec()
{
    static const Prefect3Codec codec;
    return codec;
}

} // namespace fd
