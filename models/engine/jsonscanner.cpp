// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/jsonscanner.h"

#include <charconv>
#include <cstring>

namespace fd {
namespace {

/// The character of a short escape; 0 for an unknown one.
char16_t shortEscape(char letter)
{
    switch (letter) {
    case 'n':
        return u'\n';
    case 't':
        return u'\t';
    case 'r':
        return u'\r';
    case 'b':
        return u'\b';
    case 'f':
        return u'\f';
    case '"':
    case '\\':
    case '/':
        return static_cast<char16_t>(letter);
    default:
        return 0;
    }
}

/// Resolves one escape at `at` (behind the backslash) and returns what follows it.
const char *takeEscape(const char *at, const char *end, QString &text)
{
    if (*at == 'u' && end - at >= 5) {
        unsigned code = 0;
        std::from_chars(at + 1, at + 5, code, 16);
        text.append(QChar(static_cast<char16_t>(code)));
        return at + 5;
    }
    const char16_t plain = shortEscape(*at);
    text.append(plain != 0 ? QChar(plain) : QChar(QChar::ReplacementCharacter));
    return at + 1;
}

} // namespace

JsonScanner::JsonScanner(QByteArrayView text) : m_at(text.data()), m_end(text.data() + text.size())
{
    if (!take('{'))
        m_at = m_end;
}

bool JsonScanner::take(char expected)
{
    if (m_at == m_end || *m_at != expected)
        return false;
    ++m_at;
    return true;
}

bool JsonScanner::next()
{
    if (take('}')) {
        m_complete = m_at == m_end;
        return false;
    }
    if (!m_first && !take(','))
        return false;
    m_first = false;
    bool escapedKey = false;
    const auto key = takeString(escapedKey);
    if (!key || escapedKey || !take(':'))
        return false;
    m_key = *key;
    return takeValue();
}

std::optional<QByteArrayView> JsonScanner::takeString(bool &escaped)
{
    if (!take('"'))
        return {};
    const char *begin = m_at;
    const void *quote = std::memchr(begin, '"', static_cast<size_t>(m_end - begin));
    if (!quote)
        return {};
    m_at = static_cast<const char *>(quote);
    const void *escape = std::memchr(begin, '\\', static_cast<size_t>(m_at - begin));
    escaped = escape;
    if (escaped) {
        for (m_at = static_cast<const char *>(escape); m_at < m_end && *m_at != '"'; ++m_at) {
            if (*m_at == '\\' && ++m_at == m_end)
                return {};
        }
        if (m_at >= m_end)
            return {};
    }
    const QByteArrayView value(begin, m_at);
    ++m_at;
    return value;
}

bool JsonScanner::takeValue()
{
    m_isString = m_at != m_end && *m_at == '"';
    if (m_isString) {
        const auto value = takeString(m_escaped);
        m_raw = value.value_or(QByteArrayView());
        return value.has_value();
    }
    const char *begin = m_at;
    while (m_at != m_end && (std::isalnum(static_cast<unsigned char>(*m_at)) || *m_at == '-' || *m_at == '.'))
        ++m_at;
    m_raw = QByteArrayView(begin, m_at);
    return !m_raw.isEmpty();
}

qint64 JsonScanner::integer() const
{
    qint64 value = 0;
    std::from_chars(m_raw.data(), m_raw.data() + m_raw.size(), value);
    return value;
}

QString JsonScanner::string() const
{
    if (!m_escaped)
        return QString::fromUtf8(m_raw);
    QString text;
    text.reserve(m_raw.size());
    const char *at = m_raw.data();
    const char *end = at + m_raw.size();
    while (at != end) {
        const void *found = std::memchr(at, '\\', static_cast<size_t>(end - at));
        const char *escape = found ? static_cast<const char *>(found) : end;
        text.append(QString::fromUtf8(at, escape - at));
        at = escape == end ? end : takeEscape(escape + 1, end, text);
    }
    return text;
}

} // namespace fd
