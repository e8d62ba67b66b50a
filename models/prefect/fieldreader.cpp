// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/fieldreader.h"

#include "models/prefect/codectext.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace fd {
namespace {

using Shape = FieldReader::Shape;

Shape shapeOf(std::string_view token)
{
    switch (token.empty() ? '\0' : token.front()) {
    case 'n':
        return token == "null" ? Shape::Null : Shape::None;
    case 't':
    case 'f':
        return token == "true" || token == "false" ? Shape::Bool : Shape::None;
    case '"':
        return token.size() > 1 && token.back() == '"' ? Shape::Text : Shape::None;
    case '[':
        return Shape::Array;
    case '{':
        return Shape::Object;
    default:
        return isJsonNumber(token) ? Shape::Number : Shape::None;
    }
}

QString shapeWord(Shape shape)
{
    switch (shape) {
    case Shape::Null:
        return CodecText::tr("null");
    case Shape::Bool:
        return CodecText::tr("a boolean");
    case Shape::Number:
        return CodecText::tr("a number");
    case Shape::Text:
        return CodecText::tr("a text");
    case Shape::Array:
        return CodecText::tr("a list");
    case Shape::Object:
        return CodecText::tr("an object");
    case Shape::None:
        break;
    }
    return CodecText::tr("something that is not JSON");
}

/// The value of a hexadecimal digit; 255 for any other character.
constexpr std::array<quint8, 256> kHexDigits = [] {
    std::array<quint8, 256> values{};
    values.fill(255);
    for (quint8 i = 0; i < 10; ++i)
        values[static_cast<size_t>('0' + i)] = i;
    for (quint8 i = 0; i < 6; ++i) {
        values[static_cast<size_t>('a' + i)] = static_cast<quint8>(10 + i);
        values[static_cast<size_t>('A' + i)] = static_cast<quint8>(10 + i);
    }
    return values;
}();

/// Reads 8-4-4-4-12 digits; null when they are not that.
QUuid uuidFromDigits(std::string_view text)
{
    if (text.size() != 36)
        return {};
    std::array<char, 16> bytes{};
    quint8 refused = 0;
    size_t at = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            refused |= text[at++] == '-' ? 0 : 0x80;
        const quint8 high = kHexDigits[static_cast<uchar>(text[at])];
        const quint8 low = kHexDigits[static_cast<uchar>(text[at + 1])];
        refused |= (high | low) & 0x80;
        bytes[i] = static_cast<char>(high << 4 | low);
        at += 2;
    }
    return refused != 0 ? QUuid() : QUuid::fromRfc4122(QByteArrayView(bytes.data(), bytes.size()));
}

} // namespace

std::string_view keyText(simdjson::ondemand::raw_json_string key)
{
    const char *begin = key.raw();
    const char *quote = begin;
    while (*quote != '"')
        quote += *quote == '\\' ? 2 : 1;
    return {begin, static_cast<size_t>(quote - begin)};
}

QString syntaxSentence() { return CodecText::tr("The server sent something that is not JSON."); }

void prependPath(RowFault &fault, const QString &step)
{
    if (!fault.field.isEmpty() && !fault.field.startsWith(QLatin1Char('[')))
        fault.field.prepend(QLatin1Char('.'));
    fault.field.prepend(step);
}

FieldReader::FieldReader(simdjson::ondemand::value value, RowFault &fault)
    : m_value(value), m_token(trimmedJson(m_value.raw_json_token())), m_fault(fault)
{
}

FieldReader::Shape FieldReader::shape() const { return shapeOf(m_token); }

void FieldReader::refuse(const QString &detail)
{
    if (m_fault.found)
        return;
    m_fault.found = true;
    m_fault.detail = detail;
}

void FieldReader::refuseShape(Shape expected)
{
    refuse(CodecText::tr("The server sent %1 where %2 is expected.").arg(shapeWord(shape()), shapeWord(expected)));
}

void FieldReader::refuseSyntax(simdjson::error_code error)
{
    m_fault.isStructural = m_fault.isStructural || error != simdjson::STRING_ERROR;
    refuse(syntaxSentence());
}

