// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/supervisor/childprocess.h"
#include "models/engine/supervisor/linesplitter.h"
#include "models/engine/supervisor/spoolwriter.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace fd::supervisor {

/// How one run is supervised.
struct Settings {
    std::string spool;
    /// From the polite signal to the kill.
    std::int64_t graceUs = 10'000'000;
    /// Bytes of raw output that are kept.
    std::int64_t outputLimit = 64 * 1024 * 1024;
    char *const *command = nullptr;
};

/// Exit codes of the program. The run's own ending is in the spool.
enum ExitCode : int { kDone = 0, kUsage = 64, kNoSpool = 73, kSpoolTaken = 75 };

/// Runs one command to its end, keeps what it says in the spool, and leaves no process behind.
class Supervisor
{
public:
    explicit Supervisor(const Settings &settings);
    /// Returns the program's exit code.
    [[nodiscard]] int run();

private:
    void blockSignals();
    void watch();
    void readSignals();
    std::size_t readPipes();
    void waitFor(std::int64_t microseconds, bool pipes);
    void askToEnd();
    void keepDeadline();
    void reap();
    void endTheRest();
    void flush();
    [[nodiscard]] bool anyChildLeft() const;

    Settings m_settings;
    SpoolWriter m_spool;
    ChildProcess m_child;
    int m_signals = -1;
    std::array<std::optional<LineSplitter>, 3> m_pipes;
    /// The child's wait status once it has ended.
    std::optional<int> m_status;
    std::optional<std::int64_t> m_killAt;
    bool m_asked = false;
};

} // namespace fd::supervisor
