// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/yamlnumber.h"

#include "models/spec/spectext.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

namespace fd {
namespace {

/// sys.int_info.default_max_str_digits: Python refuses to write longer ones.
constexpr size_t kMostDigits = 4300;

/// A whole number of any size, only ever multiplied and added to.
class BigNumber
{
public:
    void multiplyAndAdd(quint32 factor, quint32 summand)
    {
        quint64 carry = summand;
        for (quint32 &limb : m_limbs) {
            carry += quint64(limb) * factor;
            limb = static_cast<quint32>(carry % kBase);
            carry /= kBase;
        }
        for (; carry != 0; carry /= kBase)
            m_limbs.push_back(static_cast<quint32>(carry % kBase));
    }
    [[nodiscard]] std::string toDecimal() const
    {
        if (m_limbs.empty())
            return "0";
        std::string digits = std::to_string(m_limbs.back());
        for (auto limb = m_limbs.rbegin() + 1; limb != m_limbs.rend(); ++limb)
            digits += std::to_string(kBase + *limb).substr(1);
        return digits;
    }

private:
    static constexpr quint32 kBase = 1'000'000'000;
    std::vector<quint32> m_limbs;
};

std::string withoutGaps(std::string_view text)
{
    std::string result(text);
    result.erase(std::remove(result.begin(), result.end(), '_'), result.end());
    const size_t begin = std::min(result.find_first_not_of(" \t\n"), result.size());
    const size_t end = result.find_last_not_of(" \t\n");
    return begin == result.size() ? std::string() : result.substr(begin, end - begin + 1);
}

quint32 digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<quint32>(c - '0');
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<quint32>(lower - 'a' + 10) : 16;
}

bool addDigits(BigNumber &number, std::string_view digits, quint32 base)
{
    if (digits.empty() || digits.size() > kMostDigits)
        return false;
    quint32 factor = 1;
    quint32 pending = 0;
    for (const char c : digits) {
        const quint32 digit = digitOf(c);
        if (digit >= base)
            return false;
        // As many digits as fit go in at once: each step costs as much as the number is long.
        if (factor > std::numeric_limits<quint32>::max() / base) {
            number.multiplyAndAdd(factor, pending);
            factor = 1;
            pending = 0;
        }
        factor *= base;
        pending = pending * base + digit;
    }
    number.multiplyAndAdd(factor, pending);
    return true;
}

bool addBase60(BigNumber &number, std::string_view text)
{
    const size_t colon = text.find(':');
    if (text.size() > kMostDigits || !addDigits(number, text.substr(0, colon), 10))
        return false;
    std::string_view rest = text.substr(colon);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::string_view part = rest.substr(0, rest.find(':'));
        quint32 digit = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), digit);
        if (error != std::errc() || end != part.data() + part.size())
            return false;
        number.multiplyAndAdd(60, digit);
        rest.remove_prefix(part.size());
    }
    return true;
}

bool addUnsigned(BigNumber &number, std::string_view text)
{
    if (text.starts_with("0b"))
        return addDigits(number, text.substr(2), 2);
    if (text.starts_with("0x"))
        return addDigits(number, text.substr(2), 16);
    // Python's int(text, 8), which PyYAML calls here, also takes 0o.
    if (text.starts_with("0o") || text.starts_with("0O"))
        return addDigits(number, text.substr(2), 8);
    if (text.starts_with('0'))
        return addDigits(number, text, 8);
    if (text.find(':') != std::string_view::npos)
        return addBase60(number, text);
    return addDigits(number, text, 10);
}

tl::unexpected<Error> notANumber(std::string_view text)
{
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<size_t>(text.size(), 40)));
    return fail(ErrorKind::Validation, Spec::tr("\"%1\" is not a number.").arg(shown));
}

bool readDouble(std::string_view text, double &number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end != text.data() + text.size() || text.empty())
        return false;
    // from_chars leaves the number alone out of range, where Python gives infinity or zero.
    if (error == std::errc::result_out_of_range) {
        const bool isTiny
            = text.find("e-") != std::string_view::npos || text.starts_with("0.") || text.starts_with('.');
        number = isTiny ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return error != std::errc::invalid_argument;
}

bool readFloat(const std::string &text, double &number)
{
    if (text == ".inf") {
        number = std::numeric_limits<double>::infinity();
        return true;
    }
    if (text == ".nan") {
        number = std::numeric_limits<double>::quiet_NaN();
        return true;
    }
    std::string_view rest = text;
    double base = 1;
    number = 0;
    while (true) {
        const size_t colon = rest.rfind(':');
        double part = 0;
        if (!readDouble(colon == std::string_view::npos ? rest : rest.substr(colon + 1), part))
            return false;
        number += part * base;
        base *= 60;
        if (colon == std::string_view::npos)
            return true;
        rest = rest.substr(0, colon);
    }
}

} // namespace

Result<YamlValue> makeInt(std::string_view text)
{
    std::string digits = withoutGaps(text);
    const bool isNegative = digits.starts_with('-');
    if (isNegative || digits.starts_with('+'))
        digits.erase(0, 1);
    qint64 small = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), small);
    if (error == std::errc() && end == digits.data() + digits.size() && (digits[0] != '0' || digits.size() == 1))
        return YamlValue{.type = YamlType::Int, .integer = isNegative ? -small : small};

    BigNumber number;
    if (!addUnsigned(number, digits))
        return notANumber(text);
    const std::string decimal = (isNegative ? "-" : "") + number.toDecimal();
    const auto fitted = std::from_chars(decimal.data(), decimal.data() + decimal.size(), small);
    if (fitted.ec == std::errc())
        return YamlValue{.type = YamlType::Int, .integer = small};
    return YamlValue{.type = YamlType::BigInt, .text = decimal};
}

Result<YamlValue> makeFloat(std::string_view text)
{
    std::string digits = withoutGaps(text);
    std::transform(
        digits.begin(), digits.end(), digits.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    const bool isNegative = digits.starts_with('-');
    if (isNegative || digits.starts_with('+'))
        digits.erase(0, 1);
    double number = 0;
    if (!readFloat(digits, number))
        return notANumber(text);
    return YamlValue{.type = YamlType::Float, .real = isNegative ? -number : number};
}

std::string pythonFloat(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    char buffer[64];
    const double size = std::abs(value);
    const bool isScientific = size != 0 && (size < 1e-4 || size >= 1e16);
    const auto format = isScientific ? std::chars_format::scientific : std::chars_format::fixed;
    const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), value, format);
    std::string text(buffer, end);
    if (!isScientific && text.find('.') == std::string::npos)
        text += ".0";
    return text;
}

} // namespace fd
