// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/parameters.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace fd {

class TextLabel;

/// One parameter: name, type, a control that fits the type, and what is wrong with its value.
class ParameterField : public QWidget
{
    Q_OBJECT
public:
    /// How the value is typed. JsonText takes any JSON text.
    enum class Kind { Text, Integer, Number, Boolean, Choice, JsonText };

    /// `property` is the parameter's JSON schema, as text.
    ParameterField(const ParameterInfo &info, const QByteArray &property, QWidget *parent = nullptr);

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    /// The value as compact JSON, or what is wrong with what was typed.
    [[nodiscard]] Result<QByteArray> value() const;
    /// Shows a sentence below the control; empty takes it away.
    void setProblem(const QString &problem);
    /// The control that takes the keyboard.
    [[nodiscard]] QWidget *control() const;

signals:
    void edited();
    /// The user left the control.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeControl(const QByteArray &property);

    QString m_name;
    Kind m_kind = Kind::JsonText;
    QLineEdit *m_line = nullptr;
    QComboBox *m_combo = nullptr;
    TextLabel *m_problem;
};

} // namespace fd
