// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/scheduletext.h"
#include "models/schedule/wordparts.h"
#include "models/schedule/words.h"

#include <algorithm>
#include <optional>

namespace fd {
namespace {

constexpr std::size_t kMostTimes = 6;

std::vector<int> valuesOf(const CronField &field)
{
    std::vector<int> values;
    for (int value = 0; value < 64; ++value) {
        if ((field.values >> value & 1) != 0)
            values.push_back(value);
    }
    return values;
}

bool isConsecutive(const std::vector<int> &values)
{
    return values.size() > 2 && values.back() - values.front() + 1 == static_cast<int>(values.size());
}

/// The step of a field that runs from 0 through the whole cycle evenly, as 0,15,30,45 does; nothing for others.
std::optional<int> evenStep(const CronField &field, int cycle)
{
    if (field.any)
        return 1;
    const std::vector<int> values = valuesOf(field);
    if (values.size() < 2 || values.front() != 0 || cycle % static_cast<int>(values.size()) != 0)
        return std::nullopt;
    const int step = cycle / static_cast<int>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != static_cast<int>(i) * step)
            return std::nullopt;
    }
    return step;
}

/// How the times of a day are said: at clock times, or in a rhythm ("every 15 minutes").
struct TimeWords {
    QString text;
    bool isClock = false;
};

std::optional<TimeWords> clockTimes(const CronExpression &cron, int second)
{
    if (cron.minute.any || cron.hour.any)
        return std::nullopt;
    const std::vector<int> hours = valuesOf(cron.hour);
    const std::vector<int> minutes = valuesOf(cron.minute);
    if (hours.size() * minutes.size() > kMostTimes)
        return std::nullopt;
    QStringList times;
    for (const int hour : hours) {
        for (const int minute : minutes)
            times.append(clockText(hour * 3600 + minute * 60 + second));
    }
    return TimeWords{joined(times), true};
}

/// "from 09:00 to 17:45": the hours that a rhythm keeps to.
std::optional<QString> hoursText(const CronField &hour, int firstMinute, int lastMinute)
{
    if (hour.any)
        return QString();
    const std::vector<int> hours = valuesOf(hour);
    if (!isConsecutive(hours) && hours.size() != 1)
        return std::nullopt;
    return ScheduleText::tr(" from %1 to %2", "09:00 to 17:45")
        .arg(clockText(hours.front() * 3600 + firstMinute * 60), clockText(hours.back() * 3600 + lastMinute * 60));
}

std::optional<TimeWords> minuteRhythm(const CronExpression &cron)
{
    const auto step = evenStep(cron.minute, 60);
    if (!step)
        return std::nullopt;
    const auto hours = hoursText(cron.hour, 0, 60 - *step);
    if (!hours)
        return std::nullopt;
    return TimeWords{everyText(*step, "minute") + *hours, false};
}

std::optional<TimeWords> hourRhythm(const CronExpression &cron)
{
    const std::vector<int> minutes = valuesOf(cron.minute);
    if (cron.minute.any || minutes.size() != 1)
        return std::nullopt;
    const int minute = minutes.front();
    if (const auto step = evenStep(cron.hour, 24)) {
        const QString every = everyText(*step, "hour");
        return TimeWords{minute == 0 ? every : ScheduleText::tr("%1 at minute %2").arg(every).arg(minute), false};
    }
    const auto hours = hoursText(cron.hour, minute, minute);
    if (!hours)
        return std::nullopt;
    return TimeWords{everyText(1, "hour") + *hours, false};
}

std::optional<TimeWords> timeWords(const CronExpression &cron)
{
    const std::vector<int> seconds = valuesOf(cron.second);
    if (cron.hasSeconds && (cron.second.any || seconds.size() != 1)) {
        const auto step = evenStep(cron.second, 60);
        if (!step || !cron.minute.any || !cron.hour.any)
            return std::nullopt;
        return TimeWords{everyText(*step, "second"), false};
    }
    const int second = cron.hasSeconds ? seconds.front() : 0;
    if (const auto times = clockTimes(cron, second))
        return times;
    if (second != 0)
        return std::nullopt;
    if (const auto rhythm = minuteRhythm(cron))
        return rhythm;
    return hourRhythm(cron);
}

QString monthDaysText(const CronField &day)
{
    QStringList days;
    for (const int value : valuesOf(day))
        days.append(QString::number(value));
    if (days.isEmpty())
        return ScheduleText::tr("on the last day of the month");
    const QString text = days.size() == 1 ? ScheduleText::tr("on day %1 of the month").arg(days.first())
                                          : ScheduleText::tr("on days %1 of the month").arg(joined(days));
    return day.last ? ScheduleText::tr("%1 and on its last day").arg(text) : text;
}

QString nthText(const CronExpression &cron)
{
    QStringList items;
    for (int weekday = 0; weekday < 7; ++weekday) {
        for (int nth = 1; nth <= 6; ++nth) {
            const int bit = nth % 6;
            if ((cron.nth[static_cast<std::size_t>(weekday)] >> bit & 1) != 0)
                items.append(ScheduleText::tr("%1 %2", "first Monday")
                                 .arg(ordinalName(bit == 0 ? -1 : bit), weekdayName(weekday)));
        }
    }
    return ScheduleText::tr("on the %1 of the month").arg(joined(items));
}

/// Which days; empty when every day.
std::optional<QString> daysText(const CronExpression &cron, bool dayOr)
{
    // The days of the month then take part in a way that has no plain wording.
    if (cron.hasNth && !cron.day.any)
        return std::nullopt;
    if (cron.hasNth)
        return nthText(cron);
    const bool weekdayOutOfReach = !cron.weekday.any && (cron.weekday.values >> 7) != 0;
    if (weekdayOutOfReach)
        return std::nullopt;
    const QString weekdays = cron.weekday.any ? QString() : weekdaysText(valuesOf(cron.weekday));
    if (cron.day.any)
        return weekdays;
    const QString days = monthDaysText(cron.day);
    if (cron.weekday.any)
        return days;
    if (dayOr)
        return ScheduleText::tr("%1 or %2", "on day 1 of the month or every Friday").arg(days, weekdays);
    QStringList names;
    for (const int weekday : valuesOf(cron.weekday))
        names.append(weekdayName(weekday));
    return ScheduleText::tr("%1, if that is a %2", "on day 13 of the month, if that is a Friday")
        .arg(days, names.join(ScheduleText::tr(" or ")));
}

} // namespace

QString cronInWords(const CronExpression &cron, bool dayOr)
{
    const auto time = timeWords(cron);
    const auto days = daysText(cron, dayOr);
    if (cron.isRandom || !time || !days)
        return {};
    QString text;
    if (time->isClock)
        text = ScheduleText::tr("%1 at %2", "every day at 09:00")
                   .arg(days->isEmpty() ? ScheduleText::tr("every day") : *days, time->text);
    else
        text = days->isEmpty() ? time->text
                               : ScheduleText::tr("%1, %2", "every 15 minutes, every weekday").arg(time->text, *days);
    if (!cron.month.any)
        text = ScheduleText::tr("%1 %2", "every day at 09:00 in May").arg(text, monthsText(valuesOf(cron.month)));
    if (!cron.years.empty()) {
        QStringList years;
        for (const int year : cron.years)
            years.append(QString::number(year));
        text = ScheduleText::tr("%1, only in %2", "years").arg(text, joined(years));
    }
    return text;
}

} // namespace fd
