// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/jsonscan.h"

#include <array>
#include <charconv>
#include <cstring>

namespace fd {
namespace {

constexpr int kStackDepth = 1024;

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Walks over one value. The stack keeps, for each open bracket, where the current key starts or the current index.
class Scanner
{
public:
    Scanner(std::string_view text, JsonRules rules)
        : m_begin(text.data()), m_at(m_begin), m_end(m_begin + text.size()), m_rules(rules)
    {
        m_rules.maxDepth = std::min(rules.maxDepth, kStackDepth);
    }

    JsonScan run()
    {
        JsonScan scan;
        if (!takeDocument())
            scan.fault = JsonFault{.kind = m_kind, .offset = m_at - m_begin, .path = path()};
        scan.isCompact = m_isCompact;
        return scan;
    }

private:
    struct Level {
        bool isObject;
        /// Offset of the current key's first character, or the current element's index.
        qsizetype place;
    };

    char peek() const { return m_at == m_end ? '\0' : *m_at; }

    void skipSpace()
    {
        while (m_at != m_end && isSpace(*m_at)) {
            m_isCompact = false;
            ++m_at;
        }
    }

    bool failHere(JsonFault::Kind kind)
    {
        m_kind = kind;
        return false;
    }

    bool takeDocument()
    {
        skipSpace();
        do {
            if (!takeValue())
                return false;
        } while (m_depth > 0);
        skipSpace();
        return m_at == m_end;
    }

    /// One scalar, or an opening bracket and the way to the first value in it; then all that closes behind it.
    bool takeValue()
    {
        switch (peek()) {
        case '{':
        case '[':
            if (!open())
                return false;
            if (m_opened)
                return true;
            break;
        case '"':
            if (!takeString())
                return false;
            break;
        case 't':
            if (!takeWord("true"))
                return false;
            break;
        case 'f':
            if (!takeWord("false"))
                return false;
            break;
        case 'n':
            if (!takeWord("null"))
                return false;
            break;
        default:
            if (!takeNumber())
                return false;
        }
        return closeOrGoOn();
    }

    /// Sets `m_opened` when a value follows; clears it when the brackets are empty.
    bool open()
    {
        if (m_depth == m_rules.maxDepth)
            return failHere(JsonFault::Kind::Depth);
        const bool isObject = *m_at == '{';
        ++m_at;
        skipSpace();
        m_opened = peek() != (isObject ? '}' : ']');
        if (!m_opened) {
            ++m_at;
            return true;
        }
        m_stack[static_cast<size_t>(m_depth++)] = {isObject, 0};
        return !isObject || takeKey();
    }

    bool takeKey()
    {
        if (peek() != '"')
            return false;
        m_stack[static_cast<size_t>(m_depth - 1)].place = m_at + 1 - m_begin;
        if (!takeString())
            return false;
        skipSpace();
        if (peek() != ':')
            return false;
        ++m_at;
        skipSpace();
        return true;
    }

    bool closeOrGoOn()
    {
        while (m_depth > 0) {
            skipSpace();
            Level &level = m_stack[static_cast<size_t>(m_depth - 1)];
            const char c = peek();
            if (c == ',') {
                ++m_at;
                skipSpace();
                if (level.isObject)
                    return takeKey();
                ++level.place;
                return true;
            }
            if (c != (level.isObject ? '}' : ']'))
                return false;
            ++m_at;
            --m_depth;
        }
        return true;
    }

