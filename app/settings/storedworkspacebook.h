// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings/keychain.h"
#include "models/workspace/workspacebook.h"

#include <QHash>
#include <QSettings>

namespace fd {

/// WorkspaceBook in the user's settings (mode 0600), without any secret; those are in the keychain, one item for each
/// entry, or in memory where the keychain does not take them.
class StoredWorkspaceBook : public WorkspaceBook
{
    Q_OBJECT

public:
    /// In the user's own settings. New entries keep their files in `folder`.
    StoredWorkspaceBook(Keychain &keychain, const QString &folder, QObject *parent = nullptr);
    /// In a settings file of its own, for tests and the headless demo.
    StoredWorkspaceBook(
        Keychain &keychain, const QString &folder, const QString &settingsFile, QObject *parent = nullptr);

    [[nodiscard]] QList<WorkspaceEntry> entries() const override { return m_entries; }
    QString add(WorkspaceEntry entry) override;
    void update(const WorkspaceEntry &entry) override;
    void remove(const QString &id) override;
    QCoro::Task<Result<ConnectionSettings>> connectionOf(QString id) override;
    QCoro::Task<SecretsKept> keepSecrets(QString id, ConnectionSettings settings) override;
    [[nodiscard]] SecretsKept secretsKept(const QString &id) const override;

private:
    void load();
    void save(const WorkspaceEntry &entry);
    void saveOrder();
    [[nodiscard]] bool isInKeychain(const QString &id) const;
    void setInKeychain(const QString &id, bool kept);

    Keychain &m_keychain;
    QString m_folder;
    QSettings m_settings;
    QList<WorkspaceEntry> m_entries;
    /// Secrets, as they would be in the keychain, that it did not take (yet).
    QHash<QString, QByteArray> m_session;
};

} // namespace fd
