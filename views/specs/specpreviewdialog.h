// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"

#include <QDialog>

class QPushButton;
class QStackedLayout;

namespace fd {

class ElidedLabel;
class FailedPanel;
class PlanChanges;
class PlanModel;
class SkeletonRows;
class TableView;
class TextLabel;

/// What a spec file would do, before anything is done: groups Create, Update, Unchanged and Blocked, and each change
/// field by field. Open it with open(); it deletes itself when it closes.
class SpecPreviewDialog : public QDialog
{
    Q_OBJECT
public:
    SpecPreviewDialog(Workspace &workspace, const QString &path, QWidget *parent);

    /// Reads the file and compares again.
    void reload();

signals:
    /// The plan was applied.
    void applied(const fd::SpecApplied &applied, const QString &path);

private:
    void build();
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makePlan();
    [[nodiscard]] QWidget *makeFoot();
    void showPlan(const Result<SpecPlan> &plan);
    void showCounts();
    void showRow(int row);
    void apply();
    void showApplied(const Result<SpecApplied> &result);
    void setReason(const QString &reason);

    Workspace &m_workspace;
    QString m_path;
    SpecPlan m_plan;
    PlanModel *m_model;
    TextLabel *m_counts = nullptr;
    QStackedLayout *m_stack = nullptr;
    SkeletonRows *m_skeleton = nullptr;
    FailedPanel *m_failed = nullptr;
    QWidget *m_planPage = nullptr;
    TableView *m_table = nullptr;
    PlanChanges *m_changes = nullptr;
    TextLabel *m_note = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_apply = nullptr;
};

} // namespace fd
