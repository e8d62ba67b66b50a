// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/yamlscalar.h"

#include "models/spec/spectext.h"
#include "models/spec/yamlnumber.h"

#include <QDate>

#include <algorithm>

namespace fd {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Reads a text from left to right, the way the regular expressions of PyYAML's resolver are written.
class Pattern
{
public:
    explicit Pattern(std::string_view text) : m_rest(text) { }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    bool take(char c)
    {
        if (!m_rest.starts_with(c))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    bool takeAnyOf(std::string_view set)
    {
        return !m_rest.empty() && set.find(m_rest.front()) != std::string_view::npos && take(m_rest.front());
    }
    /// Takes all that follow; true when there were at least `least`.
    bool takeAll(std::string_view set, size_t least = 1)
    {
        const size_t length = std::min(m_rest.find_first_not_of(set), m_rest.size());
        m_rest.remove_prefix(length);
        return length >= least;
    }
    /// Takes up to `most` digits and gives their number; -1 when there are fewer than `least`.
    int takeNumber(size_t least, size_t most)
    {
        const size_t length = std::min({m_rest.find_first_not_of(kDigits), m_rest.size(), most});
        if (length < least)
            return -1;
        int number = 0;
        for (const char c : m_rest.substr(0, length))
            number = number * 10 + (c - '0');
        m_rest.remove_prefix(length);
        return number;
    }
    /// (?::[0-5]?[0-9])+
    bool takeBase60()
    {
        int groups = 0;
        for (; take(':'); ++groups) {
            const int number = takeNumber(1, 2);
            if (number < 0 || number > 59)
                return false;
        }
        return groups > 0;
    }
    [[nodiscard]] std::string_view rest() const { return m_rest; }

    static constexpr std::string_view kDigits = "0123456789";
    static constexpr std::string_view kDigitsOrGap = "0123456789_";

private:
    std::string_view m_rest;
};

bool isBool(std::string_view text)
{
    constexpr std::string_view words[] = {"yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false",
        "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF"};
    return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

bool isNull(std::string_view text)
{
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool takesExponentToEnd(Pattern &pattern)
{
    if (pattern.atEnd())
        return true;
    return pattern.takeAnyOf("eE") && pattern.takeAnyOf("+-") && pattern.takeAll(Pattern::kDigits) && pattern.atEnd();
}

bool isFloat(std::string_view text)
{
    if (text == ".nan" || text == ".NaN" || text == ".NAN")
        return true;
    Pattern pattern(text);
    const bool hasSign = pattern.takeAnyOf("+-");
    if (pattern.take('.')) {
        if (pattern.rest() == "inf" || pattern.rest() == "Inf" || pattern.rest() == "INF")
            return true;
        return !hasSign && pattern.takeAnyOf(Pattern::kDigits) && pattern.takeAll(Pattern::kDigitsOrGap, 0)
            && takesExponentToEnd(pattern);
    }
    if (!pattern.takeAnyOf(Pattern::kDigits))
        return false;
    pattern.takeAll(Pattern::kDigitsOrGap, 0);
    const bool isBase60 = pattern.rest().starts_with(':');
    if ((isBase60 && !pattern.takeBase60()) || !pattern.take('.'))
        return false;
    pattern.takeAll(Pattern::kDigitsOrGap, 0);
    return isBase60 ? pattern.atEnd() : takesExponentToEnd(pattern);
}

bool isInt(std::string_view text)
{
    Pattern pattern(text);
    pattern.takeAnyOf("+-");
    if (pattern.take('0')) {
        if (pattern.atEnd())
            return true;
        if (pattern.take('b'))
            return pattern.takeAll("01_") && pattern.atEnd();
        if (pattern.take('x'))
            return pattern.takeAll("0123456789abcdefABCDEF_") && pattern.atEnd();
        return pattern.takeAll("01234567_") && pattern.atEnd();
    }
    if (!pattern.takeAnyOf(Pattern::kDigits))
        return false;
    pattern.takeAll(Pattern::kDigitsOrGap, 0);
    return pattern.atEnd() || (pattern.takeBase60() && pattern.atEnd());
}

/// The parts of a timestamp; -1 for what is absent.
struct TimestampParts {
    int year = -1;
    int month = -1;
    int day = -1;
    int hour = -1;
    int minute = -1;
    int second = -1;
    int microsecond = 0;
    bool hasOffset = false;
    int offsetSign = 1;
    int offsetHour = 0;
    int offsetMinute = 0;
};

bool readOffset(Pattern &pattern, TimestampParts &parts)
{
    pattern.takeAll(" \t", 0);
    parts.hasOffset = true;
    if (pattern.take('Z'))
        return pattern.atEnd();
    parts.offsetSign = pattern.rest().starts_with('-') ? -1 : 1;
    if (!pattern.takeAnyOf("+-"))
        return false;
    parts.offsetHour = pattern.takeNumber(1, 2);
    if (pattern.take(':')) {
        parts.offsetMinute = pattern.takeNumber(2, 2);
        if (parts.offsetMinute < 0)
            return false;
    }
    return parts.offsetHour >= 0 && pattern.atEnd();
}

/// The regular expression of PyYAML's construct_yaml_timestamp; it takes what the resolver's takes, and single-digit
/// dates without time besides.
bool readTimestamp(std::string_view text, TimestampParts &parts)
{
    Pattern pattern(text);
    parts.year = pattern.takeNumber(4, 4);
    if (parts.year < 0 || !pattern.take('-'))
        return false;
    parts.month = pattern.takeNumber(1, 2);
    if (parts.month < 0 || !pattern.take('-'))
        return false;
    parts.day = pattern.takeNumber(1, 2);
    if (parts.day < 0 || pattern.atEnd())
        return parts.day >= 0;
    if (!pattern.takeAnyOf("Tt") && !pattern.takeAll(" \t"))
        return false;
    parts.hour = pattern.takeNumber(1, 2);
    if (parts.hour < 0 || !pattern.take(':'))
        return false;
    parts.minute = pattern.takeNumber(2, 2);
    if (parts.minute < 0 || !pattern.take(':'))
        return false;
    parts.second = pattern.takeNumber(2, 2);
    if (parts.second < 0)
        return false;
    if (pattern.take('.')) {
        const std::string_view all = pattern.rest();
        pattern.takeAll(Pattern::kDigits, 0);
        std::string digits(all.substr(0, std::min<size_t>(all.size() - pattern.rest().size(), 6)));
        digits.resize(6, '0');
        parts.microsecond = std::stoi(digits);
    }
    return pattern.atEnd() || readOffset(pattern, parts);
}

bool isTimestamp(std::string_view text)
{
    TimestampParts parts;
    if (text.size() < 8 || !isDigit(text[0]) || text[4] != '-' || !readTimestamp(text, parts))
        return false;
    // A date alone needs two digits for month and day.
    return parts.hour >= 0 || text.size() == 10;
}

tl::unexpected<Error> noSuchValue(const QString &what, std::string_view text)
{
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<size_t>(text.size(), 40)));
    return fail(ErrorKind::Validation, what.arg(shown));
}

Result<YamlValue> makeTimestamp(std::string_view text)
{
    TimestampParts parts;
    const QString sentence
        = Spec::tr("\"%1\" looks like a date or time but is none; correct it, or put text in quotes.");
    if (!readTimestamp(text, parts))
        return noSuchValue(sentence, text);
    const QDate date(parts.year, parts.month, parts.day);
    if (!date.isValid() || parts.year < 1)
        return noSuchValue(sentence, text);
    YamlValue value{.type = YamlType::Date, .text = date.toString(Qt::ISODate).toStdString()};
    if (parts.hour < 0)
        return value;
    const int offset = parts.offsetHour * 60 + parts.offsetMinute;
    if (parts.hour > 23 || parts.minute > 59 || parts.second > 59 || offset >= 24 * 60)
        return noSuchValue(sentence, text);
    const auto twoDigits = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    value.type = YamlType::Timestamp;
    value.flag = parts.hasOffset;
    value.text += "T" + twoDigits(parts.hour) + ":" + twoDigits(parts.minute) + ":" + twoDigits(parts.second);
    if (parts.microsecond != 0)
        value.text += "." + std::to_string(1000000 + parts.microsecond).substr(1);
    const bool isNegative = parts.offsetSign < 0 && offset != 0;
    if (parts.hasOffset)
        value.text += (isNegative ? "-" : "+") + twoDigits(offset / 60) + ":" + twoDigits(offset % 60);
    const qint64 seconds = (date.toJulianDay() - QDate(1970, 1, 1).toJulianDay()) * 86400 + parts.hour * 3600
        + parts.minute * 60 + parts.second - parts.offsetSign * offset * 60;
    value.integer = seconds * 1000000 + parts.microsecond;
    return value;
}

Result<YamlValue> makeBool(std::string_view text)
{
    std::string word(text);
    std::transform(
        word.begin(), word.end(), word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    if (!isBool(word))
        return noSuchValue(Spec::tr("\"%1\" is neither true nor false."), text);
    return YamlValue{.type = YamlType::Bool, .flag = word == "yes" || word == "true" || word == "on"};
}

/// The six bits of a base64 letter; -1 for other characters.
int base64Bits(char c)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const size_t place = letters.find(c);
    return place == std::string_view::npos ? -1 : static_cast<int>(place);
}

/// Python's base64.decodebytes(): other characters are skipped, and padding that completes four letters ends it.
Result<YamlValue> makeBinary(std::string_view text)
{
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::all_of(text.begin(), text.end(), isAscii))
        return noSuchValue(Spec::tr("\"%1\" is not base64."), text);
    YamlValue value{.type = YamlType::Binary};
    unsigned pending = 0;
    int letters = 0;
    int paddings = 0;
    for (const char c : text) {
        if (c == '=' && letters >= 2 && letters + ++paddings >= 4)
            return value;
        const int bits = base64Bits(c);
        if (bits < 0)
            continue;
        paddings = 0;
        pending = (pending << 6) | static_cast<unsigned>(bits);
        if (letters > 0)
            value.text.push_back(static_cast<char>(pending >> (6 - 2 * letters)));
        letters = (letters + 1) % 4;
    }
    if (letters != 0)
        return noSuchValue(Spec::tr("\"%1\" is not base64."), text);
    return value;
}

} // namespace

