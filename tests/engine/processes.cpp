// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/processes.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace fd::test {
namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template<typename Accepts>
QList<pid_t> processes(Accepts accepts)
{
    QList<pid_t> found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isProcess = false;
        const pid_t pid = name.toInt(&isProcess);
        if (isProcess && accepts(QStringLiteral("/proc/") + name))
            found += pid;
    }
    return found;
}

} // namespace

QList<pid_t> processesWith(const QByteArray &variable)
{
    return processes([&variable](const QString &folder) {
        return contentOf(folder + QStringLiteral("/environ")).split('\0').contains(variable);
    });
}

QList<pid_t> ownChildren()
{
    const QByteArray parent = QByteArray::number(getpid());
    return processes([&parent](const QString &folder) {
        const QByteArray stat = contentOf(folder + QStringLiteral("/stat"));
        return stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1) == parent;
    });
}

} // namespace fd::test
