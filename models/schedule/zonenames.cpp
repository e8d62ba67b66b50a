// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/zonenames.h"

#include "models/schedule/scheduletext.h"
#include "models/schedule/timezone.h"

#include <algorithm>

namespace fd {
namespace {

QString key(const QString &text) { return text.simplified().replace(QLatin1Char(' '), QLatin1Char('_')).toLower(); }

/// Zones under the old names of a country, or without a place, are the same clocks once more.
bool isPlace(const QString &name)
{
    static const QStringList continents{QStringLiteral("Africa"), QStringLiteral("America"),
        QStringLiteral("Antarctica"), QStringLiteral("Arctic"), QStringLiteral("Asia"), QStringLiteral("Atlantic"),
        QStringLiteral("Australia"), QStringLiteral("Europe"), QStringLiteral("Indian"), QStringLiteral("Pacific")};
    return continents.contains(name.section(QLatin1Char('/'), 0, 0));
}

const QStringList &allNames()
{
    static const QStringList names = [] {
        QStringList wanted;
        for (const QString &name : TimeZone::names()) {
            if (!name.startsWith(QLatin1String("posix/")) && !name.startsWith(QLatin1String("right/")))
                wanted.append(name);
        }
        return wanted;
    }();
    return names;
}

} // namespace

Result<QString> zoneNamed(const QString &text)
{
    const QString wanted = key(text);
    QStringList cities;
    for (const QString &name : allNames()) {
        if (name.toLower() == wanted)
            return name;
        if (isPlace(name) && name.section(QLatin1Char('/'), -1).toLower() == wanted)
            cities.append(name);
    }
    if (cities.size() == 1)
        return cities.first();
    if (cities.isEmpty())
        return fail(ErrorKind::Validation,
            ScheduleText::tr("\"%1\" is no time zone; write a city such as Berlin, or Europe/Berlin.")
                .arg(text.trimmed()));
    return fail(ErrorKind::Validation,
        ScheduleText::tr("\"%1\" may be %2; write the whole name.")
            .arg(text.trimmed(), cities.join(ScheduleText::tr(" or "))));
}

QStringList zonesMatching(const QString &text)
{
    const QString wanted = key(text);
    QStringList first;
    QStringList rest;
    for (const QString &name : allNames()) {
        const QString lower = name.toLower();
        const bool begins = lower.startsWith(wanted) || lower.contains(QLatin1Char('/') + wanted);
        if (begins)
            first.append(name);
        else if (lower.contains(wanted))
            rest.append(name);
    }
    return first + rest;
}

} // namespace fd
