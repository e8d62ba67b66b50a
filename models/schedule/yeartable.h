// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/civil.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fd {

/// Month and day of each day of a year, and seven days more for weeks that cross into the next one.
struct YearTable {
    std::array<quint8, 374> month{};
    std::array<qint8, 374> day{};
    std::array<qint8, 374> dayFromEnd{};
    std::array<int, 13> monthStart{};
};

/// Fills it for a common or a leap year.
[[nodiscard]] constexpr YearTable makeTable(bool isLeap)
{
    const int year = isLeap ? 2000 : 2001;
    YearTable table;
    std::size_t index = 0;
    for (int m = 0; m < 13; ++m) {
        table.monthStart[static_cast<std::size_t>(m)] = static_cast<int>(index);
        const int month = m % 12 + 1;
        const int length = m < 12 ? daysInMonth(year, month) : 7;
        for (int day = 1; day <= length; ++day, ++index) {
            table.month[index] = static_cast<quint8>(month);
            table.day[index] = static_cast<qint8>(day);
            table.dayFromEnd[index] = static_cast<qint8>(day - daysInMonth(year, month) - 1);
        }
    }
    return table;
}

inline constexpr YearTable kCommonYear = makeTable(false);
inline constexpr YearTable kLeapYear = makeTable(true);

/// The table of a year of that many days.
[[nodiscard]] inline const YearTable &tableOf(int length) { return length == 366 ? kLeapYear : kCommonYear; }

/// Whether a short list has a value.
[[nodiscard]] inline bool contains(const std::vector<int> &values, int value)
{
    return std::find(values.begin(), values.end(), value) != values.end();
}

} // namespace fd
