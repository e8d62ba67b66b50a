// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/leftovers.h"

#include "models/engine/runlaunch.h"

#include <QDir>
#include <QFile>

#include <csignal>

namespace fd {
namespace {

QList<pid_t> markedProcesses(const QByteArray &mark)
{
    QList<pid_t> found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isProcess = false;
        const pid_t pid = name.toInt(&isProcess);
        QFile environment(QStringLiteral("/proc/%1/environ").arg(name));
        if (!isProcess || !environment.open(QIODevice::ReadOnly))
            continue;
        if (environment.readAll().split('\0').contains(mark))
            found += pid;
    }
    return found;
}

} // namespace

int killLeftovers(const FlowRunId &run)
{
    const QByteArray mark = (kRunMark + u'=' + run.toText()).toUtf8();
    // A process may fork while it is being looked for: look again until nothing new is found.
    constexpr int kRounds = 20;
    QSet<pid_t> killed;
    for (int round = 0; round < kRounds; ++round) {
        const auto before = killed.size();
        for (const pid_t pid : markedProcesses(mark)) {
            kill(pid, SIGKILL);
            killed.insert(pid);
        }
        if (killed.size() == before)
            break;
    }
    return static_cast<int>(killed.size());
}

} // namespace fd
