// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/domain/state.h"
#include "views/common/timelineaxis.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <optional>

namespace fd {

/// One bar of the timeline: a try of a task run.
struct TimelineRow {
    /// The task run's row id.
    RowId id = 0;
    QString name;
    /// "try 1" when a task has several; else empty.
    QString tryLabel;
    StateType stateType = StateType::Pending;
    QString stateName;
    std::optional<Instant> start;
    /// Nothing while it runs.
    std::optional<Instant> end;
    /// Indices of the rows it waited for.
    QList<int> parents;
    /// It stands for a flow run of its own: outlined.
    bool subflow = false;
};

/// When nothing ran because a retry was awaited.
struct TimelineBand {
    Instant from;
    Instant until;
    QString label;
};

/// The task timeline (Gantt) of a run. Wheel scrolls, Ctrl+wheel zooms at the pointer, Shift+wheel pans,
/// drag selects a range; + - 0 zoom, Up and Down select. Ten thousand rows paint within a frame.
class Timeline : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit Timeline(Clock clock, QWidget *parent = nullptr);

    /// The rows in the order they are shown. Keeps zoom and the selected row id.
    void setRows(const QList<TimelineRow> &rows);
    void setBands(const QList<TimelineBand> &bands);
    [[nodiscard]] const QList<TimelineRow> &rows() const { return m_rows; }

    [[nodiscard]] int selectedRow() const { return m_selected; }
    /// Selects and scrolls to the row; -1 selects none. No signal.
    void setSelectedRow(int row);
    /// The part of time that is visible.
    [[nodiscard]] TimeRange visibleRange() const { return m_axis.range(); }
    void setVisibleRange(const TimeRange &range);
    /// Shows all rows at once, however thin, instead of scrolling. Very thin rows are painted from decimated data.
    void setAllRowsVisible(bool all);
    [[nodiscard]] bool allRowsVisible() const { return m_allRows; }
    /// Shows which rows decided when everything ended: from the row that ended last back, each time to what ended last
    /// of those it waited for.
    void setCriticalPathShown(bool shown);
    /// Those rows, in the order of time; empty while they are not shown.
    [[nodiscard]] const QList<int> &criticalPath() const { return m_path; }
    /// Shows everything from the first start to the last end.
    void zoomToFit();
    /// Zooms by `factor` (over 1 is closer) around the middle.
    void zoom(double factor);
    /// The row at a point of the viewport; -1 when none.
    [[nodiscard]] int rowAt(QPoint position) const;
    /// The bar's place in the viewport; empty when it has not started.
    [[nodiscard]] QRectF barRect(int row) const;
    /// "load_lines, try 2, Completed, 2 min 30 s from 14:14:21".
    [[nodiscard]] QString spokenRow(int row) const;

    [[nodiscard]] QSize sizeHint() const override;
    /// The height of a row in pixels; below 1 when ten thousand are visible at once.
    [[nodiscard]] double rowHeight() const;

signals:
    /// The user selected a row; -1 when none.
    void rowSelected(int row);
    /// Enter or double click.
    void rowOpened(int row);
    /// The user selected a range of time by dragging; empty when it was cleared.
    void rangeSelected(const fd::TimeRange &range);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    friend class TimelinePainter;

    [[nodiscard]] int chartLeft() const;
    [[nodiscard]] int axisHeight() const;
    [[nodiscard]] TimeRange fullRange() const;
    [[nodiscard]] Instant endOf(const TimelineRow &row) const;
    void updatePath();
    void setHovered(int row);
    void choose(int row);
    void updateGeometryOfRows();
    void updateTicking();
    void zoomAt(double factor, double x);
    void pan(qint64 us);
    void showTip(QPoint position);
    [[nodiscard]] bool isDragging(QPoint position) const;

    Clock m_clock;
    QTimer m_tick;
    QList<TimelineRow> m_rows;
    /// Rows that waited for a row; the reverse of TimelineRow::parents.
    QList<QList<int>> m_children;
    QList<TimelineBand> m_bands;
    bool m_pathShown = false;
    QList<int> m_path;
    TimelineAxis m_axis;
    bool m_allRows = false;
    /// The user zoomed; new rows then leave the range alone.
    bool m_zoomed = false;
    int m_selected = -1;
    int m_hovered = -1;
    std::optional<QPoint> m_pressed;
    TimeRange m_picked;
};

} // namespace fd
