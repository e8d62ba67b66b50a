// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/durationchart.h"

#include "views/common/chartparts.h"
#include "views/common/controls.h"
#include "views/common/format.h"

#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QStackedBarSeries>
#include <QValueAxis>

namespace fd {
namespace {

constexpr qsizetype kMostBars = 1000;

QLineSeries *percentileLine(qint64 us, qsizetype bars, const QColor &color)
{
    auto *line = new QLineSeries;
    line->setPen(QPen(color, 1, Qt::DashLine));
    line->append(-0.5, static_cast<double>(us));
    line->append(static_cast<double>(bars) - 0.5, static_cast<double>(us));
    return line;
}

} // namespace

DurationChart::DurationChart(QWidget *parent)
    : QWidget(parent), m_p95(new TextLabel({}, TextRole::Small, Tone::Text3, this)),
      m_p50(new TextLabel({}, TextRole::Small, Tone::Text3, this)),
      m_caption(new TextLabel({}, TextRole::Small, Tone::Text3, this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kGap);
    grid->setVerticalSpacing(2);
    auto *side = new QVBoxLayout;
    side->addWidget(m_p95);
    side->addWidget(m_p50);
    side->addStretch();
    grid->addLayout(side, 0, 1);
    grid->addWidget(m_caption, 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(0, 1);
}

qint64 DurationChart::percentile(QList<RunDuration> durations, double share)
{
    if (durations.isEmpty())
        return 0;
    std::sort(
        durations.begin(), durations.end(), [](const RunDuration &a, const RunDuration &b) { return a.us < b.us; });
    const auto rank = static_cast<qsizetype>(std::ceil(share * static_cast<double>(durations.size())));
    return durations[std::clamp<qsizetype>(rank - 1, 0, durations.size() - 1)].us;
}

void DurationChart::setDurations(const QList<RunDuration> &durations, RowId current)
{
    m_durations = durations.last(std::min(kMostBars, durations.size()));
    m_current = current;
    const QString p50 = tr("p50 %1").arg(format::duration(percentile(m_durations, 0.50)));
    const QString p95 = tr("p95 %1").arg(format::duration(percentile(m_durations, 0.95)));
    m_p50->setText(m_durations.isEmpty() ? QString() : p50);
    m_p95->setText(m_durations.isEmpty() ? QString() : p95);
    const auto runs = static_cast<int>(m_durations.size());
    m_caption->setText(m_durations.isEmpty() ? tr("No finished runs yet")
            : runs == 1                      ? tr("the last run")
                                             : tr("last %n runs", nullptr, runs));
    setAccessibleName(tr("Duration of %1: %2, %3", "last runs, p50, p95").arg(m_caption->text(), p50, p95));
    m_stale = true;
    if (isVisible())
        rebuild();
}

void DurationChart::rebuild()
{
    m_stale = false;
    if (!m_view) {
        m_view = chart::makeView(this);
        static_cast<QGridLayout *>(layout())->addWidget(m_view, 0, 0);
    }
    const Theme &theme = Theme::of(palette());
    auto *series = new QStackedBarSeries;
    series->setBarWidth(m_durations.size() > 1 ? 0.84 : 0.2);
    QBarSet *plain = chart::barSet(mixed(theme.base, theme.stripOk, 0.66));
    QBarSet *failed = chart::barSet(theme.stripBad);
    QBarSet *current = chart::barSet(theme.stripOk);
    for (const RunDuration &run : std::as_const(m_durations)) {
        QBarSet *own = run.failed ? failed : run.run == m_current ? current : plain;
        for (QBarSet *set : {plain, failed, current})
            set->append(set == own ? static_cast<double>(run.us) : 0.0);
    }
    auto *made = chart::makeChart();
    const qint64 p50 = percentile(m_durations, 0.50);
    const qint64 p95 = percentile(m_durations, 0.95);
    qint64 longest = 1;
    for (const RunDuration &run : std::as_const(m_durations))
        longest = std::max(longest, run.us);
    series->append({plain, failed, current});
    made->addSeries(series);
    for (const qint64 value : {p50, p95})
        made->addSeries(percentileLine(value, m_durations.size(), theme.control));
    chart::addHiddenAxes(made, -0.5, std::max(0.5, static_cast<double>(m_durations.size()) - 0.5), 0,
        static_cast<double>(longest) * 1.05);
    chart::replace(m_view, made);
    for (QBarSet *set : {plain, failed, current})
        connect(set, &QBarSet::clicked, this, [this](int index) { emit runChosen(m_durations[index].run); });
}

void DurationChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        rebuild();
}

void DurationChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_stale = true;
    if (isVisible() && m_view)
        rebuild();
}

} // namespace fd
