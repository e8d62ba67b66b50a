// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/deployments/inspectortab.h"

class QPushButton;

namespace fd {

class Placeholder;
class RecentRuns;
class SegmentBar;

/// The newest 40 runs of a deployment, all or only those that failed or are active. A click opens one.
class RunsTab : public InspectorTab
{
    Q_OBJECT
public:
    explicit RunsTab(Clock clock, QWidget *parent = nullptr);

    void showDeployment(const InspectedDeployment &inspected) override;

private:
    void showRuns();

    SegmentBar *m_which;
    RecentRuns *m_table;
    Placeholder *m_none;
    QPushButton *m_all;
    std::vector<FlowRunRow> m_runs;
    RowId m_row = 0;
};

} // namespace fd
