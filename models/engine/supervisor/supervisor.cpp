// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/supervisor/supervisor.h"

#include "models/engine/supervisor/descendants.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>

namespace fd::supervisor {
namespace {

/// Time for lines to gather before they are taken together; the end of the child is seen at once.
constexpr std::int64_t kGatherUs = 4000;
constexpr std::size_t kBusyBytes = 64 * 1024;
/// For processes that outlive the flow, from the polite signal to the kill.
constexpr std::int64_t kRestGraceUs = 500'000;
/// A process that survives SIGKILL for so long hangs in the kernel.
constexpr std::int64_t kUnkillableUs = 10'000'000;
constexpr std::int64_t kForeverUs = 3600'000'000;

std::int64_t monotonicUs()
{
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t(now.tv_sec) * 1000000 + now.tv_nsec / 1000;
}

std::string endingOf(int status)
{
    if (WIFSIGNALED(status))
        return "signal " + std::to_string(WTERMSIG(status));
    return "exit " + std::to_string(WEXITSTATUS(status));
}

} // namespace

Supervisor::Supervisor(const Settings &settings) : m_settings(settings), m_spool(settings.outputLimit) { }

int Supervisor::run()
{
    blockSignals();
    setsid();
    if (const int error = m_spool.create(m_settings.spool))
        return error == EEXIST ? kSpoolTaken : kNoSpool;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    m_child = startChild(m_settings.command);
    if (m_child.error != 0) {
        m_spool.finish("failed " + std::to_string(m_child.error));
        flush();
        return kDone;
    }
    m_spool.important('P', std::to_string(m_child.pid));
    flush();
    m_pipes[0].emplace(m_child.events, [this](std::string_view line) { m_spool.event(line); });
    m_pipes[1].emplace(m_child.output, [this](std::string_view line) { m_spool.output('O', line); });
    m_pipes[2].emplace(m_child.errors, [this](std::string_view line) { m_spool.output('R', line); });
    watch();
    endTheRest();
    while (readPipes() > 0)
        flush();
    for (auto &pipe : m_pipes)
        pipe->finish();
    m_spool.finish(endingOf(m_status.value_or(0)));
    flush();
    return kDone;
}

void Supervisor::blockSignals()
{
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT})
        sigaddset(&set, number);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    m_signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

void Supervisor::watch()
{
    while (!m_status) {
        waitFor(m_killAt ? *m_killAt - monotonicUs() : kForeverUs, true);
        readSignals();
        const std::size_t taken = readPipes();
        flush();
        keepDeadline();
        if (taken > 0 && taken < kBusyBytes && !m_status) {
            waitFor(kGatherUs, false);
            readSignals();
        }
    }
}

void Supervisor::waitFor(std::int64_t microseconds, bool pipes)
{
    pollfd waiting[4] = {{m_signals, POLLIN, 0}, {-1, POLLIN, 0}, {-1, POLLIN, 0}, {-1, POLLIN, 0}};
    for (std::size_t i = 0; pipes && i < m_pipes.size(); ++i)
        waiting[i + 1].fd = m_pipes[i]->pipe();
    const std::int64_t bounded = std::clamp<std::int64_t>(microseconds, 0, kForeverUs);
    const timespec timeout = {bounded / 1000000, (bounded % 1000000) * 1000};
    ppoll(waiting, 4, &timeout, nullptr);
}

void Supervisor::readSignals()
{
    signalfd_siginfo info = {};
    while (read(m_signals, &info, sizeof info) == ssize_t(sizeof info)) {
        if (info.ssi_signo == SIGCHLD)
            reap();
        else
            askToEnd();
    }
}

std::size_t Supervisor::readPipes()
{
    std::size_t taken = 0;
    for (auto &pipe : m_pipes)
        taken += pipe->read();
    return taken;
}

void Supervisor::askToEnd()
{
    if (m_asked)
        return;
    m_asked = true;
    m_killAt = monotonicUs() + m_settings.graceUs;
    kill(-m_child.pid, SIGTERM);
    // A stopped process would not see it.
    kill(-m_child.pid, SIGCONT);
}

void Supervisor::keepDeadline()
{
    if (m_status || !m_killAt || monotonicUs() < *m_killAt)
        return;
    kill(-m_child.pid, SIGKILL);
    m_killAt.reset();
}

void Supervisor::reap()
{
    int status = 0;
    for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;) {
        if (ended == m_child.pid)
            m_status = status;
    }
}

bool Supervisor::anyChildLeft() const
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

void Supervisor::endTheRest()
{
    const std::int64_t start = monotonicUs();
    const std::int64_t killAt = start + std::min(kRestGraceUs, m_settings.graceUs);
    bool asked = false;
    for (reap(); anyChildLeft() && monotonicUs() < start + kUnkillableUs; reap()) {
        const bool politely = monotonicUs() < killAt;
        if (!politely || !asked) {
            for (const pid_t pid : descendants()) {
                kill(pid, politely ? SIGTERM : SIGKILL);
                kill(pid, SIGCONT);
            }
            asked = true;
        }
        waitFor(politely ? killAt - monotonicUs() : kGatherUs, false);
        readSignals();
        readPipes();
        flush();
    }
}

void Supervisor::flush()
{
    if (!m_spool.flush())
        return;
    // Nobody listens once Flowdeck has ended; the spool is what counts.
    [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, ".", 1);
}

} // namespace fd::supervisor
