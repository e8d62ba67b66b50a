// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/runstab.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/stateplaceholder.h"
#include "views/deployments/recentruns.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace fd {
namespace {

enum Which { AllRuns, FailedRuns, ActiveRuns };
constexpr int kMostRuns = 40;

bool belongs(const FlowRunRow &run, int which)
{
    if (which == FailedRuns)
        return run.stateType == StateType::Failed || run.stateType == StateType::Crashed;
    return which == AllRuns || !isTerminal(run.stateType);
}

} // namespace

RunsTab::RunsTab(Clock clock, QWidget *parent)
    : InspectorTab(parent), m_which(new SegmentBar), m_table(new RecentRuns(std::move(clock), kMostRuns, false)),
      m_none(new Placeholder), m_all(linkButton(tr("All runs")))
{
    m_which->setAccessibleName(tr("Which runs"));
    m_which->addSegment(AllRuns, tr("All"));
    m_which->addSegment(FailedRuns, tr("Failed"));
    m_which->addSegment(ActiveRuns, tr("Active"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kGap, metrics::kWideGap, metrics::kGap, metrics::kWideGap);
    column->setSpacing(metrics::kGap);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::kGap, 0, metrics::kGap, 0);
    head->addWidget(m_which);
    head->addStretch();
    head->addWidget(m_all);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_none, 1);
    connect(m_which, &SegmentBar::chosen, this, &RunsTab::showRuns);
    connect(m_all, &QPushButton::clicked, this,
        [this] { emit navigate({.kind = Destination::Kind::Runs, .deployment = m_row}, false); });
    connect(m_table, &RecentRuns::runRequested, this,
        [this](RowId run, bool newWindow) { emit navigate({.kind = Destination::Kind::Run, .id = run}, newWindow); });
}

void RunsTab::showDeployment(const InspectedDeployment &inspected)
{
    m_row = inspected.deployment.row;
    m_runs = inspected.recent;
    const auto failed
        = std::count_if(m_runs.cbegin(), m_runs.cend(), [](const FlowRunRow &run) { return belongs(run, FailedRuns); });
    m_which->setSegmentText(FailedRuns, failed == 0 ? tr("Failed") : tr("Failed %1").arg(format::count(failed)));
    showRuns();
}

void RunsTab::showRuns()
{
    std::vector<FlowRunRow> shown;
    std::copy_if(m_runs.cbegin(), m_runs.cend(), std::back_inserter(shown),
        [which = m_which->current()](const FlowRunRow &run) { return belongs(run, which); });
    m_table->setRuns(shown);
    m_table->setVisible(!shown.empty());
    m_none->setVisible(shown.empty());
    if (m_runs.empty())
        m_none->setContent(quietPlaceholder(tr("No runs yet"), tr("Quick Run starts the first one.")));
    else
        m_none->setContent(quietPlaceholder(tr("None of the newest runs"), tr("Choose All to see them.")));
}

} // namespace fd
