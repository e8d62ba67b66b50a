// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace fd {

class LogView;

/// Search in a log: "n of m", next and previous with wrap-around.
class LogFinder : public QObject
{
    Q_OBJECT
public:
    explicit LogFinder(LogView *view);

    /// Searches and goes to the first hit at or after the current line; empty ends the search.
    void setTerm(const QString &term);
    [[nodiscard]] const QString &term() const { return m_term; }
    void next();
    void previous();
    /// "2 of 14", "14 found" while the current line is no hit, "none"; empty without a search.
    [[nodiscard]] QString summary() const;

signals:
    /// summary() is another now.
    void changed();

private:
    void onMatchesChanged();
    [[nodiscard]] int firstRow() const;

    LogView *m_view;
    QString m_term;
    /// The user just typed: the first hit is gone to when it is known.
    bool m_jump = false;
};

} // namespace fd
