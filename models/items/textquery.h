// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <string_view>

namespace fd {

/// `text` in the form that searching compares: case folded UTF-8.
[[nodiscard]] QByteArray foldedForSearch(const QString &text);
/// The same for UTF-8, which is mostly ASCII.
[[nodiscard]] QByteArray foldedForSearch(const QByteArray &utf8);

/// What is typed into a search field: words that must all occur, `"…"` for one with spaces, `-word` for one that
/// must not occur.
class TextQuery
{
public:
    TextQuery() = default;
    explicit TextQuery(const QString &typed);

    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty() && m_without.isEmpty(); }
    /// Words that must occur, the longest first.
    [[nodiscard]] const QList<QByteArray> &words() const { return m_words; }
    [[nodiscard]] const QList<QByteArray> &without() const { return m_without; }
    /// Whether a folded text has all words, from the `skip`-th on, and none of the unwanted ones.
    [[nodiscard]] bool matches(std::string_view folded, qsizetype skip = 0) const;

private:
    QList<QByteArray> m_words;
    QList<QByteArray> m_without;
};

} // namespace fd
