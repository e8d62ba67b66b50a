// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runschart.h"

#include "views/common/controls.h"
#include "views/common/format.h"

#include <QVBoxLayout>

namespace fd {

namespace {

constexpr qint64 kHourUs = 3'600'000'000;
constexpr qint64 kMostHours = 7 * 24;
constexpr qsizetype kLeastHours = 24;
constexpr int kHeight = 80;
/// How much Alt+[ selects when nothing is selected.
constexpr qint64 kBrushHours = 4;

int countOf(const RunHour &hour, std::initializer_list<StateType> types)
{
    int count = 0;
    for (const StateType type : types)
        count += hour.counts[static_cast<size_t>(type)];
    return count;
}

} // namespace

QList<HistogramBin> histogramBins(const QList<RunHour> &hours)
{
    QList<HistogramBin> bins;
    qsizetype first = -1;
    for (const RunHour &hour : hours) {
        const HistogramBin bin{.from = hour.from,
            .done = countOf(hour, {StateType::Completed, StateType::Cancelled}),
            .failed = countOf(hour, {StateType::Failed, StateType::Crashed})};
        if (first < 0 && bin.done + bin.failed > 0)
            first = bins.size();
        bins.append(bin);
    }
    return first < 0 ? QList<HistogramBin>()
                     : bins.mid(std::min(first, std::max<qsizetype>(0, bins.size() - kLeastHours)));
}

RunsChart::RunsChart(Clock clock, QWidget *parent)
    : QWidget(parent), m_clock(std::move(clock)), m_chart(new HistogramChart(this))
{
    m_chart->setFixedHeight(metrics::forText(kHeight));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kInset, 0, metrics::kInset, metrics::kStep);
    layout->setSpacing(metrics::kStep);
    layout->addWidget(
        new TextLabel(tr("All runs by hour, failed ones below the line"), TextRole::Small, Tone::Text3, this));
    layout->addWidget(m_chart);
    connect(m_chart, &HistogramChart::rangeChosen, this, &RunsChart::rangeChosen);
    hide();
}

void RunsChart::setStore(Store &store)
{
    m_histogram = new RunHistogram(store, this);
    connect(m_histogram, &RunHistogram::changed, this, &RunsChart::showHours);
    moveOn();
}

void RunsChart::moveOn()
{
    const qint64 hour = m_clock().us / kHourUs;
    m_histogram->setRange({(hour - kMostHours + 1) * kHourUs}, {hour * kHourUs});
}

void RunsChart::showHours()
{
    m_bins = histogramBins(m_histogram->hours());
    m_chart->setBins(m_bins, kHourUs);
    setVisible(!m_bins.isEmpty());
}

void RunsChart::setSelection(const TimeRange &range)
{
    m_selection = range;
    m_chart->setSelection(range, range.isEmpty() ? QString() : format::period(range.from, range.until, m_clock()));
}

TimeRange RunsChart::neighbour(bool later) const
{
    if (m_selection.isEmpty()) {
        if (m_bins.isEmpty())
            return {};
        const Instant last = m_bins.last().from;
        return {last.plusUs(-(kBrushHours - 1) * kHourUs), last.plusUs(kHourUs)};
    }
    const qint64 step = later ? m_selection.lengthUs() : -m_selection.lengthUs();
    return {m_selection.from.plusUs(step), m_selection.until.plusUs(step)};
}

} // namespace fd