bool FieldReader::expect(Shape expected)
{
    if (m_fault.found)
        return false;
    if (shape() == expected)
        return true;
    refuseShape(expected);
    return false;
}

QString FieldReader::text()
{
    if (isNull() || !expect(Shape::Text))
        return {};
    const std::string_view inner = m_token.substr(1, m_token.size() - 2);
    if (!std::memchr(inner.data(), '\\', inner.size()))
        return QString::fromUtf8(inner.data(), static_cast<qsizetype>(inner.size()));
    std::string_view resolved;
    if (m_value.get_string().get(resolved) != simdjson::SUCCESS) {
        refuse(CodecText::tr("The server sent a text with a character that cannot exist."));
        return {};
    }
    return QString::fromUtf8(resolved.data(), static_cast<qsizetype>(resolved.size()));
}

bool FieldReader::flag(bool fallback) { return isNull() || !expect(Shape::Bool) ? fallback : m_token == "true"; }

std::optional<int> FieldReader::integer()
{
    if (isNull() || !expect(Shape::Number))
        return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(m_token.data(), m_token.data() + m_token.size(), value);
    if (error == std::errc() && end == m_token.data() + m_token.size())
        return value;
    refuse(CodecText::tr("The server sent a number that is not an integer of this size."));
    return std::nullopt;
}

qint64 FieldReader::secondsAsUs()
{
    if (isNull() || !expect(Shape::Number))
        return 0;
    constexpr double kMost = 9e12;
    double value = 0;
    const auto [end, error] = std::from_chars(m_token.data(), m_token.data() + m_token.size(), value);
    if (error == std::errc() && std::abs(value) < kMost)
        return std::llround(value * 1e6);
    refuse(CodecText::tr("The server sent a duration that is too long."));
    return 0;
}

std::optional<Instant> FieldReader::instant()
{
    if (isNull() || !expect(Shape::Text))
        return std::nullopt;
    const auto instant
        = instantFromIso(QLatin1StringView(m_token.data() + 1, static_cast<qsizetype>(m_token.size()) - 2));
    if (!instant)
        refuse(CodecText::tr("The server sent a text that is not a time with its offset."));
    return instant;
}

QUuid FieldReader::uuid()
{
    if (isNull() || !expect(Shape::Text))
        return {};
    const std::string_view inner = m_token.substr(1, m_token.size() - 2);
    const QUuid uuid = uuidFromDigits(inner);
    if (uuid.isNull())
        refuse(CodecText::tr("The server sent a text that is not an id."));
    return uuid;
}

QString FieldReader::rawText() const
{
    return shape() == Shape::Text ? QString::fromUtf8(m_token.data() + 1, static_cast<qsizetype>(m_token.size()) - 2)
                                  : QString();
}

QStringList FieldReader::texts()
{
    QStringList list;
    elements([&list](FieldReader &element) {
        if (element.isNull())
            element.refuseShape(Shape::Text);
        list.append(element.text());
    });
    return list;
}

std::string_view FieldReader::wholeText()
{
    std::string_view whole = m_token;
    simdjson::error_code error = simdjson::SUCCESS;
    if (m_token == "[") {
        simdjson::ondemand::array array;
        error = m_value.get_array().get(array);
        if (!error)
            error = array.raw_json().get(whole);
    } else if (m_token == "{") {
        simdjson::ondemand::object object;
        error = m_value.get_object().get(object);
        if (!error)
            error = object.raw_json().get(whole);
    }
    if (error)
        refuseSyntax(error);
    return trimmedJson(whole);
}

QByteArray FieldReader::anyText()
{
    const std::string_view whole = wholeText();
    if (hasFault())
        return {};
    if (auto compact = compactJson(whole))
        return *std::move(compact);
    const auto fault = scanJson(whole).fault;
    refuse(syntaxSentence());
    m_fault.field = fault ? fault->path : QString();
    return {};
}

QByteArray FieldReader::objectText(const char *fallback)
{
    return isNull() || !expect(Shape::Object) ? QByteArray(fallback) : anyText();
}

} // namespace fd
