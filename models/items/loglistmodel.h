// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/changes.h"
#include "models/domain/flowrun.h"
#include "models/domain/logsearch.h"
#include "models/items/idlistmodel.h"

#include <array>
#include <functional>
#include <memory>

namespace fd {

class Store;

/// Columns of a run's log.
enum class LogColumn { Time, Level, Task, Message };
inline constexpr int kLogColumnCount = 4;

/// The log of one flow run. Row ids are the lines' positions + 1; new lines are appended as they arrive.
class LogListModel : public IdListModel
{
    Q_OBJECT

public:
    /// Text of a cell for copying and screen readers; the views know the words.
    using CellText = std::function<QString(const LogEntry &, LogColumn)>;

    explicit LogListModel(Store &store, QObject *parent = nullptr);
    ~LogListModel() override;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Shows the log of another run; 0 shows none.
    void setFlowRun(RowId flowRun);
    /// Shows only lines at a level or above, and of one task run (0: of all).
    void setFilter(int minimumLevel, RowId taskRun);
    /// Finds lines that have it; an empty one ends the search.
    void search(const LogSearch &search);
    void setCellText(CellText cellText);
    /// Rows that the search found, ascending.
    [[nodiscard]] const std::vector<int> &matches() const;
    /// Lines at each level and above, all tasks: DEBUG, INFO, WARNING, ERROR in this order.
    [[nodiscard]] std::array<int, 4> countsFromLevel() const;

    [[nodiscard]] const LogEntry *rowAt(int row) const;
    [[nodiscard]] bool isSettled() const;

signals:
    /// Lines came in at the end; `count` is how many of them are shown.
    void appended(int count);
    void matchesChanged();
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
