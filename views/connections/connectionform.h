// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspacebook.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace fd {

class HeaderRows;
class TextLabel;

/// How a server is reached: address, sign-in, and what few need behind "Advanced". Secrets go in and are never shown.
class ConnectionForm : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionForm(QWidget *parent = nullptr);

    /// Shows settings; of their secrets only where they are kept.
    void setConnection(const ConnectionSettings &settings, SecretsKept kept);
    /// Where the secrets are is another now; what is typed stays.
    void setKept(SecretsKept kept);
    void setAddress(const QUrl &url);
    /// What is typed, with the secrets of `known` where none was typed. A secret never goes to another host than the
    /// one it was given for.
    [[nodiscard]] ConnectionSettings connection(const ConnectionSettings &known = {}) const;
    /// What has to be mended first, as a sentence; empty when nothing.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool isEdited() const { return m_isEdited; }
    /// Marks or unmarks the address as what `problem` is about.
    void showProblem(const QString &problem);

signals:
    void edited();

private:
    [[nodiscard]] QWidget *makeAdvanced();
    [[nodiscard]] QWidget *fileField(QLineEdit *field, const QString &title);
    void takeEdit();
    void updateSignIn();
    [[nodiscard]] ConnectionSettings::Auth auth() const;
    [[nodiscard]] QUrl address() const;
    [[nodiscard]] QString keptText() const;

    QFormLayout *m_form;
    QLineEdit *m_address;
    TextLabel *m_problem;
    QComboBox *m_auth;
    QLineEdit *m_key;
    QLineEdit *m_user;
    QLineEdit *m_password;
    TextLabel *m_kept;
    QPushButton *m_fold;
    QWidget *m_advanced = nullptr;
    HeaderRows *m_headers = nullptr;
    QLineEdit *m_caFile = nullptr;
    QLineEdit *m_certificate = nullptr;
    QLineEdit *m_certificateKey = nullptr;
    QCheckBox *m_plainHttp = nullptr;
    /// As they were set, without secrets.
    ConnectionSettings m_shown;
    SecretsKept m_where = SecretsKept::None;
    bool m_isEdited = false;
};

} // namespace fd
