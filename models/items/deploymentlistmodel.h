// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/changes.h"
#include "models/domain/deployment.h"
#include "models/items/idlistmodel.h"

#include <functional>
#include <memory>

namespace fd {

class Store;

/// Columns of the deployments table.
enum class DeploymentColumn { State, Name, Tags, Schedule, NextRun, LastRun, Activity, Run, Version, Created, Updated };
inline constexpr int kDeploymentColumnCount = 11;

/// What the deployments list shows. Empty members do not restrict.
struct DeploymentFilter {
    /// Words, all of which must occur in name, flow, tags, parameters or entrypoint; `"…"` is one word with its
    /// spaces, `-word` must not occur. Case does not matter.
    QString text;
    /// Every one of these tags.
    QStringList tags;
    /// The latest run's state is one of these.
    QList<StateType> states;

    friend bool operator==(const DeploymentFilter &, const DeploymentFilter &) = default;
};

/// How many deployments of the text and tag filter have a latest run in each state.
struct DeploymentStateCount {
    StateType type = StateType::Unknown;
    int count = 0;
};

/// All deployments of a workspace, sorted and filtered without ever holding more than the rows in sight.
/// The first page is there when the constructor returns; the rest follows from a pool thread.
class DeploymentListModel : public IdListModel
{
    Q_OBJECT

public:
    /// Text of a cell for copying, tool tips and screen readers; the views know the words.
    using CellText = std::function<QString(const DeploymentRow &, DeploymentColumn)>;

    explicit DeploymentListModel(Store &store, QObject *parent = nullptr);
    ~DeploymentListModel() override;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Sorts by a column; State sorts by urgency, Activity by failures.
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] DeploymentColumn sortColumn() const;
    [[nodiscard]] Qt::SortOrder sortOrder() const;

    void setFilter(const DeploymentFilter &filter);
    [[nodiscard]] const DeploymentFilter &filter() const;
    void setCellText(CellText cellText);

    /// The value of a row, read when needed; null when it cannot be read.
    [[nodiscard]] const DeploymentRow *rowAt(int row) const;
    /// How many deployments the workspace has, whatever the filter.
    [[nodiscard]] int total() const;
    [[nodiscard]] QList<DeploymentStateCount> stateCounts() const;
    /// Whether the full list for the current sort and filter is shown (tests wait for it).
    [[nodiscard]] bool isSettled() const;

signals:
    /// `total` or `stateCounts` changed.
    void countsChanged();
    /// The list for the latest sort and filter is complete.
    void settled();
    /// The store could not be read; what was shown stays.
    void failed(const fd::Error &error);

protected:
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    void showList();
    void onStoreChanged(const Changes &changes);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace fd
