// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/phrases.h"

#include "models/core/json.h"
#include "models/schedule/civil.h"
#include "models/schedule/scheduletext.h"
#include "models/schedule/timezone.h"
#include "models/schedule/zonenames.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <set>

namespace fd {
namespace {

constexpr qint64 kMostSeconds = 100LL * 366 * kDay;

tl::unexpected<Error> failPhrase(const QString &sentence) { return fail(ErrorKind::Validation, sentence); }

/// Seconds of a unit's name ("min", "hours", "h"); 0 for none.
qint64 unitSeconds(QString word)
{
    static const QHash<QString, qint64> units{{QStringLiteral("s"), 1}, {QStringLiteral("sec"), 1},
        {QStringLiteral("second"), 1}, {QStringLiteral("m"), 60}, {QStringLiteral("min"), 60},
        {QStringLiteral("minute"), 60}, {QStringLiteral("h"), 3600}, {QStringLiteral("hr"), 3600},
        {QStringLiteral("hour"), 3600}, {QStringLiteral("d"), kDay}, {QStringLiteral("day"), kDay},
        {QStringLiteral("w"), 7 * kDay}, {QStringLiteral("week"), 7 * kDay}};
    if (word.size() > 2 && word.endsWith(QLatin1Char('s')))
        word.chop(1);
    return units.value(word);
}

/// 0 = Sunday; -1 when it is no weekday.
int weekdayNamed(const QString &word)
{
    static const QStringList names{QStringLiteral("sunday"), QStringLiteral("monday"), QStringLiteral("tuesday"),
        QStringLiteral("wednesday"), QStringLiteral("thursday"), QStringLiteral("friday"), QStringLiteral("saturday")};
    for (int i = 0; i < 7; ++i) {
        const QString &name = names[i];
        if (word == name || word == name + QLatin1Char('s')
            || (word.size() >= 3 && word.size() <= 5 && name.startsWith(word))
            || (word.size() == 2 && name.startsWith(word)))
            return i;
    }
    return -1;
}

/// Reads the words of a phrase from left to right.
class Reader
{
public:
    explicit Reader(QStringList words) : m_words(std::move(words)) { }

    [[nodiscard]] bool atEnd() const { return m_at >= m_words.size(); }
    [[nodiscard]] QString peek() const { return m_words.value(m_at); }
    QString take() { return m_words.value(m_at++); }

    bool skip(const char *word)
    {
        if (peek() != QLatin1String(word))
            return false;
        ++m_at;
        return true;
    }

    [[nodiscard]] QString rest() const { return m_words.mid(m_at).join(QLatin1Char(' ')); }

    /// "9", "9:30", "9am", "9:30 pm", "noon", "midnight" as a second of the day.
    std::optional<int> time()
    {
        static const QRegularExpression pattern(
            QStringLiteral("^(\\d{1,2})(?:[:.](\\d{2}))?(?::(\\d{2}))?(am|pm|h)?$"));
        if (skip("noon"))
            return 12 * 3600;
        if (skip("midnight"))
            return 0;
        const auto match = pattern.match(peek());
        if (!match.hasMatch())
            return std::nullopt;
        int hour = match.captured(1).toInt();
        const int minute = match.captured(2).toInt();
        const int second = match.captured(3).toInt();
        QString half = match.captured(4);
        const QString following = m_words.value(m_at + 1);
        const bool isApart = half.isEmpty() && (following == QLatin1String("am") || following == QLatin1String("pm"));
        if (isApart)
            half = following;
        if (half == QLatin1String("am") || half == QLatin1String("pm")) {
            if (hour < 1 || hour > 12)
                return std::nullopt;
            hour = hour % 12 + (half == QLatin1String("pm") ? 12 : 0);
        }
        if (hour > 23 || minute > 59 || second > 59)
            return std::nullopt;
        m_at += isApart ? 2 : 1;
        return hour * 3600 + minute * 60 + second;
    }

private:
    QStringList m_words;
    qsizetype m_at = 0;
};

QString examples()
{
    return ScheduleText::tr("write for example \"every 15 minutes\", \"weekdays at 9:00\", \"mon,wed 14:00 Berlin\", "
                            "\"tomorrow 9:00\" or \"in 20 min\"");
}

class PhraseReader
{
public:
    PhraseReader(const QString &text, Instant now, const QString &defaultZone)
        : m_text(text.simplified()), m_now(now), m_zone(defaultZone), m_reader(QStringList())
    {
    }

