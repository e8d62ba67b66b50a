// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/workspace/connectiontest.h"
#include "models/workspace/workspacebook.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QScrollArea;

namespace fd {

class ColourPicker;
class ConnectionForm;
class ProtectionBar;
class TestPanel;
class TextLabel;

/// Asks for a server's address and sign-in, tests them, and adds it to the known workspaces once the test has passed,
/// or all the same when the server cannot be reached now.
class ConnectDialog : public QDialog
{
    Q_OBJECT
public:
    ConnectDialog(WorkspaceBook &book, ConnectionTest test, Clock clock, QWidget *parent = nullptr);

    /// Not while the key is being put away: that has an end within seconds.
    void reject() override;

signals:
    /// It was added. Where its key is kept is to be told.
    void connected(const QString &entryId, fd::SecretsKept kept);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeButtons();
    void begin();
    void take(const Diagnosis &diagnosis);
    void save();
    void setBusy(bool busy);
    /// Makes room for what came, as far as the screen has it; the rest scrolls.
    void grow();
    void forgetTest();
    [[nodiscard]] QString suggestedName() const;

    WorkspaceBook &m_book;
    ConnectionForm *m_form;
    QLineEdit *m_name;
    ColourPicker *m_colour;
    ProtectionBar *m_protection;
    TestPanel *m_panel;
    TextLabel *m_known;
    QWidget *m_fields;
    QScrollArea *m_scroll;
    QPushButton *m_saveAnyway = nullptr;
    QPushButton *m_connect = nullptr;
    bool m_isSaving = false;
};

} // namespace fd
