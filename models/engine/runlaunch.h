// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace fd {

/// A run that is to be started, with all that its process needs.
struct LaunchRequest {
    FlowRun run;
    Deployment deployment;
    /// The run's own folder and which attempt this is.
    QString folder;
    int attempt = 1;
    /// The workspace's interpreter; empty means: find one.
    QString workspacePython;
    QString supervisorPath;
    QString bridgePath;
    int graceSeconds = 10;
};

/// The supervisor's command line and surroundings, ready to spawn.
struct Launch {
    QString program;
    QStringList arguments;
    QProcessEnvironment environment;
    QString folder;
    /// Interpreter, command line and the like for the run's details, a JSON object.
    QByteArray details;
};

/// Finds the interpreter, makes the run's folder and writes the bridge's request. Blocks: not for the GUI thread.
/// Errors: NotFound with field "path" when the flow's file is missing, what findInterpreter says, Storage.
[[nodiscard]] Result<Launch> prepareLaunch(const LaunchRequest &request);

/// Whether a runner keeps printed lines: its `stream_output`, true by default.
[[nodiscard]] bool keepsOutput(const FlowRunner &runner);

/// The environment variable by which a run's processes are recognised, whoever started them.
inline const QString kRunMark = QStringLiteral("FLOWDECK_FLOW_RUN_ID");

} // namespace fd
