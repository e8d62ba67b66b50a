// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/destination.h"

#include <QList>

namespace fd {

/// Where the window has been: what Back and Forward walk.
class PageHistory
{
public:
    /// Goes to a new place; what lay ahead is forgotten. The same place twice in a row counts once.
    void visit(const Destination &destination);
    [[nodiscard]] bool canGoBack() const { return m_position > 0; }
    [[nodiscard]] bool canGoForward() const { return m_position + 1 < m_places.size(); }
    /// Steps back and tells where that is; only when canGoBack().
    [[nodiscard]] Destination back();
    /// Steps forward and tells where that is; only when canGoForward().
    [[nodiscard]] Destination forward();
    /// The place shown now; the start page before the first visit.
    [[nodiscard]] Destination current() const;

    /// Older places than this are dropped.
    static constexpr int kLimit = 200;

private:
    QList<Destination> m_places;
    qsizetype m_position = -1;
};

} // namespace fd
