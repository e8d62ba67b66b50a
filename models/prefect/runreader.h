// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/mirrored.h"
#include "models/prefect/statereader.h"

namespace fd {

/// A flow run as any generation sends it: the shapes differ only in what goes to the details.
struct FlowRunDraft {
    MirroredFlowRun row;
    RunStateDraft state;
    std::optional<Instant> expected;
    std::optional<Instant> nextScheduled;
    bool isAutoScheduled = false;
    QByteArray details;

    [[nodiscard]] MirroredFlowRun take(quint64 fingerprint);

    static const MemberTable<FlowRunDraft> &table();
};

/// A task run as `/task_runs/filter` sends it.
struct TaskRunDraft {
    MirroredTaskRun row;
    RunStateDraft state;
    Instant created;

    [[nodiscard]] MirroredTaskRun take(quint64 fingerprint);

    static const MemberTable<TaskRunDraft> &table();
};

/// A line of a log.
struct LogDraft {
    MirroredLog row;

    [[nodiscard]] MirroredLog take(quint64) { return std::move(row); }

    static const MemberTable<LogDraft> &table();
};

} // namespace fd
