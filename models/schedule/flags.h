// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/schedule.h"

#include <vector>

namespace fd {

/// Something about an accepted schedule that its author cannot have wanted, or should know before saving.
struct ScheduleFlag {
    enum class Kind {
        /// No run will ever come of it.
        NeverSchedules,
        /// The server searches for a date for ever.
        NeverFinishes,
        /// The dates are drawn anew each time.
        Random,
        /// Some dates come twice, or every look of the scheduler adds further ones.
        SchedulesTwice,
        /// Around a change of the clock, dates are lost.
        LosesDates,
        /// The anchor is the moment of saving, so that every deploy moves the dates.
        ShiftsWithDeploy,
        /// The local time depends on the season in which the scheduler looks.
        ShiftsWithSeason,
    };
    Kind kind = Kind::NeverSchedules;
    /// One sentence for the user: what happens and what to do.
    QString reason;
};

/// What is to be said about a schedule as seen at `now`; empty for most. Bounded work.
[[nodiscard]] std::vector<ScheduleFlag> flagsOf(const ScheduleRule &rule, Instant now);

} // namespace fd
