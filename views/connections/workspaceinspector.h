// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/connections/workspacerow.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace fd {

class ColourBar;
class ColourPicker;
class ConnectionForm;
class ElidedLabel;
class Placeholder;
class ProtectionBar;
class TextLabel;

/// One workspace's settings beside the list. What is harmless is taken over at once; a connection is tested first.
class WorkspaceInspector : public QWidget
{
    Q_OBJECT
public:
    explicit WorkspaceInspector(QWidget *parent = nullptr);

    /// Shows a workspace; what the user is editing of the same one stays. Nothing shows that nothing is selected.
    void showRow(const std::optional<WorkspaceRow> &row, SecretsKept kept);
    /// Begins to rename it.
    void rename();
    [[nodiscard]] ConnectionForm *form() const { return m_form; }
    /// The connection as shown becomes what is saved.
    void connectionSaved();
    /// Offers to save the edited connection although its test failed.
    void offerToSave(bool offered);

signals:
    /// Name, colour, protection, refresh or kept days were changed.
    void entryEdited(const fd::WorkspaceEntry &entry);
    void saveRequested();
    void saveAnywayRequested();
    void clearCopyRequested();
    void forgetRequested();

private:
    void makeBody();
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeSaveRow();
    void fillForm();
    void fillHead();
    void editName();
    void updateSaveRow();

    std::optional<WorkspaceRow> m_row;
    SecretsKept m_kept = SecretsKept::None;
    QStackedLayout *m_stack;
    Placeholder *m_nothing;
    QWidget *m_one;
    ColourBar *m_bar = nullptr;
    ElidedLabel *m_title = nullptr;
    ElidedLabel *m_subtitle = nullptr;
    QLineEdit *m_name = nullptr;
    ElidedLabel *m_location = nullptr;
    QFormLayout *m_top = nullptr;
    ConnectionForm *m_form = nullptr;
    QWidget *m_saveRow = nullptr;
    QPushButton *m_saveAnyway = nullptr;
    ColourPicker *m_colour = nullptr;
    ProtectionBar *m_protection = nullptr;
    QFormLayout *m_bottom = nullptr;
    QComboBox *m_refresh = nullptr;
    QComboBox *m_days = nullptr;
    TextLabel *m_keptHere = nullptr;
    QPushButton *m_clear = nullptr;
};

} // namespace fd
