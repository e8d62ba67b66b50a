// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/runhistogram.h"
#include "views/common/histogramchart.h"

#include <QWidget>

namespace fd {

/// The hours of `hours` as bars, from the first one with runs on but at least the last day; nothing without runs.
[[nodiscard]] QList<HistogramBin> histogramBins(const QList<RunHour> &hours);

/// Runs by hour over the list, whatever its filter. Hidden while there is nothing to show.
class RunsChart : public QWidget
{
    Q_OBJECT
public:
    explicit RunsChart(Clock clock, QWidget *parent = nullptr);

    /// Where the counts come from; call once.
    void setStore(Store &store);
    /// Moves on to the present hour.
    void moveOn();

private:
    void showHours();

    Clock m_clock;
    RunHistogram *m_histogram = nullptr;
    HistogramChart *m_chart;
};

} // namespace fd
