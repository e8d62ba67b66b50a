// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/spawn.h"

#include <QFile>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <vector>

namespace fd {
namespace {

/// Texts as the null-terminated list that exec wants; valid as long as it lives.
class TextList
{
public:
    explicit TextList(const QStringList &texts)
    {
        m_bytes.reserve(static_cast<size_t>(texts.size()));
        for (const QString &text : texts)
            m_bytes.push_back(QFile::encodeName(text));
        for (QByteArray &bytes : m_bytes)
            m_pointers.push_back(bytes.data());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char **data() { return m_pointers.data(); }

private:
    std::vector<QByteArray> m_bytes;
    std::vector<char *> m_pointers;
};

void setUpDescriptors(posix_spawn_file_actions_t &actions, const SpawnRequest &request)
{
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    const int ends[] = {request.output, request.errors};
    for (int target = 1; target <= 2; ++target) {
        if (ends[target - 1] >= 0)
            posix_spawn_file_actions_adddup2(&actions, ends[target - 1], target);
        else
            posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_WRONLY, 0);
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawn_file_actions_addchdir_np(&actions, QFile::encodeName(request.folder).constData());
}

void setUpSignals(posix_spawnattr_t &attributes)
{
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

} // namespace

QString systemReason(int error)
{
    const char *text = strerrordesc_np(error);
    return text ? QString::fromLatin1(text) : QStringLiteral("error %1").arg(error);
}

Result<pid_t> spawn(const SpawnRequest &request)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    setUpDescriptors(actions, request);
    setUpSignals(attributes);
    TextList arguments(QStringList{request.program} + request.arguments);
    TextList environment(request.environment.toStringList());
    pid_t pid = -1;
    const int error = posix_spawn(&pid, QFile::encodeName(request.program).constData(), &actions, &attributes,
        arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        return fail(
            ErrorKind::Server, QStringLiteral("Could not start %1: %2.").arg(request.program, systemReason(error)));
    }
    return pid;
}

} // namespace fd
