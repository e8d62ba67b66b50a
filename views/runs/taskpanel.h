// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/flowrun.h"
#include "views/common/timelineaxis.h"

#include <QWidget>

class QCheckBox;
class QStackedLayout;
class QToolButton;

namespace fd {

class FailedPanel;
class TableView;
class TaskTableModel;
class TextLabel;
class Timeline;

/// The tasks of a run as a timeline, or as a table with the same data.
class TaskPanel : public QWidget
{
    Q_OBJECT
public:
    explicit TaskPanel(Clock clock, QWidget *parent = nullptr);

    /// Shows these tasks; the selected one stays selected.
    void setTasks(const QList<TaskRun> &tasks);
    /// Marks when the run waited for a retry.
    void setStates(const QList<State> &states);
    /// Says that the tasks could not be read, until they are set again. Those that were shown stay.
    void setFailure(const Error &error);
    /// What stands here while there are no tasks.
    void setEmptyText(const QString &text);
    /// Selects a task run without a signal; 0 selects none.
    void markTask(RowId task);
    /// Brings a time into sight when it is outside.
    void showTime(Instant time);
    /// The timeline or the table, whichever is shown.
    void focusTasks();
    [[nodiscard]] bool isTable() const;
    void setTable(bool on);
    [[nodiscard]] Timeline *timeline() const { return m_timeline; }
    [[nodiscard]] TableView *table() const { return m_table; }

signals:
    /// The user selected a task run; 0 for none.
    void taskSelected(fd::RowId task);
    /// Enter or double click on one.
    void taskOpened(fd::RowId task);
    /// "Try again" after a failure.
    void retryRequested();
    /// The user switched between timeline and table.
    void tableToggled(bool on);

private:
    QWidget *makeHead();
    void connectViews();
    void updateView();
    [[nodiscard]] RowId idAt(int row) const;

    Clock m_clock;
    TextLabel *m_summary = nullptr;
    QCheckBox *m_path = nullptr;
    QList<QToolButton *> m_zoom;
    QToolButton *m_asTable = nullptr;
    QStackedLayout *m_stack = nullptr;
    Timeline *m_timeline;
    TableView *m_table;
    TaskTableModel *m_model;
    TextLabel *m_empty;
    FailedPanel *m_failed;
    /// The selection changes by program, not by hand.
    bool m_marking = false;
};

} // namespace fd
