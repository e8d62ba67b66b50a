// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schedule/schedule.h"

namespace fd {

/// A schedule in one plain, translated sentence without a full stop: "every weekday at 09:00, Europe/Berlin". Made
/// from the parsed rule; a form that it cannot word exactly shows the rule's own text.
[[nodiscard]] QString inWords(const ScheduleRule &rule);

/// The same without its zone; empty for a form that it cannot word exactly.
[[nodiscard]] QString ruleInWords(const ScheduleRule &rule);

/// The wording of a cron expression without its zone; empty when there is none.
[[nodiscard]] QString cronInWords(const CronExpression &cron, bool dayOr);
/// The wording of a recurrence without its zone; empty when there is none. `start` is the wall time it starts at.
[[nodiscard]] QString recurrenceInWords(const Recurrence &recurrence, qint64 start);

} // namespace fd
