// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/runreader.h"

namespace fd {
namespace {

constexpr auto kNeeded = MemberUse::Needed;
constexpr auto kVolatile = MemberUse::Volatile;

void readTags(FlowRunDraft &draft, FieldReader &in) { draft.row.value.tags = in.texts(); }

/// What has no field of its own is kept for the inspector, unless it says nothing.
void readDetail(FlowRunDraft &draft, std::string_view key, FieldReader &in)
{
    if (in.isNull())
        return;
    const qsizetype before = draft.details.size();
    appendMember(draft.details, key, in);
    if (draft.details.endsWith(":{}") || draft.details.endsWith(":[]"))
        draft.details.truncate(before);
}

constexpr Member<FlowRunDraft> kFlowRun[] = {
    {"id", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.id = FlowRunId(in.uuid()); }, kNeeded},
    {"created",
        [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.created = in.instant().value_or(Instant{}); }},
    {"updated", skipMember},
    {"name", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.name = in.text(); }, kNeeded},
    {"flow_id", [](FlowRunDraft &draft, FieldReader &in) { draft.row.flow = FlowId(in.uuid()); }, kNeeded},
    {"state_id", skipMember},
    {"deployment_id", [](FlowRunDraft &draft, FieldReader &in) { draft.row.deployment = DeploymentId(in.uuid()); }},
    {"work_queue_id", skipMember},
    {"parameters", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.parameters = in.objectText("{}"); }},
    {"idempotency_key", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.idempotencyKey = in.text(); }},
    {"tags", readTags},
    {"parent_task_run_id",
        [](FlowRunDraft &draft, FieldReader &in) { draft.row.parentTaskRun = TaskRunId(in.uuid()); }},
    {"state_type", [](FlowRunDraft &draft, FieldReader &in) { draft.state.type = in.text(); }},
    {"state_name", [](FlowRunDraft &draft, FieldReader &in) { draft.state.name = in.text(); }},
    {"run_count", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.runCount = in.integer().value_or(0); }},
    {"expected_start_time", [](FlowRunDraft &draft, FieldReader &in) { draft.expected = in.instant(); }},
    {"next_scheduled_start_time", [](FlowRunDraft &draft, FieldReader &in) { draft.nextScheduled = in.instant(); }},
    {"start_time", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.start = in.instant(); }},
    {"end_time", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.end = in.instant(); }},
    {"total_run_time", [](FlowRunDraft &draft, FieldReader &in) { draft.row.value.runTimeUs = in.secondsAsUs(); }},
    {"estimated_run_time", skipMember, kVolatile},
    {"estimated_start_time_delta", skipMember, kVolatile},
    {"auto_scheduled", [](FlowRunDraft &draft, FieldReader &in) { draft.isAutoScheduled = in.flag(false); }},
    {"infrastructure_document_id", skipMember},
    {"work_pool_id", skipMember},
    {"state", [](FlowRunDraft &draft, FieldReader &in) { draft.state.read(in); }},
};
constexpr MemberTable<FlowRunDraft> kFlowRunTable{kFlowRun, readDetail};

/// One entry of an input: {"input_type":"task_run","id"}, or a parameter, a constant …
struct TaskInput {
    QString type;
    QString id;
};

constexpr Member<TaskInput> kInput[] = {
    {"input_type", [](TaskInput &input, FieldReader &in) { input.type = in.text(); }},
    {"id", [](TaskInput &input, FieldReader &in) { input.id = in.rawText(); }},
};
constexpr MemberTable<TaskInput> kInputTable{kInput};

void readParent(QList<TaskRunId> &parents, FieldReader &in)
{
    TaskInput input;
    readObject(in, kInputTable, input);
    if (input.type != QLatin1String("task_run") || in.hasFault())
        return;
    const TaskRunId id = TaskRunId::fromText(input.id);
    if (id.isNull())
        in.refuse(CodecText::tr("The server sent a task run's input without the task run's id."));
    else if (!parents.contains(id))
        parents.append(id);
}

