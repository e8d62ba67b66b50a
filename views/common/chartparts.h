// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

class QBarSet;
class QChart;
class QChartView;
class QWidget;

namespace fd::chart {

/// Parts that the Qt Charts of the kit share: bare charts that look like painted parts.

/// A transparent view without frame or focus.
[[nodiscard]] QChartView *makeView(QWidget *parent);
/// A chart without title, legend, margins or animation.
[[nodiscard]] QChart *makeChart();
/// A set of bars in one colour without edges.
[[nodiscard]] QBarSet *barSet(const QColor &color);
/// Gives all series of `chart` the same invisible axes.
void addHiddenAxes(QChart *chart, double left, double right, double bottom, double top);
/// Shows `chart` and deletes the one before.
void replace(QChartView *view, QChart *chart);

} // namespace fd::chart
