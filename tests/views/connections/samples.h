// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings/storedworkspacebook.h"
#include "models/workspace/connectiontest.h"
#include "models/workspace/openworkspaces.h"
#include "tests/views/deployments/fakeworkspace.h"

#include <QDir>

namespace fd {

/// A workspace over a real store that stands to its server as a test says.
class ServerWorkspace : public FakeWorkspace
{
    Q_OBJECT
public:
    [[nodiscard]] SyncStatus syncStatus() const override { return m_sync; }
    [[nodiscard]] bool mirrorsServer() const override { return true; }
    void setSync(const SyncStatus &sync);

private:
    SyncStatus m_sync;
};

/// Which workspaces are open is what a test says.
class OpenSamples : public OpenWorkspaces
{
    Q_OBJECT
public:
    [[nodiscard]] Workspace *workspace(const QString &entryId) const override { return m_open.value(entryId); }
    [[nodiscard]] std::optional<Error> failure(const QString &entryId) const override;
    void open(const QString &entryId, Workspace *workspace);
    void fail(const QString &entryId, const Error &error);

private:
    QHash<QString, Workspace *> m_open;
    QHash<QString, Error> m_failures;
};

/// The stored book in a folder of its own, on a computer without a keychain, and a test that answers as told.
struct Connections {
    Connections();

    QTemporaryDir folder;
    QString settingsFile = folder.filePath(QStringLiteral("config/flowdeck.ini"));
    Keychain keychain;
    StoredWorkspaceBook book{keychain, folder.filePath(QStringLiteral("data")), settingsFile};
    OpenSamples open;
    MemoryInMemory memory;
    /// What the next test answers.
    Diagnosis answer;
    /// What was tested, the last one last.
    QList<ConnectionSettings> asked;

    [[nodiscard]] ConnectionTest test();
    /// Adds a server without secrets.
    QString addServer(const QString &name, const QString &url, int colour = 0);
};

[[nodiscard]] Diagnosis passed(const QString &title = QStringLiteral("Prefect 3.8.8"));
/// The five steps up to `failed`, which failed for the reason.
[[nodiscard]] Diagnosis failedAt(DiagnosisStep::Kind failed, ErrorKind kind, const QString &reason);

} // namespace fd
