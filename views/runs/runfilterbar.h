// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/flowrunlistmodel.h"

#include <QWidget>

class QPushButton;

namespace fd {

class CountChips;
class FilterChip;

/// The row under the runs page's header: what restricts the list at left, counts by state at right.
class RunFilterBar : public QWidget
{
    Q_OBJECT
public:
    explicit RunFilterBar(QWidget *parent = nullptr);

    /// The deployment whose runs are shown; empty for all.
    void setDeployment(const QString &name);
    /// How many runs there are in each state, and which states are shown.
    void setStates(const QList<FlowRunStateCount> &counts, const QList<StateGroup> &shown);
    /// When the shown runs were due, in words; empty for any time.
    void setTime(const QString &words);
    /// Runs that came above the fold; 0 hides the line.
    void setRowsAbove(int count);

signals:
    /// The deployment chip was closed.
    void deploymentRemoved();
    /// The time chip was closed.
    void timeRemoved();
    void stateToggled(const fd::StateGroup &group, bool shown);
    /// "Clear all".
    void cleared();
    /// "3 new runs above": show them.
    void topRequested();

private:
    void updateClear();

    FilterChip *m_deployment;
    FilterChip *m_time;
    QPushButton *m_clear;
    QPushButton *m_above;
    CountChips *m_chips;
    bool m_restricted = false;
};

} // namespace fd
