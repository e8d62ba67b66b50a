// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <vector>

namespace fd::supervisor {

/// Every process below this one, whatever session or group it moved to. Needs this process to be a
/// child subreaper, so that none can leave its tree.
[[nodiscard]] std::vector<pid_t> descendants();

} // namespace fd::supervisor
