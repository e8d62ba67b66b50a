// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/overviewtab.h"

#include "models/core/json.h"
#include "views/common/chips.h"
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/deployments/deploymenttext.h"
#include "views/deployments/recentruns.h"
#include "views/deployments/verdictcard.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QPushButton>

namespace fd {
namespace {

constexpr int kRecent = 3;
constexpr int kChartAfterMs = 120;

QString orAbsent(const QString &text) { return text.isEmpty() ? QString(format::kAbsent) : oneLine(text); }

QString configText(const QByteArray &config, const char *key)
{
    const Json value = parseJson(config).value_or(Json::object());
    const auto found = value.is_object() ? value.find(key) : value.end();
    return found == value.end() ? QString() : toDisplay(*found);
}

QString interpreterText(const FlowRunner &runner)
{
    if (const QString virtualenv = configText(runner.config, "virtualenv"); !virtualenv.isEmpty())
        return OverviewTab::tr("virtual environment %1").arg(virtualenv);
    if (const QString conda = configText(runner.config, "condaenv"); !conda.isEmpty())
        return OverviewTab::tr("conda environment %1").arg(conda);
    return OverviewTab::tr("the workspace's Python");
}

} // namespace

OverviewTab::OverviewTab(Clock clock, QWidget *parent)
    : InspectorTab(parent), m_clock(std::move(clock)), m_column(nullptr), m_verdict(new VerdictCard),
      m_description(new TextLabel({}, TextRole::Body, Tone::Text2)), m_tags(new TagLabels)
{
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kInset);
    m_column->setSpacing(metrics::kGap);
    m_column->addWidget(m_verdict);
    m_description->setWordWrap(true);
    m_column->addWidget(m_description);
    QGridLayout *what = addSection(tr("What"));
    m_entrypoint = addField(what, tr("Entrypoint"));
    m_file = addField(what, tr("File"));
    m_version = addField(what, tr("Version"));
    const int row = what->rowCount();
    what->addWidget(new TextLabel(tr("Tags"), TextRole::Quiet, Tone::Text2), row, 0);
    what->addWidget(m_tags, row, 1);
    QGridLayout *where = addSection(tr("Where"));
    m_runner = addField(where, tr("Flow runner"));
    m_interpreter = addField(where, tr("Python"));
    m_spec = addField(where, tr("Spec"));
    QGridLayout *when = addSection(tr("When"));
    m_schedule = addField(when, tr("Schedule"));
    m_next = addField(when, tr("Next"));
    m_updated = addField(when, tr("Updated"));
    addRecent();
    m_column->addStretch();
    setScrolledContent(content);
    m_chartTimer.setSingleShot(true);
    m_chartTimer.setInterval(kChartAfterMs);
    connect(&m_chartTimer, &QTimer::timeout, this, &OverviewTab::makeChart);
}

QGridLayout *OverviewTab::addSection(const QString &title)
{
    m_column->addSpacing(metrics::kGap);
    m_column->addWidget(new TextLabel(title, TextRole::Strong, Tone::Text2));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kWideGap);
    grid->setVerticalSpacing(metrics::kStep);
    grid->setColumnMinimumWidth(0, 88);
    grid->setColumnStretch(1, 1);
    m_column->addLayout(grid);
    return grid;
}

ElidedLabel *OverviewTab::addField(QGridLayout *grid, const QString &label)
{
    const int row = grid->rowCount();
    grid->addWidget(new TextLabel(label, TextRole::Quiet, Tone::Text2), row, 0);
    auto *value = new ElidedLabel({}, TextRole::Body, Tone::Text, Qt::ElideMiddle);
    grid->addWidget(value, row, 1);
    return value;
}

