// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/supervisor/childprocess.h"

#include <cstdlib>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>

namespace fd::supervisor {
namespace {

constexpr int kEventDescriptor = 3;
/// Above every descriptor that the child gets, so that none is overwritten while they are put in place.
constexpr int kFirstFree = 10;
constexpr int kPipeBytes = 1024 * 1024;

struct Pipe {
    int reading = -1;
    int writing = -1;
};

/// errno, or 0.
int makePipe(Pipe &made)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    made.reading = fcntl(ends[0], F_DUPFD_CLOEXEC, kFirstFree);
    made.writing = fcntl(ends[1], F_DUPFD_CLOEXEC, kFirstFree);
    const int error = made.reading < 0 || made.writing < 0 ? errno : 0;
    close(ends[0]);
    close(ends[1]);
    return error;
}

/// What this process changed for itself; the rest is as whoever started it wants it.
void resetSignals()
{
    signal(SIGHUP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Flowdeck itself leaves no core dumps; the user's programs may.
void restoreCoreLimit()
{
    rlimit limit = {};
    if (getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_CORE, &limit);
    }
}

/// Flowdeck writes for its owner only; the user's programs write as the user has set it.
void restoreUmask()
{
    if (const char *mask = getenv("FLOWDECK_UMASK"))
        umask(static_cast<mode_t>(strtoul(mask, nullptr, 8)));
    unsetenv("FLOWDECK_UMASK");
}

[[noreturn]] void becomeCommand(
    char *const *arguments, pid_t supervisor, int output, int errors, int events, int failure)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != supervisor)
        _exit(127);
    const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    dup2(events, kEventDescriptor);
    resetSignals();
    restoreCoreLimit();
    restoreUmask();
    execvp(arguments[0], arguments);
    const int error = errno;
    [[maybe_unused]] const ssize_t written = write(failure, &error, sizeof error);
    _exit(127);
}

void prepareReading(int pipe)
{
    fcntl(pipe, F_SETFL, O_NONBLOCK);
    // A refusal (too many pipes of this user) costs speed only.
    fcntl(pipe, F_SETPIPE_SZ, kPipeBytes);
}

} // namespace

ChildProcess startChild(char *const *arguments)
{
    Pipe output;
    Pipe errors;
    Pipe events;
    Pipe failure;
    ChildProcess child;
    for (Pipe *pipe : {&output, &errors, &events, &failure}) {
        child.error = makePipe(*pipe);
        if (child.error != 0)
            return child;
    }
    const pid_t self = getpid();
    child.pid = fork();
    if (child.pid < 0) {
        child.error = errno;
        return child;
    }
    if (child.pid == 0)
        becomeCommand(arguments, self, output.writing, errors.writing, events.writing, failure.writing);
    setpgid(child.pid, child.pid);
    for (const Pipe *pipe : {&output, &errors, &events, &failure})
        close(pipe->writing);
    int error = 0;
    if (read(failure.reading, &error, sizeof error) == ssize_t(sizeof error))
        child.error = error;
    close(failure.reading);
    child.output = output.reading;
    child.errors = errors.reading;
    child.events = events.reading;
    for (const int pipe : {child.output, child.errors, child.events})
        prepareReading(pipe);
    return child;
}

} // namespace fd::supervisor
