// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/wordparts.h"

#include "models/schedule/scheduletext.h"

namespace fd {

QString joined(const QStringList &items)
{
    if (items.size() < 2)
        return items.join(QString());
    return ScheduleText::tr("%1 and %2", "list")
        .arg(items.mid(0, items.size() - 1).join(ScheduleText::tr(", ", "list")), items.last());
}

QString clockText(int secondOfDay)
{
    const QString text = QString::asprintf("%02d:%02d", secondOfDay / 3600, secondOfDay / 60 % 60);
    return secondOfDay % 60 == 0 ? text : text + QString::asprintf(":%02d", secondOfDay % 60);
}

QString weekdayName(int weekday)
{
    const QStringList names{ScheduleText::tr("Sunday"), ScheduleText::tr("Monday"), ScheduleText::tr("Tuesday"),
        ScheduleText::tr("Wednesday"), ScheduleText::tr("Thursday"), ScheduleText::tr("Friday"),
        ScheduleText::tr("Saturday")};
    return names.value(weekday);
}

QString monthName(int month)
{
    const QStringList names{ScheduleText::tr("January"), ScheduleText::tr("February"), ScheduleText::tr("March"),
        ScheduleText::tr("April"), ScheduleText::tr("May"), ScheduleText::tr("June"), ScheduleText::tr("July"),
        ScheduleText::tr("August"), ScheduleText::tr("September"), ScheduleText::tr("October"),
        ScheduleText::tr("November"), ScheduleText::tr("December")};
    return names.value(month - 1);
}

QString ordinalName(int nth)
{
    const QStringList names{ScheduleText::tr("first"), ScheduleText::tr("second"), ScheduleText::tr("third"),
        ScheduleText::tr("fourth"), ScheduleText::tr("fifth")};
    if (nth == -1)
        return ScheduleText::tr("last");
    return nth == -2 ? ScheduleText::tr("second to last") : names.value(nth - 1);
}

QString everyText(qint64 count, const char *unit)
{
    const QString name = QString::fromLatin1(unit);
    const int n = static_cast<int>(count);
    const bool isOne = count == 1;
    if (name == QLatin1String("year"))
        return isOne ? ScheduleText::tr("every year") : ScheduleText::tr("every %n years", nullptr, n);
    if (name == QLatin1String("month"))
        return isOne ? ScheduleText::tr("every month") : ScheduleText::tr("every %n months", nullptr, n);
    if (name == QLatin1String("week"))
        return isOne ? ScheduleText::tr("every week") : ScheduleText::tr("every %n weeks", nullptr, n);
    if (name == QLatin1String("day"))
        return isOne ? ScheduleText::tr("every day") : ScheduleText::tr("every %n days", nullptr, n);
    if (name == QLatin1String("hour"))
        return isOne ? ScheduleText::tr("every hour") : ScheduleText::tr("every %n hours", nullptr, n);
    if (name == QLatin1String("minute"))
        return isOne ? ScheduleText::tr("every minute") : ScheduleText::tr("every %n minutes", nullptr, n);
    return isOne ? ScheduleText::tr("every second") : ScheduleText::tr("every %n seconds", nullptr, n);
}

QString weekdaysText(const std::vector<int> &weekdays)
{
    if (weekdays == std::vector<int>{1, 2, 3, 4, 5})
        return ScheduleText::tr("every weekday");
    if (weekdays == std::vector<int>{0, 6})
        return ScheduleText::tr("every weekend day");
    if (weekdays.size() == 7)
        return ScheduleText::tr("every day");
    QStringList names;
    for (const int weekday : weekdays)
        names.append(weekdayName(weekday));
    // A week is read from Monday on.
    if (weekdays.size() > 1 && weekdays.front() == 0)
        names.append(names.takeFirst());
    return ScheduleText::tr("every %1").arg(joined(names));
}

QString monthsText(const std::vector<int> &months)
{
    QStringList names;
    for (const int month : months)
        names.append(monthName(month));
    return ScheduleText::tr("in %1").arg(joined(names));
}

} // namespace fd