YamlTag plainTag(std::string_view text)
{
    const char first = text.empty() ? '\0' : text.front();
    if (isDigit(first) || first == '-' || first == '+' || first == '.') {
        if (isFloat(text))
            return YamlTag::Float;
        if (isInt(text))
            return YamlTag::Int;
        return isTimestamp(text) ? YamlTag::Timestamp : YamlTag::Text;
    }
    if (text.size() > 5)
        return YamlTag::Text;
    if (isNull(text))
        return YamlTag::Null;
    if (isBool(text))
        return YamlTag::Bool;
    if (text == "<<")
        return YamlTag::Merge;
    if (text == "=")
        return YamlTag::Value;
    return text == "!" || text == "&" || text == "*" ? YamlTag::Yaml : YamlTag::Text;
}

Result<YamlValue> makeValue(YamlTag tag, std::string_view text)
{
    switch (tag) {
    case YamlTag::Null:
        return YamlValue{};
    case YamlTag::Bool:
        return makeBool(text);
    case YamlTag::Int:
        return makeInt(text);
    case YamlTag::Float:
        return makeFloat(text);
    case YamlTag::Timestamp:
        return makeTimestamp(text);
    case YamlTag::Text:
        return YamlValue{.type = YamlType::Text, .text = std::string(text)};
    case YamlTag::Binary:
        return makeBinary(text);
    case YamlTag::Merge:
    case YamlTag::Value:
    case YamlTag::Yaml:
        break;
    }
    return noSuchValue(Spec::tr("\"%1\" has a special meaning in YAML; put it in quotes."), text);
}

} // namespace fd