    bool takeWord(std::string_view word)
    {
        if (std::string_view(m_at, static_cast<size_t>(m_end - m_at)).substr(0, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }

    /// Eight bytes at once while none of them is a quote, a backslash, a control character or (when asked) not ASCII.
    void skipPlain()
    {
        constexpr quint64 kOnes = 0x0101010101010101;
        constexpr quint64 kHighs = 0x8080808080808080;
        while (m_end - m_at >= 8) {
            quint64 bytes;
            std::memcpy(&bytes, m_at, 8);
            const quint64 quote = bytes ^ (kOnes * '"');
            const quint64 backslash = bytes ^ (kOnes * '\\');
            quint64 special
                = (((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash) | ((bytes - kOnes * 0x20) & ~bytes));
            if (m_rules.checkUtf8)
                special |= bytes;
            if ((special & kHighs) != 0)
                return;
            m_at += 8;
        }
    }

    bool takeString()
    {
        ++m_at;
        while (true) {
            skipPlain();
            if (m_at == m_end)
                return false;
            const auto c = static_cast<unsigned char>(*m_at);
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c == '\\') {
                if (!takeEscape())
                    return false;
            } else if (c < 0x20) {
                return false;
            } else if (c >= 0x80 && m_rules.checkUtf8) {
                if (!takeUtf8())
                    return false;
            } else {
                ++m_at;
            }
        }
    }

    /// The code unit of a \uXXXX at `at`; -1 when it is none.
    int codeUnit(const char *at) const
    {
        if (m_end - at < 6 || at[0] != '\\' || at[1] != 'u')
            return -1;
        int unit = 0;
        const auto [end, error] = std::from_chars(at + 2, at + 6, unit, 16);
        return error == std::errc() && end == at + 6 && at[2] != '-' ? unit : -1;
    }

    bool takeEscape()
    {
        if (m_end - m_at < 2)
            return false;
        if (m_at[1] != 'u') {
            if (!std::strchr("\"\\/bfnrt", m_at[1]) || m_at[1] == '\0')
                return false;
            m_at += 2;
            return true;
        }
        const int unit = codeUnit(m_at);
        if (unit < 0)
            return false;
        if (unit < 0xD800 || unit > 0xDFFF) {
            m_at += 6;
            return true;
        }
        const int next = codeUnit(m_at + 6);
        if (unit > 0xDBFF || next < 0xDC00 || next > 0xDFFF)
            return failHere(JsonFault::Kind::LoneSurrogate);
        m_at += 12;
        return true;
    }

    bool takeUtf8()
    {
        const auto byte = [this](int i) {
            return m_at + i < m_end ? static_cast<unsigned>(static_cast<unsigned char>(m_at[i])) : 0U;
        };
        const unsigned lead = byte(0);
        const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        unsigned code = lead & (0xFFU >> (length + 1));
        bool isValid = lead >= 0xC2 && lead <= 0xF4;
        for (int i = 1; isValid && i < length; ++i) {
            isValid = (byte(i) & 0xC0U) == 0x80U;
            code = code << 6 | (byte(i) & 0x3FU);
        }
        constexpr std::array<unsigned, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
        if (!isValid || code < kSmallest[static_cast<size_t>(length)] || code > 0x10FFFF)
            return failHere(JsonFault::Kind::NotUtf8);
        if (code >= 0xD800 && code <= 0xDFFF)
            return failHere(JsonFault::Kind::LoneSurrogate);
        m_at += length;
        return true;
    }

    bool takeDigits()
    {
        const char *first = m_at;
        while (m_at != m_end && isDigit(*m_at))
            ++m_at;
        return m_at != first;
    }

    bool takeNumber()
    {
        const char *first = m_at;
        const bool isNegative = peek() == '-';
        if (isNegative)
            ++m_at;
        if (peek() == 'N' || peek() == 'I')
            return failHere(JsonFault::Kind::NotFinite);
        const bool leadingZero = peek() == '0';
        const char *digits = m_at;
        if (!takeDigits() || (leadingZero && m_at - digits > 1))
            return false;
        bool isInteger = true;
        if (peek() == '.') {
            isInteger = false;
            ++m_at;
            if (!takeDigits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            isInteger = false;
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!takeDigits())
                return false;
        }
        if (!m_rules.checkIntegers || !isInteger)
            return true;
        qint64 asSigned = 0;
        quint64 asUnsigned = 0;
        const auto parsed
            = isNegative ? std::from_chars(first, m_at, asSigned) : std::from_chars(first, m_at, asUnsigned);
        if (parsed.ec != std::errc()) {
            m_at = first;
            return failHere(JsonFault::Kind::IntegerRange);
        }
        return true;
    }

    QString path() const
    {
        QString path;
        for (int i = 0; i < m_depth; ++i) {
            const Level &level = m_stack[static_cast<size_t>(i)];
            if (!level.isObject) {
                path += QStringLiteral("[%1]").arg(level.place);
                continue;
            }
            const char *key = m_begin + level.place;
            const char *quote = key;
            while (quote < m_end && *quote != '"')
                quote += *quote == '\\' ? 2 : 1;
            if (!path.isEmpty())
                path += QLatin1Char('.');
            path += QString::fromUtf8(key, std::min(quote, m_end) - key);
        }
        return path;
    }

    const char *m_begin;
    const char *m_at;
    const char *m_end;
    JsonRules m_rules;
    std::array<Level, kStackDepth> m_stack;
    int m_depth = 0;
    bool m_opened = false;
    bool m_isCompact = true;
    JsonFault::Kind m_kind = JsonFault::Kind::Syntax;
};

/// The position behind the string that starts at `at`.
size_t behindString(std::string_view text, size_t at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

} // namespace

JsonScan scanJson(std::string_view text, JsonRules rules) { return Scanner(text, rules).run(); }

std::optional<QByteArray> compactJson(std::string_view text)
{
    const JsonScan scan = scanJson(text);
    if (scan.fault)
        return std::nullopt;
    if (scan.isCompact)
        return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    QByteArray compact;
    compact.reserve(static_cast<qsizetype>(text.size()));
    for (size_t at = 0; at < text.size();) {
        const size_t next = text[at] == '"' ? behindString(text, at) : at + 1;
        if (!isSpace(text[at]))
            compact.append(text.data() + at, static_cast<qsizetype>(next - at));
        at = next;
    }
    return compact;
}

bool isJsonNumber(std::string_view text)
{
    return !text.empty() && (isDigit(text.front()) || text.front() == '-') && !scanJson(text).fault;
}

std::optional<std::vector<std::string_view>> splitArray(std::string_view text)
{
    text = trimmedJson(text);
    if (text.size() < 2 || text.front() != '[' || text.back() != ']')
        return std::nullopt;
    std::vector<std::string_view> elements;
    int depth = 0;
    size_t start = 1;
    size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = behindString(text, at);
            continue;
        }
        if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
        if ((c == ',' && depth == 1) || depth == 0) {
            elements.push_back(trimmedJson(text.substr(start, at - start)));
            start = at + 1;
        }
        ++at;
        if (depth == 0)
            break;
    }
    if (depth != 0 || at != text.size())
        return std::nullopt;
    if (elements.size() == 1 && elements.front().empty())
        elements.clear();
    return elements;
}

std::string_view trimmedJson(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace fd
