// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QList>
#include <QWidget>

class QChartView;

namespace fd {

class TextLabel;

/// A finished run's length.
struct RunDuration {
    RowId run = 0;
    qint64 us = 0;
    /// Only a failed run is red; a long one is not.
    bool failed = false;
};

/// Bars of the last runs' durations, oldest first, with p50 and p95. The chart is made when first shown.
class DurationChart : public QWidget
{
    Q_OBJECT
public:
    explicit DurationChart(QWidget *parent = nullptr);

    /// At most 1,000 runs; `current` (a run's row id) stands out.
    void setDurations(const QList<RunDuration> &durations, RowId current = 0);
    /// The value that `share` of the durations do not exceed, by nearest rank; 0 when there are none.
    [[nodiscard]] static qint64 percentile(QList<RunDuration> durations, double share);
    [[nodiscard]] QSize sizeHint() const override { return {320, 96}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 72}; }

signals:
    /// A bar was clicked.
    void runChosen(fd::RowId run);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void rebuild();

    QList<RunDuration> m_durations;
    RowId m_current = 0;
    TextLabel *m_p95;
    TextLabel *m_p50;
    TextLabel *m_caption;
    QChartView *m_view = nullptr;
    bool m_stale = true;
};

} // namespace fd
