// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace fd::format {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::format)
};

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

/// The user's locale; its C form leaves out the group separators that people expect.
const QLocale &locale()
{
    static const QLocale system = [] {
        QLocale made = QLocale::system();
        made.setNumberOptions(QLocale::DefaultNumberOptions);
        return made;
    }();
    return system;
}

bool hasTwelveHours()
{
    static const bool twelve = locale().timeFormat(QLocale::ShortFormat).contains(u'a', Qt::CaseInsensitive);
    return twelve;
}

QString clockPattern(Seconds seconds)
{
    if (hasTwelveHours())
        return seconds == Seconds::Show ? QStringLiteral("h:mm:ss AP") : QStringLiteral("h:mm AP");
    return seconds == Seconds::Show ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
}

/// "Thu 15 Oct": the day always says its weekday, the year only when it is another.
QString dayText(QDate day, QDate today)
{
    return day.year() == today.year() ? locale().toString(day, Words::tr("ddd d MMM", "date pattern"))
                                      : locale().toString(day, Words::tr("ddd d MMM yyyy", "date pattern"));
}

QString twoDigits(qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); }

QString days(qint64 number)
{
    return number == 1 ? Words::tr("1 day") : Words::tr("%n days", nullptr, static_cast<int>(number));
}

/// A length without seconds once it is over a minute: "3 h 27 min".
QString coarse(qint64 us)
{
    if (us < kMinute)
        return Words::tr("%1 s").arg(us / kSecond);
    if (us < kHour)
        return Words::tr("%1 min").arg(us / kMinute);
    if (us >= kDay)
        return days(us / kDay);
    const qint64 minutes = us % kHour / kMinute;
    return minutes == 0 ? Words::tr("%1 h").arg(us / kHour) : Words::tr("%1 h %2 min").arg(us / kHour).arg(minutes);
}

QString future(qint64 us) { return us < kSecond ? Words::tr("now") : Words::tr("in %1").arg(coarse(us)); }

QString past(Instant instant, Instant now)
{
    constexpr qint64 kWithMinutes = 3 * kHour;
    constexpr qint64 kMostDays = 13;
    const qint64 us = now - instant;
    if (us < kSecond)
        return Words::tr("now");
    if (us < kDay)
        return Words::tr("%1 ago").arg(coarse(us < kWithMinutes ? us : us - us % kHour));
    const QDate day = instant.toLocal().date();
    const QDate today = now.toLocal().date();
    const qint64 distance = day.daysTo(today);
    if (distance <= 1)
        return Words::tr("yesterday");
    if (distance <= kMostDays)
        return Words::tr("%1 ago").arg(days(distance));
    return day.year() == today.year() ? locale().toString(day, Words::tr("d MMM", "date pattern"))
                                      : locale().toString(day, Words::tr("d MMM yyyy", "date pattern"));
}

QString zoneText(const QDateTime &local)
{
    const int seconds = local.offsetFromUtc();
    if (seconds == 0)
        return QStringLiteral("UTC");
    const int minutes = std::abs(seconds) / 60;
    QString text = QStringLiteral("UTC%1%2").arg(QChar(seconds < 0 ? u'−' : u'+')).arg(minutes / 60);
    if (minutes % 60 != 0)
        text += u':' + twoDigits(minutes % 60);
    return text;
}

} // namespace

QString clock(Instant instant, Seconds seconds)
{
    return locale().toString(instant.toLocal().time(), clockPattern(seconds));
}

QString time(Instant instant, Instant now, Seconds seconds)
{
    const QDate day = instant.toLocal().date();
    const QDate today = now.toLocal().date();
    const QString clockText = clock(instant, seconds);
    if (day == today)
        return clockText;
    if (day == today.addDays(1))
        return Words::tr("Tomorrow %1").arg(clockText);
    return Words::tr("%1 %2", "day, time").arg(dayText(day, today), clockText);
}

