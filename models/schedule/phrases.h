// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace fd {

/// What a typed phrase means: a schedule, or one moment.
struct Phrase {
    /// The schedule's JSON object, which every generation accepts; empty for a moment.
    QByteArray schedule;
    std::optional<Instant> moment;
};

/// Reads "every 15 minutes", "weekdays at 9:00", "daily 06:30 Berlin", "mon,wed 14:00", "monthly on 15 at 6:00" as a
/// schedule and "tomorrow 9:00 Berlin", "in 20 min", "2026-03-01 12:00" as a moment. Times without a zone are in
/// `defaultZone`. Error: Validation, with what to write instead.
[[nodiscard]] Result<Phrase> readPhrase(const QString &text, Instant now, const QString &defaultZone);

} // namespace fd
