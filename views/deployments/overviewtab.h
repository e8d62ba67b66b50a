// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/durationchart.h"
#include "views/deployments/inspectortab.h"

#include <QTimer>

class QGridLayout;
class QPushButton;
class QVBoxLayout;

namespace fd {

class ElidedLabel;
class RecentRuns;
class TagLabels;
class TextLabel;
class VerdictCard;

/// Will it run; what, where, when; the newest runs and how long they took.
class OverviewTab : public InspectorTab
{
    Q_OBJECT
public:
    explicit OverviewTab(Clock clock, QWidget *parent = nullptr);

    void showDeployment(const InspectedDeployment &inspected) override;

private:
    QGridLayout *addSection(const QString &title);
    ElidedLabel *addField(QGridLayout *grid, const QString &label);
    void addRecent();
    void showWhen(const InspectedDeployment &inspected);
    void showDurations(const InspectedDeployment &inspected);
    void makeChart();

    Clock m_clock;
    QVBoxLayout *m_column;
    VerdictCard *m_verdict;
    TextLabel *m_description;
    ElidedLabel *m_entrypoint, *m_file, *m_version, *m_spec;
    TagLabels *m_tags;
    ElidedLabel *m_runner, *m_interpreter;
    ElidedLabel *m_schedule, *m_next, *m_updated;
    TextLabel *m_noRuns;
    RecentRuns *m_recent;
    QPushButton *m_allRuns;
    /// Made a moment after the tab is there: Qt Charts is slow to make.
    DurationChart *m_chart = nullptr;
    TextLabel *m_chartText = nullptr;
    QTimer m_chartTimer;
    QList<RunDuration> m_durations;
    RowId m_row = 0;
};

} // namespace fd
