// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logfollower.h"

#include "models/items/loglistmodel.h"

#include <QScrollBar>
#include <QTableView>

namespace fd {

LogFollower::LogFollower(QTableView *view, LogListModel *lines) : QObject(view), m_view(view)
{
    const QScrollBar *bar = view->verticalScrollBar();
    connect(lines, &LogListModel::appended, this, &LogFollower::onAppended);
    connect(bar, &QScrollBar::valueChanged, this, &LogFollower::onScrolled);
    connect(bar, &QScrollBar::actionTriggered, this, &LogFollower::onScrollAction);
    connect(bar, &QScrollBar::rangeChanged, this, &LogFollower::onRangeChanged);
}

void LogFollower::start()
{
    m_view->scrollToBottom();
    if (m_following && m_missed == 0)
        return;
    m_following = true;
    m_missed = 0;
    emit changed();
}

void LogFollower::stop()
{
    if (!m_following)
        return;
    m_following = false;
    m_missed = 0;
    emit changed();
}

void LogFollower::onAppended(int count)
{
    if (m_following) {
        m_view->scrollToBottom();
    } else if (count > 0) {
        m_missed += count;
        emit changed();
    }
}

// Up is up only in a list that did not become shorter meanwhile: a filter moves no hand.
void LogFollower::onScrolled(int value)
{
    const int maximum = m_view->verticalScrollBar()->maximum();
    const bool up = value < m_value && value < maximum && maximum >= m_maximum;
    m_value = value;
    m_maximum = maximum;
    if (up)
        stop();
}

// Only a hand that scrolls to the end starts following again; a list that becomes shorter does not.
void LogFollower::onScrollAction()
{
    const QScrollBar *bar = m_view->verticalScrollBar();
    if (bar->sliderPosition() >= bar->maximum() && !m_following)
        start();
}

void LogFollower::onRangeChanged()
{
    if (m_following)
        m_view->scrollToBottom();
    m_maximum = m_view->verticalScrollBar()->maximum();
}

} // namespace fd
