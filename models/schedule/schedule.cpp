// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/schedule.h"

#include "models/core/json.h"
#include "models/schedule/civil.h"
#include "models/schedule/datetext.h"
#include "models/schedule/scheduletext.h"

#include <QStringList>

#include <algorithm>

namespace fd {
namespace {

constexpr qsizetype kMostRuleCharacters = 6500;
constexpr qint64 kDefaultStart = daysFromCivil(2020, 1, 1) * kDay;

enum class Kind { Interval, Cron, RRule };

tl::unexpected<Error> failIn(const char *field, const QString &sentence)
{
    return fail(Error{.kind = ErrorKind::Validation,
        .detail = sentence,
        .field = QString::fromLatin1(field),
        .file = {},
        .line = 1,
        .column = 1});
}

/// The members a kind may have; another one makes every generation refuse the whole.
Result<Kind> kindOf(const Json &object)
{
    if (!object.is_object())
        return failIn("schedule", ScheduleText::tr("A schedule is a JSON object with interval, cron or rrule."));
    static const std::array<std::pair<const char *, QStringList>, 3> kinds{{
        {"interval", {QStringLiteral("interval"), QStringLiteral("anchor_date"), QStringLiteral("timezone")}},
        {"cron", {QStringLiteral("cron"), QStringLiteral("timezone"), QStringLiteral("day_or")}},
        {"rrule", {QStringLiteral("rrule"), QStringLiteral("timezone")}},
    }};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (!object.contains(kinds[i].first))
            continue;
        for (const auto &[key, value] : object.items()) {
            if (!kinds[i].second.contains(toQString(key)))
                return failIn("schedule",
                    ScheduleText::tr("\"%1\" does not belong to a schedule with %2; remove it.")
                        .arg(toQString(key), QString::fromLatin1(kinds[i].first)));
        }
        return static_cast<Kind>(i);
    }
    return failIn("schedule", ScheduleText::tr("A schedule needs one of interval, cron and rrule."));
}

/// Names that came after 2020, which Orion's and Prefect 2's own list of zones lacks.
bool isNewName(const QString &name)
{
    static const QStringList names{QStringLiteral("America/Ciudad_Juarez"), QStringLiteral("America/Coyhaique"),
        QStringLiteral("Europe/Kyiv"), QStringLiteral("Pacific/Kanton"), QStringLiteral("Factory"),
        QStringLiteral("localtime")};
    return names.contains(name);
}

bool isListed(const QString &name)
{
    static const QStringList others{QStringLiteral("localtime"), QStringLiteral("posixrules")};
    return !name.startsWith(QLatin1String("posix/")) && !name.startsWith(QLatin1String("right/"))
        && !others.contains(name) && TimeZone::find(name).has_value();
}

bool accepts(const QString &name, Kind kind, ScheduleRules rules)
{
    const bool isNew = rules == ScheduleRules::Prefect3 || rules == ScheduleRules::Local;
    if (isNew && kind == Kind::RRule && rules == ScheduleRules::Prefect3) {
        // Its pattern is not anchored: any text that contains a zone's name passes.
        static const QStringList names = TimeZone::names() + QStringList{QStringLiteral("Factory")};
        return std::any_of(names.begin(), names.end(), [&name](const QString &known) { return name.contains(known); });
    }
    if (name.isEmpty())
        return true;
    if (isNew)
        return isListed(name);
    if (rules == ScheduleRules::Prefect2 && kind == Kind::RRule)
        return isListed(name) && name != QLatin1String("Factory");
    return isListed(name) && !isNewName(name);
}

/// What an absent, null or empty zone means for the kind: UTC, or a failure at every question.
bool emptyZoneWorks(bool isNull, Kind kind, ScheduleRules rules)
{
    if (isNull)
        return !(rules == ScheduleRules::Prefect3 && kind == Kind::RRule);
    if (kind == Kind::Cron)
        return true;
    return rules == ScheduleRules::Orion && kind == Kind::Interval;
}

Result<void> readZone(ScheduleRule &rule, const Json &object, Kind kind)
{
    if (!object.contains("timezone"))
        return {};
    const Json &value = object["timezone"];
    if (!value.is_string() && !value.is_null())
        return failIn("timezone", ScheduleText::tr("The time zone is a name such as Europe/Berlin."));
    const QString name = value.is_null() ? QString() : toQString(value.get_ref<const std::string &>());
    if (!value.is_null() && !accepts(name, kind, rule.rules)) {
        const auto zone = TimeZone::find(name);
        return failIn("timezone",
            zone ? ScheduleText::tr("This generation does not know the time zone \"%1\".").arg(name)
                 : zone.error().detail);
    }
    if (name.isEmpty()) {
        if (!emptyZoneWorks(value.is_null(), kind, rule.rules))
            rule.neverWorks = failIn("timezone",
                ScheduleText::tr("Without a time zone the server cannot find a date; name one, such as UTC."))
                                  .value();
        return {};
    }
    const auto zone = TimeZone::find(name);
    rule.hasZone = true;
    if (zone)
        rule.zone = *zone;
    // pytz, through which cron goes, does not know this one.
    if (!zone || (kind == Kind::Cron && name == QLatin1String("Factory")))
        rule.neverWorks = failIn(
            "timezone", ScheduleText::tr("The server stores the time zone \"%1\" but cannot use it.").arg(name))
                              .value();
    return {};
}

Result<bool> readTruth(const Json &object, const char *key, bool fallback)
{
    if (!object.contains(key))
        return fallback;
    const Json &value = object[key];
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_number() && (value.get<double>() == 0 || value.get<double>() == 1))
        return value.get<double>() == 1;
    static const QStringList yes{QStringLiteral("1"), QStringLiteral("on"), QStringLiteral("t"), QStringLiteral("true"),
        QStringLiteral("y"), QStringLiteral("yes")};
    static const QStringList no{QStringLiteral("0"), QStringLiteral("off"), QStringLiteral("f"),
        QStringLiteral("false"), QStringLiteral("n"), QStringLiteral("no")};
    const QString text = toQString(textOf(object, key)).toLower();
    if (yes.contains(text) || no.contains(text))
        return yes.contains(text);
    return failIn(key, ScheduleText::tr("%1 is true or false.").arg(QString::fromLatin1(key)));
}

