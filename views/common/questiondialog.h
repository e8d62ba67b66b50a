// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/style.h"

#include <QDialog>
#include <QStringList>

namespace fd {

/// One question before something that cannot be undone, or that touches several things.
struct Question {
    /// The question or the act.
    QString title;
    /// What it is about and what follows, a paragraph each.
    QStringList paragraphs = {};
    /// Names of what is touched; the first are shown, the rest counted.
    QStringList objects = {};
    /// Verb and number: "Delete 3 deployments".
    QString button;
    ButtonRole role = ButtonRole::Primary;
    /// A number that has to be typed first; 0 asks for none.
    int numberToType = 0;
};

/// Asks a Question window-modally; Cancel has the focus. Open it with open(); accepted() means yes.
class QuestionDialog : public QDialog
{
    Q_OBJECT
public:
    QuestionDialog(const Question &question, QWidget *parent);
};

} // namespace fd
