// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/prefectprofiles.h"

#include <QDialog>

class QCheckBox;
class QPushButton;
class QVBoxLayout;

namespace fd {

/// The profiles of Prefect's own command line to choose from, each with what is not taken over. Prefect's file is only
/// read; keys go to the keychain.
class ImportProfilesDialog : public QDialog
{
    Q_OBJECT
public:
    ImportProfilesDialog(WorkspaceBook &book, const PrefectProfiles &found, QWidget *parent = nullptr);

signals:
    /// These were added. `kept` is where the keys are; ThisSessionOnly when that holds for one of them.
    void imported(const QStringList &entryIds, fd::SecretsKept kept);

private:
    void addProfile(QVBoxLayout *column, const PrefectProfile &profile);
    [[nodiscard]] QWidget *makeButtons();
    void updateButton();
    void importChecked();
    QCoro::Task<void> importAll(QList<PrefectProfile> profiles);

    WorkspaceBook &m_book;
    QList<PrefectProfile> m_profiles;
    /// One for each profile, in their order.
    QList<QCheckBox *> m_boxes;
    QPushButton *m_import = nullptr;
};

} // namespace fd
