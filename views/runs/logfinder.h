// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logsearch.h"

#include <QObject>

namespace fd {

class LogView;

/// Search in a log: "n of m", next and previous with wrap-around.
class LogFinder : public QObject
{
    Q_OBJECT
public:
    explicit LogFinder(LogView *view);

    /// Searches and goes to the first hit at or after the current line; empty ends the search.
    void setSearch(const LogSearch &search);
    [[nodiscard]] const LogSearch &search() const { return m_search; }
    void next();
    void previous();
    /// "2 of 14", "14 found" while the current line is no hit, "none", "not valid"; empty without a search.
    [[nodiscard]] QString summary() const;

signals:
    /// summary() is another now.
    void changed();

private:
    void onMatchesChanged();
    [[nodiscard]] int firstRow() const;

    LogView *m_view;
    LogSearch m_search;
    /// The user just typed: the first hit is gone to when it is known.
    bool m_jump = false;
};

} // namespace fd
