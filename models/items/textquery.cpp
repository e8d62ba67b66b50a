// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/textquery.h"

#include "models/items/textscan.h"

namespace fd {
namespace {

bool occurs(const QByteArray &word, std::string_view text)
{
    return scanFor({word.constData(), static_cast<size_t>(word.size())}, text) != std::string_view::npos;
}

} // namespace

QByteArray foldedForSearch(const QString &text) { return text.toCaseFolded().toUtf8(); }

QByteArray foldedForSearch(const QByteArray &utf8)
{
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::all_of(utf8.begin(), utf8.end(), isAscii))
        return foldedForSearch(QString::fromUtf8(utf8));
    return utf8.toLower();
}

TextQuery::TextQuery(const QString &typed)
{
    qsizetype at = 0;
    while (at < typed.size()) {
        if (typed[at].isSpace()) {
            ++at;
            continue;
        }
        const bool negated = typed[at] == u'-' && at + 1 < typed.size() && !typed[at + 1].isSpace();
        at += negated ? 1 : 0;
        const bool quoted = typed[at] == u'"';
        at += quoted ? 1 : 0;
        const qsizetype start = at;
        while (at < typed.size() && (quoted ? typed[at] != u'"' : !typed[at].isSpace()))
            ++at;
        const QByteArray word = foldedForSearch(typed.mid(start, at - start));
        at += quoted ? 1 : 0;
        if (!word.isEmpty())
            (negated ? m_without : m_words).append(word);
    }
    std::stable_sort(
        m_words.begin(), m_words.end(), [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
}

bool TextQuery::matches(std::string_view folded, qsizetype skip) const
{
    const auto found = [folded](const QByteArray &word) { return occurs(word, folded); };
    return std::all_of(m_words.begin() + skip, m_words.end(), found)
        && std::none_of(m_without.begin(), m_without.end(), found);
}

} // namespace fd