QString logTime(Instant instant) { return instant.toLocal().time().toString(QStringLiteral("HH:mm:ss.zzz")); }

QString date(Instant instant, Instant now) { return dayText(instant.toLocal().date(), now.toLocal().date()); }

QString period(std::optional<Instant> from, std::optional<Instant> until, Instant now)
{
    if (!from || !until)
        return from ? Words::tr("since %1").arg(time(*from, now))
            : until ? Words::tr("until %1").arg(time(*until, now))
                    : QString();
    const QDateTime first = from->toLocal();
    const QDateTime last = until->plusUs(-1).toLocal();
    const bool isWhole
        = first.time() == QTime(0, 0) && until->toLocal().time() == QTime(0, 0) && first.date() <= last.date();
    const auto joined = [](const QString &a, const QString &b) { return QStringLiteral("%1–%2").arg(a, b); };
    if (isWhole && first.date() == last.date())
        return date(*from, now);
    if (isWhole)
        return joined(date(*from, now) + u' ', u' ' + date(until->plusUs(-1), now));
    if (first.date() == last.date())
        return joined(time(*from, now), clock(*until));
    return joined(time(*from, now) + u' ', u' ' + time(*until, now));
}

QString fullTime(Instant instant)
{
    const QDateTime local = instant.toLocal();
    return Words::tr("%1 %2 %3", "date, time, zone")
        .arg(locale().toString(local.date(), Words::tr("ddd d MMM yyyy", "date pattern")),
            clock(instant, Seconds::Show), zoneText(local));
}

QString relative(Instant instant, Instant now) { return instant > now ? future(instant - now) : past(instant, now); }

QString duration(qint64 us)
{
    if (us <= 0)
        return Words::tr("0 s");
    if (us < kSecond / 10)
        return Words::tr("< %1 s").arg(locale().toString(0.1, 'f', 1));
    if (us < kSecond) {
        // Down, as all lengths: 0.96 s is not yet a second.
        const double tenths = std::floor(static_cast<double>(us) * 10 / kSecond) / 10;
        return Words::tr("%1 s").arg(locale().toString(tenths, 'f', 1));
    }
    if (us < kMinute)
        return Words::tr("%1 s").arg(us / kSecond);
    if (us < kHour)
        return Words::tr("%1 min %2 s").arg(us / kMinute).arg(twoDigits(us % kMinute / kSecond));
    if (us < kDay)
        return Words::tr("%1 h %2 min").arg(us / kHour).arg(twoDigits(us % kHour / kMinute));
    const qint64 hours = us % kDay / kHour;
    return hours == 0 ? days(us / kDay) : Words::tr("%1 %2 h", "days, hours").arg(days(us / kDay)).arg(hours);
}

QString lateness(qint64 us)
{
    constexpr qint64 kLateFrom = 15 * kSecond;
    if (us < kLateFrom)
        return {};
    if (us < 10 * kMinute && us >= kMinute)
        return Words::tr("%1 late").arg(duration(us));
    return Words::tr("%1 late").arg(coarse(us));
}

qint64 latenessUs(const FlowRunRow &run, Instant now)
{
    if (!run.start && run.stateType != StateType::Scheduled && run.stateType != StateType::Pending)
        return 0;
    return std::max<qint64>(0, run.start.value_or(now) - run.expectedStart);
}

QString count(qint64 number) { return locale().toString(number); }

QString bytes(qint64 number)
{
    constexpr qint64 kUnit = 1000;
    const QString rounded = locale().formattedDataSize(number, 0, QLocale::DataSizeSIFormat);
    if (std::abs(number) < kUnit)
        return rounded;
    const QString precise = locale().formattedDataSize(number, 1, QLocale::DataSizeSIFormat);
    // One decimal only below 10 units, where it tells something.
    return precise.section(locale().decimalPoint(), 0, 0).size() == 1 ? precise : rounded;
}

QString shortId(const QString &id) { return id.left(8); }

} // namespace fd::format
