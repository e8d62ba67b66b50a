// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace fd {

/// What `./dev bench` asks the program to report about itself.
enum class Benchmark { None, FirstPaint, Scroll };

/// What the user typed behind `flowdeck`.
struct CommandLine {
    enum class Action { Window, HeadlessDemo, Stop };
    Action action = Action::Window;
    /// Workspace file; empty means the known workspaces.
    QString store;
    /// The sample workspace, without asking at the first start.
    bool sample = false;
    /// A page of Prefect's or a flowdeck:// link to go to; empty for none.
    QString link;
    /// HeadlessDemo: where its workspace and screenshots go.
    QString demoFolder;
    Benchmark benchmark = Benchmark::None;
    /// Stop: what to print, and the exit status that goes with it.
    QString text;
    int exitStatus = 0;
};

/// Reads the arguments, program name first. Never prints or exits by itself.
[[nodiscard]] CommandLine parseCommandLine(const QStringList &arguments);

} // namespace fd
