// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/mirrored.h"
#include "models/prefect/membertable.h"

namespace fd {

/// What the members of a deployment say until all of them are read. Each generation has its own table of them.
struct DeploymentDraft {
    MirroredDeployment row;
    /// Orion's only schedule, which Prefect 2 still repeats beside `schedules`.
    QByteArray singleSchedule;
    bool isSingleActive = true;
    bool hasSchedules = false;
    QByteArray otherMembers;

    DeploymentDraft() { row.value.runner.type.clear(); }
    [[nodiscard]] MirroredDeployment take(quint64 fingerprint);
};

/// The readers of members, by what they are.
namespace deployment {
void id(DeploymentDraft &draft, FieldReader &in);
void created(DeploymentDraft &draft, FieldReader &in);
void updated(DeploymentDraft &draft, FieldReader &in);
void name(DeploymentDraft &draft, FieldReader &in);
void version(DeploymentDraft &draft, FieldReader &in);
void description(DeploymentDraft &draft, FieldReader &in);
void flow(DeploymentDraft &draft, FieldReader &in);
void paused(DeploymentDraft &draft, FieldReader &in);
void schedules(DeploymentDraft &draft, FieldReader &in);
void singleSchedule(DeploymentDraft &draft, FieldReader &in);
void singleActive(DeploymentDraft &draft, FieldReader &in);
void globalLimit(DeploymentDraft &draft, FieldReader &in);
void jobVariables(DeploymentDraft &draft, FieldReader &in);
void parameters(DeploymentDraft &draft, FieldReader &in);
void parameterSchema(DeploymentDraft &draft, FieldReader &in);
void enforcesSchema(DeploymentDraft &draft, FieldReader &in);
void tags(DeploymentDraft &draft, FieldReader &in);
void queueName(DeploymentDraft &draft, FieldReader &in);
void poolName(DeploymentDraft &draft, FieldReader &in);
void path(DeploymentDraft &draft, FieldReader &in);
void entrypoint(DeploymentDraft &draft, FieldReader &in);
void status(DeploymentDraft &draft, FieldReader &in);
void runner(DeploymentDraft &draft, FieldReader &in);
void lastPolled(DeploymentDraft &draft, FieldReader &in);
/// A member without a field: kept word for word.
void other(DeploymentDraft &draft, std::string_view key, FieldReader &in);
} // namespace deployment

} // namespace fd
