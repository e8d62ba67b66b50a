// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/schedule.h"

#include <optional>
#include <vector>

namespace fd {

/// What a server's scheduler is asked: dates from `start` on, both ends included.
struct OccurrenceQuery {
    Instant start;
    /// The number of dates; without it all up to `end` within the generation's limit, or one.
    std::optional<int> count;
    std::optional<Instant> end;
};

/// The answer to it.
struct Occurrences {
    std::vector<Instant> instants;
    /// Why the server answers with an error instead; `instants` then holds what came before. Flowdeck's own rules
    /// never fail for want of further dates.
    std::optional<Error> failure;
};

/// Exactly what the generation's own code answers, in its order. An interval with a zone depends on `start`.
[[nodiscard]] Occurrences serverOccurrences(const ScheduleRule &rule, const OccurrenceQuery &query);

/// The next `count` occurrences at or after `from`, strictly ascending.
[[nodiscard]] Occurrences nextOccurrences(const ScheduleRule &rule, Instant from, int count);

/// The occurrences from `from` to `until`, both included, strictly ascending, at most `limit`: what nextOccurrences
/// gives, cut at `until`.
[[nodiscard]] Occurrences occurrencesBetween(const ScheduleRule &rule, Instant from, Instant until, int limit);

/// The first occurrence at or after `from`; nothing when there is none or the server would fail.
[[nodiscard]] std::optional<Instant> nextOccurrence(const ScheduleRule &rule, Instant from);

/// How many dates a generation looks at when only an end is given.
[[nodiscard]] int iterationLimit(ScheduleRules rules);

} // namespace fd
