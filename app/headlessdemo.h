// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"

namespace fd {

class Application;

/// The main job without anybody watching: create the deployments of the sample, Quick Run one, wait for its end, print
/// states with times and the log, write screenshots of the deployments page and of the run page to `folder`.
/// Gives the exit status: 0 when the run completed.
QCoro::Task<int> runHeadlessDemo(Application &application, QString folder);

} // namespace fd
