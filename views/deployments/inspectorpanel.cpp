// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/inspectorpanel.h"

#include "models/items/watchers.h"
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/statemark.h"
#include "views/common/stateplaceholder.h"
#include "views/deployments/deploymenttext.h"
#include "views/deployments/overviewtab.h"
#include "views/deployments/parameterstab.h"
#include "views/deployments/runstab.h"
#include "views/deployments/schedulestab.h"
#include "views/deployments/spectab.h"

#include <QAction>
#include <QGridLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedLayout>
#include <QTabBar>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr int kTickMs = 1000;

/// A button that does what an action does and says why it is off.
QPushButton *buttonFor(QAction *action, const QString &text, ButtonRole role, const QString &iconName)
{
    QPushButton *button = pushButton(text, role, iconName);
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(plainToolTip(action->statusTip()));
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QString withCount(const QString &title, qsizetype count)
{
    return count == 0 ? title : QStringLiteral("%1 %2").arg(title, format::count(count));
}

} // namespace

InspectorPanel::InspectorPanel(Workspace &workspace, Clock clock, const InspectorActions &actions, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_clock(std::move(clock)), m_actions(actions),
      m_watcher(new DeploymentWatcher(workspace.store(), this)), m_stack(new QStackedLayout(this)),
      m_nothing(new Placeholder), m_one(new QWidget), m_several(nullptr), m_tabs(new QTabBar),
      m_pages(new QStackedLayout)
{
    setObjectName(QStringLiteral("inspector-panel"));
    m_several = makeSeveral();
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_nothing->setContent(quietPlaceholder(tr("Nothing is selected"), tr("Choose a deployment in the list.")));
    for (const QString &title : {tr("Overview"), tr("Parameters"), tr("Schedules"), tr("Runs"), tr("Spec")})
        m_tabs->addTab(title);
    m_tabs->setDrawBase(true);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setAccessibleName(tr("Parts of the deployment"));
    auto *column = new QVBoxLayout(m_one);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_tabs);
    column->addWidget(separator(Qt::Horizontal));
    column->addLayout(m_pages, 1);
    for (QWidget *part : {static_cast<QWidget *>(m_nothing), m_one, m_several})
        m_stack->addWidget(part);
    setFocusProxy(m_tabs);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        fillTab();
        emit tabChanged(tab);
    });
    connect(m_watcher, &DeploymentWatcher::changed, this, &InspectorPanel::fill);
    connect(&workspace, &Workspace::engineStatusChanged, this, &InspectorPanel::fill);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (isVisible() && m_watcher->summary().activeRuns > 0)
            fill();
    });
    m_tick.start();
}

QWidget *InspectorPanel::makeHead()
{
    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kGap);
    column->setSpacing(0);
    // A grid, so that the flow stands under the name with and without a mark before it.
    auto *title = new QGridLayout;
    title->setHorizontalSpacing(metrics::kGap);
    title->setVerticalSpacing(0);
    title->setColumnStretch(1, 1);
    m_mark = new StateMark;
    m_name = new ElidedLabel({}, TextRole::ObjectTitle, Tone::Text, Qt::ElideMiddle);
    m_flow = new ElidedLabel({}, TextRole::Quiet, Tone::Text2, Qt::ElideMiddle);
    m_name->setObjectName(QStringLiteral("inspected-name"));
    m_flow->setObjectName(QStringLiteral("inspected-flow"));
    title->addWidget(m_mark, 0, 0);
    title->addWidget(m_name, 0, 1);
    title->addWidget(m_flow, 1, 1);
    column->addLayout(title);
    column->addSpacing(metrics::kWideGap);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kGap);
    QPushButton *run
        = buttonFor(m_actions.quickRun, tr("Quick Run"), ButtonRole::Primary, QStringLiteral("media-playback-start"));
    run->setObjectName(QStringLiteral("inspector-quick-run"));
    buttons->addWidget(run);
    buttons->addWidget(buttonFor(m_actions.remove, tr("Delete…"), ButtonRole::Plain, {}));
    buttons->addStretch();
    column->addLayout(buttons);
    return head;
}

