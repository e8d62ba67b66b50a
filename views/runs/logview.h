// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "models/items/loglistmodel.h"
#include "views/common/tableview.h"

#include <vector>

namespace fd {

class LogDelegate;
class Store;

/// The table of log lines. Without a head; the last column takes the rest and never wraps.
class LogView : public TableView
{
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);

    /// Makes the model; call once.
    void setStore(Store &store);
    /// Null before setStore().
    [[nodiscard]] LogListModel *lines() const { return m_lines; }
    [[nodiscard]] LogDelegate *delegate() const { return m_delegate; }
    /// The current line; null when there is none.
    [[nodiscard]] const LogEntry *currentLine() const;
    /// Row ids of the selected lines, in their order.
    [[nodiscard]] std::vector<RowId> selectedIds() const;
    /// Makes a row current and brings it into the middle of the view.
    void goTo(int row);
    /// The first row at or after a time; -1 when none.
    [[nodiscard]] int rowAtTime(Instant time) const;

signals:
    /// End was pressed.
    void endPressed();
    void copyRequested();
    /// Another line is current.
    void currentLineChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;

private:
    LogDelegate *m_delegate;
    LogListModel *m_lines = nullptr;
};

} // namespace fd
