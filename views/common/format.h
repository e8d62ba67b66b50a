// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/core/instant.h"
#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"

#include <QString>

#include <optional>

namespace fd::format {

/// Whether a time shows its seconds: only in runs and logs.
enum class Seconds { Hide, Show };

/// What stands for a value that is absent.
inline constexpr QChar kAbsent = u'–';

/// "15:05" today, "Tomorrow 02:30", "Mon 26 Oct 06:00", with the year in other years. Local zone.
[[nodiscard]] QString time(Instant instant, Instant now, Seconds seconds = Seconds::Hide);
/// "15:05" or "15:05:09", whatever the day.
[[nodiscard]] QString clock(Instant instant, Seconds seconds = Seconds::Hide);
/// "14:12:58.114", for log lines.
[[nodiscard]] QString logTime(Instant instant);
/// "Thu 15 Oct", with the year when it is not this one.
[[nodiscard]] QString date(Instant instant, Instant now);
/// Day, date, seconds and zone, for tool tips: "Tue 20 Oct 2026 14:05:00 UTC+2".
[[nodiscard]] QString fullTime(Instant instant);
/// A part of time in few words: "Thu 15 Oct" for a whole day, "12:00–14:00" today, "Thu 15 Oct 12:00–14:00",
/// "since …" and "until …" when it is open at one end. Local zone.
[[nodiscard]] QString period(std::optional<Instant> from, std::optional<Instant> until, Instant now);
/// "in 3 h 27 min", "in 5 days", "13 min ago", "yesterday", "1 Oct".
[[nodiscard]] QString relative(Instant instant, Instant now);
/// "0.4 s", "8 s", "1 min 52 s", "2 h 05 min", "3 days 4 h". Negative lengths count as zero.
[[nodiscard]] QString duration(qint64 us);
/// "12 min late"; empty below 15 s.
[[nodiscard]] QString lateness(qint64 us);
/// How late the run is or was: its start, or `now` while it waits, against when it was due. Microseconds, never
/// negative.
[[nodiscard]] qint64 latenessUs(const FlowRunRow &run, Instant now);

/// A number grouped as the locale does.
[[nodiscard]] QString count(qint64 number);
/// "41 MB", "1.2 kB".
[[nodiscard]] QString bytes(qint64 number);
/// The first eight characters of an id.
[[nodiscard]] QString shortId(const QString &id);

/// A schedule in two lines: what the rule says, and its zone.
struct ScheduleText {
    QString rule;
    QString zone;
};
/// "Every 15 min" for an interval; cron and rrule as they are written. Cached, so delegates may ask while painting.
[[nodiscard]] ScheduleText schedule(const Schedule &schedule);

/// "manual", "schedule", "flow".
[[nodiscard]] QString createdBy(CreatedBy by);
/// "DEBUG" … "CRITICAL"; the number for a level between.
[[nodiscard]] QString logLevel(int level);
/// What went wrong as a sentence for people, without the technical part.
[[nodiscard]] QString error(const Error &error);

} // namespace fd::format
