// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QWidget>

namespace fd {

class TextLabel;

/// A tinted card with a mark, a title and a sentence.
class NoticeCard : public QWidget
{
    Q_OBJECT
public:
    explicit NoticeCard(QWidget *parent = nullptr);

    void setNotice(Notice notice, const QString &title, const QString &text);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    Notice m_notice = Notice::Note;
    TextLabel *m_title;
    TextLabel *m_text;
};

} // namespace fd
