// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runfilterbar.h"

#include "views/common/chips.h"
#include "views/common/controls.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace fd {

namespace {

/// What needs somebody first, then what is going on, then what is over.
QList<StateGroup> chipOrder()
{
    const QList<StateType> types{StateType::Failed, StateType::Crashed, StateType::Running, StateType::Pending,
        StateType::Paused, StateType::Cancelling, StateType::Scheduled, StateType::Cancelled, StateType::Completed,
        StateType::Unknown};
    QList<StateGroup> order;
    for (const StateType type : types) {
        order.append({.type = type});
        for (const QString &name : namesApart(type))
            order.append({.type = type, .name = name});
    }
    const StateGroup late = stateGroup(StateType::Scheduled, QStringLiteral("Late"));
    order.move(order.indexOf(late), order.indexOf(StateGroup{.type = StateType::Running}));
    return order;
}

QString chipName(const StateGroup &group) { return group.name.isEmpty() ? defaultStateName(group.type) : group.name; }

} // namespace

RunFilterBar::RunFilterBar(QWidget *parent) : QWidget(parent)
{
    m_deployment = new FilterChip(tr("Deployment is"), {}, this);
    m_deployment->hide();
    m_time = new FilterChip(tr("Start"), {}, this);
    m_time->hide();
    m_clear = linkButton(tr("Clear all"), this);
    m_clear->hide();
    m_above = linkButton({}, this);
    m_above->hide();
    m_chips = new CountChips(this);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kInset, 0, metrics::kInset, 0);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_time);
    layout->addWidget(m_deployment);
    layout->addWidget(m_clear);
    layout->addWidget(m_above);
    layout->addStretch();
    layout->addWidget(m_chips);
    setMinimumHeight(metrics::kFilterRow);

    connect(m_deployment, &FilterChip::removeRequested, this, &RunFilterBar::deploymentRemoved);
    connect(m_clear, &QPushButton::clicked, this, &RunFilterBar::cleared);
    connect(m_above, &QPushButton::clicked, this, &RunFilterBar::topRequested);
    connect(m_chips, &CountChips::toggled, this, [this](StateType type, const QString &name, bool checked) {
        emit stateToggled(stateGroup(type, name), checked);
    });
    connect(m_time, &FilterChip::removeRequested, this, &RunFilterBar::timeRemoved);
}

void RunFilterBar::setDeployment(const QString &name)
{
    m_deployment->setFilter(tr("Deployment is"), name);
    m_deployment->setVisible(!name.isEmpty());
    updateClear();
}

void RunFilterBar::setTime(const QString &words)
{
    m_time->setFilter(tr("Start"), words);
    m_time->setVisible(!words.isEmpty());
    updateClear();
}

void RunFilterBar::setStates(const QList<FlowRunStateCount> &counts, const QList<StateGroup> &shown)
{
    QList<StateCount> chips;
    for (const StateGroup &group : chipOrder()) {
        StateCount chip{group.type, chipName(group), 0};
        for (const FlowRunStateCount &count : counts) {
            if (stateGroup(count.type, count.name) == group)
                chip.count += count.count;
        }
        chips.append(chip);
        m_chips->setChecked(group.type, chip.name, shown.contains(group));
    }
    m_chips->setCounts(chips);
    m_restricted = !shown.isEmpty();
    updateClear();
}

void RunFilterBar::setRowsAbove(int count)
{
    m_above->setText(tr("%n new runs above", nullptr, count));
    m_above->setVisible(count > 0);
}

void RunFilterBar::updateClear()
{
    m_clear->setVisible(m_restricted || !m_deployment->isHidden() || !m_time->isHidden());
}

} // namespace fd
