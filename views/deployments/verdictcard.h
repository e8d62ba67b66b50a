// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/deployments/verdict.h"

#include <QWidget>

class QVBoxLayout;

namespace fd {

class TextLabel;
class VerdictRow;

/// "Will it run? Yes", tinted, over its evidence.
class VerdictCard : public QWidget
{
    Q_OBJECT
public:
    explicit VerdictCard(QWidget *parent = nullptr);

    void setVerdict(const Verdict &verdict);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    Notice m_notice = Notice::Done;
    QWidget *m_head;
    TextLabel *m_question;
    QVBoxLayout *m_column;
    QList<VerdictRow *> m_rows;
};

} // namespace fd
