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
    {"infra_overrides", deployment::jobVariables},
    {"name", deployment::name, MemberUse::Needed},
    {"version", deployment::version},
    {"description", deployment::description},
    {"flow_id", deployment::flow, MemberUse::Needed},
    // Servers before 2.16 have only these two; later ones repeat the newest schedule in them.
    {"schedule", deployment::singleSchedule},
    {"is_schedule_active", deployment::singleActive},
    {"paused", deployment::paused},
    {"schedules", deployment::schedules},
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

class Prefect2Codec : public CommonCodec
{
protected:
    const MemberTable<DeploymentDraft> &deploymentTable() const override { return kDeploymentTable; }
};

} // namespace

const Codec &prefect2Codec()
{
    static const Prefect2Codec codec;
    return codec;
}

} // namespace fd
