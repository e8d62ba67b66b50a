// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/pagehistory.h"

namespace fd {

void PageHistory::visit(const Destination &destination)
{
    if (m_position >= 0 && m_places.at(m_position) == destination)
        return;
    m_places.resize(m_position + 1);
    m_places.append(destination);
    if (m_places.size() > kLimit)
        m_places.removeFirst();
    m_position = m_places.size() - 1;
}

Destination PageHistory::back()
{
    Q_ASSERT(canGoBack());
    return m_places.at(--m_position);
}

Destination PageHistory::forward()
{
    Q_ASSERT(canGoForward());
    return m_places.at(++m_position);
}

Destination PageHistory::current() const { return m_position >= 0 ? m_places.at(m_position) : Destination{}; }

} // namespace fd
