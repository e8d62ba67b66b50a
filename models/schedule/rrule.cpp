// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/rrule.h"

#include "models/schedule/civil.h"
#include "models/schedule/datetext.h"
#include "models/schedule/pythontext.h"
#include "models/schedule/scheduletext.h"
#include "models/schedule/timezone.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <numeric>

namespace fd {
namespace {

template<typename T>
void sortUnique(std::vector<T> &values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Follows dateutil's rrulestr: what it accepts by accident counts. Places are counted in the text as given.
class Parser
{
public:
    explicit Parser(const QString &text) : m_text(text) { }

    Result<Recurrence> parse()
    {
        static const QRegularExpression zones(QStringLiteral("TZID=([^:]+):"));
        for (auto match = zones.globalMatch(m_text); match.hasNext();) {
            const QString name = match.next().captured(1);
            m_zones.insert(name.toUpper(), name);
        }
        const auto lines = pythonWords(m_text);
        if (lines.empty())
            return failAt(0, ScheduleText::tr("The rule is empty; it needs at least FREQ=…."));
        const QString upper = m_text.toUpper();
        if (lines.size() == 1 && (!upper.contains(QLatin1Char(':')) || upper.startsWith(QLatin1String("RRULE:")))) {
            FD_TRY(addRule(m_recurrence.rules, lines[0].first, lineText(lines[0])));
            return m_recurrence;
        }
        for (const auto &line : lines)
            FD_TRY(readLine(line.first, lineText(line)));
        if (m_recurrence.rules.empty() && !m_recurrence.isSet())
            return failAt(0, noRule());
        if (m_recurrence.rules.empty() && m_recurrence.dates.empty() && m_recurrence.exceptions.empty()
            && !m_recurrence.hasExceptionDates)
            return failAt(0, noRule());
        return m_recurrence;
    }

private:
    [[nodiscard]] QString lineText(const std::pair<qsizetype, qsizetype> &line) const
    {
        return m_text.mid(line.first, line.second).toUpper();
    }

    static QString noRule()
    {
        return ScheduleText::tr("There is no RRULE line, so nothing repeats; add RRULE:FREQ=….");
    }

    [[nodiscard]] tl::unexpected<Error> failAt(qsizetype at, const QString &sentence) const
    {
        const QStringView before = QStringView(m_text).left(at);
        const qsizetype lineStart = before.lastIndexOf(QLatin1Char('\n')) + 1;
        return fail(Error{.kind = ErrorKind::Validation,
            .detail = sentence,
            .field = QStringLiteral("rrule"),
            .file = {},
            .line = static_cast<int>(before.count(QLatin1Char('\n'))) + 1,
            .column = static_cast<int>(at - lineStart) + 1});
    }

    Result<void> readLine(qsizetype at, const QString &line)
    {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        QStringList parameters
            = colon < 0 ? QStringList{QStringLiteral("RRULE")} : line.left(colon).split(QLatin1Char(';'));
        const QString name = parameters.takeFirst();
        const QString value = line.mid(colon + 1);
        const qsizetype valueAt = at + colon + 1;
        if (name == QLatin1String("DTSTART") || name == QLatin1String("EXDATE"))
            return readDates(name, at, parameters, valueAt, value);
        if (name == QLatin1String("RDATE")) {
            for (const QString &parameter : parameters) {
                if (parameter != QLatin1String("VALUE=DATE-TIME"))
                    return failAt(at,
                        ScheduleText::tr("RDATE does not understand \"%1\"; write the dates alone.").arg(parameter));
            }
            return readList(valueAt, value, m_recurrence.dates, false);
        }
        if (name != QLatin1String("RRULE") && name != QLatin1String("EXRULE"))
            return failAt(at,
                ScheduleText::tr("\"%1\" is not understood; lines are DTSTART, RRULE, RDATE, EXRULE and EXDATE.")
                    .arg(name));
        if (!parameters.isEmpty())
            return failAt(at,
                ScheduleText::tr("%1 takes nothing before its \":\"; remove \"%2\".").arg(name, parameters.first()));
        return addRule(name == QLatin1String("RRULE") ? m_recurrence.rules : m_recurrence.exceptions, valueAt, value);
    }

    Result<void> readDates(
        const QString &name, qsizetype at, const QStringList &parameters, qsizetype valueAt, const QString &value)
    {
        bool zoned = false;
        bool hasValue = false;
        for (const QString &parameter : parameters) {
            if (parameter.startsWith(QLatin1String("TZID="))) {
                zoned = zoned || isKnownZone(m_zones.value(parameter.mid(5)));
                continue;
            }
            const bool isValue
                = parameter == QLatin1String("VALUE=DATE-TIME") || parameter == QLatin1String("VALUE=DATE");
            if (!isValue || hasValue)
                return failAt(at,
                    ScheduleText::tr("%1 does not understand \"%2\" here; TZID=… or VALUE=DATE may stand there.")
                        .arg(name, parameter));
            hasValue = true;
        }
        const bool isStart = name == QLatin1String("DTSTART");
        std::vector<qint64> dates;
        FD_TRY(readList(valueAt, value, dates, zoned));
        if (!isStart) {
            m_recurrence.hasExceptionDates = true;
            m_recurrence.exceptionDates.insert(m_recurrence.exceptionDates.end(), dates.begin(), dates.end());
            return {};
        }
        if (dates.size() != 1)
            return failAt(valueAt, ScheduleText::tr("DTSTART has several dates; it takes one."));
        m_recurrence.start = dates.front();
        m_recurrence.startIsZoned = zoned || m_lastIsZoned;
        return {};
    }

    /// dateutil knows the names of the time-zone database and texts such as "EST5EDT"; others it passes over.
    static bool isKnownZone(const QString &name)
    {
        static const QRegularExpression posix(QStringLiteral("^[A-Za-z]{3,}[+-]?\\d{1,2}"));
        if (name.isEmpty())
            return false;
        return TimeZone::find(name).has_value() || posix.match(name).hasMatch();
    }

    Result<void> readList(qsizetype at, const QString &value, std::vector<qint64> &dates, bool zoned)
    {
        for (const QStringView part : QStringView(value).split(QLatin1Char(','))) {
            const auto date = readRuleDate(part);
            if (!date)
                return failAt(
                    at, ScheduleText::tr("\"%1\" is no date; write it as 20260131T090000.").arg(part.left(40)));
            if (zoned && date->offset)
                return failAt(at, ScheduleText::tr("\"%1\" names a zone twice; leave out TZID or the Z.").arg(part));
            m_lastIsZoned = date->offset.has_value();
            dates.push_back(floorDiv(date->wallUs, kSecond));
            at += part.size() + 1;
        }
        return {};
    }

    Result<void> addRule(std::vector<RecurrencePart> &rules, qsizetype at, QString value)
    {
        RecurrencePart part;
        part.at = at;
        if (const qsizetype colon = value.indexOf(QLatin1Char(':')); colon >= 0) {
            if (value.left(colon) != QLatin1String("RRULE") || value.indexOf(QLatin1Char(':'), colon + 1) >= 0)
                return failAt(at,
                    ScheduleText::tr("\"%1\" is not understood; a rule is written RRULE:FREQ=….").arg(value.left(40)));
            value = value.mid(colon + 1);
            at += colon + 1;
        }
        bool hasFrequency = false;
        for (const QString &pair : value.split(QLatin1Char(';'))) {
            const QStringList sides = pair.split(QLatin1Char('='));
            if (sides.size() != 2)
                return failAt(at,
                    pair.isEmpty() ? ScheduleText::tr("There is a \";\" too much.")
                                   : ScheduleText::tr("\"%1\" should be NAME=VALUE.").arg(pair.left(40)));
            FD_TRY(readPart(part, sides[0], sides[1], at));
            hasFrequency = hasFrequency || sides[0] == QLatin1String("FREQ");
            at += pair.size() + 1;
        }
        if (!hasFrequency)
            return failAt(part.at, ScheduleText::tr("The rule has no FREQ; add FREQ=DAILY or another."));
        rules.push_back(std::move(part));
        return {};
    }

    Result<void> readPart(RecurrencePart &part, const QString &name, const QString &value, qsizetype at)
    {
        const qsizetype valueAt = at + name.size() + 1;
        const auto wrong = [&](const QString &expected) {
            return failAt(valueAt, ScheduleText::tr("%1=%2: %3.").arg(name, value.left(40), expected));
        };
        if (name == QLatin1String("FREQ")) {
            static const QStringList names{QStringLiteral("YEARLY"), QStringLiteral("MONTHLY"),
                QStringLiteral("WEEKLY"), QStringLiteral("DAILY"), QStringLiteral("HOURLY"), QStringLiteral("MINUTELY"),
                QStringLiteral("SECONDLY")};
            const qsizetype index = names.indexOf(value);
            if (index < 0)
                return wrong(
                    ScheduleText::tr("YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY or SECONDLY is expected"));
            part.frequency = static_cast<Frequency>(index);
            return {};
        }
        if (name == QLatin1String("INTERVAL") || name == QLatin1String("COUNT")) {
            const auto number = pythonSignedInt(value);
            if (!number)
                return wrong(ScheduleText::tr("a whole number is expected"));
            if (name == QLatin1String("COUNT"))
                part.count = *number;
            else
                part.interval = *number;
            return {};
        }
        if (name == QLatin1String("UNTIL")) {
            const auto date = readRuleDate(value);
            if (!date)
                return wrong(ScheduleText::tr("a date as 20261231T235959 is expected"));
            part.until = floorDiv(date->wallUs, kSecond);
            part.untilIsZoned = date->offset.has_value();
            return {};
        }
        if (name == QLatin1String("WKST")) {
            const int weekday = weekdayNamed(value);
            if (weekday < 0)
                return wrong(ScheduleText::tr("MO, TU, WE, TH, FR, SA or SU is expected"));
            part.weekStart = weekday;
            return {};
        }
        if (name == QLatin1String("BYDAY") || name == QLatin1String("BYWEEKDAY")) {
            auto weekdays = readWeekdays(value);
            if (!weekdays)
                return wrong(ScheduleText::tr("days as MO,WE or 1MO,-1FR are expected"));
            part.weekdays = std::move(*weekdays);
            return {};
        }
        return readNumbers(part, name, value, at);
    }

    Result<void> readNumbers(RecurrencePart &part, const QString &name, const QString &value, qsizetype at)
    {
        const QHash<QString, std::optional<std::vector<int>> *> lists{{QStringLiteral("BYMONTH"), &part.months},
            {QStringLiteral("BYMONTHDAY"), &part.monthDays}, {QStringLiteral("BYYEARDAY"), &part.yearDays},
            {QStringLiteral("BYWEEKNO"), &part.weekNumbers}, {QStringLiteral("BYEASTER"), &part.easterDays},
            {QStringLiteral("BYHOUR"), &part.hours}, {QStringLiteral("BYMINUTE"), &part.minutes},
            {QStringLiteral("BYSECOND"), &part.seconds}};
        const bool isPosition = name == QLatin1String("BYSETPOS");
        if (!isPosition && !lists.contains(name))
            return failAt(at,
                ScheduleText::tr(
                    "\"%1\" is no part of a rule; it may have FREQ, INTERVAL, COUNT, UNTIL, WKST and BY… parts.")
                    .arg(name.left(40)));
        std::vector<int> numbers;
        qsizetype numberAt = at + name.size() + 1;
        for (const QString &text : value.split(QLatin1Char(','))) {
            const auto number = pythonSignedInt(text);
            if (!number)
                return failAt(
                    numberAt, ScheduleText::tr("%1 takes whole numbers, not \"%2\".").arg(name, text.left(40)));
            numbers.push_back(*number);
            numberAt += text.size() + 1;
        }
        if (isPosition) {
            part.setPositions = std::move(numbers);
            return {};
        }
        sortUnique(numbers);
        *lists[name] = std::move(numbers);
        return {};
    }

    static int weekdayNamed(const QString &name)
    {
        static const QStringList names{QStringLiteral("MO"), QStringLiteral("TU"), QStringLiteral("WE"),
            QStringLiteral("TH"), QStringLiteral("FR"), QStringLiteral("SA"), QStringLiteral("SU")};
        return static_cast<int>(names.indexOf(name));
    }

    /// +1MO, 1MO, MO or MO(+1).
    static std::optional<std::vector<NthWeekday>> readWeekdays(const QString &value)
    {
        std::vector<NthWeekday> weekdays;
        for (const QString &text : value.split(QLatin1Char(','))) {
            QString number;
            QString name = text;
            if (const qsizetype bracket = text.indexOf(QLatin1Char('(')); bracket >= 0) {
                name = text.left(bracket);
                number = text.section(QLatin1Char('('), 1, 1)
                             .chopped(1 <= text.section(QLatin1Char('('), 1, 1).size() ? 1 : 0);
                if (number.isEmpty())
                    return std::nullopt;
            } else {
                qsizetype digits = 0;
                while (digits < text.size() && QStringLiteral("+-0123456789").contains(text[digits]))
                    ++digits;
                number = text.left(digits);
                name = text.mid(digits);
            }
            NthWeekday weekday{.weekday = weekdayNamed(name), .nth = 0};
            if (!number.isEmpty()) {
                const auto nth = pythonSignedInt(number);
                if (!nth || *nth == 0)
                    return std::nullopt;
                weekday.nth = *nth;
            }
            if (weekday.weekday < 0)
                return std::nullopt;
            weekdays.push_back(weekday);
        }
        sortUnique(weekdays);
        return weekdays;
    }

    QString m_text;
    QHash<QString, QString> m_zones;
    Recurrence m_recurrence;
    bool m_lastIsZoned = false;
};

tl::unexpected<Error> wrongPart(const QString &sentence)
{
    return fail(Error{.kind = ErrorKind::Validation,
        .detail = sentence,
        .field = QStringLiteral("rrule"),
        .file = {},
        .line = 1,
        .column = 1});
}

/// Of the values at the level of the frequency itself, some can never be reached by the interval.
bool canReach(const std::optional<std::vector<int>> &values, int start, int interval, int base)
{
    const int step = std::gcd(interval, base);
    return !values
        || std::any_of(values->begin(), values->end(), [&](int value) { return floorMod(value - start, step) == 0; });
}

} // namespace

Result<Recurrence> parseRecurrence(const QString &text) { return Parser(text).parse(); }

Result<void> checkRecurrencePart(const RecurrencePart &part, qint64 start)
{
    for (const int position : part.setPositions) {
        if (position == 0 || position < -366 || position > 366)
            return wrongPart(ScheduleText::tr("BYSETPOS counts from 1 to 366 or from -366 to -1."));
    }
    const auto inRange = [](const std::optional<std::vector<int>> &values, int end) {
        return !values
            || std::all_of(values->begin(), values->end(), [end](int value) { return value >= 0 && value < end; });
    };
    if (part.frequency < Frequency::Hourly
        && !(inRange(part.hours, 24) && inRange(part.minutes, 60) && inRange(part.seconds, 60)))
        return wrongPart(ScheduleText::tr("BYHOUR goes from 0 to 23, BYMINUTE and BYSECOND from 0 to 59."));
    const bool reaches = (part.frequency != Frequency::Hourly
                             || canReach(part.hours, static_cast<int>(floorMod(start, kDay) / 3600), part.interval, 24))
        && (part.frequency != Frequency::Minutely
            || canReach(part.minutes, static_cast<int>(floorMod(start, 3600) / 60), part.interval, 60))
        && (part.frequency != Frequency::Secondly
            || canReach(part.seconds, static_cast<int>(floorMod(start, 60)), part.interval, 60));
    if (!reaches)
        return wrongPart(
            ScheduleText::tr("With this INTERVAL the rule never comes to the hours, minutes or seconds it names."));
    return {};
}

} // namespace fd
