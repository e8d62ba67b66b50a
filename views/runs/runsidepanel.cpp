// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runsidepanel.h"

#include "models/items/watchers.h"
#include "views/common/controls.h"
#include "views/common/durationchart.h"
#include "views/common/format.h"
#include "views/runs/parameterlist.h"
#include "views/runs/rundetails.h"
#include "views/runs/runlinks.h"

#include <QLocale>
#include <QVBoxLayout>

namespace fd {

namespace {

constexpr qsizetype kMostSubflows = 5;
constexpr qsizetype kMostSiblings = 3;
/// A chart of fewer bars says nothing.
constexpr qsizetype kLeastDurations = 2;
/// Fewer runs have no median worth comparing with.
constexpr qsizetype kLeastForMedian = 4;
constexpr double kUnlikeMedian = 1.5;

QList<RunDuration> durationsOf(const std::vector<FlowRunRow> &siblings)
{
    QList<RunDuration> durations;
    for (auto run = siblings.rbegin(); run != siblings.rend(); ++run) {
        if (run->start && run->end)
            durations.append({run->row, *run->end - *run->start, run->stateType == StateType::Failed});
    }
    return durations;
}

/// "this run: 7.2 × the median" when it was unlike the others.
QString medianRemark(const FlowRun &run, const QList<RunDuration> &durations)
{
    if (!run.start || !run.end || durations.size() < kLeastForMedian)
        return {};
    const qint64 median = DurationChart::percentile(durations, 0.5);
    if (median <= 0)
        return {};
    const double factor = static_cast<double>(*run.end - *run.start) / static_cast<double>(median);
    if (factor < kUnlikeMedian && factor > 1 / kUnlikeMedian)
        return {};
    return RunSidePanel::tr("This run: %1 × the median").arg(QLocale::system().toString(factor, 'f', 1));
}

} // namespace

RunSidePanel::RunSidePanel(Clock clock, QWidget *parent)
    : QScrollArea(parent), m_clock(std::move(clock)), m_parameters(new ParameterList), m_durations(new DurationChart),
      m_durationRemark(new ElidedLabel({}, TextRole::Quiet, Tone::Text2)), m_related(new RunLinks),
      m_details(new RunDetails)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("About this run"));
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, metrics::kWideGap, 0, metrics::kInset);
    layout->setSpacing(metrics::kSection);
    section(tr("Parameters"), m_parameters, layout);

    auto *durations = new QWidget(content);
    auto *column = new QVBoxLayout(durations);
    column->setContentsMargins(metrics::kInset, 0, metrics::kInset, 0);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_durations);
    column->addWidget(m_durationRemark);
    m_durationSection = section(tr("Duration of the last runs"), durations, layout);
    m_relatedSection = section(tr("Related runs"), m_related, layout);
    section(tr("Details"), m_details, layout);
    layout->addStretch();
    setWidget(content);

    connect(m_durations, &DurationChart::runChosen, this, &RunSidePanel::runOpened);
    connect(m_related, &RunLinks::runOpened, this, &RunSidePanel::runOpened);
    connect(m_details, &RunDetails::runOpened, this, &RunSidePanel::runOpened);
    connect(m_details, &RunDetails::deploymentOpened, this, &RunSidePanel::deploymentOpened);
}

QWidget *RunSidePanel::section(const QString &title, QWidget *content, QVBoxLayout *layout)
{
    auto *whole = new QWidget;
    auto *column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    auto *heading = new ElidedLabel(title, TextRole::Strong, Tone::Text2, Qt::ElideRight, whole);
    heading->setContentsMargins(metrics::kInset, 0, metrics::kInset, 0);
    column->addWidget(heading);
    column->addWidget(content);
    layout->addWidget(whole);
    return whole;
}

void RunSidePanel::update(const FlowRunWatcher &watcher)
{
    const std::optional<FlowRun> &run = watcher.run();
    if (!run)
        return;
    const QByteArray defaults = run->deployment != 0 ? watcher.deploymentParameters() : QByteArray();
    m_parameters->setParameters(runParameters(run->parameters, defaults));
    updateDurations(*run, watcher.siblings());
    updateRelated(watcher);
    m_details->setRun(*run);
}

void RunSidePanel::updateDurations(const FlowRun &run, const std::vector<FlowRunRow> &siblings)
{
    const QList<RunDuration> durations = durationsOf(siblings);
    m_durationSection->setVisible(durations.size() >= kLeastDurations);
    m_durations->setDurations(durations, run.row);
    const QString remark = medianRemark(run, durations);
    m_durationRemark->setText(remark);
    m_durationRemark->setVisible(!remark.isEmpty());
}

void RunSidePanel::updateRelated(const FlowRunWatcher &watcher)
{
    const Instant now = m_clock();
    QList<RunLinks::Entry> entries;
    for (const FlowRunRow &run : watcher.subflows()) {
        if (entries.size() < kMostSubflows)
            entries.append({run, tr("subflow")});
    }
    const qsizetype most = entries.size() + kMostSiblings;
    for (const FlowRunRow &run : watcher.siblings()) {
        if (run.row != watcher.watched() && entries.size() < most)
            entries.append({run, format::relative(run.start.value_or(run.expectedStart), now)});
    }
    m_relatedSection->setVisible(!entries.isEmpty());
    m_related->setRuns(entries, now);
}

} // namespace fd