bool isFalsy(const Json &value)
{
    return value.is_null() || (value.is_string() && value.get_ref<const std::string &>().empty())
        || (value.is_number() && value.get<double>() == 0) || (value.is_boolean() && !value.get<bool>());
}

Result<void> readAnchorOf(ScheduleRule &rule, IntervalSchedule &interval, const Json &object, Instant asked)
{
    const bool isOrion = rule.rules == ScheduleRules::Orion;
    const bool isAbsent
        = !object.contains("anchor_date") || (object["anchor_date"].is_null() && rule.rules != ScheduleRules::Prefect3);
    if (isAbsent || (isOrion && isFalsy(object["anchor_date"]))) {
        interval.anchor = isOrion ? Instant{kDefaultStart * kSecond} : asked;
        interval.anchorIsDefault = true;
        if (isOrion && rule.hasZone)
            rule.neverWorks = failIn("timezone",
                ScheduleText::tr(
                    "Orion stores an interval with a time zone but cannot read it back; leave the zone out."))
                                  .value();
        return {};
    }
    if (isOrion && rule.hasZone)
        return failIn(
            "anchor_date", ScheduleText::tr("Orion takes an anchor or a time zone, but not both; leave the zone out."));
    const auto anchor = readAnchor(object["anchor_date"], rule.rules, asked);
    if (!anchor)
        return failIn("anchor_date",
            ScheduleText::tr(
                "\"%1\" is no date and time that this generation reads; write it as 2026-01-31T09:00:00+01:00.")
                .arg(toDisplay(object["anchor_date"]).left(80)));
    interval.anchor = anchor->instant();
    if (isOrion && !anchor->offset)
        rule.neverWorks = failIn("anchor_date",
            ScheduleText::tr(
                "Orion stores an anchor without offset but fails on it; add Z or an offset such as +01:00."))
                              .value();
    const bool outside = std::abs(anchor->offset.value_or(0)) >= kDay || interval.anchor.us < kFirstSecond * kSecond
        || interval.anchor.us >= kEndSecond * kSecond;
    if (outside)
        rule.neverWorks = failIn("anchor_date",
            ScheduleText::tr("The server stores this anchor but cannot count from it; choose another date or offset."))
                              .value();
    return {};
}

