// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/prefect/jsonscan.h"

#include <QStringList>
#include <QUuid>

#include <simdjson.h>

#include <optional>
#include <span>
#include <string_view>

namespace fd {

/// Why a row is unreadable: the first member that is not what it must be.
struct RowFault {
    bool found = false;
    /// The text is no JSON in a way that leaves its neighbours in doubt.
    bool isStructural = false;
    QString field;
    QString detail;
};

/// One value on simdjson's way through a text, to be read at most once. Null reads as "nothing" or the fallback, and
/// so does everything after a fault.
class FieldReader
{
public:
    enum class Shape : quint8 { Null, Bool, Number, Text, Array, Object, None };

    FieldReader(simdjson::ondemand::value value, RowFault &fault);

    [[nodiscard]] Shape shape() const;
    [[nodiscard]] bool isNull() const { return m_token == "null"; }
    [[nodiscard]] bool hasFault() const { return m_fault.found; }
    /// The fault of the row that this value is part of.
    [[nodiscard]] RowFault &fault() const { return m_fault; }

    QString text();
    bool flag(bool fallback);
    std::optional<int> integer();
    /// A number of seconds as microseconds.
    qint64 secondsAsUs();
    std::optional<Instant> instant();
    QUuid uuid();
    /// A text as it stands between its quotes, for showing what an unreadable row is called.
    [[nodiscard]] QString rawText() const;
    QStringList texts();
    /// Compact JSON of an object; `fallback` for null.
    QByteArray objectText(const char *fallback);
    /// Compact JSON of whatever it is.
    QByteArray anyText();

    /// Calls `each(FieldReader &)` for the elements of an array.
    template<typename Each>
    void elements(Each each);
    /// Calls `each(std::string_view key, FieldReader &)` for the members of an object.
    template<typename Each>
    void members(Each each);

    /// The row is unreadable because of this value.
    void refuse(const QString &detail);
    void refuseShape(Shape expected);

private:
    bool expect(Shape expected);
    std::string_view wholeText();
    void refuseSyntax(simdjson::error_code error);

    simdjson::ondemand::value m_value;
    std::string_view m_token;
    RowFault &m_fault;
};

/// The text between the quotes of a key, still escaped.
[[nodiscard]] std::string_view keyText(simdjson::ondemand::raw_json_string key);
/// A sentence about JSON that simdjson or the scanner refused.
[[nodiscard]] QString syntaxSentence();
/// Puts `step` before the path of a fault that was found inside it.
void prependPath(RowFault &fault, const QString &step);

template<typename Each>
void FieldReader::elements(Each each)
{
    simdjson::ondemand::array array;
    if (isNull() || !expect(Shape::Array))
        return;
    if (const auto error = m_value.get_array().get(array))
        return refuseSyntax(error);
    int index = 0;
    for (auto element : array) {
        simdjson::ondemand::value value;
        if (const auto error = element.get(value))
            return refuseSyntax(error);
        FieldReader reader(value, m_fault);
        each(reader);
        if (m_fault.found)
            return prependPath(m_fault, QStringLiteral("[%1]").arg(index));
        ++index;
    }
}

template<typename Each>
void FieldReader::members(Each each)
{
    simdjson::ondemand::object object;
    if (isNull() || !expect(Shape::Object))
        return;
    if (const auto error = m_value.get_object().get(object))
        return refuseSyntax(error);
    for (auto field : object) {
        simdjson::ondemand::field member;
        if (const auto error = std::move(field).get(member))
            return refuseSyntax(error);
        const std::string_view key = keyText(member.key());
        FieldReader reader(member.value(), m_fault);
        each(key, reader);
        if (m_fault.found)
            return prependPath(m_fault, QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
    }
}

} // namespace fd