QWidget *InspectorPanel::makeSeveral()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kInset);
    column->setSpacing(metrics::kGap);
    m_severalTitle = new ElidedLabel({}, TextRole::ObjectTitle);
    m_severalTitle->setObjectName(QStringLiteral("several-title"));
    m_severalRun = buttonFor(m_actions.quickRun, {}, ButtonRole::Primary, QStringLiteral("media-playback-start"));
    m_severalRemove = buttonFor(m_actions.remove, {}, ButtonRole::Plain, QStringLiteral("edit-delete"));
    column->addWidget(m_severalTitle);
    column->addSpacing(metrics::kGap);
    column->addWidget(m_severalRun, 0, Qt::AlignLeft);
    column->addWidget(m_severalRemove, 0, Qt::AlignLeft);
    auto *note = new TextLabel(tr("Each is listed before anything happens."), TextRole::Quiet, Tone::Text3);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch();
    return page;
}

InspectorTab *InspectorPanel::makeTab(int tab)
{
    switch (tab) {
    case Overview:
        return new OverviewTab(m_clock);
    case Parameters:
        return new ParametersTab;
    case Schedules:
        return new SchedulesTab;
    case Runs:
        return new RunsTab(m_clock);
    default:
        return new SpecTab;
    }
}

void InspectorPanel::showSelection(const QList<RowId> &ids)
{
    if (ids.size() > 1) {
        m_watcher->watch(0);
        m_severalTitle->setText(tr("%1 deployments selected").arg(format::count(ids.size())));
        m_severalRun->setText(tr("Quick Run %1…").arg(format::count(ids.size())));
        m_severalRemove->setText(tr("Delete %1…").arg(format::count(ids.size())));
        m_stack->setCurrentWidget(m_several);
        return;
    }
    const RowId id = ids.value(0);
    if (id != m_watcher->watched())
        m_watcher->watch(id);
    fill();
}

void InspectorPanel::setTab(int tab)
{
    if (tab >= 0 && tab < TabCount)
        m_tabs->setCurrentIndex(tab);
}

int InspectorPanel::tab() const { return m_tabs->currentIndex(); }

void InspectorPanel::fill()
{
    if (m_stack->currentWidget() == m_several && m_watcher->watched() == 0)
        return;
    m_stack->setCurrentWidget(m_watcher->deployment() ? m_one : m_nothing);
    if (!m_watcher->deployment())
        return;
    fillHead();
    fillTab();
}

void InspectorPanel::fillHead()
{
    const Deployment &deployment = *m_watcher->deployment();
    const MarkState mark = nowMark(m_watcher->summary(), m_clock());
    m_mark->setVisible(!mark.none);
    m_mark->setState(mark.type, mark.name);
    m_name->setText(oneLine(deployment.name));
    m_flow->setText(oneLine(deployment.flowName));
    m_tabs->setTabText(Parameters, withCount(tr("Parameters"), m_watcher->summary().parameterCount));
    m_tabs->setTabText(Schedules, withCount(tr("Schedules"), deployment.schedules.size()));
}

void InspectorPanel::fillTab()
{
    if (!m_watcher->deployment())
        return;
    InspectorTab *&tab = m_made.at(static_cast<size_t>(m_tabs->currentIndex()));
    if (tab == nullptr) {
        tab = makeTab(m_tabs->currentIndex());
        m_pages->addWidget(tab);
        connect(tab, &InspectorTab::navigate, this, &InspectorPanel::navigate);
    }
    tab->showDeployment({.deployment = *m_watcher->deployment(),
        .summary = m_watcher->summary(),
        .recent = m_watcher->recentRuns(),
        .engine = m_workspace.engineStatus(),
        .capabilities = m_workspace.capabilities(),
        .now = m_clock()});
    m_pages->setCurrentWidget(tab);
}

void InspectorPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit leaveRequested();
    QWidget::keyPressEvent(event);
}

} // namespace fd
