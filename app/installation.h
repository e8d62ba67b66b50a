// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// Where the program's own files are, installed or in a build folder.
namespace fd::installation {

/// The program that watches over one run's process.
[[nodiscard]] QString supervisorPath();
/// The Python bridge's package folder.
[[nodiscard]] QString bridgePath();
/// The sample workspace's specs, sorted by name.
[[nodiscard]] QStringList sampleSpecs();
/// Where workspace files live when the user names no other place; made 0700 when missing.
[[nodiscard]] QString workspaceFolder();

} // namespace fd::installation
