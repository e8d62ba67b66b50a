// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/histogramchart.h"

#include "views/common/celltext.h"
#include "views/common/chartparts.h"
#include "views/common/format.h"
#include "views/common/histogrambrush.h"

#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QPainter>
#include <QStackedBarSeries>

namespace fd {
namespace {

constexpr qsizetype kMostBins = 500;
constexpr int kTickGap = 96;

} // namespace

HistogramChart::HistogramChart(QWidget *parent) : QWidget(parent), m_brush(new HistogramBrush(this))
{
    connect(m_brush, &HistogramBrush::chosen, this, &HistogramChart::rangeChosen);
}

void HistogramChart::setBins(const QList<HistogramBin> &bins, qint64 binUs)
{
    m_bins = bins.mid(std::max<qsizetype>(0, bins.size() - kMostBins));
    m_binUs = binUs;
    qint64 done = 0;
    qint64 failed = 0;
    for (const HistogramBin &bin : std::as_const(m_bins)) {
        done += bin.done;
        failed += bin.failed;
    }
    setAccessibleName(tr("Runs over time: %1 done, %2 failed").arg(format::count(done), format::count(failed)));
    m_brush->setBars(whole(), m_bins.isEmpty() ? 0 : m_binUs);
    m_stale = true;
    if (isVisible())
        rebuild();
    update();
}

void HistogramChart::setSelection(const TimeRange &range, const QString &words)
{
    m_brush->setSelection(range, words);
    m_brush->setAccessibleName(words.isEmpty() ? QString() : tr("Selected: %1").arg(words));
}

TimeRange HistogramChart::whole() const
{
    return m_bins.isEmpty() ? TimeRange() : TimeRange{m_bins.first().from, m_bins.last().from.plusUs(m_binUs)};
}

int HistogramChart::axisHeight() const { return cellLineHeight(TextRole::Small) + metrics::kStep; }

void HistogramChart::rebuild()
{
    m_stale = false;
    if (!m_view) {
        m_view = chart::makeView(this);
        m_view->show();
    }
    const Theme &theme = Theme::of(palette());
    QBarSet *done = chart::barSet(mixed(theme.base, theme.stripOk, 0.8));
    QBarSet *failed = chart::barSet(theme.stripBad);
    int most = 1;
    int mostFailed = 0;
    for (const HistogramBin &bin : std::as_const(m_bins)) {
        done->append(bin.done);
        failed->append(-bin.failed);
        most = std::max(most, bin.done);
        mostFailed = std::max(mostFailed, bin.failed);
    }
    auto *series = new QStackedBarSeries;
    series->setBarWidth(0.84);
    series->append({done, failed});
    QChart *made = chart::makeChart();
    made->addSeries(series);
    chart::addHiddenAxes(made, -0.5, std::max(0.5, static_cast<double>(m_bins.size()) - 0.5), -mostFailed, most);
    chart::replace(m_view, made);
    place();
}

void HistogramChart::place()
{
    const QRect plot = rect().adjusted(0, 0, 0, -axisHeight());
    if (m_view)
        m_view->setGeometry(plot);
    m_brush->setGeometry(plot);
    m_brush->raise();
}

void HistogramChart::paintEvent(QPaintEvent *)
{
    if (m_bins.isEmpty())
        return;
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    TimelineAxis axis;
    axis.setRange(whole());
    axis.setPixels(0, width());
    painter.setFont(roleFont(TextRole::Small));
    painter.setPen(theme.text3);
    const int top = height() - axisHeight() + metrics::kStep;
    for (const Tick &tick : axis.ticks(metrics::forText(kTickGap))) {
        const CellLine &label = cellLine(tick.label, TextRole::Small, 0, Qt::ElideNone);
        const int x = std::clamp(qRound(axis.x(tick.at)) - label.width / 2, 0, std::max(0, width() - label.width));
        painter.drawStaticText(x, top, label.text);
    }
}

void HistogramChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void HistogramChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        rebuild();
}

void HistogramChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_stale = true;
    if (isVisible() && m_view)
        rebuild();
}

} // namespace fd
