// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/core/instant.h"
#include "models/domain/flowrun.h"
#include "views/common/page.h"

#include <QTimer>

class QSplitter;
class QStackedLayout;

namespace fd {

class FailedPanel;
class FlowRunWatcher;
class LogPanel;
class Placeholder;
class RunCanceller;
class RunHeader;
class RunSidePanel;
class StateStrip;
class TaskPanel;
class UiMemory;
class Workspace;

/// One run: where the time went, its tasks, its log; parameters and details beside them. Grows while it runs.
class RunPage : public Page
{
    Q_OBJECT
public:
    RunPage(Workspace &workspace, UiMemory &memory, Clock clock = systemClock(), QWidget *parent = nullptr);
    ~RunPage() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("run"); }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override { return QStringLiteral("view-history"); }
    void activate(const Destination &destination) override;
    void deactivate() override;
    [[nodiscard]] QList<QAction *> menuActions(MenuId menu) const override;
    [[nodiscard]] QString statusText() const override;
    [[nodiscard]] QWidget *headerWidget() override;
    [[nodiscard]] QWidget *inspector() override;

    [[nodiscard]] StateStrip *states() const { return m_strip; }
    [[nodiscard]] TaskPanel *tasks() const { return m_tasks; }
    [[nodiscard]] LogPanel *log() const { return m_log; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    void makeActions();
    void connectParts();
    void start();
    void showRun(RowId run);
    void onRunChanged();
    void onFailed(const Error &error);
    void onTasksChanged();
    void onTick();
    void balance();
    void selectState(int index);
    void openTask(RowId task);
    void openRun(RowId run);
    void cancel();
    void stepBack();
    /// Keeps a server's run coming while it is looked at; 0 follows none.
    void follow(RowId run);

    Workspace &m_workspace;
    UiMemory &m_memory;
    Clock m_clock;
    QTimer m_tick;
    FlowRunWatcher *m_watcher = nullptr;
    RunHeader *m_header;
    StateStrip *m_strip;
    FailedPanel *m_failed;
    QWidget *m_body = nullptr;
    QStackedLayout *m_stack = nullptr;
    QSplitter *m_splitter;
    TaskPanel *m_tasks;
    LogPanel *m_log;
    Placeholder *m_gone;
    RunSidePanel *m_side;
    RunCanceller *m_canceller;
    QAction *m_cancel;
    QAction *m_follow;
    QAction *m_asTable;
    QAction *m_find;
    QAction *m_findNext;
    QAction *m_findPrevious;
    QAction *m_export;
    QAction *m_copyId;
    RowId m_followed = 0;
    QString m_shownName;
    /// Somebody chose a state; until then the newest one is selected.
    bool m_statePicked = false;
    qsizetype m_taskCount = 0;
};

} // namespace fd
