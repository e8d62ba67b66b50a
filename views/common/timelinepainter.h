// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"
#include "views/common/timeline.h"

#include <QPainter>

namespace fd {

/// Paints one frame of a Timeline.
class TimelinePainter
{
public:
    TimelinePainter(QPainter &painter, const Timeline &timeline);

    void paint();

private:
    void paintBands();
    void paintAxis();
    void paintRows();
    void paintRow(int row);
    void paintName(int row, const QRectF &area);
    void paintBarLabel(int row, const QRectF &bar);
    /// All rows as lines of an image: the failed ones last, so that none is hidden.
    void paintDense();
    void paintCurves(int row);
    void paintCurve(int from, int to);
    void paintPicked();

    [[nodiscard]] QColor barColor(const TimelineRow &row, bool strong) const;
    [[nodiscard]] bool isStrong(int row) const;
    [[nodiscard]] bool isCrossedByPath(int row, double right) const;
    [[nodiscard]] double rowTop(int row) const;
    [[nodiscard]] QRect chart() const;

    QPainter &m_painter;
    const Timeline &m_timeline;
    const Theme &m_theme;
    /// The row whose neighbours are drawn: the hovered one, else the selected one.
    int m_focus;
};

} // namespace fd