void readParents(TaskRunDraft &draft, FieldReader &in)
{
    QList<TaskRunId> &parents = draft.row.value.parents;
    parents.clear();
    in.members([&parents](std::string_view, FieldReader &inputs) {
        inputs.elements([&parents](FieldReader &element) { readParent(parents, element); });
    });
}

constexpr Member<TaskRunDraft> kTaskRun[] = {
    {"id", [](TaskRunDraft &draft, FieldReader &in) { draft.row.value.id = TaskRunId(in.uuid()); }, kNeeded},
    {"created", [](TaskRunDraft &draft, FieldReader &in) { draft.created = in.instant().value_or(Instant{}); }},
    {"updated", skipMember},
    {"name", [](TaskRunDraft &draft, FieldReader &in) { draft.row.value.name = in.text(); }, kNeeded},
    {"flow_run_id", [](TaskRunDraft &draft, FieldReader &in) { draft.row.flowRun = FlowRunId(in.uuid()); }},
    {"task_key", [](TaskRunDraft &draft, FieldReader &in) { draft.row.value.taskName = in.text(); }},
    {"dynamic_key", [](TaskRunDraft &draft, FieldReader &in) { draft.row.value.dynamicKey = in.text(); }},
    {"task_inputs", readParents},
    {"state_type", [](TaskRunDraft &draft, FieldReader &in) { draft.state.type = in.text(); }},
    {"state_name", [](TaskRunDraft &draft, FieldReader &in) { draft.state.name = in.text(); }},
    {"run_count", [](TaskRunDraft &draft, FieldReader &in) { draft.row.value.runCount = in.integer().value_or(0); }},
    {"start_time", [](TaskRunDraft &draft, FieldReader &in) { draft.row.value.start = in.instant(); }},
    {"end_time", [](TaskRunDraft &draft, FieldReader &in) { draft.row.value.end = in.instant(); }},
    {"state", [](TaskRunDraft &draft, FieldReader &in) { draft.state.read(in); }},
};
constexpr MemberTable<TaskRunDraft> kTaskRunTable{kTaskRun};

constexpr int kInfoLevel = 20;

constexpr Member<LogDraft> kLog[] = {
    {"id", [](LogDraft &draft, FieldReader &in) { draft.row.id = in.uuid(); }, kNeeded},
    {"created", skipMember},
    {"updated", skipMember},
    {"name", [](LogDraft &draft, FieldReader &in) { draft.row.value.logger = in.text(); }},
    {"level", [](LogDraft &draft, FieldReader &in) { draft.row.value.level = in.integer().value_or(kInfoLevel); }},
    {"message", [](LogDraft &draft, FieldReader &in) { draft.row.value.message = in.text(); }},
    {"timestamp",
        [](LogDraft &draft, FieldReader &in) { draft.row.value.timestamp = in.instant().value_or(Instant{}); },
        kNeeded},
    {"flow_run_id", [](LogDraft &draft, FieldReader &in) { draft.row.flowRun = FlowRunId(in.uuid()); }},
    {"task_run_id", [](LogDraft &draft, FieldReader &in) { draft.row.taskRun = TaskRunId(in.uuid()); }},
};
constexpr MemberTable<LogDraft> kLogTable{kLog};

} // namespace

const MemberTable<FlowRunDraft> &FlowRunDraft::table() { return kFlowRunTable; }

MirroredFlowRun FlowRunDraft::take(quint64 fingerprint)
{
    FlowRun &run = row.value;
    run.state = state.at(run.created);
    run.expectedStart = expected.value_or(nextScheduled.value_or(run.created));
    run.createdBy = isAutoScheduled  ? CreatedBy::Schedule
        : row.parentTaskRun.isNull() ? CreatedBy::Manual
                                     : CreatedBy::Flow;
    run.details = inBraces(details);
    row.fingerprint = fingerprint;
    return std::move(row);
}

const MemberTable<TaskRunDraft> &TaskRunDraft::table() { return kTaskRunTable; }

MirroredTaskRun TaskRunDraft::take(quint64)
{
    row.value.state = state.at(created);
    if (state.full)
        row.value.childFlowRun = state.full->childFlowRun;
    return std::move(row);
}

const MemberTable<LogDraft> &LogDraft::table() { return kLogTable; }

} // namespace fd
