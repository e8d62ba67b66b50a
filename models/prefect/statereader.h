// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/domain/state.h"
#include "models/prefect/membertable.h"

namespace fd {

/// A state as servers send it. Only its type is needed.
struct StateDraft {
    State state;
    std::optional<Instant> timestamp;
    FlowRunId childFlowRun;

    /// The state; `otherTime` when it names no time.
    [[nodiscard]] State at(Instant otherTime) const;
    [[nodiscard]] State take(quint64) const { return at({}); }

    static const MemberTable<StateDraft> &table();
};

/// A run's state: `state` itself, or what the run says in `state_type` and `state_name` when it sends none.
struct RunStateDraft {
    std::optional<StateDraft> full;
    QString type;
    QString name;

    void read(FieldReader &reader);
    [[nodiscard]] State at(Instant otherTime) const;
};

} // namespace fd