Result<void> readIntervalOf(ScheduleRule &rule, const Json &object, Instant asked)
{
    IntervalSchedule interval;
    const auto us = readInterval(object["interval"], rule.rules);
    if (!us)
        return failIn("interval",
            ScheduleText::tr("\"%1\" is no length of time that this generation reads; write seconds or PT1H30M.")
                .arg(toDisplay(object["interval"]).left(80)));
    if (*us <= 0)
        return failIn("interval", ScheduleText::tr("The interval must be longer than nothing."));
    interval.intervalUs = *us;
    FD_TRY(readAnchorOf(rule, interval, object, asked));
    rule.kind = interval;
    return {};
}

Result<QString> readText(const Json &object, const char *key)
{
    if (!object[key].is_string())
        return failIn(key, ScheduleText::tr("%1 is a text.").arg(QString::fromLatin1(key)));
    return toQString(object[key].get_ref<const std::string &>());
}

Result<void> readCronOf(ScheduleRule &rule, const Json &object)
{
    FD_TRY_ASSIGN(text, readText(object, "cron"));
    FD_TRY_ASSIGN(expression, parseCron(text, rule.rules));
    FD_TRY_ASSIGN(dayOr, readTruth(object, "day_or", true));
    rule.kind = CronSchedule{.text = std::move(text), .expression = std::move(expression), .dayOr = dayOr};
    if (rule.rules == ScheduleRules::Orion)
        std::get<CronSchedule>(rule.kind).orionClock = std::make_shared<const PytzZone>(*rule.zone);
    return {};
}

/// UNTIL and DTSTART must both have a zone or both have none; the text that names neither start has none.
Result<void> checkUntil(const Recurrence &recurrence, const std::vector<RecurrencePart> &parts)
{
    for (const RecurrencePart &part : parts) {
        if (part.until && part.untilIsZoned != recurrence.startIsZoned)
            return failIn("rrule",
                recurrence.startIsZoned ? ScheduleText::tr("DTSTART has a zone, so UNTIL must end with Z.")
                                        : ScheduleText::tr("DTSTART has no zone, so UNTIL must be without Z."));
    }
    return {};
}

Result<void> checkParts(const Recurrence &recurrence, qint64 start)
{
    for (const auto *parts : {&recurrence.rules, &recurrence.exceptions}) {
        for (const RecurrencePart &part : *parts)
            FD_TRY(checkRecurrencePart(part, start));
    }
    return {};
}

Result<void> checkBothUntil(const Recurrence &recurrence)
{
    FD_TRY(checkUntil(recurrence, recurrence.rules));
    return checkUntil(recurrence, recurrence.exceptions);
}

Result<Recurrence> readRecurrence(const QString &text, qint64 fallbackStart)
{
    FD_TRY_ASSIGN(recurrence, parseRecurrence(text));
    FD_TRY(checkParts(recurrence, recurrence.start.value_or(fallbackStart)));
    if (recurrence.start)
        FD_TRY(checkBothUntil(recurrence));
    return recurrence;
}

bool standsStill(const Recurrence &recurrence)
{
    const auto still
        = [](const RecurrencePart &part) { return part.interval == 0 && !(part.count && *part.count <= 0); };
    return std::any_of(recurrence.rules.begin(), recurrence.rules.end(), still)
        || std::any_of(recurrence.exceptions.begin(), recurrence.exceptions.end(), still);
}

