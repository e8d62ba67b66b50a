// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fd {

/// By whose rules a schedule is read and its dates are found. The generations of Prefect differ in what they accept
/// and in what they make of changing clocks; a schedule's own text does not say which is meant.
enum class ScheduleRules {
    /// Prefect Orion 2.0b8.
    Orion,
    /// Prefect 2.20.
    Prefect2,
    /// Prefect 3.
    Prefect3,
    /// Flowdeck's own engine: Prefect 3's rules, but an interval of whole days with a zone keeps its local time from
    /// its anchor whenever it is asked, and a rule without further dates simply ends.
    Local,
};

} // namespace fd
