// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

#include <chrono>

namespace fd {
namespace {

/// Exactly `count` decimal digits at `at`, which moves behind them; nothing when there are fewer.
std::optional<int> digits(QStringView text, qsizetype &at, int count)
{
    if (at + count > text.size())
        return std::nullopt;
    int value = 0;
    for (int i = 0; i < count; ++i) {
        const char16_t c = text[at + i].unicode();
        if (c < u'0' || c > u'9')
            return std::nullopt;
        value = value * 10 + (c - u'0');
    }
    at += count;
    return value;
}

bool skip(QStringView text, qsizetype &at, QStringView oneOf)
{
    if (at >= text.size() || !oneOf.contains(text[at]))
        return false;
    ++at;
    return true;
}

std::optional<qint64> fractionUs(QStringView text, qsizetype &at)
{
    if (!skip(text, at, u"."))
        return 0;
    qint64 us = 0;
    int count = 0;
    while (at < text.size() && text[at] >= u'0' && text[at] <= u'9') {
        if (++count > 6)
            return std::nullopt;
        us = us * 10 + (text[at++].unicode() - u'0');
    }
    if (count == 0)
        return std::nullopt;
    for (; count < 6; ++count)
        us *= 10;
    return us;
}

std::optional<int> offsetSeconds(QStringView text, qsizetype &at)
{
    if (skip(text, at, u"Zz"))
        return 0;
    if (at >= text.size() || (text[at] != u'+' && text[at] != u'-'))
        return std::nullopt;
    const int sign = text[at++] == u'+' ? 1 : -1;
    const auto hours = digits(text, at, 2);
    skip(text, at, u":");
    const auto minutes = digits(text, at, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return sign * (*hours * 3600 + *minutes * 60);
}

} // namespace

std::optional<Instant> instantFromIso(QStringView text)
{
    qsizetype at = 0;
    const auto year = digits(text, at, 4);
    if (!year || !skip(text, at, u"-"))
        return std::nullopt;
    const auto month = digits(text, at, 2);
    if (!month || !skip(text, at, u"-"))
        return std::nullopt;
    const auto day = digits(text, at, 2);
    if (!day || !skip(text, at, u"Tt "))
        return std::nullopt;
    const auto hour = digits(text, at, 2);
    if (!hour || !skip(text, at, u":"))
        return std::nullopt;
    const auto minute = digits(text, at, 2);
    if (!minute || !skip(text, at, u":"))
        return std::nullopt;
    const auto second = digits(text, at, 2);
    if (!second)
        return std::nullopt;
    const auto fraction = fractionUs(text, at);
    const auto offset = offsetSeconds(text, at);
    const QDate date(*year, *month, *day);
    if (!fraction || !offset || at != text.size() || !date.isValid() || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    const qint64 days = date.toJulianDay() - QDate(1970, 1, 1).toJulianDay();
    const qint64 seconds = days * 86400 + *hour * 3600 + *minute * 60 + *second - *offset;
    return Instant{seconds * 1'000'000 + *fraction};
}

QString toIso(Instant instant)
{
    qint64 seconds = instant.us / 1'000'000;
    qint64 fraction = instant.us % 1'000'000;
    if (fraction < 0) {
        fraction += 1'000'000;
        --seconds;
    }
    qint64 days = seconds / 86400;
    qint64 rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    const QDate date = QDate::fromJulianDay(QDate(1970, 1, 1).toJulianDay() + days);
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    QString text = QStringLiteral("%1-%2-%3T%4:%5:%6")
                       .arg(date.year(), 4, 10, QLatin1Char('0'))
                       .arg(two(date.month()), two(date.day()), two(rest / 3600), two(rest / 60 % 60), two(rest % 60));
    if (fraction != 0)
        text += QStringLiteral(".%1").arg(fraction, 6, 10, QLatin1Char('0'));
    return text + QStringLiteral("+00:00");
}

Clock systemClock()
{
    return [] {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return Instant{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
    };
}

} // namespace fd
