// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/deploymentreader.h"

namespace fd {
namespace {

struct ScheduleDraft {
    Schedule schedule;
    QByteArray otherMembers;
};

constexpr Member<ScheduleDraft> kSchedule[] = {
    {"schedule", [](ScheduleDraft &draft, FieldReader &in) { draft.schedule.json = in.objectText("{}"); },
        MemberUse::Needed},
    {"active", [](ScheduleDraft &draft, FieldReader &in) { draft.schedule.active = in.flag(true); }},
};
constexpr MemberTable<ScheduleDraft> kScheduleTable{kSchedule,
    [](ScheduleDraft &draft, std::string_view key, FieldReader &in) { appendMember(draft.otherMembers, key, in); }};

constexpr Member<FlowRunner> kRunner[] = {
    {"type", [](FlowRunner &runner, FieldReader &in) { runner.type = in.text(); }},
    {"config", [](FlowRunner &runner, FieldReader &in) { runner.config = in.objectText("{}"); }},
};
constexpr MemberTable<FlowRunner> kRunnerTable{kRunner};

constexpr Member<std::optional<int>> kLimit[] = {
    {"limit", [](std::optional<int> &limit, FieldReader &in) { limit = in.integer(); }},
};
constexpr MemberTable<std::optional<int>> kLimitTable{kLimit};

} // namespace

MirroredDeployment DeploymentDraft::take(quint64 fingerprint)
{
    Deployment &value = row.value;
    if (!hasSchedules && !singleSchedule.isEmpty())
        value.schedules = {{.json = singleSchedule, .active = isSingleActive, .otherFields = "{}"}};
    value.otherFields = closedObject(std::move(otherMembers));
    row.fingerprint = fingerprint;
    return std::move(row);
}

namespace deployment {

void id(DeploymentDraft &draft, FieldReader &in) { draft.row.value.id = DeploymentId(in.uuid()); }
void created(DeploymentDraft &draft, FieldReader &in) { draft.row.value.created = in.instant().value_or(Instant{}); }
void updated(DeploymentDraft &draft, FieldReader &in) { draft.row.value.updated = in.instant().value_or(Instant{}); }
void name(DeploymentDraft &draft, FieldReader &in) { draft.row.value.name = in.text(); }
void version(DeploymentDraft &draft, FieldReader &in) { draft.row.value.version = in.text(); }

void description(DeploymentDraft &draft, FieldReader &in)
{
    draft.row.value.description = in.text();
    // What `prefect deploy` of 3.8.8 writes for a flow without a docstring.
    if (draft.row.value.description == QLatin1String("None"))
        draft.row.value.description.clear();
}

void flow(DeploymentDraft &draft, FieldReader &in) { draft.row.flow = FlowId(in.uuid()); }
void paused(DeploymentDraft &draft, FieldReader &in) { draft.row.value.paused = in.flag(false); }

void schedules(DeploymentDraft &draft, FieldReader &in)
{
    QList<Schedule> &schedules = draft.row.value.schedules;
    schedules.clear();
    draft.hasSchedules = !in.isNull();
    in.elements([&schedules](FieldReader &element) {
        ScheduleDraft schedule;
        if (element.isNull())
            element.refuseShape(FieldReader::Shape::Object);
        readObject(element, kScheduleTable, schedule);
        schedule.schedule.otherFields = closedObject(std::move(schedule.otherMembers));
        schedules.append(std::move(schedule.schedule));
    });
}

void singleSchedule(DeploymentDraft &draft, FieldReader &in) { draft.singleSchedule = in.objectText(""); }
void singleActive(DeploymentDraft &draft, FieldReader &in) { draft.isSingleActive = in.flag(true); }

void globalLimit(DeploymentDraft &draft, FieldReader &in)
{
    draft.row.value.concurrencyLimit.reset();
    readObject(in, kLimitTable, draft.row.value.concurrencyLimit);
}

void jobVariables(DeploymentDraft &draft, FieldReader &in) { draft.row.value.jobVariables = in.objectText("{}"); }
void parameters(DeploymentDraft &draft, FieldReader &in) { draft.row.value.parameters = in.objectText("{}"); }
void parameterSchema(DeploymentDraft &draft, FieldReader &in) { draft.row.value.parameterSchema = in.objectText(""); }
void enforcesSchema(DeploymentDraft &draft, FieldReader &in)
{
    draft.row.value.enforceParameterSchema = in.flag(false);
}
void tags(DeploymentDraft &draft, FieldReader &in) { draft.row.value.tags = in.texts(); }
void queueName(DeploymentDraft &draft, FieldReader &in) { draft.row.value.workQueueName = in.text(); }
void poolName(DeploymentDraft &draft, FieldReader &in) { draft.row.value.workPoolName = in.text(); }
void path(DeploymentDraft &draft, FieldReader &in) { draft.row.value.path = in.text(); }
void entrypoint(DeploymentDraft &draft, FieldReader &in) { draft.row.value.entrypoint = in.text(); }
void status(DeploymentDraft &draft, FieldReader &in) { draft.row.value.status = in.text(); }
void runner(DeploymentDraft &draft, FieldReader &in) { readObject(in, kRunnerTable, draft.row.value.runner); }

void lastPolled(DeploymentDraft &draft, FieldReader &in)
{
    // A key is copied together with the quotes around it.
    static constexpr std::string_view kQuoted = R"("last_polled")";
    other(draft, kQuoted.substr(1, kQuoted.size() - 2), in);
}

void other(DeploymentDraft &draft, std::string_view key, FieldReader &in) { appendMember(draft.otherMembers, key, in); }

} // namespace deployment

} // namespace fd
