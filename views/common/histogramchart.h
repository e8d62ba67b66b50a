// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/timelineaxis.h"

#include <QWidget>

class QChartView;

namespace fd {

class HistogramBrush;

/// Runs of one slice of time.
struct HistogramBin {
    Instant from;
    int done = 0;
    int failed = 0;
};

/// Runs over time: done up, failed down. The chart is made when first shown; at most 500 bins.
class HistogramChart : public QWidget
{
    Q_OBJECT
public:
    explicit HistogramChart(QWidget *parent = nullptr);

    /// Bins of equal length, oldest first.
    void setBins(const QList<HistogramBin> &bins, qint64 binUs);
    /// Shows which range is selected, with words over it; an empty one clears. No signal.
    void setSelection(const TimeRange &range, const QString &words);
    [[nodiscard]] QSize sizeHint() const override { return {640, 112}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 88}; }

signals:
    /// The user selected a range of bars; empty when it was cleared.
    void rangeChosen(const fd::TimeRange &range);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    [[nodiscard]] int axisHeight() const;
    [[nodiscard]] TimeRange whole() const;
    void place();

    QList<HistogramBin> m_bins;
    qint64 m_binUs = 0;
    QChartView *m_view = nullptr;
    HistogramBrush *m_brush;
    bool m_stale = true;
};

} // namespace fd
