// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QtGlobal>

#include <optional>
#include <vector>

namespace fd {

/// The dates a server collects for one question: equal wall times count once, enough is enough, and too many tries end
/// it, as Prefect's own loops do.
class DateSet
{
public:
    DateSet(int wanted, int mostTries);

    /// Takes a date, by its wall clock and its instant (microseconds). False when there are enough or enough was tried.
    bool add(qint64 wallUs, qint64 utcUs);
    /// The instants in the order of their wall clocks.
    [[nodiscard]] std::vector<Instant> sorted() &&;

private:
    struct Date {
        qint64 wall;
        qint64 utc;
    };

    std::vector<Date> m_dates;
    int m_wanted;
    int m_mostTries;
    int m_tries = 0;
    qint64 m_highest = INT64_MIN;
    bool m_isAscending = true;
};

/// One question in the terms of a generation's own code: everything in microseconds.
struct DateQuery {
    qint64 startUs = 0;
    std::optional<qint64> endUs;
    int wanted = 1;
    int mostTries = 1000;
    /// No number was asked for, which Orion's cron takes for "in UTC".
    bool isOpen = false;
};

} // namespace fd
