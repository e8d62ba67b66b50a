// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/format.h"

#include "models/core/json.h"
#include "models/schedule/words.h"

#include <QCoreApplication>
#include <QHash>

namespace fd::format {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::format)
};

QString every(qint64 seconds)
{
    constexpr qint64 kMinute = 60;
    constexpr qint64 kHour = 60 * kMinute;
    constexpr qint64 kDay = 24 * kHour;
    const auto whole = [seconds](qint64 unit) { return seconds % unit == 0 ? seconds / unit : 0; };
    if (const qint64 days = whole(kDay))
        return days == 1 ? Words::tr("Every day") : Words::tr("Every %n days", nullptr, static_cast<int>(days));
    if (const qint64 hours = whole(kHour))
        return hours == 1 ? Words::tr("Every hour") : Words::tr("Every %n hours", nullptr, static_cast<int>(hours));
    if (const qint64 minutes = whole(kMinute); minutes != 0 && seconds < kHour)
        return minutes == 1 ? Words::tr("Every minute") : Words::tr("Every %1 min").arg(minutes);
    return Words::tr("Every %1").arg(duration(seconds * 1'000'000));
}

QString textOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? toQString(found->get<std::string>()) : QString();
}

/// A cron or recurrence in words without its zone; as it is written when it has no exact ones.
QString ruleText(const QByteArray &json, const QString &written)
{
    const Result<ScheduleRule> rule = parseSchedule(json, ScheduleRules::Local, systemClock()());
    QString words = rule ? ruleInWords(*rule) : QString();
    if (words.isEmpty())
        return written.simplified();
    words[0] = words[0].toUpper();
    return words;
}

ScheduleText read(const Schedule &schedule)
{
    const Result<Json> parsed = parseJson(schedule.json);
    if (!parsed || !parsed->is_object())
        return {QString::fromUtf8(schedule.json), {}};
    const Json &object = *parsed;
    ScheduleText text;
    text.zone = textOf(object, "timezone");
    if (const auto interval = object.find("interval"); interval != object.end() && interval->is_number())
        text.rule = every(static_cast<qint64>(interval->get<double>()));
    else if (const QString cron = textOf(object, "cron"); !cron.isEmpty())
        text.rule = ruleText(schedule.json, cron);
    else if (const QString rule = textOf(object, "rrule"); !rule.isEmpty())
        text.rule = ruleText(schedule.json, rule);
    else
        text.rule = QString::fromUtf8(schedule.json);
    if (text.zone.isEmpty())
        text.zone = QStringLiteral("UTC");
    return text;
}

QString place(const Error &error)
{
    if (error.file.isEmpty())
        return {};
    const QString file = error.file.section(u'/', -1);
    return error.line > 0 ? Words::tr("%1, line %2: ").arg(file).arg(error.line)
                          : Words::tr("%1: ", "file name").arg(file);
}

/// The sentence of a kind whose detail is for the technical view only.
QString kindText(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
        return Words::tr("The server could not be reached.");
    case ErrorKind::Timeout:
        return Words::tr("There was no answer in time.");
    case ErrorKind::Auth:
        return Words::tr("The key was refused. Sign in again; nothing was sent.");
    case ErrorKind::NotFound:
        return Words::tr("It is not there any more.");
    case ErrorKind::Conflict:
        return Words::tr("It was changed by somebody else in the meantime.");
    case ErrorKind::Validation:
        return Words::tr("A value does not fit.");
    case ErrorKind::RateLimited:
        return Words::tr("The server asks to wait before the next try.");
    case ErrorKind::Server:
        return Words::tr("The server failed to answer this.");
    case ErrorKind::Parse:
        return Words::tr("The text could not be read.");
    case ErrorKind::Storage:
        return Words::tr("The workspace file could not be read or written.");
    case ErrorKind::Cancelled:
        return Words::tr("It was cancelled.");
    }
    return {};
}

/// Whether the detail of this kind is written for the person at the screen.
bool detailIsSentence(const Error &error)
{
    const ErrorKind kind = error.kind;
    // Of what a server or the network says only whole sentences are for people.
    const bool isForeign = kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Auth
        || kind == ErrorKind::Server || kind == ErrorKind::RateLimited;
    if (isForeign)
        return error.detail.endsWith(u'.');
    return kind == ErrorKind::Validation || kind == ErrorKind::NotFound || kind == ErrorKind::Conflict
        || kind == ErrorKind::Parse || kind == ErrorKind::Storage;
}

} // namespace

ScheduleText schedule(const Schedule &schedule)
{
    constexpr qsizetype kMost = 2048;
    static QHash<QByteArray, ScheduleText> known;
    if (const auto found = known.constFind(schedule.json); found != known.constEnd())
        return *found;
    if (known.size() >= kMost)
        known.clear();
    return *known.insert(schedule.json, read(schedule));
}

QString createdBy(CreatedBy by)
{
    switch (by) {
    case CreatedBy::Manual:
        return Words::tr("manual");
    case CreatedBy::Schedule:
        return Words::tr("schedule");
    case CreatedBy::Flow:
        return Words::tr("flow");
    }
    return {};
}

QString logLevel(int level)
{
    switch (level) {
    case 10:
        return QStringLiteral("DEBUG");
    case 20:
        return QStringLiteral("INFO");
    case 30:
        return QStringLiteral("WARNING");
    case 40:
        return QStringLiteral("ERROR");
    case 50:
        return QStringLiteral("CRITICAL");
    default:
        return QString::number(level);
    }
}

QString error(const Error &error)
{
    const bool useDetail = detailIsSentence(error) && !error.detail.isEmpty();
    return place(error) + (useDetail ? error.detail : kindText(error.kind));
}

} // namespace fd::format
