// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace fd {

/// "a", "a and b", "a, b and c".
[[nodiscard]] QString joined(const QStringList &items);
/// "09:00", or "09:00:30" when the second is not zero.
[[nodiscard]] QString clockText(int secondOfDay);
/// 0 = Sunday.
[[nodiscard]] QString weekdayName(int weekday);
[[nodiscard]] QString monthName(int month);
/// "first" … "fifth", "last", "second to last"; empty for others.
[[nodiscard]] QString ordinalName(int nth);
/// "every day", "every 2 days" for a unit of "year", "month", "week", "day", "hour", "minute" or "second".
[[nodiscard]] QString everyText(qint64 count, const char *unit);
/// "on weekdays", "on Monday and Thursday"; `weekdays` are sorted, 0 = Sunday.
[[nodiscard]] QString weekdaysText(const std::vector<int> &weekdays);
/// "in January and July".
[[nodiscard]] QString monthsText(const std::vector<int> &months);

} // namespace fd
