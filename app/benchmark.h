// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"

namespace fd {

class MainWindow;

/// Lets the program report about itself for `./dev bench`, then quits. FirstPaint prints "first-paint" when the table
/// has painted rows. Scroll does so too, scrolls through all rows a page at a time, and prints "rss <KiB>".
void runBenchmark(MainWindow &window, Benchmark benchmark);

} // namespace fd
