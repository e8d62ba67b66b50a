// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/supervisor/descendants.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

namespace fd::supervisor {
namespace {

/// The parent of a process, 0 when it is gone.
pid_t parentOf(const char *pid)
{
    const std::string path = std::string("/proc/") + pid + "/stat";
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    char text[512];
    const ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0)
        return 0;
    text[length] = '\0';
    // "pid (name) state ppid …": the name may hold anything, so count from its last parenthesis.
    const char *name = strrchr(text, ')');
    return name && strlen(name) > 4 ? pid_t(strtol(name + 4, nullptr, 10)) : 0;
}

std::vector<std::pair<pid_t, pid_t>> processesWithParents()
{
    std::vector<std::pair<pid_t, pid_t>> processes;
    DIR *folder = opendir("/proc");
    if (!folder)
        return processes;
    while (const dirent *entry = readdir(folder)) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9')
            continue;
        if (const pid_t parent = parentOf(entry->d_name))
            processes.emplace_back(pid_t(strtol(entry->d_name, nullptr, 10)), parent);
    }
    closedir(folder);
    return processes;
}

} // namespace

std::vector<pid_t> descendants()
{
    const auto processes = processesWithParents();
    std::vector<pid_t> found = {getpid()};
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const auto &[pid, parent] : processes) {
            if (parent == found[i])
                found.push_back(pid);
        }
    }
    found.erase(found.begin());
    return found;
}

} // namespace fd::supervisor
