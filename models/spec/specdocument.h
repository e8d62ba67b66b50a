// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spec/specfields.h"

namespace fd {

/// Reads one document as Prefect Orion's `Deployment`. What is wrong goes to the context's problems; the result is
/// then what could be read.
[[nodiscard]] DeploymentSpec readDeployment(const YamlDocument &document, const SpecContext &context);

/// Reads `flow_runner`: {type, config}. Flowdeck runs universal and subprocess.
[[nodiscard]] FlowRunner readRunner(const YamlNode &node, const SpecContext &context);

/// Reads `schedule`: exactly one of interval, cron, rrule with its companions. Only the shape is checked.
[[nodiscard]] std::optional<Schedule> readSchedule(const YamlNode &node, const SpecContext &context);

} // namespace fd
