// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

namespace fd {

/// What is looked for in a log: a text or a pattern, whatever its case.
struct LogSearch {
    QString text = {};
    /// The text is a regular expression.
    bool isPattern = false;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); }
    /// Why the pattern is none, in the words of the pattern library; empty for a good one.
    [[nodiscard]] QString problem() const;
    /// Finds it. Lines that take too many steps are no hits, so that no pattern takes for ever. Matches nothing while
    /// there is a problem or nothing to look for.
    [[nodiscard]] QRegularExpression expression() const;

    friend bool operator==(const LogSearch &, const LogSearch &) = default;
};

} // namespace fd