Result<void> readRRuleOf(ScheduleRule &rule, const Json &object, Instant asked)
{
    const bool isOrion = rule.rules == ScheduleRules::Orion;
    RRuleSchedule rrule;
    if (isOrion && (object["rrule"].is_number() || object["rrule"].is_boolean())) {
        rrule.text = toDisplay(object["rrule"]);
    } else {
        FD_TRY_ASSIGN(text, readText(object, "rrule"));
        rrule.text = std::move(text);
    }
    auto recurrence = readRecurrence(rrule.text, isOrion ? floorDiv(asked.us, kSecond) : kDefaultStart);
    if (!recurrence && !isOrion)
        return fail(recurrence.error());
    if (!isOrion && rrule.text.toUcs4().size() > kMostRuleCharacters)
        return failIn("rrule",
            ScheduleText::tr("The rule is longer than the %1 characters that Prefect stores.")
                .arg(kMostRuleCharacters));
    if (!recurrence) {
        rule.neverWorks = recurrence.error();
    } else {
        rrule.recurrence = std::move(*recurrence);
        if (isOrion && rrule.recurrence.isSet())
            rule.neverWorks = failIn("rrule",
                ScheduleText::tr("Orion stores EXDATE, RDATE and several rules but fails on them; use one RRULE."))
                                  .value();
        else if (!isOrion && !rrule.recurrence.start && !checkBothUntil(rrule.recurrence))
            rule.neverWorks = failIn("rrule",
                ScheduleText::tr("UNTIL ends with Z but there is no DTSTART, so the server fails; add DTSTART."))
                                  .value();
        else if (standsStill(rrule.recurrence))
            rule.neverWorks = failIn("rrule",
                ScheduleText::tr("INTERVAL=0 never finishes: the server would search for ever; use 1 or more."))
                                  .value();
    }
    rrule.clock = std::make_shared<const DateutilZone>(*rule.zone);
    rule.kind = std::move(rrule);
    return {};
}

} // namespace

Result<ScheduleRule> parseSchedule(const QByteArray &json, ScheduleRules rules, Instant asked)
{
    FD_TRY_ASSIGN(object, parseJson(json));
    FD_TRY_ASSIGN(kind, kindOf(object));
    ScheduleRule rule;
    rule.rules = rules;
    FD_TRY(readZone(rule, object, kind));
    switch (kind) {
    case Kind::Interval:
        FD_TRY(readIntervalOf(rule, object, asked));
        break;
    case Kind::Cron:
        FD_TRY(readCronOf(rule, object));
        break;
    case Kind::RRule:
        FD_TRY(readRRuleOf(rule, object, asked));
    }
    return rule;
}

Result<QString> storedRRule(const QString &rrule, const QString &timezone, Instant now)
{
    if (rrule.toUpper().contains(QLatin1String("DTSTART")))
        return rrule;
    const auto recurrence = readRecurrence(rrule, kDefaultStart);
    if (!recurrence || !checkBothUntil(*recurrence))
        return rrule;
    qint64 start = kDefaultStart;
    const RecurrencePart *part = recurrence->isSet() ? nullptr : &recurrence->rules.front();
    if (part != nullptr && !part->count && part->frequency >= Frequency::Minutely) {
        const auto zone = timezone.isEmpty() ? TimeZone::utc() : TimeZone::find(timezone).value_or(TimeZone::utc());
        const qint64 utc = floorDiv(now.us, kSecond);
        const qint64 sinceStart = DateutilZone(*zone).wallAt(utc) - kDefaultStart;
        const bool isLater = sinceStart > 0 || (sinceStart == 0 && now.us > utc * kSecond);
        const qint64 period = qint64(part->interval) * (part->frequency == Frequency::Minutely ? 60 : 1);
        if (isLater && period == 0)
            return failIn("rrule", ScheduleText::tr("INTERVAL=0 makes the server fail; use 1 or more."));
        if (isLater)
            start += floorDiv(sinceStart, period) * period;
    }
    const CivilDate date = civilFromDays(floorDiv(start, kDay));
    const qint64 time = floorMod(start, kDay);
    return QString::asprintf("DTSTART:%04d%02d%02dT%02d%02d%02d\n", date.year, date.month, date.day,
               static_cast<int>(time / 3600), static_cast<int>(time / 60 % 60), static_cast<int>(time % 60))
        + rrule;
}

} // namespace fd
