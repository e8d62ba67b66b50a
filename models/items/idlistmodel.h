// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QAbstractTableModel>

#include <span>
#include <vector>

namespace fd {

/// Roles beside Qt's own that every table model here answers.
enum ItemRole {
    /// The row's value as a pointer to its struct (const DeploymentRow *, const FlowRunRow *, const LogEntry *);
    /// null while the row cannot be read. Valid until the event loop runs again or a thousand other rows were read.
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
    /// Shows `ids` (each at most once, none negative) instead of what is shown now.
    void showIds(std::vector<RowId> ids);
    /// Shows more ids after those that are shown.
    void appendIds(std::span<const RowId> ids);
    /// Tells that the values of these rows (ascending) changed.
    void tellChanged(std::span<const int> rows);
    /// Tells that the values of all rows changed.
    void tellAllChanged();
    [[nodiscard]] const std::vector<RowId> &ids() const { return m_ids; }

private:
    void replaceSpan(std::vector<RowId> ids, size_t first, size_t oldLast, size_t newLast);
    void removeSpan(size_t first, size_t count);
    void insertSpan(size_t first, std::span<const RowId> ids);
    void permuteTo(std::vector<RowId> ids);

    std::vector<RowId> m_ids;
};

} // namespace fd
