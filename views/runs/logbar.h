// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/runs/logtaskmodel.h"

#include <QWidget>

#include <array>

class QBoxLayout;
class QComboBox;
class QPushButton;
class QToolButton;

namespace fd {

class SearchField;
class SegmentBar;
class TextLabel;

/// The row over the log: count, levels, task, search, follow, export.
class LogBar : public QWidget
{
    Q_OBJECT
public:
    explicit LogBar(QWidget *parent = nullptr);

    /// Lines from DEBUG, INFO, WARNING and ERROR on.
    void setCounts(const std::array<int, 4> &fromLevel);
    /// The task runs to choose from; the chosen one stays.
    void setTasks(const QList<LogTask> &tasks);
    /// Chooses a level and a task run (0: all) without a signal.
    void setFilter(int minimumLevel, RowId task);
    /// How the search went, with the reason when it could not begin.
    void setFindSummary(const QString &text, const QString &problem);
    /// Whether the text of the search is a regular expression.
    [[nodiscard]] bool isPattern() const;
    /// Whether the end is followed, and how many lines came since it was not.
    void setFollowing(bool following, int missed);
    /// Only a run that may write more lines can be followed.
    void setLive(bool live);

    [[nodiscard]] SearchField *search() const { return m_search; }
    [[nodiscard]] int minimumLevel() const;
    [[nodiscard]] RowId task() const;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// The user chose a level or a task run.
    void filterChosen(int minimumLevel, fd::RowId task);
    /// The search became a regular expression or a plain text.
    void patternToggled(bool on);
    void nextRequested();
    void previousRequested();
    /// Follow was pressed or released.
    void followToggled(bool on);
    void exportRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeTasks();
    void arrange();

    TextLabel *m_count;
    SegmentBar *m_levels;
    LogTaskModel *m_taskModel;
    QComboBox *m_tasks;
    SearchField *m_search;
    QToolButton *m_pattern;
    TextLabel *m_found;
    QToolButton *m_previous;
    QToolButton *m_next;
    QPushButton *m_follow;
    QToolButton *m_export;
    QWidget *m_filters = nullptr;
    QWidget *m_tools = nullptr;
    QBoxLayout *m_rows = nullptr;
};

} // namespace fd
