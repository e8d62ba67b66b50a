// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QWidget>

namespace fd {

class TextLabel;

/// The strip under the menu bar that says what is wrong with the whole window. At most one; it leaves by itself.
class Banner : public QWidget
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    /// Shows the sentence; another one takes its place.
    void showNotice(Notice notice, const QString &text);
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    TextLabel *m_text;
    Notice m_notice = Notice::Note;
};

} // namespace fd
