// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

namespace fd::supervisor {

/// The command that is supervised, with the reading ends of its pipes (they do not block).
struct ChildProcess {
    pid_t pid = -1;
    int output = -1;
    int errors = -1;
    /// What it writes to its descriptor 3.
    int events = -1;
    /// Why it could not be started, an errno; 0 when it runs.
    int error = 0;
};

/// Starts a command as leader of its own process group, with empty stdin and its signals as new. It is
/// killed when this process dies.
[[nodiscard]] ChildProcess startChild(char *const *arguments);

} // namespace fd::supervisor
