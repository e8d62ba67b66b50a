// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFormLayout;
class QLabel;
class QLineEdit;
class QWidget;

namespace fd {

/// A form of labels at the left and fields at the right, as inspector and dialogs have it.
[[nodiscard]] QFormLayout *makeForm();
/// Adds a field with its label, whose mnemonic goes to it. Returns the label.
QLabel *addField(QFormLayout *form, const QString &label, QWidget *field);
/// A one-line field that is never read aloud or copied when it is a secret.
[[nodiscard]] QLineEdit *lineField(const QString &objectName, bool secret = false);

} // namespace fd
