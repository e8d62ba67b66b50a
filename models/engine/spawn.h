// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <sys/types.h>

namespace fd {

/// A program to start. Descriptors that are -1 lead to /dev/null; no other descriptor is inherited.
struct SpawnRequest {
    /// Absolute path.
    QString program;
    QStringList arguments;
    QProcessEnvironment environment;
    /// The working folder.
    QString folder;
    int output = -1;
    int errors = -1;
};

/// Starts a program in a session of its own, with no signal blocked or ignored. It does not die with this process;
/// as long as this process lives, the caller must reap it. Returns its process id.
/// Error: Server, with the system's reason.
[[nodiscard]] Result<pid_t> spawn(const SpawnRequest &request);

/// The system's sentence for an errno.
[[nodiscard]] QString systemReason(int error);

} // namespace fd
