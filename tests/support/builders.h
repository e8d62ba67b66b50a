// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"
#include "models/domain/mirrored.h"
#include "models/store/store.h"

namespace fd::test {

/// A fixed moment that tests call "now": 2026-03-02T12:00:00Z.
inline constexpr Instant kNow{1'772'452'800'000'000};

/// A deployment with everything a list shows.
[[nodiscard]] Deployment makeDeployment(const QString &flow, const QString &name, const QStringList &tags = {});
/// A run of a deployment in the given state, with the times that go with it.
[[nodiscard]] FlowRun makeRun(RowId deployment, StateType state = StateType::Completed, Instant due = kNow);
/// A log line at INFO.
[[nodiscard]] LogEntry makeLine(const QString &message, int level = 20, RowId taskRun = 0);

/// What a server says of a flow, a deployment and a run of it. Whoever changes a value changes its fingerprint.
[[nodiscard]] MirroredFlow makeMirroredFlow(const QString &name, quint64 fingerprint = 1);
[[nodiscard]] MirroredDeployment makeMirroredDeployment(
    const FlowId &flow, const QString &name, quint64 fingerprint = 1);
[[nodiscard]] MirroredFlowRun makeMirroredRun(const FlowId &flow, const DeploymentId &deployment,
    StateType state = StateType::Completed, Instant due = kNow, quint64 fingerprint = 1);

/// Stores it and waits; answers its row.
RowId store(Store &into, const Deployment &deployment, Instant now = kNow);
/// Stores it and waits; answers its row.
RowId store(Store &into, const FlowRun &run);
/// Sets a run's state and waits.
void setState(Store &in, RowId run, StateType state, Instant at = kNow);
/// Deletes a deployment and waits.
void removeDeployment(Store &from, RowId deployment);

} // namespace fd::test
