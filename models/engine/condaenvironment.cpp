// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/condaenvironment.h"

#include "models/core/json.h"
#include "models/engine/capturedcommand.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace fd {
namespace {

bool isEnvironment(const QString &folder) { return QFileInfo(folder + QStringLiteral("/bin/python")).isExecutable(); }

/// The list that conda keeps of every environment it made for this user.
QStringList registeredEnvironments(const QString &home)
{
    QFile file(home + QStringLiteral("/.conda/environments.txt"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

/// What conda itself answers; empty when it fails.
QStringList askConda(const QString &conda)
{
    const auto answer = runCommand({.program = conda,
        .arguments = {QStringLiteral("env"), QStringLiteral("list"), QStringLiteral("--json")},
        .folder = {}});
    if (!answer || answer->exitCode != 0)
        return {};
    const auto listed = parseJson(answer->output);
    QStringList folders;
    if (listed) {
        for (const Json &folder : memberOf(*listed, "envs"))
            folders += toDisplay(folder);
    }
    return folders;
}

QString named(const QStringList &folders, const QString &name)
{
    for (const QString &folder : folders) {
        if (QFileInfo(folder).fileName() == name && isEnvironment(folder))
            return folder;
    }
    return {};
}

} // namespace

Result<QString> findCondaEnvironment(const QString &condaenv, const QStringList &searchPath, const QString &home)
{
    if (condaenv.startsWith(u'/') || condaenv.startsWith(u'~')) {
        const QString folder = QDir::cleanPath(condaenv.startsWith(u'~') ? home + condaenv.mid(1) : condaenv);
        if (isEnvironment(folder))
            return folder;
        return fail(ErrorKind::NotFound,
            QStringLiteral("The conda environment %1 has no bin/python. Create it, or correct \"condaenv\".")
                .arg(folder));
    }
    const QString conda = QStandardPaths::findExecutable(QStringLiteral("conda"), searchPath);
    QStringList folders = registeredEnvironments(home);
    if (!conda.isEmpty()) {
        const QString root = QFileInfo(QFileInfo(conda).canonicalFilePath()).dir().filePath(QStringLiteral(".."));
        folders += QDir::cleanPath(root + QStringLiteral("/envs/") + condaenv);
    }
    if (const QString folder = named(folders, condaenv); !folder.isEmpty())
        return folder;
    if (!conda.isEmpty()) {
        if (const QString folder = named(askConda(conda), condaenv); !folder.isEmpty())
            return folder;
    }
    return fail(ErrorKind::NotFound,
        QStringLiteral(
            "There is no conda environment named \"%1\"%2. Create it with \"conda create --name %1 python\", "
            "or give its path.")
            .arg(condaenv, conda.isEmpty() ? QStringLiteral(", and no conda command was found") : QString()));
}

} // namespace fd
