// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "views/common/tableview.h"
#include "views/deployments/deploymentdelegate.h"

#include <optional>

namespace fd {

class DeploymentListModel;

/// The deployments table: its columns, its delegate, type-ahead, and the strip's days as links.
class DeploymentTable : public TableView
{
    Q_OBJECT
public:
    DeploymentTable(DeploymentListModel &model, Clock clock, DeploymentDelegate::RunButtonOf runButtonOf,
        QWidget *parent = nullptr);

    void setCompact(bool compact);
    /// The deployments that are selected, from top to bottom.
    [[nodiscard]] QList<RowId> selectedIds() const;
    /// The row under the keyboard; 0 when there is none.
    [[nodiscard]] RowId currentId() const;
    /// Selects one deployment and scrolls to it. False when it is not in the list.
    bool selectId(RowId id);
    /// Repaints a deployment's row.
    void updateId(RowId id);
    void keyboardSearch(const QString &search) override;

signals:
    /// A day of a strip was clicked that has runs.
    void dayClicked(fd::RowId deployment, fd::Instant from, fd::Instant until);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void followClock();

    DeploymentListModel &m_model;
    Clock m_clock;
    DeploymentDelegate *m_delegate;
    QTimer m_tick;
    QString m_typed;
    QTimer m_typing;
    std::optional<QPoint> m_pressed;
};

} // namespace fd
