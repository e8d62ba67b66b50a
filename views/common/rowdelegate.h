// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/cell.h"

#include <QStyledItemDelegate>

namespace fd {

class TableView;

/// Base of all table delegates: paints selection, hover, current bar and separator, then asks for the cell.
/// A cell whose text was elided shows all of it as a tool tip without further work.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit RowDelegate(TableView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

protected:
    /// Paints the contents; ground and separator are there already.
    virtual void paintCell(Cell &cell, const QModelIndex &index) const = 0;
    /// Tool tip as plain text at a point of the cell; empty leaves it to the elided text.
    [[nodiscard]] virtual QString toolTip(const QModelIndex &index, const QRect &cell, QPoint position) const;
    [[nodiscard]] TableView *view() const { return m_view; }

private:
    TableView *m_view;
};

} // namespace fd
