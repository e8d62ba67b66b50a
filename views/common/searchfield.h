// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace fd {

/// The search box of a page: 280 wide, icon, clear button. Tells what to search for 100 ms after the last key.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    /// `placeholder` says what is searched; it is the accessible name too.
    explicit SearchField(const QString &placeholder, QWidget *parent = nullptr);

    /// Sets the text without waiting and without a signal, as when a page is shown again.
    void setSearch(const QString &text);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// The text to search for, after the user paused, pressed Enter or cleared it.
    void searchChanged(const QString &text);
    /// Backspace in the empty field: the last chip goes.
    void removeLastRequested();
    /// Down or Enter: the list takes over.
    void leaveRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void announce();
    void updateIcon();

    QTimer m_pause;
    QString m_announced;
    QAction *m_icon;
};

} // namespace fd
