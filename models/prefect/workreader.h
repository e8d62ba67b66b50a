// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/mirrored.h"
#include "models/domain/work.h"
#include "models/prefect/membertable.h"

namespace fd {

/// A flow.
struct FlowDraft {
    Flow flow;

    [[nodiscard]] MirroredFlow take(quint64 fingerprint) { return {std::move(flow), fingerprint}; }

    static const MemberTable<FlowDraft> &table();
};

/// A work pool.
struct WorkPoolDraft {
    WorkPool pool;

    [[nodiscard]] WorkPool take(quint64) { return std::move(pool); }

    static const MemberTable<WorkPoolDraft> &table();
};

/// A work queue, of a pool or Orion's own kind.
struct WorkQueueDraft {
    WorkQueue queue;

    [[nodiscard]] WorkQueue take(quint64) { return std::move(queue); }

    static const MemberTable<WorkQueueDraft> &table();
};

/// A worker; servers do not say its pool's name.
struct WorkerDraft {
    Worker worker;

    [[nodiscard]] Worker take(quint64) { return std::move(worker); }

    static const MemberTable<WorkerDraft> &table();
};

} // namespace fd
