// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/capturedcommand.h"

#include "models/engine/spawn.h"

#include <QDeadlineTimer>
#include <QScopeGuard>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fd {
namespace {

/// Takes what is there; false at the end of the pipe.
bool takeOutput(int pipe, QByteArray &output, int limit)
{
    std::array<char, 16384> buffer;
    for (;;) {
        const ssize_t n = read(pipe, buffer.data(), buffer.size());
        if (n > 0)
            output.append(buffer.data(), qMin<qsizetype>(n, limit - output.size()));
        else if (n == 0)
            return false;
        else if (errno != EINTR)
            return errno == EAGAIN;
    }
}

/// Collects output until the process has ended; false when the time is over.
bool waitForEnd(int process, int pipe, const Command &command, QByteArray &output)
{
    const QDeadlineTimer deadline(command.timeoutMs);
    int watchedPipe = pipe;
    for (;;) {
        pollfd waiting[2] = {{process, POLLIN, 0}, {watchedPipe, POLLIN, 0}};
        const int ready = poll(waiting, 2, static_cast<int>(deadline.remainingTime()));
        if (waiting[1].revents != 0 && ready > 0 && !takeOutput(pipe, output, command.outputLimit))
            watchedPipe = -1;
        if (waiting[0].revents != 0 && ready > 0) {
            takeOutput(pipe, output, command.outputLimit);
            return true;
        }
        if (deadline.hasExpired())
            return false;
    }
}

} // namespace

Result<CommandOutput> runCommand(const Command &command)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return fail(ErrorKind::Server, systemReason(errno));
    const auto closeReading = qScopeGuard([&ends] { close(ends[0]); });
    // Only our end must not block; the flag belongs to each end by itself.
    fcntl(ends[1], F_SETFL, 0);
    const auto started = spawn({.program = command.program,
        .arguments = command.arguments,
        .environment = command.environment,
        .folder = command.folder.isEmpty() ? QStringLiteral("/") : command.folder,
        .output = ends[1],
        .errors = ends[1]});
    close(ends[1]);
    if (!started)
        return fail(started.error());
    const int process = static_cast<int>(syscall(SYS_pidfd_open, *started, 0));
    const auto closeProcess = qScopeGuard([process] { close(process); });
    CommandOutput result;
    const bool ended = waitForEnd(process, ends[0], command, result.output);
    kill(-*started, SIGKILL);
    int status = 0;
    waitpid(*started, &status, 0);
    if (!ended) {
        return fail(ErrorKind::Timeout,
            QStringLiteral("%1 did not finish within %2 seconds.")
                .arg(command.program)
                .arg((command.timeoutMs + 999) / 1000));
    }
    result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return result;
}

} // namespace fd
