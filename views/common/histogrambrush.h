// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/timelineaxis.h"

#include <QWidget>

namespace fd {

/// Lies over the bars of a histogram: a drag selects a range of whole bars, its edges can be dragged, a click beside it
/// or a double click clears it, a click on a bar selects that bar.
class HistogramBrush : public QWidget
{
    Q_OBJECT
public:
    explicit HistogramBrush(QWidget *parent = nullptr);

    /// What the whole width stands for, and how long one bar is. Without a length nothing can be selected.
    void setBars(const TimeRange &whole, qint64 barUs);
    /// Shows a range with words over it; an empty one clears. No signal.
    void setSelection(const TimeRange &range, const QString &words);
    [[nodiscard]] const TimeRange &selection() const { return m_selection; }

signals:
    /// The user selected a range; empty when it was cleared.
    void chosen(const fd::TimeRange &range);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] TimeRange bars(Instant a, Instant b) const;
    [[nodiscard]] Instant at(double x) const;
    [[nodiscard]] QRectF area() const;
    /// The edge of the selection that stays when the other one, near `x`, is dragged.
    [[nodiscard]] std::optional<Instant> anchorFor(double x) const;
    void choose(const TimeRange &range);

    TimelineAxis m_axis;
    TimeRange m_whole;
    qint64 m_barUs = 0;
    TimeRange m_selection;
    QString m_words;
    /// Where a drag began, and what the selection was then.
    std::optional<double> m_pressed;
    std::optional<Instant> m_anchor;
    TimeRange m_before;
};

} // namespace fd
