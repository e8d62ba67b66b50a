// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/installation.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace fd::installation {
namespace {

/// <prefix>/share/flowdeck beside <prefix>/bin; the source tree's resources for a program that was not installed.
QString sharedFolder()
{
    const QDir installed(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/flowdeck"));
    return installed.exists() ? installed.canonicalPath() : QStringLiteral(FLOWDECK_RESOURCES);
}

} // namespace

QString supervisorPath() { return QCoreApplication::applicationDirPath() + QStringLiteral("/flowdeck-supervisor"); }

QString bridgePath() { return sharedFolder() + QStringLiteral("/python/flowdeck_bridge"); }

QStringList sampleSpecs()
{
    const QDir samples(sharedFolder() + QStringLiteral("/samples"));
    QStringList paths;
    for (const QString &name : samples.entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name))
        paths += samples.filePath(name);
    return paths;
}

QString workspaceFolder()
{
    const QString folder
        = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/flowdeck");
    QDir().mkpath(folder);
    return folder;
}

} // namespace fd::installation
