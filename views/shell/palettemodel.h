// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/shell/palette.h"

#include <QAbstractListModel>

namespace fd {

/// The palette's lines with a head before each group.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { DetailRole = Qt::UserRole, KeysRole, IconRole, HeadRole };

    using QAbstractListModel::QAbstractListModel;

    void setItems(const QList<PaletteItem> &items);
    /// The item of a row; null for a head.
    [[nodiscard]] const PaletteItem *itemAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    /// A head is an item without an act.
    QList<PaletteItem> m_rows;
};

} // namespace fd
