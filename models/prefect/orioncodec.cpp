// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/commoncodec.h"
#include "models/prefect/deploymentreader.h"

namespace fd {
namespace {

constexpr Member<DeploymentDraft> kDeployment[] = {
    {"id", deployment::id, MemberUse::Needed},
    {"created", deployment::created},
    {"updated", deployment::updated},
    {"name", deployment::name, MemberUse::Needed},
    {"flow_id", deployment::flow, MemberUse::Needed},
    {"schedule", deployment::singleSchedule},
    {"is_schedule_active", deployment::singleActive},
    {"parameters", deployment::parameters},
    {"tags", deployment::tags},
    {"flow_runner", deployment::runner},
};
constexpr MemberTable<DeploymentDraft> kDeploymentTable{kDeployment, deployment::other};

class OrionCodec : public CommonCodec
{
public:
    using CommonCodec::supports;
    bool supports(const DeploymentQuery &query) const override
    {
        return query.order == DeploymentQuery::Order::NameAscending;
    }

protected:
    const MemberTable<DeploymentDraft> &deploymentTable() const override { return kDeploymentTable; }
    /// Deployments come by name there, and no other way.
    const char *deploymentSort(DeploymentQuery::Order) const override { return nullptr; }

    bool knows(StateType type) const override
    {
        return type != StateType::Crashed && type != StateType::Paused && type != StateType::Cancelling
            && CommonCodec::knows(type);
    }
};

} // namespace

const Codec &orionCodec()
{
    static const OrionCodec codec;
    return codec;
}

} // namespace fd
