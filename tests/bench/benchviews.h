// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/deploymentlistmodel.h"
#include "models/store/store.h"
#include "views/deployments/deploymenttable.h"

#include <QSortFilterProxyModel>
#include <QTableView>

namespace fd::bench {

/// The usual way: every row in a vector, and what a row is searched by as one text under SearchRole.
class VectorModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int SearchRole = Qt::UserRole + 7;

    explicit VectorModel(Store &store);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] const std::vector<DeploymentRow> &rows() const { return m_rows; }

private:
    [[nodiscard]] QVariant text(const DeploymentRow &row, DeploymentColumn column) const;

    std::vector<DeploymentRow> m_rows;
    std::vector<QString> m_search;
    /// Times as the delegate of a plain table shows them; made once.
    std::vector<std::array<QString, 2>> m_times;
};

/// A view in a window of its own that knows when it was painted.
class Watched : public QObject
{
    Q_OBJECT

public:
    explicit Watched(QTableView *view);

    /// Milliseconds from `act` until the frame that shows what came of it was painted.
    [[nodiscard]] double untilPainted(const std::function<void()> &act, const std::function<bool()> &isDone);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QTableView *m_view;
    int m_paints = 0;
};

} // namespace fd::bench
