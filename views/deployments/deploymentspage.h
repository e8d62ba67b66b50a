// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/core/instant.h"
#include "models/items/deploymentlistmodel.h"
#include "views/common/page.h"
#include "views/deployments/filterbar.h"
#include "views/deployments/inspectorpanel.h"
#include "views/deployments/listmemory.h"

class QStackedLayout;

namespace fd {

class DeploymentActions;
class DeploymentRemover;
class DeploymentTable;
class DeploymentsHeader;
class FailedPanel;
class Placeholder;
class QuickRunner;
class SkeletonRows;
class UiMemory;
class Workspace;

/// The start screen: find a deployment, judge it, run it.
class DeploymentsPage : public Page
{
    Q_OBJECT
public:
    DeploymentsPage(Workspace &workspace, UiMemory &memory, Clock clock = systemClock(), QWidget *parent = nullptr);
    ~DeploymentsPage() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("deployments"); }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override { return QStringLiteral("view-list-details"); }
    void activate(const Destination &destination) override;
    [[nodiscard]] QList<QAction *> menuActions(MenuId menu) const override;
    [[nodiscard]] QString statusText() const override;
    [[nodiscard]] QWidget *headerWidget() override;
    [[nodiscard]] QWidget *inspector() override;

    /// Where the tag filter gets its tags from.
    void setTagSource(TagSource source);
    /// The table; null before the first activate().
    [[nodiscard]] DeploymentTable *table() const { return m_table; }
    [[nodiscard]] DeploymentListModel *model() const { return m_model; }
    [[nodiscard]] QuickRunner *runner() const { return m_runner; }

signals:
    /// How many deployments there are, for the rail.
    void totalChanged(const QString &count);
    /// The user wants to open a spec file.
    void openSpecRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void start();
    void makeList();
    void connectActions();
    void connectTable();
    void connectSearch();
    void makeTabShortcuts();
    void recall();
    void remember();
    void selectRecalled();
    void takeSearch(const QString &text, bool finished);
    void setFilter(const DeploymentFilter &filter);
    void clearFilters();
    void updateCounts();
    void updatePlaceholder();
    void updateSelection();
    void showFailure(const Error &error);
    void open(RowId deployment);
    void quickRunSelected();
    void copyRows();
    [[nodiscard]] QStringList selectedNames() const;
    void showMenu(QPoint position);
    void selectPending();
    [[nodiscard]] const DeploymentRow *currentRow() const;

    Workspace &m_workspace;
    UiMemory &m_memory;
    Clock m_clock;
    DeploymentsHeader *m_header;
    DeploymentActions *m_actions;
    QuickRunner *m_runner;
    DeploymentRemover *m_remover;
    DeploymentListModel *m_model = nullptr;
    DeploymentTable *m_table = nullptr;
    FilterBar *m_filterBar = nullptr;
    FailedPanel *m_failed = nullptr;
    SkeletonRows *m_skeleton = nullptr;
    Placeholder *m_placeholder = nullptr;
    QStackedLayout *m_stack = nullptr;
    InspectorPanel *m_inspector = nullptr;
    TagSource m_tagSource;
    QTimer m_selectionTimer;
    QTimer m_rememberTimer;
    DeploymentFilter m_filter;
    /// How the list was left, until it is there again.
    std::optional<ListMemory> m_recalled;
    int m_selected = 0;
    /// A deployment to select once the list has it.
    RowId m_pending = 0;
    /// The selected deployment's name, for the window's title.
    QString m_name;
};

} // namespace fd
