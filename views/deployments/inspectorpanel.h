// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/deployments/inspectortab.h"

#include <QTimer>

#include <array>

class QAction;
class QPushButton;
class QStackedLayout;
class QTabBar;

namespace fd {

class DeploymentWatcher;
class ElidedLabel;
class Placeholder;
class StateMark;

/// The actions that the inspector offers; they belong to the page.
struct InspectorActions {
    QAction *quickRun = nullptr;
    QAction *remove = nullptr;
};

/// One deployment in full, beside the list: head, Quick Run, and tabs that are made when first shown.
class InspectorPanel : public QWidget
{
    Q_OBJECT
public:
    enum Tab { Overview, Parameters, Schedules, Runs, Spec, TabCount };

    InspectorPanel(Workspace &workspace, Clock clock, const InspectorActions &actions, QWidget *parent = nullptr);

    /// Shows one deployment, several (their common actions), or none. One is filled on return.
    void showSelection(const QList<RowId> &ids);
    void setTab(int tab);
    [[nodiscard]] int tab() const;

signals:
    void navigate(const fd::Destination &destination, bool newWindow);
    void tabChanged(int tab);
    /// Esc: the list takes the keyboard again.
    void leaveRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeSeveral();
    [[nodiscard]] InspectorTab *makeTab(int tab);
    void fill();
    void fillHead();
    void fillTab();

    Workspace &m_workspace;
    Clock m_clock;
    InspectorActions m_actions;
    DeploymentWatcher *m_watcher;
    QStackedLayout *m_stack;
    Placeholder *m_nothing;
    QWidget *m_one;
    QWidget *m_several;
    ElidedLabel *m_severalTitle = nullptr;
    QPushButton *m_severalRun = nullptr;
    QPushButton *m_severalRemove = nullptr;
    StateMark *m_mark = nullptr;
    ElidedLabel *m_name = nullptr;
    ElidedLabel *m_flow = nullptr;
    QTabBar *m_tabs;
    QStackedLayout *m_pages;
    std::array<InspectorTab *, TabCount> m_made{};
    QTimer m_tick;
};

} // namespace fd
