// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/yamltext.h"

#include "models/spec/spectext.h"

#include <algorithm>

namespace fd {
namespace {

constexpr char32_t kBroken = 0xFFFFFFFF;

/// Hands out the characters of UTF-8 bytes one by one; kBroken where Python's strict decoder would stop.
class Utf8Source
{
public:
    explicit Utf8Source(std::string_view bytes) : m_bytes(bytes) { }

    [[nodiscard]] bool atEnd() const { return m_next >= m_bytes.size(); }
    char32_t next()
    {
        const unsigned first = byteAt(m_next);
        if (first < 0x80) {
            ++m_next;
            return first;
        }
        const int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4)
            return kBroken;
        char32_t c = first & (0x7Fu >> length);
        for (int i = 1; i < length; ++i) {
            const unsigned follow = byteAt(m_next + static_cast<size_t>(i));
            if ((follow & 0xC0u) != 0x80)
                return kBroken;
            c = (c << 6) | (follow & 0x3Fu);
        }
        constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
        if (c < smallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            return kBroken;
        m_next += static_cast<size_t>(length);
        return c;
    }

private:
    [[nodiscard]] unsigned byteAt(size_t at) const
    {
        return at < m_bytes.size() ? static_cast<unsigned char>(m_bytes[at]) : 0;
    }

    std::string_view m_bytes;
    size_t m_next = 0;
};

/// The same for UTF-16.
class Utf16Source
{
public:
    Utf16Source(std::string_view bytes, bool bigEndian) : m_bytes(bytes), m_bigEndian(bigEndian) { }

    [[nodiscard]] bool atEnd() const { return m_next >= m_bytes.size(); }
    char32_t next()
    {
        const char32_t first = unitAt(m_next);
        if (first == kBroken || (first >= 0xDC00 && first <= 0xDFFF))
            return kBroken;
        m_next += 2;
        if (first < 0xD800 || first > 0xDFFF)
            return first;
        const char32_t second = unitAt(m_next);
        if (second < 0xDC00 || second > 0xDFFF)
            return kBroken;
        m_next += 2;
        return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    }

private:
    [[nodiscard]] char32_t unitAt(size_t at) const
    {
        if (at + 1 >= m_bytes.size())
            return kBroken;
        const auto a = static_cast<unsigned char>(m_bytes[at]);
        const auto b = static_cast<unsigned char>(m_bytes[at + 1]);
        return m_bigEndian ? static_cast<char32_t>((a << 8) | b) : static_cast<char32_t>((b << 8) | a);
    }

    std::string_view m_bytes;
    bool m_bigEndian;
    size_t m_next = 0;
};

/// PyYAML's NON_PRINTABLE, turned round.
bool isAllowed(char32_t c)
{
    if (c < 0x7F)
        return c >= 0x20 || c == U'\t' || c == U'\n' || c == U'\r';
    return c == 0x85 || (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

YamlMark endOf(std::u32string_view text)
{
    YamlMark mark;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool carriageReturn = text[i] == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n';
        if (isBreak(text[i]) && !carriageReturn) {
            ++mark.line;
            mark.column = 0;
        } else if (text[i] != 0xFEFF) {
            ++mark.column;
        }
    }
    mark.index = static_cast<int>(text.size());
    return mark;
}

template<typename Source>
std::u32string decode(Source source, qsizetype size)
{
    std::u32string text;
    text.reserve(static_cast<size_t>(size) + 4);
    while (!source.atEnd()) {
        const char32_t c = source.next();
        if (c == kBroken)
            failAt(endOf(text), Spec::tr("This byte is no valid text; save the file as UTF-8."));
        text.push_back(c);
    }
    if (const auto found = std::find_if_not(text.begin(), text.end(), isAllowed); found != text.end()) {
        const QString code = QString::number(*found, 16).toUpper().rightJustified(4, QLatin1Char('0'));
        failAt(
            endOf({text.begin(), found}), Spec::tr("The control character U+%1 is not allowed; remove it.").arg(code));
    }
    text.append(4, U'\0');
    return text;
}

} // namespace

void failAt(YamlMark mark, const QString &detail)
{
    throw YamlFailure{{.kind = ErrorKind::Parse,
        .detail = detail,
        .field = {},
        .file = {},
        .line = mark.line + 1,
        .column = mark.column + 1}};
}

std::u32string decodeYaml(const QByteArray &bytes)
{
    const std::string_view view(bytes.constData(), static_cast<size_t>(bytes.size()));
    if (view.starts_with("\xFF\xFE"))
        return decode(Utf16Source(view, false), bytes.size() / 2);
    if (view.starts_with("\xFE\xFF"))
        return decode(Utf16Source(view, true), bytes.size() / 2);
    return decode(Utf8Source(view), bytes.size());
}

void appendUtf8(std::string &text, char32_t c)
{
    if (c < 0x80) {
        text.push_back(static_cast<char>(c));
        return;
    }
    if (c < 0x800) {
        text.push_back(static_cast<char>(0xC0 | (c >> 6)));
    } else {
        if (c < 0x10000) {
            text.push_back(static_cast<char>(0xE0 | (c >> 12)));
        } else {
            text.push_back(static_cast<char>(0xF0 | (c >> 18)));
            text.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
        }
        text.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    }
    text.push_back(static_cast<char>(0x80 | (c & 0x3F)));
}

std::string toUtf8(std::u32string_view text)
{
    std::string utf8;
    utf8.reserve(text.size());
    for (const char32_t c : text)
        appendUtf8(utf8, c);
    return utf8;
}

} // namespace fd
