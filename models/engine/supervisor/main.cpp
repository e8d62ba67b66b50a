// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/supervisor/supervisor.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

int usage()
{
    fputs("usage: flowdeck-supervisor SPOOL GRACE_SECONDS [OUTPUT_LIMIT_BYTES] -- COMMAND [ARGUMENT ...]\n", stderr);
    return fd::supervisor::kUsage;
}

} // namespace

int main(int count, char **arguments)
{
    int separator = 1;
    while (separator < count && strcmp(arguments[separator], "--") != 0)
        ++separator;
    if (separator < 3 || separator > 4 || separator + 1 >= count)
        return usage();
    fd::supervisor::Settings settings;
    settings.spool = arguments[1];
    settings.graceUs = static_cast<std::int64_t>(strtod(arguments[2], nullptr) * 1e6);
    if (separator == 4)
        settings.outputLimit = strtoll(arguments[3], nullptr, 10);
    settings.command = arguments + separator + 1;
    return fd::supervisor::Supervisor(settings).run();
}
