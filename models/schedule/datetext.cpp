// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/datetext.h"

#include "models/schedule/civil.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

namespace fd {
namespace {

/// Python's longest timedelta; what does not fit 64 bits is cut, for no calendar has room to add it twice.
constexpr double kMostSeconds = 86399999999999.999999;
constexpr double kMostUs = 8e18;

QRegularExpression compiled(const char *pattern) { return QRegularExpression(QString::fromLatin1(pattern)); }

int number(const QRegularExpressionMatch &match, const char *name, int fallback = 0)
{
    const QString text = match.captured(QString::fromLatin1(name));
    return text.isEmpty() ? fallback : text.toInt();
}

/// "5", "05", "123456789" after a point, in microseconds; what is finer is cut.
qint64 fraction(const QString &digits)
{
    return digits.isEmpty() ? 0 : digits.left(6).leftJustified(6, QLatin1Char('0')).toLongLong();
}

struct Clock24 {
    qint64 us = 0;
    std::optional<int> offset;
};

/// The time and offset that a match's groups h, m, s, f and z name.
std::optional<Clock24> clockOf(const QRegularExpressionMatch &match, int mostOffsetHours)
{
    const int hour = number(match, "h");
    const int minute = number(match, "m");
    const int second = number(match, "s");
    if (hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    Clock24 clock{
        .us = (hour * 3600LL + minute * 60 + second) * kSecond + fraction(match.captured(QStringLiteral("f"))),
        .offset = {}};
    QString zone = match.captured(QStringLiteral("z"));
    if (zone.isEmpty())
        return clock;
    if (zone.compare(QLatin1String("z"), Qt::CaseInsensitive) == 0 || zone == QLatin1String("UTC")
        || zone == QLatin1String("GMT")) {
        clock.offset = 0;
        return clock;
    }
    const int sign = zone.startsWith(QLatin1Char('-')) ? -1 : 1;
    zone.remove(0, 1).remove(QLatin1Char(':'));
    const int hours = zone.left(2).toInt();
    const int minutes = zone.mid(2).toInt();
    if (hours > mostOffsetHours || minutes > 59)
        return std::nullopt;
    clock.offset = sign * (hours * 3600 + minutes * 60);
    return clock;
}

std::optional<qint64> dayOf(int year, int month, int day)
{
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
        return std::nullopt;
    return daysFromCivil(year, month, day);
}

std::optional<DateText> onDay(std::optional<qint64> day, const std::optional<Clock24> &clock)
{
    if (!day || !clock)
        return std::nullopt;
    return DateText{.wallUs = *day * kDay * kSecond + clock->us, .offset = clock->offset};
}

std::optional<DateText> dateAndTime(const QRegularExpressionMatch &match, int mostOffsetHours)
{
    return onDay(dayOf(number(match, "Y"), number(match, "M"), number(match, "D")), clockOf(match, mostOffsetHours));
}

/// Seconds since 1970, or milliseconds when the number is too large for seconds, as pydantic reads numbers.
std::optional<DateText> readEpoch(double value)
{
    if (!std::isfinite(value))
        return std::nullopt;
    while (std::abs(value) > 2e10)
        value /= 1000;
    return DateText{.wallUs = std::llround(value * 1e6), .offset = 0};
}

std::optional<DateText> readIso(const QString &text, ScheduleRules rules)
{
    static const QRegularExpression strict = compiled("^(?<Y>\\d{4})-(?<M>\\d{1,2})-(?<D>\\d{1,2})[T "
                                                      "](?<h>\\d{1,2}):(?<m>\\d{1,2})(?::(?<s>\\d{1,2})(?:\\.(?<f>\\d{"
                                                      "1,6})\\d{0,6})?)?(?<z>Z|[+-]\\d{2}(?::?\\d{2})?)?$");
    static const QRegularExpression pendulum = compiled(
        "^(?<Y>\\d{4})-(?<M>\\d{2})-(?<D>\\d{2})[T "
        "](?<h>\\d{2})(?::(?<m>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?)?(?<z>Z|[+-]\\d{2}(?::?\\d{2})?)?$");
    static const QRegularExpression pydantic = compiled(
        "^(?<Y>\\d{4})-(?<M>\\d{2})-(?<D>\\d{2})[Tt "
        "_](?<h>\\d{2}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,}))?)?(?<z>[Zz]|[+-]\\d{2}(?::?\\d{2})?)?$");
    if (rules == ScheduleRules::Orion) {
        const auto match = strict.match(text);
        return match.hasMatch() ? dateAndTime(match, 23) : std::nullopt;
    }
    if (rules != ScheduleRules::Prefect2) {
        if (const auto match = pydantic.match(text); match.hasMatch())
            return dateAndTime(match, 24);
    }
    const auto match = pendulum.match(text);
    return match.hasMatch() ? dateAndTime(match, 23) : std::nullopt;
}

/// The further forms of pendulum's parser: dates alone, compact forms, weeks, times of today, "now".
std::optional<DateText> readLoose(const QString &text, Instant now)
{
    static const QRegularExpression date = compiled("^(?<Y>\\d{4})([-/]?)(?<M>\\d{2})\\2(?<D>\\d{2})$");
    static const QRegularExpression month = compiled("^(?<Y>\\d{4})-(?<M>\\d{2})$");
    static const QRegularExpression compact = compiled(
        "^(?<Y>\\d{4})(?<M>\\d{2})(?<D>\\d{2})[T "
        "](?<h>\\d{2})(?::?(?<m>\\d{2}))?(?::?(?<s>\\d{2}))?(?:[.,](?<f>\\d{1,9}))?(?<z>Z|[+-]\\d{2}(?::?\\d{2})?)?$");
    static const QRegularExpression week = compiled("^(?<Y>\\d{4})-?W(?<M>\\d{2})(?:-?(?<D>[1-7]))?$");
    static const QRegularExpression ordinal = compiled("^(?<Y>\\d{4})-?(?<D>\\d{3})$");
    static const QRegularExpression time
        = compiled("^T?(?<h>\\d{2}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?$");
    if (text == QLatin1String("now"))
        return DateText{.wallUs = now.us, .offset = 0};
    if (const auto match = date.match(text); match.hasMatch())
        return onDay(dayOf(number(match, "Y"), number(match, "M"), number(match, "D")), Clock24{});
    if (const auto match = month.match(text); match.hasMatch())
        return onDay(dayOf(number(match, "Y"), number(match, "M"), 1), Clock24{});
    if (const auto match = compact.match(text); match.hasMatch())
        return dateAndTime(match, 23);
    if (const auto match = week.match(text); match.hasMatch()) {
        const qint64 fourth = daysFromCivil(number(match, "Y"), 1, 4);
        const qint64 nextFourth = daysFromCivil(number(match, "Y") + 1, 1, 4);
        const int weeks = number(match, "M");
        const qint64 most = (nextFourth - weekdayOf(nextFourth) - fourth + weekdayOf(fourth)) / 7;
        if (weeks < 1 || weeks > most)
            return std::nullopt;
        return onDay(fourth - weekdayOf(fourth) + (weeks - 1) * 7 + number(match, "D", 1) - 1, Clock24{});
    }
    if (const auto match = ordinal.match(text); match.hasMatch()) {
        const int year = number(match, "Y");
        const int day = number(match, "D");
        if (year < 1 || day < 1 || day > (isLeapYear(year) ? 366 : 365))
            return std::nullopt;
        return onDay(daysFromCivil(year, 1, 1) + day - 1, Clock24{});
    }
    if (const auto match = time.match(text); match.hasMatch())
        return onDay(floorDiv(now.us, kDay * kSecond), clockOf(match, 23));
    return std::nullopt;
}

/// Seconds in microseconds, rounded as timedelta does; nothing when timedelta cannot hold them.
std::optional<qint64> microseconds(double sum)
{
    if (!std::isfinite(sum) || std::abs(sum) > kMostSeconds)
        return std::nullopt;
    return static_cast<qint64>(std::nearbyint(std::clamp(sum * 1e6, -kMostUs, kMostUs)));
}

/// P1DT12H30M. Prefect 2 and 3 also take years of 365 days, months of 30, weeks, and parts in any order.
std::optional<qint64> readIsoDuration(const QString &text, bool isOld)
{
    static const QRegularExpression oldForm = compiled(
        "^[+-]?P(?:\\d+(?:\\.\\d+)?D)?(?:T(?:\\d+(?:\\.\\d+)?H)?(?:\\d+(?:\\.\\d+)?M)?(?:\\d+(?:\\.\\d+)?S)?)?$");
    static const QRegularExpression newForm
        = compiled("^[+-]?P(?:\\d+(?:\\.\\d+)?[YMWD])*(?:T(?:\\d+(?:\\.\\d+)?[HMS])*)?$");
    static const QRegularExpression part = compiled("(\\d+(?:\\.\\d+)?)([YMWDHS])");
    if (!(isOld ? oldForm : newForm).match(text).hasMatch())
        return std::nullopt;
    static const QString units = QStringLiteral("YMWDHS");
    static constexpr std::array<double, 6> lengths{365 * 86400.0, 30 * 86400.0, 7 * 86400.0, 86400.0, 3600.0, 1.0};
    const qsizetype time = text.indexOf(QLatin1Char('T'));
    double seconds = 0;
    for (auto matches = part.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const bool isMinute = match.captured(2) == QLatin1String("M") && time >= 0 && match.capturedStart() > time;
        const qsizetype unit = units.indexOf(match.captured(2));
        seconds += match.captured(1).toDouble() * (isMinute ? 60.0 : lengths[static_cast<std::size_t>(unit)]);
    }
    return microseconds(text.startsWith(QLatin1Char('-')) ? -seconds : seconds);
}

/// pydantic 1: [[days] [hours:]minutes:]seconds, every part of any size.
std::optional<qint64> readOldClock(const QString &text)
{
    static const QRegularExpression pattern = compiled(
        "^(?:(?<d>-?\\d+) (?:days?, "
        ")?)?(?:(?:(?<h>-?\\d+):)(?=\\d+:\\d+))?(?:(?<m>-?\\d+):)?(?<s>-?\\d+)(?:\\.(?<f>\\d{1,6})\\d{0,6})?$");
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto part = [&match](const char *name) { return match.captured(QString::fromLatin1(name)).toDouble(); };
    const double fractional = static_cast<double>(fraction(match.captured(QStringLiteral("f")))) / 1e6;
    return microseconds(part("d") * 86400 + part("h") * 3600 + part("m") * 60 + part("s") + fractional);
}

/// pydantic 2: "1 day", "1 day, 02:00:00", "02:00", "25:00:00".
std::optional<qint64> readNewClock(const QString &text)
{
    static const QRegularExpression pattern = compiled(
        "^(?<sign>[+-])?(?:(?<d>\\d+) ?[Dd](?:[Aa][Yy][Ss]?)?(?:, ?| "
        "|$))?(?:(?<h>\\d{1,9}(?=:\\d\\d:)|\\d{2,9}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?)?$");
    const auto match = pattern.match(text);
    if (!match.hasMatch() || text.isEmpty() || number(match, "m") > 59 || number(match, "s") > 59)
        return std::nullopt;
    if (!match.hasCaptured(QStringLiteral("d")) && !match.hasCaptured(QStringLiteral("h")))
        return std::nullopt;
    const auto part = [&match](const char *name) { return match.captured(QString::fromLatin1(name)).toDouble(); };
    const double fractional = static_cast<double>(fraction(match.captured(QStringLiteral("f")))) / 1e6;
    const auto us = microseconds(part("d") * 86400 + part("h") * 3600 + part("m") * 60 + part("s") + fractional);
    return us && match.captured(QStringLiteral("sign")) == QLatin1String("-") ? std::optional(-*us) : us;
}

} // namespace

std::optional<DateText> readAnchor(const Json &value, ScheduleRules rules, Instant now)
{
    const bool takesNumbers = rules != ScheduleRules::Prefect2;
    if (value.is_boolean())
        return rules == ScheduleRules::Orion ? readEpoch(value.get<bool>() ? 1 : 0) : std::nullopt;
    if (value.is_number())
        return takesNumbers ? readEpoch(value.get<double>()) : std::nullopt;
    if (!value.is_string())
        return std::nullopt;
    const QString text = toQString(value.get_ref<const std::string &>());
    if (const auto iso = readIso(text, rules))
        return iso;
    bool isNumber = false;
    const double epoch = text.toDouble(&isNumber);
    static const QRegularExpression plainNumber = compiled("^-?\\d+(?:\\.\\d+)?$");
    if (takesNumbers && isNumber && (rules == ScheduleRules::Orion || plainNumber.match(text).hasMatch()))
        return readEpoch(epoch);
    return rules == ScheduleRules::Orion ? std::nullopt : readLoose(text, now);
}

std::optional<DateText> readRuleDate(QStringView view)
{
    static const QRegularExpression compact
        = compiled("^(?<Y>\\d{4})(?<M>\\d{2})(?<D>\\d{2})(?:T(?<h>\\d{2})(?:(?<m>\\d{2})(?<s>\\d{2})?(?:\\.(?<f>\\d+))?"
                   ")?)?(?<z>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?$");
    static const QRegularExpression dashed
        = compiled("^(?<Y>\\d{4})-(?<M>\\d{1,2})-(?<D>\\d{1,2})(?:T(?<h>\\d{1,2}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:\\.(?<"
                   "f>\\d+))?)?(?<z>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?$");
    const QString text = view.toString();
    if (const auto match = compact.match(text); match.hasMatch())
        return dateAndTime(match, 23);
    const auto match = dashed.match(text);
    return match.hasMatch() ? dateAndTime(match, 23) : std::nullopt;
}

std::optional<qint64> readInterval(const Json &value, ScheduleRules rules)
{
    const bool isOld = rules == ScheduleRules::Orion;
    if (value.is_boolean())
        return value.get<bool>() ? kSecond : 0;
    if (value.is_number())
        return microseconds(value.get<double>());
    if (!value.is_string())
        return std::nullopt;
    const QString text = toQString(value.get_ref<const std::string &>());
    if (const auto iso = readIsoDuration(text, isOld))
        return iso;
    return isOld ? readOldClock(text) : readNewClock(text);
}

} // namespace fd
