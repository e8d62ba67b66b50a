// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/deployment.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace fd {

/// What one YAML document of a spec file says: Prefect Orion's `Deployment`.
struct DeploymentSpec {
    /// May be empty: the flow's name is used when the deployment is made.
    QString name;
    bool hasName = false;
    /// Absolute; a relative one was taken from the spec's folder.
    QString flowPath;
    /// The flow's name in that file; empty when the document names none.
    QString flowName;
    QStringList tags;
    /// Compact JSON object.
    QByteArray parameters = "{}";
    std::optional<Schedule> schedule;
    /// `config` holds the keys that were given: env, stream_output, condaenv, virtualenv.
    FlowRunner runner;
    /// This document's own YAML text.
    QString text;
    /// 1-based first line of the document's mapping.
    int line = 0;

    friend bool operator==(const DeploymentSpec &, const DeploymentSpec &) = default;
};

/// One thing to tell about a spec file, with its place.
struct SpecProblem {
    enum class Severity { Error, Warning };

    Severity severity = Severity::Error;
    Error error;

    friend bool operator==(const SpecProblem &, const SpecProblem &) = default;
};

/// A spec file that was read: its deployments and everything that is wrong with it, sorted by line.
struct SpecFile {
    QString path;
    QList<DeploymentSpec> deployments;
    QList<SpecProblem> problems;

    /// Without errors. One bad document makes the whole file unusable, as in Prefect: nothing is created from it.
    [[nodiscard]] bool isUsable() const;
};

/// Reads the YAML text of a spec file; `path` names it in problems and anchors relative paths. Never runs Python.
[[nodiscard]] SpecFile readSpecText(const QByteArray &text, const QString &path);
/// The same from disk. A missing, unreadable or too large file is a problem, not a failure.
[[nodiscard]] SpecFile readSpecFile(const QString &path);

/// The deployment as one spec document, which reads back to the same values. Schedules after the first are left out:
/// the Orion form has one.
[[nodiscard]] QString toSpecText(const Deployment &deployment);

} // namespace fd
