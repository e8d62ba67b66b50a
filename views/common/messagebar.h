// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "views/common/message.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace fd {

class ElidedLabel;

/// The dark card at the bottom left of its parent: one message at a time, 10 s each, others wait.
/// Stays while the pointer is on it or the window is not active. Keeps all messages as the history.
class MessageBar : public QWidget
{
    Q_OBJECT
public:
    MessageBar(Clock clock, QWidget *parent);

    /// Shows the message now, or after those before it.
    void post(const Message &message);
    /// Hides the current message and shows the next.
    void dismiss();
    /// All messages since the start, newest last.
    [[nodiscard]] const QList<Message> &history() const { return m_history; }

    /// How long a message stays; 10 s.
    static constexpr int kStayMs = 10'000;

signals:
    /// A message was added to the history.
    void posted(const fd::Message &message);

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showNext();
    void showActions();
    void place();
    void updateTimer();

    Clock m_clock;
    QList<Message> m_waiting;
    QList<Message> m_history;
    Message m_shown;
    QTimer m_timer;
    ElidedLabel *m_title;
    ElidedLabel *m_detail;
    QHBoxLayout *m_row;
    QList<QPushButton *> m_buttons;
};

} // namespace fd
