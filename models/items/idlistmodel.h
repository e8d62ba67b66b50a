// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QAbstractTableModel>

#include <vector>

namespace fd {

/// Roles beside Qt's own that every table model here answers.
enum ItemRole {
    /// The row's value as a pointer to its struct (const DeploymentRow *, const FlowRunRow *, const LogEntry *),
    /// valid until the event loop runs again; null while the row cannot be read.
    RowPointerRole = Qt::UserRole,
    /// The row's RowId.
    RowIdRole,
};

/// A table over a list of row ids whose rows are read when they are looked at. Never resets: every change of the
/// list is told as moves, one removal and one insertion, so selection, current row and scroll survive.
class IdListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const final;

    /// The id shown in a row; 0 for a row that is not there.
    [[nodiscard]] RowId idAt(int row) const;
    /// The row that shows an id; -1 when none does.
    [[nodiscard]] int rowOf(RowId id) const;

protected:
    /// What a cell answers; the indexes are valid.
    [[nodiscard]] virtual QVariant cell(int row, int column, int role) const = 0;
    /// Shows `ids` instead of what is shown now.
    void showIds(std::vector<RowId> ids);
    [[nodiscard]] const std::vector<RowId> &ids() const { return m_ids; }

private:
    void permuteTo(std::vector<RowId> ids);

    std::vector<RowId> m_ids;
};

} // namespace fd
