// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/chartparts.h"

#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QLegend>
#include <QValueAxis>

namespace fd::chart {

QChartView *makeView(QWidget *parent)
{
    auto *view = new QChartView(parent);
    view->setFrameShape(QFrame::NoFrame);
    view->setFocusPolicy(Qt::NoFocus);
    view->setBackgroundBrush(Qt::NoBrush);
    view->viewport()->setAutoFillBackground(false);
    view->setMinimumSize(0, 0);
    return view;
}

QChart *makeChart()
{
    auto *made = new QChart;
    made->setBackgroundVisible(false);
    made->setPlotAreaBackgroundVisible(false);
    made->setMargins({});
    // Or the view would grow over what stands below it.
    made->setMinimumSize(1, 1);
    made->setContentsMargins(0, 0, 0, 0);
    made->layout()->setContentsMargins(0, 0, 0, 0);
    made->legend()->hide();
    made->setAnimationOptions(QChart::NoAnimation);
    return made;
}

QBarSet *barSet(const QColor &color)
{
    auto *set = new QBarSet(QString());
    set->setColor(color);
    set->setPen(Qt::NoPen);
    return set;
}

void addHiddenAxes(QChart *chart, double left, double right, double bottom, double top)
{
    auto *x = new QValueAxis;
    x->setRange(left, right);
    auto *y = new QValueAxis;
    y->setRange(bottom, top);
    for (QValueAxis *axis : {x, y})
        axis->setVisible(false);
    chart->addAxis(x, Qt::AlignBottom);
    chart->addAxis(y, Qt::AlignLeft);
    for (QAbstractSeries *series : chart->series()) {
        series->attachAxis(x);
        series->attachAxis(y);
    }
}

void replace(QChartView *view, QChart *chart)
{
    const std::unique_ptr<QChart> before(view->chart());
    view->setChart(chart);
    // Views take the least size of every chart they had.
    view->setMinimumSize(0, 0);
}

} // namespace fd::chart