    Result<Phrase> read()
    {
        static const QRegularExpression comma(QStringLiteral("\\s*,\\s*"));
        QStringList words
            = m_text.toLower().replace(comma, QStringLiteral(" , ")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (words.isEmpty())
            return failPhrase(ScheduleText::tr("There is nothing to read; %1.").arg(examples()));
        FD_TRY(takeZone(words));
        FD_TRY_ASSIGN(zone, TimeZone::find(m_zone));
        m_clock = zone;
        m_reader = Reader(words);
        if (m_reader.skip("in"))
            return readDelay();
        if (const auto day = momentDay())
            return readMoment(*day);
        return readSchedule();
    }

private:
    [[nodiscard]] tl::unexpected<Error> notUnderstood() const
    {
        return failPhrase(m_reader.atEnd()
                ? ScheduleText::tr("\"%1\" ends too early; %2.").arg(m_text, examples())
                : ScheduleText::tr("\"%1\" is not understood; %2.").arg(m_reader.rest(), examples()));
    }

    static bool isOwnWord(const QString &word)
    {
        static const QStringList words{QStringLiteral("noon"), QStringLiteral("midnight"), QStringLiteral("am"),
            QStringLiteral("pm"), QStringLiteral("daily"), QStringLiteral("hourly"), QStringLiteral("weekly"),
            QStringLiteral("monthly"), QStringLiteral("weekdays"), QStringLiteral("weekends"),
            QStringLiteral("weekday"), QStringLiteral("weekend"), QStringLiteral("today"), QStringLiteral("tomorrow"),
            QStringLiteral("at"), QStringLiteral(",")};
        return words.contains(word) || weekdayNamed(word) >= 0 || unitSeconds(word) > 0 || word.at(0).isDigit();
    }

    /// The zone stands at the end, in up to three words; its last word is none of the phrase's own.
    Result<void> takeZone(QStringList &words)
    {
        if (words.last() == QLatin1String(",") || isOwnWord(words.last()))
            return {};
        Error last;
        for (int count = 1; count <= 3 && count < words.size(); ++count) {
            const QString name = words.mid(words.size() - count).join(QLatin1Char(' '));
            const auto zone = zoneNamed(name);
            if (!zone) {
                if (count == 1)
                    last = zone.error();
                continue;
            }
            m_zone = *zone;
            words = words.mid(0, words.size() - count);
            while (!words.isEmpty() && (words.last() == QLatin1String("in") || words.last() == QLatin1String(",")))
                words.removeLast();
            return words.isEmpty()
                ? Result<void>(failPhrase(ScheduleText::tr("That is only a time zone; %1.").arg(examples())))
                : Result<void>();
        }
        return words.size() > 1
            ? Result<void>(fail(last))
            : Result<void>(failPhrase(ScheduleText::tr("\"%1\" is not understood; %2.").arg(m_text, examples())));
    }

    Result<Phrase> readDelay()
    {
        qint64 seconds = 0;
        while (!m_reader.atEnd()) {
            const auto count = length();
            if (!count)
                return notUnderstood();
            seconds += *count;
            if (!m_reader.skip("and"))
                m_reader.skip(",");
        }
        if (seconds <= 0 || seconds > kMostSeconds)
            return failPhrase(ScheduleText::tr("Say how long, such as \"in 20 min\" or \"in 2 hours\"."));
        return Phrase{.schedule = {}, .moment = m_now.plusUs(seconds * kSecond)};
    }

    /// "20 min", "20min", "an hour" in seconds.
    std::optional<qint64> length()
    {
        static const QRegularExpression glued(QStringLiteral("^(\\d{1,9})([a-z]+)$"));
        if (const auto match = glued.match(m_reader.peek()); match.hasMatch() && unitSeconds(match.captured(2)) > 0) {
            m_reader.take();
            return match.captured(1).toLongLong() * unitSeconds(match.captured(2));
        }
        qint64 count = 1;
        bool isNumber = false;
        const qint64 number = m_reader.peek().toLongLong(&isNumber);
        if (isNumber && number >= 0 && number < 1'000'000'000)
            count = number;
        if (isNumber || m_reader.peek() == QLatin1String("a") || m_reader.peek() == QLatin1String("an"))
            m_reader.take();
        const qint64 unit = unitSeconds(m_reader.peek());
        if (unit == 0)
            return std::nullopt;
        m_reader.take();
        return count * unit;
    }

    /// The day of a single moment, counted from 1970-01-01.
    std::optional<qint64> momentDay()
    {
        const qint64 utc = floorDiv(m_now.us, kSecond);
        const qint64 today = floorDiv(utc + m_clock->offsetAt(utc), kDay);
        if (m_reader.skip("today"))
            return today;
        if (m_reader.skip("tomorrow"))
            return today + 1;
        if (m_reader.skip("next")) {
            const int weekday = weekdayNamed(m_reader.take());
            if (weekday < 0)
                return std::nullopt;
            return today + 1 + floorMod(weekday - 1 - weekdayOf(today) - 1, 7);
        }
        static const QRegularExpression date(QStringLiteral("^(\\d{4})-(\\d{2})-(\\d{2})$"));
        const auto match = date.match(m_reader.peek());
        const int month = match.captured(2).toInt();
        const int day = match.captured(3).toInt();
        if (!match.hasMatch() || match.captured(1).toInt() < 1 || month < 1 || month > 12 || day < 1
            || day > daysInMonth(match.captured(1).toInt(), month))
            return std::nullopt;
        m_reader.take();
        return daysFromCivil(match.captured(1).toInt(), month, day);
    }

    Result<Phrase> readMoment(qint64 day)
    {
        if (!m_reader.skip(","))
            m_reader.skip("at");
        const auto time = m_reader.time();
        if (!time || !m_reader.atEnd())
            return notUnderstood();
        const qint64 wall = day * kDay + *time;
        if (m_clock->kindOf(wall) == TimeZone::WallKind::Skipped)
            return failPhrase(
                ScheduleText::tr("That time does not exist in %1: the clock goes forward over it.").arg(m_zone));
        return Phrase{.schedule = {}, .moment = Instant{m_clock->utcOf(wall, false) * kSecond}};
    }

    Result<Phrase> readSchedule()
    {
        if (m_reader.skip("hourly"))
            return interval(3600);
        if (m_reader.skip("monthly"))
            return readMonthly();
        if (m_reader.skip("weekly")) {
            m_reader.skip("on");
            return readWeekdays();
        }
        if (m_reader.skip("daily"))
            return readTimes(QStringLiteral("*"), QStringLiteral("*"));
        const bool isEvery = m_reader.skip("every") || m_reader.skip("each");
        if (!isEvery)
            m_reader.skip("on");
        if (m_reader.skip("weekday") || m_reader.skip("weekdays"))
            return readTimes(QStringLiteral("*"), QStringLiteral("1-5"));
        if (m_reader.skip("weekend") || m_reader.skip("weekends"))
            return readTimes(QStringLiteral("*"), QStringLiteral("0,6"));
        if (isEvery && m_reader.skip("month"))
            return readMonthly();
        if (weekdayNamed(m_reader.peek().section(QLatin1Char('-'), 0, 0)) >= 0)
            return readWeekdays();
        const auto seconds = isEvery ? length() : std::nullopt;
        if (!seconds)
            return notUnderstood();
        if (*seconds == kDay && !m_reader.atEnd())
            return readTimes(QStringLiteral("*"), QStringLiteral("*"));
        return interval(*seconds);
    }

    Result<Phrase> interval(qint64 seconds)
    {
        if (!m_reader.atEnd())
            return notUnderstood();
        if (seconds <= 0 || seconds > kMostSeconds)
            return failPhrase(ScheduleText::tr("The interval must be at least a second and at most a hundred years."));
        // With an anchor of its own, a deploy does not move it.
        Json object{{"interval", seconds}, {"anchor_date", "2020-01-01T00:00:00+00:00"}};
        return Phrase{.schedule = toJsonText(object), .moment = {}};
    }

    Result<Phrase> readMonthly()
    {
        static const QRegularExpression ordinal(QStringLiteral("^(\\d{1,2})(?:st|nd|rd|th|\\.)?$"));
        m_reader.skip("on");
        m_reader.skip("the");
        m_reader.skip("day");
        if (m_reader.skip("last")) {
            m_reader.skip("day");
            return readTimes(QStringLiteral("L"), QStringLiteral("*"));
        }
        const auto match = ordinal.match(m_reader.peek());
        const int day = match.captured(1).toInt();
        if (!match.hasMatch() || day < 1 || day > 31)
            return notUnderstood();
        m_reader.take();
        return readTimes(QString::number(day), QStringLiteral("*"));
    }

    /// "mon,wed", "monday and friday", "mon-fri".
    Result<Phrase> readWeekdays()
    {
        std::set<int> weekdays;
        while (!m_reader.atEnd()) {
            const QStringList ends = m_reader.peek().split(QLatin1Char('-'));
            const int first = weekdayNamed(ends.first());
            const int last = weekdayNamed(ends.last());
            if (first < 0 || last < 0 || ends.size() > 2)
                break;
            for (int day = first;; day = (day + 1) % 7) {
                weekdays.insert(day);
                if (day == last)
                    break;
            }
            m_reader.take();
            if (!m_reader.skip(","))
                m_reader.skip("and");
        }
        if (weekdays.empty())
            return notUnderstood();
        QStringList numbers;
        for (const int weekday : weekdays)
            numbers.append(QString::number(weekday));
        return readTimes(QStringLiteral("*"), numbers.join(QLatin1Char(',')));
    }

    Result<Phrase> readTimes(const QString &day, const QString &weekday)
    {
        if (!m_reader.skip(","))
            m_reader.skip("at");
        std::set<int> hours;
        std::set<int> rests;
        while (!m_reader.atEnd()) {
            const auto time = m_reader.time();
            if (!time)
                return notUnderstood();
            hours.insert(*time / 3600);
            rests.insert(*time % 3600);
            if (!m_reader.skip(","))
                m_reader.skip("and");
        }
        if (hours.empty())
            return failPhrase(ScheduleText::tr("Say at what time, such as \"%1 at 9:00\".").arg(m_text));
        if (rests.size() > 1)
            return failPhrase(
                ScheduleText::tr("One schedule has one minute for all its hours; make two schedules of these times."));
        QStringList names;
        for (const int hour : hours)
            names.append(QString::number(hour));
        const int rest = *rests.begin();
        QString cron = QStringLiteral("%1 %2 %3 * %4")
                           .arg(QString::number(rest / 60), names.join(QLatin1Char(',')), day, weekday);
        if (rest % 60 != 0)
            cron += QStringLiteral(" %1").arg(rest % 60);
        Json object{{"cron", cron.toStdString()}, {"timezone", m_zone.toStdString()}, {"day_or", true}};
        return Phrase{.schedule = toJsonText(object), .moment = {}};
    }

    QString m_text;
    Instant m_now;
    QString m_zone;
    std::shared_ptr<const TimeZone> m_clock;
    Reader m_reader;
};

} // namespace

Result<Phrase> readPhrase(const QString &text, Instant now, const QString &defaultZone)
{
    if (text.size() > 200)
        return failPhrase(ScheduleText::tr("That is too long to be one schedule; %1.").arg(examples()));
    return PhraseReader(text, now, defaultZone).read();
}

} // namespace fd
