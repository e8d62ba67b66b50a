// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/flowrun.h"
#include "views/common/message.h"

#include <QHash>
#include <QWidget>

class QStackedLayout;

namespace fd {

class FailedPanel;
class LogBar;
class LogFinder;
class LogFollower;
class LogLinePane;
class LogView;
class Store;
class TextLabel;

/// The log of a run: levels, task filter, search, follow, copy, export.
class LogPanel : public QWidget
{
    Q_OBJECT
public:
    explicit LogPanel(QWidget *parent = nullptr);

    /// Where lines come from; call once, before setRun().
    void setStore(Store &store);
    /// Shows the log of a run from a level on. One that is going on is followed, a failed one shows its end.
    void setRun(const FlowRun &run, int minimumLevel = 0);
    /// The run's state changed.
    void updateRun(const FlowRun &run);
    /// What the lines' task runs are called.
    void setTasks(const QList<TaskRun> &tasks);
    /// Shows only the lines of a task run; 0 shows all.
    void showTask(RowId task);
    /// Brings the first line at or after a time into sight.
    void showTime(Instant time);

    void focusLines();
    void focusSearch();
    void findNext();
    void findPrevious();
    void follow();
    /// Asks for a file and writes what is shown.
    void exportText();
    /// Closes the whole line or the search, whichever is open; false when none was.
    bool stepBack();

    [[nodiscard]] LogView *view() const { return m_view; }
    [[nodiscard]] LogBar *bar() const { return m_bar; }
    [[nodiscard]] LogFollower *follower() const { return m_follower; }

signals:
    /// The current line belongs to this task run; 0 for the flow's own.
    void lineSelected(fd::RowId task);
    /// The user chose to see lines from this level on.
    void levelChosen(int minimumLevel);
    void message(const fd::Message &message);

private:
    void arrange();
    void connectBar();
    void connectLines();
    void search(const QString &text);
    void applyFilter(int minimumLevel, RowId task);
    void updateEmpty();
    void onCurrentLine();
    void onSettled();
    void openLine();
    void copySelection();
    void writeTo(const QString &path);

    Store *m_store = nullptr;
    LogBar *m_bar;
    FailedPanel *m_failed;
    QStackedLayout *m_stack = nullptr;
    LogView *m_view;
    TextLabel *m_empty;
    LogLinePane *m_line;
    LogFinder *m_finder = nullptr;
    LogFollower *m_follower = nullptr;
    QHash<RowId, QString> m_names;
    RowId m_run = 0;
    QString m_runName;
    bool m_live = false;
    /// The end is shown once the lines are known.
    bool m_toEnd = false;
    int m_level = 0;
    RowId m_task = 0;
};

} // namespace fd
