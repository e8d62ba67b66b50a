// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/statereader.h"

namespace fd {
namespace {

void setType(State &state, const QString &word)
{
    state.typeText = word;
    state.type = stateTypeFromWire(word);
}

constexpr Member<StateDraft> kDetails[] = {
    {"child_flow_run_id", [](StateDraft &draft, FieldReader &in) { draft.childFlowRun = FlowRunId(in.uuid()); }},
    {"scheduled_time", [](StateDraft &draft, FieldReader &in) { draft.state.scheduledTime = in.instant(); }},
};
constexpr MemberTable<StateDraft> kDetailsTable{kDetails};

constexpr Member<StateDraft> kState[] = {
    {"id", skipMember},
    {"type", [](StateDraft &draft, FieldReader &in) { setType(draft.state, in.text()); }, MemberUse::Needed},
    {"name", [](StateDraft &draft, FieldReader &in) { draft.state.name = in.text(); }},
    {"timestamp", [](StateDraft &draft, FieldReader &in) { draft.timestamp = in.instant(); }},
    {"message", [](StateDraft &draft, FieldReader &in) { draft.state.message = in.text(); }},
    {"data", skipMember},
    {"state_details", [](StateDraft &draft, FieldReader &in) { readObject(in, kDetailsTable, draft); }},
};
constexpr MemberTable<StateDraft> kStateTable{kState};

} // namespace

const MemberTable<StateDraft> &StateDraft::table() { return kStateTable; }

State StateDraft::at(Instant otherTime) const
{
    State result = state;
    if (result.name.isEmpty())
        result.name = result.type == StateType::Unknown ? result.typeText : defaultStateName(result.type);
    result.timestamp = timestamp.value_or(otherTime);
    return result;
}

void RunStateDraft::read(FieldReader &reader)
{
    full.reset();
    if (reader.isNull())
        return;
    readObject(reader, kStateTable, full.emplace());
}

State RunStateDraft::at(Instant otherTime) const
{
    if (full)
        return full->at(otherTime);
    StateDraft said;
    setType(said.state, type);
    said.state.name = name;
    return said.at(otherTime);
}

} // namespace fd
