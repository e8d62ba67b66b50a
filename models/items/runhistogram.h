// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/domain/changes.h"
#include "models/domain/state.h"
#include "models/items/reloader.h"

#include <QList>
#include <QObject>

#include <array>

namespace fd {

class Store;

/// How many runs were due in one hour, by their state now.
struct RunHour {
    Instant from;
    /// By StateType.
    std::array<int, kStateTypeCount> counts{};

    friend bool operator==(const RunHour &, const RunHour &) = default;
};

/// Runs over time for a chart: hourly counts by state, kept up to date. Costs the same whatever the number of runs.
class RunHistogram : public QObject
{
    Q_OBJECT

public:
    explicit RunHistogram(Store &store, QObject *parent = nullptr);

    /// Counts another range: the hours that begin within it. They are there after `changed`.
    void setRange(Instant from, Instant to);
    /// One entry for every hour of the range, oldest first, also for those without runs.
    [[nodiscard]] const QList<RunHour> &hours() const { return m_hours; }

signals:
    void changed();

private:
    void onStoreChanged(const Changes &changes);
    void startReading();

    Store &m_store;
    Instant m_from;
    Instant m_to;
    QList<RunHour> m_hours;
    Reloader m_reading;
};

} // namespace fd
