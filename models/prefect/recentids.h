// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QUuid>

#include <deque>

namespace fd {

/// The last so many ids, to tell what was seen before.
class RecentIds
{
public:
    explicit RecentIds(std::size_t most) : m_most(most) { }

    /// False when it is one of them already.
    bool add(const QUuid &id)
    {
        if (m_ids.contains(id))
            return false;
        m_ids.insert(id);
        m_order.push_back(id);
        if (m_order.size() > m_most) {
            m_ids.remove(m_order.front());
            m_order.pop_front();
        }
        return true;
    }

private:
    std::size_t m_most;
    QSet<QUuid> m_ids;
    std::deque<QUuid> m_order;
};

} // namespace fd
