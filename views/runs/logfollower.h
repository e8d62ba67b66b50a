// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QTableView;

namespace fd {

class LogListModel;

/// Keeps the end of a growing log in sight until somebody scrolls up, and counts what came meanwhile.
class LogFollower : public QObject
{
    Q_OBJECT
public:
    LogFollower(QTableView *view, LogListModel *lines);

    [[nodiscard]] bool isFollowing() const { return m_following; }
    /// Lines that came since following stopped.
    [[nodiscard]] int missed() const { return m_missed; }
    /// Goes to the end and stays there.
    void start();
    /// Stays where it is.
    void stop();

signals:
    /// isFollowing() or missed() is another now.
    void changed();

private:
    void onAppended(int count);
    void onScrolled(int value);
    void onScrollAction();
    void onRangeChanged();

    QTableView *m_view;
    bool m_following = false;
    int m_missed = 0;
    /// The scroll bar as it was last seen.
    int m_value = 0;
    int m_maximum = 0;
};

} // namespace fd
