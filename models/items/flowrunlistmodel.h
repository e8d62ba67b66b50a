// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/changes.h"
#include "models/domain/flowrun.h"
#include "models/items/idlistmodel.h"

#include <functional>
#include <memory>
#include <optional>

namespace fd {

class Store;

/// Columns of the runs table.
enum class FlowRunColumn { State, Name, Deployment, Start, Duration, Lateness, CreatedBy, Tags };
inline constexpr int kFlowRunColumnCount = 8;

/// What the runs list shows. Empty members do not restrict.
struct FlowRunListFilter {
    QList<StateGroup> states = {};
    /// 0: of every deployment.
    RowId deployment = 0;
    /// Text in the run's, its deployment's or its flow's name; case does not matter.
    QString text = {};
    /// Only runs due from then on, and before then.
    std::optional<Instant> from = {};
    std::optional<Instant> until = {};

    friend bool operator==(const FlowRunListFilter &, const FlowRunListFilter &) = default;
};

/// How many runs of the workspace are in a state.
struct FlowRunStateCount {
    StateType type = StateType::Unknown;
    QString name;
    qint64 count = 0;
};

/// The runs of a workspace, newest first unless sorted otherwise.
class FlowRunListModel : public IdListModel
{
    Q_OBJECT

public:
    /// Text of a cell for copying, tool tips and screen readers; the views know the words.
    using CellText = std::function<QString(const FlowRunRow &, FlowRunColumn)>;

    explicit FlowRunListModel(Store &store, QObject *parent = nullptr);
    ~FlowRunListModel() override;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Sorts by State, Name, Deployment, Start or Duration; other columns are ignored.
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] FlowRunColumn sortColumn() const;
    [[nodiscard]] Qt::SortOrder sortOrder() const;

    void setFilter(const FlowRunListFilter &filter);
    [[nodiscard]] const FlowRunListFilter &filter() const;
    void setCellText(CellText cellText);

    [[nodiscard]] const FlowRunRow *rowAt(int row) const;
    /// How many runs the workspace has, whatever the filter.
    [[nodiscard]] qint64 total() const;
    [[nodiscard]] QList<FlowRunStateCount> stateCounts() const;
    [[nodiscard]] bool isSettled() const;

signals:
    void countsChanged();
    void settled();
    void failed(const fd::Error &error);

protected:
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    void onStoreChanged(const Changes &changes);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace fd
