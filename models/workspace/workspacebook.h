// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/connectionsettings.h"

#include <QCoroTask>
#include <QObject>

namespace fd {

/// What a workspace allows without asking.
enum class Protection : quint8 { None, Production, ReadOnly };

/// A workspace that the user knows: a file of this computer, or a server with the file that mirrors it.
struct WorkspaceEntry {
    /// Names it in settings, keychain and files; never changes.
    QString id = {};
    QString name = {};
    bool isServer = false;
    /// The workspace's file; a server's mirror.
    QString storePath = {};
    /// For a server, without its secrets.
    ConnectionSettings connection = {};
    /// Index of one of the eight workspace colours.
    int colour = 0;
    Protection protection = Protection::None;
    /// How often a server is asked without events, in seconds.
    int refreshSeconds = 15;
    /// Runs of how many days are kept here.
    int keptDays = 14;

    friend bool operator==(const WorkspaceEntry &, const WorkspaceEntry &) = default;
};

/// Where the secrets of an entry are.
enum class SecretsKept : quint8 { None, Keychain, ThisSessionOnly };

/// The workspaces that the user knows, kept in settings; their secrets are kept in the system keychain, or without
/// one for this session only. The application gives the one that is stored; tests give one in memory.
class WorkspaceBook : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// In the order of Ctrl+1 … 9.
    [[nodiscard]] virtual QList<WorkspaceEntry> entries() const = 0;
    [[nodiscard]] std::optional<WorkspaceEntry> find(const QString &id) const;
    /// Adds an entry at the end and gives its id. An empty id or store path is made.
    virtual QString add(WorkspaceEntry entry) = 0;
    /// Replaces the entry with the same id.
    virtual void update(const WorkspaceEntry &entry) = 0;
    /// Forgets the entry and its secrets; its file stays.
    virtual void remove(const QString &id) = 0;

    /// The entry's settings with the secrets. Error: Storage when the keychain does not answer.
    virtual QCoro::Task<Result<ConnectionSettings>> connectionOf(QString id) = 0;
    /// Keeps the secrets of `settings` (key, headers) and says where they are now.
    virtual QCoro::Task<SecretsKept> keepSecrets(QString id, ConnectionSettings settings) = 0;
    [[nodiscard]] virtual SecretsKept secretsKept(const QString &id) const = 0;

signals:
    /// An entry came, changed or went.
    void changed();
};

} // namespace fd
