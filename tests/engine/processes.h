// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <sys/types.h>

namespace fd::test {

/// Processes of this machine, zombies aside, whose environment holds `variable`, e.g. "MARK=1".
[[nodiscard]] QList<pid_t> processesWith(const QByteArray &variable);
/// Processes, zombies included, whose parent is this one.
[[nodiscard]] QList<pid_t> ownChildren();

} // namespace fd::test
