// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/palettemodel.h"

namespace fd {

void PaletteModel::setItems(const QList<PaletteItem> &items)
{
    beginResetModel();
    m_rows.clear();
    QString group;
    for (const PaletteItem &item : items) {
        if (item.group != group) {
            group = item.group;
            m_rows += PaletteItem{.group = group, .iconName = {}, .title = group, .detail = {}, .keys = {}, .act = {}};
        }
        m_rows += item;
    }
    endResetModel();
}

const PaletteItem *PaletteModel::itemAt(int row) const
{
    return row >= 0 && row < m_rows.size() && m_rows[row].act ? &m_rows[row] : nullptr;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PaletteItem &item = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return item.title;
    case Qt::AccessibleTextRole:
        return item.detail.isEmpty() ? item.title : QStringLiteral("%1, %2").arg(item.title, item.detail);
    case DetailRole:
        return item.detail;
    case KeysRole:
        return item.keys;
    case IconRole:
        return item.iconName;
    case HeadRole:
        return !item.act;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    return itemAt(index.row()) != nullptr ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemFlags(Qt::NoItemFlags);
}

} // namespace fd
