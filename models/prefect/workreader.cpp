// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/workreader.h"

namespace fd {
namespace {

constexpr auto kNeeded = MemberUse::Needed;

constexpr Member<FlowDraft> kFlow[] = {
    {"id", [](FlowDraft &draft, FieldReader &in) { draft.flow.id = FlowId(in.uuid()); }, kNeeded},
    {"created", [](FlowDraft &draft, FieldReader &in) { draft.flow.created = in.instant().value_or(Instant{}); }},
    {"updated", [](FlowDraft &draft, FieldReader &in) { draft.flow.updated = in.instant().value_or(Instant{}); }},
    {"name", [](FlowDraft &draft, FieldReader &in) { draft.flow.name = in.text(); }, kNeeded},
};
constexpr MemberTable<FlowDraft> kFlowTable{kFlow};

constexpr Member<WorkPoolDraft> kPool[] = {
    {"id", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.id = WorkPoolId(in.uuid()); }, kNeeded},
    {"created", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.created = in.instant().value_or(Instant{}); }},
    {"updated", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.updated = in.instant().value_or(Instant{}); }},
    {"name", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.name = in.text(); }, kNeeded},
    {"description", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.description = in.text(); }},
    {"type", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.type = in.text(); }},
    {"base_job_template", skipMember},
    {"is_paused", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.paused = in.flag(false); }},
    {"concurrency_limit", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.concurrencyLimit = in.integer(); }},
    {"status", [](WorkPoolDraft &draft, FieldReader &in) { draft.pool.status = in.text(); }},
};
constexpr MemberTable<WorkPoolDraft> kPoolTable{kPool};

constexpr Member<WorkQueueDraft> kQueue[] = {
    {"id", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.id = WorkQueueId(in.uuid()); }, kNeeded},
    {"created", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.created = in.instant().value_or(Instant{}); }},
    {"updated", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.updated = in.instant().value_or(Instant{}); }},
    {"name", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.name = in.text(); }, kNeeded},
    {"description", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.description = in.text(); }},
    {"is_paused", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.paused = in.flag(false); }},
    {"concurrency_limit", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.concurrencyLimit = in.integer(); }},
    {"priority", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.priority = in.integer(); }},
    {"work_pool_id", skipMember},
    {"filter", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.filter = in.objectText(""); }},
    {"last_polled", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.lastPolled = in.instant(); }},
    {"work_pool_name", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.poolName = in.text(); }},
    {"status", [](WorkQueueDraft &draft, FieldReader &in) { draft.queue.status = in.text(); }},
};
constexpr MemberTable<WorkQueueDraft> kQueueTable{kQueue};

constexpr Member<WorkerDraft> kWorker[] = {
    {"id", [](WorkerDraft &draft, FieldReader &in) { draft.worker.id = WorkerId(in.uuid()); }, kNeeded},
    {"name", [](WorkerDraft &draft, FieldReader &in) { draft.worker.name = in.text(); }, kNeeded},
    {"last_heartbeat_time", [](WorkerDraft &draft, FieldReader &in) { draft.worker.lastHeartbeat = in.instant(); }},
    {"status", [](WorkerDraft &draft, FieldReader &in) { draft.worker.status = in.text(); }},
};
constexpr MemberTable<WorkerDraft> kWorkerTable{kWorker};

} // namespace

const MemberTable<FlowDraft> &FlowDraft::table() { return kFlowTable; }
const MemberTable<WorkPoolDraft> &WorkPoolDraft::table() { return kPoolTable; }
const MemberTable<WorkQueueDraft> &WorkQueueDraft::table() { return kQueueTable; }
const MemberTable<WorkerDraft> &WorkerDraft::table() { return kWorkerTable; }

} // namespace fd
