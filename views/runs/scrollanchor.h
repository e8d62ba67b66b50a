// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QObject>

class QTableView;

namespace fd {

class IdListModel;

/// Keeps the rows that are in sight where they are while others come and go above them.
/// At the top of the list nothing is held: new rows show there.
class ScrollAnchor : public QObject
{
    Q_OBJECT
public:
    ScrollAnchor(QTableView *view, IdListModel *model);

    /// The user asked for another list: the next changes start at its top, until `hold` is called.
    void release();
    void hold();
    /// Rows that came above the fold since the list was last scrolled to its top.
    [[nodiscard]] int rowsAbove() const { return m_above; }

signals:
    /// rowsAbove() is another now.
    void rowsAboveChanged(int count);

private:
    void capture();
    void restore();
    void onScrolled(int value);
    void setAbove(int count);

    QTableView *m_view;
    IdListModel *m_model;
    RowId m_id = 0;
    int m_row = 0;
    int m_offset = 0;
    int m_above = 0;
    bool m_released = false;
    bool m_restoring = false;
};

} // namespace fd
