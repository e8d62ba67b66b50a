// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/flowinspector.h"
#include "models/spec/deploymentspec.h"

namespace fd {

/// Which of a file's flows a spec means: by flow name, by function name, or the only one.
/// Errors, at the spec's line: NotFound, Validation (several flows and no name).
[[nodiscard]] Result<FlowInFile> chooseFlow(
    const DeploymentSpec &spec, const InspectedFlow &file, const QString &specPath);

/// The deployment that a spec and its flow make together.
[[nodiscard]] Deployment plannedDeployment(const DeploymentSpec &spec, const FlowInFile &flow, const QString &specPath);

/// Parameters that the flow cannot take. A missing required one is no problem: a run asks for it.
[[nodiscard]] QList<SpecProblem> parameterProblems(
    const DeploymentSpec &spec, const FlowInFile &flow, const QString &specPath);

/// Names of the fields in which a deployment would change, in Prefect's words; "spec" for the text alone.
[[nodiscard]] QStringList changedFields(const Deployment &current, const Deployment &planned);

/// An error or warning about one document of a spec file, at that document's line.
[[nodiscard]] SpecProblem problemAt(const DeploymentSpec &spec, const QString &specPath, const QString &field,
    const Error &error, SpecProblem::Severity severity = SpecProblem::Severity::Error);

} // namespace fd