void OverviewTab::addRecent()
{
    m_column->addSpacing(metrics::kGap);
    auto *head = new QHBoxLayout;
    m_allRuns = linkButton(tr("All runs"));
    head->addWidget(new TextLabel(tr("Recent runs"), TextRole::Strong, Tone::Text2));
    head->addStretch();
    head->addWidget(m_allRuns);
    m_column->addLayout(head);
    m_noRuns = new TextLabel(tr("It has not run yet."), TextRole::Body, Tone::Text3);
    m_column->addWidget(m_noRuns);
    m_recent = new RecentRuns(m_clock, kRecent, true);
    auto *wide = new QHBoxLayout;
    wide->setContentsMargins(-metrics::kCellPadding, 0, -metrics::kCellPadding, 0);
    wide->addWidget(m_recent);
    m_column->addLayout(wide);
    connect(m_allRuns, &QPushButton::clicked, this,
        [this] { emit navigate({.kind = Destination::Kind::Runs, .deployment = m_row}, false); });
    connect(m_recent, &RecentRuns::runRequested, this,
        [this](RowId run, bool newWindow) { emit navigate({.kind = Destination::Kind::Run, .id = run}, newWindow); });
}

void OverviewTab::showDeployment(const InspectedDeployment &inspected)
{
    const Deployment &deployment = inspected.deployment;
    m_row = deployment.row;
    m_verdict->setVerdict(judge(deployment, inspected.engine, inspected.capabilities));
    m_description->setText(deployment.description.left(2000));
    m_description->setVisible(!deployment.description.isEmpty());
    m_entrypoint->setText(orAbsent(deployment.entrypoint.isEmpty() ? deployment.flowName : deployment.entrypoint));
    m_file->setText(orAbsent(deployment.path));
    m_version->setText(orAbsent(deployment.version));
    m_tags->setTags(deployment.tags);
    m_runner->setText(orAbsent(deployment.runner.type));
    m_interpreter->setText(oneLine(interpreterText(deployment.runner)));
    m_spec->setText(orAbsent(deployment.specPath));
    showWhen(inspected);
    const bool any = !inspected.recent.empty();
    m_noRuns->setVisible(!any);
    m_recent->setVisible(any);
    m_allRuns->setVisible(any);
    m_recent->setRuns(inspected.recent);
    showDurations(inspected);
}

void OverviewTab::showWhen(const InspectedDeployment &inspected)
{
    const DeploymentWords words = deploymentWords(inspected.summary, inspected.now);
    m_schedule->setText(words.scheduleDetail.isEmpty() || inspected.summary.scheduleCount == 0
            ? words.schedule
            : tr("%1, %2").arg(words.schedule, words.scheduleDetail));
    m_next->setText(
        words.nextRunDetail.isEmpty() ? words.nextRun : tr("%1 · %2").arg(words.nextRun, words.nextRunDetail));
    m_updated->setText(words.updated);
}

void OverviewTab::showDurations(const InspectedDeployment &inspected)
{
    m_durations.clear();
    for (auto run = inspected.recent.rbegin(); run != inspected.recent.rend(); ++run) {
        if (run->start && run->end)
            m_durations += RunDuration{.run = run->row,
                .us = *run->end - *run->start,
                .failed = run->stateType == StateType::Failed || run->stateType == StateType::Crashed};
    }
    if (m_chart == nullptr)
        m_chartTimer.start();
    else
        makeChart();
}

void OverviewTab::makeChart()
{
    const bool enough = m_durations.size() > 1;
    if (m_chart == nullptr && enough) {
        m_chart = new DurationChart;
        m_chartText = new TextLabel({}, TextRole::Small, Tone::Text3);
        const int before = m_column->count() - 1;
        m_column->insertWidget(before, m_chart);
        m_column->insertWidget(before + 1, m_chartText);
        connect(m_chart, &DurationChart::runChosen, this,
            [this](RowId run) { emit navigate({.kind = Destination::Kind::Run, .id = run}, false); });
    }
    if (m_chart == nullptr)
        return;
    m_chart->setVisible(enough);
    m_chartText->setVisible(enough);
    m_chart->setDurations(m_durations);
    m_chartText->setText(
        tr("last %1 runs · p50 %2 · p95 %3")
            .arg(format::count(m_durations.size()), format::duration(DurationChart::percentile(m_durations, 0.5)),
                format::duration(DurationChart::percentile(m_durations, 0.95))));
}

} // namespace fd
