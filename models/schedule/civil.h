// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace fd {

/// Seconds of a day, of a minute's calendar arithmetic, and microseconds of a second.
inline constexpr qint64 kDay = 86400;
inline constexpr qint64 kSecond = 1'000'000;

/// A date of the proleptic Gregorian calendar.
struct CivilDate {
    int year = 1970;
    int month = 1;
    int day = 1;
};

/// Rounds towards minus infinity, unlike the language's own division.
[[nodiscard]] constexpr qint64 floorDiv(qint64 a, qint64 b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}
[[nodiscard]] constexpr qint64 floorMod(qint64 a, qint64 b) { return a - floorDiv(a, b) * b; }

[[nodiscard]] constexpr bool isLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

[[nodiscard]] constexpr int daysInMonth(int year, int month)
{
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && isLeapYear(year) ? 1 : 0);
}

/// Days since 1970-01-01.
[[nodiscard]] constexpr qint64 daysFromCivil(int year, int month, int day)
{
    const qint64 y = month <= 2 ? year - 1 : year;
    const qint64 era = floorDiv(y, 400);
    const qint64 yearOfEra = y - era * 400;
    const qint64 dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

/// The date of a day counted from 1970-01-01.
[[nodiscard]] constexpr CivilDate civilFromDays(qint64 days)
{
    const qint64 z = days + 719468;
    const qint64 era = floorDiv(z, 146097);
    const qint64 dayOfEra = z - era * 146097;
    const qint64 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const qint64 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const qint64 shifted = (5 * dayOfYear + 2) / 153;
    const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    return {static_cast<int>(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month,
        static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1)};
}

/// 0 = Monday … 6 = Sunday, as Python counts.
[[nodiscard]] constexpr int weekdayOf(qint64 days) { return static_cast<int>(floorMod(days + 3, 7)); }

/// The first second that Python's datetime can hold, 0001-01-01T00:00:00, and the first it cannot any more.
inline constexpr qint64 kFirstSecond = daysFromCivil(1, 1, 1) * kDay;
inline constexpr qint64 kEndSecond = daysFromCivil(10000, 1, 1) * kDay;

} // namespace fd
