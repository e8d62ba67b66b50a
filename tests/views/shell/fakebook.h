// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/openworkspaces.h"
#include "models/workspace/workspacebook.h"

#include <QHash>

namespace fd {

/// Known workspaces for as long as a test runs; keeps no secrets.
class FakeBook : public WorkspaceBook
{
    Q_OBJECT
public:
    [[nodiscard]] QList<WorkspaceEntry> entries() const override { return all; }
    QString add(WorkspaceEntry entry) override
    {
        all += entry;
        emit changed();
        return entry.id;
    }
    void update(const WorkspaceEntry &) override { }
    void remove(const QString &) override { }
    QCoro::Task<Result<ConnectionSettings>> connectionOf(QString) override { co_return ConnectionSettings(); }
    QCoro::Task<SecretsKept> keepSecrets(QString, ConnectionSettings) override { co_return SecretsKept::None; }
    [[nodiscard]] SecretsKept secretsKept(const QString &) const override { return SecretsKept::None; }

    QList<WorkspaceEntry> all;
};

/// Open workspaces that a test hands in.
class FakeOpenWorkspaces : public OpenWorkspaces
{
    Q_OBJECT
public:
    [[nodiscard]] Workspace *workspace(const QString &entryId) const override { return open.value(entryId); }
    [[nodiscard]] std::optional<Error> failure(const QString &) const override { return std::nullopt; }

    QHash<QString, Workspace *> open;
};

} // namespace fd
