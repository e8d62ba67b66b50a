// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QWidget>

class QPushButton;

namespace fd {

class TextLabel;

/// The strip under the menu bar that says what is wrong with the whole window. At most one; it leaves by itself.
class Banner : public QWidget
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    /// Shows the sentence, with a button when `button` is not empty; another one takes its place.
    void showNotice(Notice notice, const QString &text, const QString &button = {});
    void clear();

signals:
    /// The button was pressed.
    void triggered();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    TextLabel *m_text;
    QPushButton *m_button = nullptr;
    Notice m_notice = Notice::Note;
};

} // namespace fd
