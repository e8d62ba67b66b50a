// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace fd {

/// A short command whose output is wanted.
struct Command {
    QString program;
    QStringList arguments;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    /// The working folder; "/" when empty.
    QString folder;
    int timeoutMs = 10000;
    /// What is printed beyond this many bytes is thrown away.
    int outputLimit = 256 * 1024;
};

/// How a command ended, with stdout and stderr together as they came.
struct CommandOutput {
    int exitCode = 0;
    /// The signal that ended it; 0 when it exited.
    int signal = 0;
    QByteArray output;
};

/// Runs a command and waits for its end: not for the GUI thread. What it leaves in its process group is killed.
/// Errors: Server (could not be started), Timeout.
[[nodiscard]] Result<CommandOutput> runCommand(const Command &command);

} // namespace fd
