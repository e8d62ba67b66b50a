// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"

#include <QString>

namespace fd::test {

/// What seedStore fills a workspace with.
struct Seed {
    int deployments = 1000;
    int runs = 10000;
    /// The moment up to which runs have happened; a few wait for later times.
    Instant now = {1'772'452'800'000'000};
    quint32 seed = 1;
    /// No run is active and none becomes due within a year, so that an engine that opens the file has nothing to do.
    bool idle = false;
};

/// Makes a workspace file of realistic deployments (ten per flow) and runs over the last 30 days, with every summary
/// as the writer would have kept it. The same seed makes the same file. 100,000 and 1,000,000 take under a minute.
[[nodiscard]] Result<void> seedStore(const QString &path, const Seed &seed);

} // namespace fd::test
