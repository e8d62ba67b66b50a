// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/items/flowrunlistmodel.h"
#include "views/common/page.h"

class QStackedLayout;

namespace fd {

class DeploymentWatcher;
class FailedPanel;
class Placeholder;
class RunCanceller;
class RunFilterBar;
class RunsChart;
class RunsHeader;
class RunsTable;
class SkeletonRows;
class UiMemory;
class Workspace;

/// All runs of a workspace: search, filter by state and deployment, sort, open, cancel.
class RunsPage : public Page
{
    Q_OBJECT
public:
    RunsPage(Workspace &workspace, UiMemory &memory, Clock clock = systemClock(), QWidget *parent = nullptr);
    ~RunsPage() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("runs"); }
    [[nodiscard]] QString title() const override { return tr("Runs"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("appointment-new"); }
    void activate(const Destination &destination) override;
    [[nodiscard]] QList<QAction *> menuActions(MenuId menu) const override;
    [[nodiscard]] QString statusText() const override;
    [[nodiscard]] QWidget *headerWidget() override;

    [[nodiscard]] RunsTable *table() const { return m_table; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeList();
    void makeActions();
    void connectParts();
    void start();
    void recall();
    void setFilter(const FlowRunListFilter &filter);
    void clearFilter(bool withSearch);
    void toggleState(const StateGroup &group, bool shown);
    void setTime(std::optional<Instant> from, std::optional<Instant> until);
    void moveTime(bool later);
    void updateCounts();
    void updatePlaceholder();
    void updateActions();
    void showFailure(const Error &error);
    void retry();
    void open(RowId run, bool newWindow);
    void cancelCurrent();
    void showMenu(QPoint position);

    Workspace &m_workspace;
    UiMemory &m_memory;
    Clock m_clock;
    RunsHeader *m_header;
    RunFilterBar *m_filterBar;
    RunsChart *m_chart;
    FailedPanel *m_failed;
    QStackedLayout *m_stack = nullptr;
    SkeletonRows *m_skeleton;
    RunsTable *m_table;
    Placeholder *m_placeholder;
    RunCanceller *m_canceller;
    DeploymentWatcher *m_deployment = nullptr;
    QAction *m_open;
    QAction *m_cancel;
    QAction *m_copyName;
    QAction *m_copyId;
    QAction *m_earlier;
    QAction *m_later;
    FlowRunListFilter m_filter;
};

} // namespace fd
