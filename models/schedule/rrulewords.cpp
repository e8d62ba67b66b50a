// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/civil.h"
#include "models/schedule/scheduletext.h"
#include "models/schedule/wordparts.h"
#include "models/schedule/words.h"

#include <algorithm>
#include <optional>

namespace fd {
namespace {

constexpr std::size_t kMostTimes = 6;

QString every(const RecurrencePart &part)
{
    static constexpr const char *units[]{"year", "month", "week", "day", "hour", "minute", "second"};
    return everyText(part.interval, units[static_cast<std::size_t>(part.frequency)]);
}

/// " at 09:00 and 17:00" for rules of days and longer; nothing when there are too many or the parts do not fit.
std::optional<QString> timesText(const RecurrencePart &part, qint64 start)
{
    if (part.frequency >= Frequency::Hourly) {
        const bool isPlain = !part.hours && !part.minutes && !part.seconds;
        return isPlain ? std::optional(QString()) : std::nullopt;
    }
    const auto values = [](const std::optional<std::vector<int>> &given, qint64 own) {
        return given.value_or(std::vector<int>{static_cast<int>(own)});
    };
    const auto hours = values(part.hours, floorMod(start, kDay) / 3600);
    const auto minutes = values(part.minutes, floorMod(start, 3600) / 60);
    const auto seconds = values(part.seconds, floorMod(start, 60));
    if (hours.size() * minutes.size() * seconds.size() > kMostTimes)
        return std::nullopt;
    QStringList times;
    for (const int hour : hours) {
        for (const int minute : minutes) {
            for (const int second : seconds)
                times.append(clockText(hour * 3600 + minute * 60 + second));
        }
    }
    return ScheduleText::tr(" at %1", "09:00").arg(joined(times));
}

QString monthDayText(const std::vector<int> &days)
{
    QStringList items;
    for (const int day : days)
        items.append(day > 0 ? QString::number(day)
                : day == -1  ? ScheduleText::tr("last")
                             : ScheduleText::tr("%1 from the end").arg(-day));
    return days.size() == 1 && days.front() == -1 ? ScheduleText::tr(" on the last day of the month")
                                                  : ScheduleText::tr(" on day %1 of the month").arg(joined(items));
}

std::optional<QString> weekdayText(const RecurrencePart &part)
{
    const bool counts = part.frequency <= Frequency::Monthly;
    QStringList items;
    bool hasPlain = false;
    bool hasNth = false;
    for (const NthWeekday &weekday : *part.weekdays) {
        const QString name = weekdayName((weekday.weekday + 1) % 7);
        if (weekday.nth == 0 || !counts) {
            hasPlain = true;
            items.append(name);
            continue;
        }
        hasNth = true;
        if (ordinalName(weekday.nth).isEmpty())
            return std::nullopt;
        items.append(ScheduleText::tr("%1 %2", "first Monday").arg(ordinalName(weekday.nth), name));
    }
    if (hasNth && hasPlain)
        return std::nullopt;
    items.removeDuplicates();
    if (!hasNth)
        return ScheduleText::tr(" on %1", "Monday and Friday").arg(joined(items));
    const bool inMonth = part.frequency == Frequency::Monthly || part.months;
    return inMonth ? ScheduleText::tr(" on the %1 of the month").arg(joined(items))
                   : ScheduleText::tr(" on the %1 of the year").arg(joined(items));
}

/// The days that the rule names, or that it takes from its start.
std::optional<QString> daysText(const RecurrencePart &part, qint64 start)
{
    const bool isOdd = part.weekNumbers || part.yearDays || part.easterDays || !part.setPositions.empty()
        || (part.monthDays && part.weekdays);
    if (isOdd || (part.monthDays && std::count(part.monthDays->begin(), part.monthDays->end(), 0) > 0))
        return std::nullopt;
    const CivilDate date = civilFromDays(floorDiv(start, kDay));
    QString text;
    if (part.weekdays) {
        const auto weekdays = weekdayText(part);
        if (!weekdays)
            return std::nullopt;
        text = *weekdays;
    } else if (part.monthDays) {
        text = monthDayText(*part.monthDays);
    } else if (part.frequency == Frequency::Yearly && !part.months) {
        return ScheduleText::tr(" on %1 %2", "5 January").arg(date.day).arg(monthName(date.month));
    } else if (part.frequency <= Frequency::Monthly) {
        text = monthDayText({date.day});
    } else if (part.frequency == Frequency::Weekly) {
        text = ScheduleText::tr(" on %1", "Monday and Friday")
                   .arg(weekdayName((weekdayOf(floorDiv(start, kDay)) + 1) % 7));
    }
    const bool monthsExist = !part.months
        || std::all_of(part.months->begin(), part.months->end(), [](int m) { return m >= 1 && m <= 12; });
    if (!monthsExist)
        return std::nullopt;
    return part.months ? text + QLatin1Char(' ') + monthsText(*part.months) : text;
}

QString dateText(qint64 wall)
{
    const CivilDate date = civilFromDays(floorDiv(wall, kDay));
    return QString::asprintf("%04d-%02d-%02d %s", date.year, date.month, date.day,
        qPrintable(clockText(static_cast<int>(floorMod(wall, kDay)))));
}

QString partInWords(const RecurrencePart &part, qint64 start)
{
    const auto days = daysText(part, start);
    const auto times = timesText(part, start);
    if (part.interval < 1 || !days || !times)
        return {};
    QString text = every(part) + *days + *times;
    // Which weeks, days or hours count depends on where it starts.
    if (part.interval > 1 || part.frequency >= Frequency::Hourly)
        text += ScheduleText::tr(" from %1 on", "date").arg(dateText(start));
    if (part.interval > 1 && part.frequency == Frequency::Weekly && part.weekStart != 0)
        text += ScheduleText::tr(" (weeks begin on %1)").arg(weekdayName((part.weekStart + 1) % 7));
    if (part.count)
        text += *part.count == 1 ? ScheduleText::tr(", once") : ScheduleText::tr(", %n times", nullptr, *part.count);
    if (part.until)
        text += ScheduleText::tr(", until %1", "date").arg(dateText(*part.until));
    return text;
}

} // namespace

QString recurrenceInWords(const Recurrence &recurrence, qint64 start)
{
    if (!recurrence.exceptions.empty() || recurrence.rules.size() != 1)
        return {};
    QString text = partInWords(recurrence.rules.front(), start);
    if (text.isEmpty())
        return {};
    if (!recurrence.dates.empty())
        text += recurrence.dates.size() == 1
            ? ScheduleText::tr(", and on one more date")
            : ScheduleText::tr(", and on %n more dates", nullptr, static_cast<int>(recurrence.dates.size()));
    if (!recurrence.exceptionDates.empty())
        text += recurrence.exceptionDates.size() == 1
            ? ScheduleText::tr(", except on one date")
            : ScheduleText::tr(", except on %n dates", nullptr, static_cast<int>(recurrence.exceptionDates.size()));
    return text;
}

} // namespace fd
