// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QSet>
#include <QTableView>

namespace fd {

class TableHeader;

/// One column of a table. `id` is the model's column; order in the list is the order on screen.
struct ColumnSpec {
    int id = 0;
    QString title;
    int width = 80;
    /// Takes the width that is left, at least `minWidth`. One per table.
    bool stretch = false;
    int minWidth = 32;
    Qt::Alignment alignment = Qt::AlignLeft;
    /// 1 leaves first when the table is narrow; 0 never leaves.
    int leaveOrder = 0;
    bool hiddenAtFirst = false;
    /// A click in it is an action on the row and changes neither selection nor current row.
    bool button = false;
};

/// The table of every list: no grid, 1 px separators, current row marked, columns chosen by the user.
/// Pair it with a RowDelegate. Sorting goes to the model's sort().
class TableView : public QTableView
{
    Q_OBJECT
public:
    explicit TableView(QWidget *parent = nullptr);

    /// Describes the columns; call once, after setModel() and before restoreState().
    void setColumns(const QList<ColumnSpec> &columns);
    [[nodiscard]] const QList<ColumnSpec> &columns() const { return m_columns; }
    /// Rows of `lines` lines (1 or 2), at least `height` high; follows font changes.
    void setRowHeight(int height, int lines);
    /// Sorts the model by a column and shows the chevron there.
    void setSort(int column, Qt::SortOrder order);

    /// Does nothing: a prefix search would read every row.
    void keyboardSearch(const QString &) override { }

    /// Row under the pointer; -1 when none.
    [[nodiscard]] int hoveredRow() const { return m_hovered; }
    /// Column under the pointer; -1 when none.
    [[nodiscard]] int hoveredColumn() const { return m_hoveredColumn; }
    /// The column at the leading edge, where the current row's bar is.
    [[nodiscard]] int firstVisibleColumn() const;
    /// Repaints one row.
    void updateRow(int row);

    /// Columns, widths, order and sort, as text for settings.
    [[nodiscard]] QByteArray saveState() const;
    /// Takes what saveState() gave; ignores what does not fit. Sorts when the state says so.
    void restoreState(const QByteArray &state);
    /// Back to the columns as they were described.
    void resetColumns();

signals:
    /// Enter or double click.
    void opened(const QModelIndex &index);
    /// Ctrl+Enter, Ctrl+double click or middle button.
    void openedInNewWindow(const QModelIndex &index);
    /// Space on the current row.
    void spacePressed(const QModelIndex &index);
    /// A click in a column with `button`.
    void buttonClicked(const QModelIndex &index);
    /// The user changed columns, widths, order or sort.
    void layoutEdited();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] const ColumnSpec &spec(int column) const;
    [[nodiscard]] int stretchColumn() const;
    void setSwitchedOff(int column, bool off);
    [[nodiscard]] bool isButton(const QModelIndex &index) const;
    void setHovered(const QModelIndex &index);
    void showColumnMenu(const QPoint &position);
    void applyRowHeight();
    void growWithText();
    void fitColumns();

    QList<ColumnSpec> m_columns;
    /// Columns the user switched off; others may still leave while the table is narrow.
    QSet<int> m_switchedOff;
    TableHeader *m_header;
    QPersistentModelIndex m_pressedButton;
    int m_statedHeight = 32;
    int m_lines = 1;
    /// Widths are for text of this size, in thousandths of the designed one.
    int m_textScale = 1000;
    int m_hovered = -1;
    int m_hoveredColumn = -1;
    bool m_fitting = false;
};

} // namespace fd
