// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace fd {

/// Walks over the members of one flat JSON object of numbers, strings and null, without making a tree.
/// Anything else stops it; the caller then takes the long way.
class JsonScanner
{
public:
    explicit JsonScanner(QByteArrayView text);

    /// Moves to the next member; false at the end or when the text is not what this class reads.
    bool next();
    /// True when the whole object was read.
    [[nodiscard]] bool isComplete() const { return m_complete; }

    [[nodiscard]] QByteArrayView key() const { return m_key; }
    /// The value's text: a number, a word, or what is between the quotes, still escaped.
    [[nodiscard]] QByteArrayView raw() const { return m_raw; }
    [[nodiscard]] bool isString() const { return m_isString; }
    [[nodiscard]] qint64 integer() const;
    /// The string with its escapes resolved. Invalid UTF-8 becomes U+FFFD.
    [[nodiscard]] QString string() const;

private:
    std::optional<QByteArrayView> takeString(bool &escaped);
    bool takeValue();
    bool take(char expected);

    const char *m_at;
    const char *m_end;
    QByteArrayView m_key;
    QByteArrayView m_raw;
    bool m_isString = false;
    bool m_escaped = false;
    bool m_first = true;
    bool m_complete = false;
};

} // namespace fd
