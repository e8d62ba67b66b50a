// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/deployments/inspectortab.h"

class QVBoxLayout;

namespace fd {

/// The schedules of a deployment as text: the rule, its zone, whether it is on, and the rule as it is written.
class SchedulesTab : public InspectorTab
{
    Q_OBJECT
public:
    explicit SchedulesTab(QWidget *parent = nullptr);

    void showDeployment(const InspectedDeployment &inspected) override;

private:
    QVBoxLayout *m_cards;
    class Placeholder *m_none;
    QList<Schedule> m_shown;
    bool m_paused = false;
};

} // namespace fd
