// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/idlistmodel.h"

#include "models/items/idset.h"

namespace fd {
namespace {

/// Where each id stands in a list; ids that are not in it answer anything.
class Positions
{
public:
    explicit Positions(std::span<const RowId> ids)
    {
        for (const RowId id : ids)
            m_end = std::max(m_end, id);
        m_rows.resize(static_cast<size_t>(m_end) + 1);
        for (size_t row = 0; row < ids.size(); ++row)
            m_rows[static_cast<size_t>(ids[row])] = static_cast<int>(row);
    }
    [[nodiscard]] int of(RowId id) const { return m_rows[static_cast<size_t>(id)]; }

private:
    RowId m_end = 0;
    std::vector<int> m_rows;
};

} // namespace

int IdListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant IdListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == RowIdRole)
        return idAt(index.row());
    return cell(index.row(), index.column(), role);
}

RowId IdListModel::idAt(int row) const { return row >= 0 && row < rowCount() ? m_ids[static_cast<size_t>(row)] : 0; }

int IdListModel::rowOf(RowId id) const
{
    const auto found = std::find(m_ids.begin(), m_ids.end(), id);
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

void IdListModel::showIds(std::vector<RowId> ids)
{
    // Only the span between what both lists begin and end with is touched.
    const size_t shorter = std::min(m_ids.size(), ids.size());
    size_t first = 0;
    while (first < shorter && m_ids[first] == ids[first])
        ++first;
    size_t tail = 0;
    while (tail < shorter - first && m_ids[m_ids.size() - 1 - tail] == ids[ids.size() - 1 - tail])
        ++tail;
    replaceSpan(std::move(ids), first, m_ids.size() - tail, ids.size() - tail);
}

void IdListModel::replaceSpan(std::vector<RowId> ids, size_t first, size_t oldLast, size_t newLast)
{
    const std::span<const RowId> oldSpan(m_ids.data() + first, oldLast - first);
    const std::span<const RowId> newSpan(ids.data() + first, newLast - first);
    const IdSet before(oldSpan);
    const IdSet after(newSpan);
    std::vector<RowId> gone;
    std::vector<RowId> kept;
    std::vector<RowId> added;
    std::copy_if(
        oldSpan.begin(), oldSpan.end(), std::back_inserter(gone), [&after](RowId id) { return !after.contains(id); });
    for (const RowId id : newSpan)
        (before.contains(id) ? kept : added).push_back(id);

    std::vector<RowId> arranged(m_ids);
    // Rows that leave stand first: the selection model makes the row above them current when it has to choose,
    // and this way that is near the top of what changed rather than at the end of the list.
    std::copy(kept.begin(), kept.end(),
        std::copy(gone.begin(), gone.end(), arranged.begin() + static_cast<qsizetype>(first)));
    permuteTo(std::move(arranged));
    removeSpan(first, gone.size());
    // New rows that stand together go straight to their place.
    const auto block = std::search(newSpan.begin(), newSpan.end(), added.begin(), added.end());
    insertSpan(first + (block == newSpan.end() ? kept.size() : static_cast<size_t>(block - newSpan.begin())), added);
    permuteTo(std::move(ids));
}

void IdListModel::removeSpan(size_t first, size_t count)
{
    if (count == 0)
        return;
    const int row = static_cast<int>(first);
    beginRemoveRows({}, row, row + static_cast<int>(count) - 1);
    m_ids.erase(m_ids.begin() + row, m_ids.begin() + row + static_cast<qsizetype>(count));
    endRemoveRows();
}

void IdListModel::insertSpan(size_t first, std::span<const RowId> ids)
{
    if (ids.empty())
        return;
    const int row = static_cast<int>(first);
    beginInsertRows({}, row, row + static_cast<int>(ids.size()) - 1);
    m_ids.insert(m_ids.begin() + row, ids.begin(), ids.end());
    endInsertRows();
}

void IdListModel::permuteTo(std::vector<RowId> ids)
{
    if (ids == m_ids)
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    if (!from.isEmpty()) {
        const Positions positions(ids);
        to.reserve(from.size());
        for (const QModelIndex &index : from)
            to.append(createIndex(positions.of(m_ids[static_cast<size_t>(index.row())]), index.column()));
    }
    m_ids = std::move(ids);
    changePersistentIndexList(from, to);
    emit layoutChanged({}, VerticalSortHint);
}

void IdListModel::appendIds(std::span<const RowId> ids) { insertSpan(m_ids.size(), ids); }

void IdListModel::tellChanged(std::span<const int> rows)
{
    for (size_t first = 0; first < rows.size();) {
        size_t last = first;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        emit dataChanged(index(rows[first], 0), index(rows[last], columnCount() - 1));
        first = last + 1;
    }
}

void IdListModel::tellAllChanged()
{
    if (!m_ids.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

} // namespace fd
