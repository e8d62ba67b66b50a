// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "views/common/rowdelegate.h"
#include "views/common/tableview.h"

namespace fd {

/// The columns of the runs table as they are at first.
[[nodiscard]] QList<ColumnSpec> runColumns();
/// Whether the runs can be sorted by a column.
[[nodiscard]] bool isSortableRunColumn(int column);

/// Paints the rows of the runs table.
class RunDelegate : public RowDelegate
{
    Q_OBJECT
public:
    RunDelegate(TableView *view, Clock clock);

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, const QRect &cell, QPoint position) const override;

private:
    Clock m_clock;
};

} // namespace fd
