// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/runhistogram.h"
#include "views/common/histogramchart.h"

#include <QWidget>

namespace fd {

/// The hours of `hours` as bars, from the first one with runs on but at least the last day; nothing without runs.
[[nodiscard]] QList<HistogramBin> histogramBins(const QList<RunHour> &hours);

/// Runs by hour over the list, whatever its filter; a range can be selected. Hidden while there is nothing to show.
class RunsChart : public QWidget
{
    Q_OBJECT
public:
    explicit RunsChart(Clock clock, QWidget *parent = nullptr);

    /// Where the counts come from; call once.
    void setStore(Store &store);
    /// Moves on to the present hour.
    void moveOn();
    /// Shows a range as selected; an empty one clears.
    void setSelection(const TimeRange &range);
    /// The selected range, moved by its own length to earlier or later; without one the last hours with runs.
    [[nodiscard]] TimeRange neighbour(bool later) const;

signals:
    /// The user selected a range; empty when it was cleared.
    void rangeChosen(const fd::TimeRange &range);

private:
    void showHours();

    Clock m_clock;
    RunHistogram *m_histogram = nullptr;
    HistogramChart *m_chart;
    TimeRange m_selection;
    QList<HistogramBin> m_bins;
};

} // namespace fd
