// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/connectiontest.h"
#include "models/workspace/openworkspaces.h"
#include "models/workspace/workspacebook.h"
#include "views/common/page.h"

#include <QTimer>

namespace fd {

class TestPanel;
class TextLabel;
class UiMemory;
class WorkspaceInspector;
class WorkspaceModel;
class WorkspaceTable;
struct WorkspaceRow;

/// The known workspaces: how each stands, its settings, and the connection test. Goes nowhere and opens nothing by
/// itself; it asks for that.
class WorkspacesPage : public Page
{
    Q_OBJECT
public:
    WorkspacesPage(WorkspaceBook &book, const OpenWorkspaces &open, ConnectionTest test, UiMemory &memory,
        Clock clock = systemClock(), QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("workspaces"); }
    [[nodiscard]] QString title() const override { return tr("Workspaces"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("network-server"); }
    void activate(const Destination &destination) override;
    void deactivate() override;
    [[nodiscard]] QList<QAction *> menuActions(MenuId menu) const override;
    [[nodiscard]] QString statusText() const override;
    [[nodiscard]] QWidget *headerWidget() override { return m_header; }
    [[nodiscard]] QWidget *inspector() override;

    /// Selects an entry, as after it was connected.
    void select(const QString &entryId);
    [[nodiscard]] WorkspaceTable *table() const { return m_table; }

signals:
    /// The user wants to see a workspace, in a second window when `newWindow`.
    void switchRequested(const QString &entryId, bool newWindow);
    void connectRequested();
    void importRequested();
    /// The entry's address or sign-in is another now: an open workspace has to connect anew.
    void connectionEdited(const QString &entryId);
    /// The user agreed to delete what is kept here of a server, and read it again.
    void clearCopyRequested(const QString &entryId);
    /// The user agreed to forget it: end it when it is open, delete a server's copy, remove it from the book.
    void forgetRequested(const QString &entryId);

private:
    [[nodiscard]] QWidget *makeHeader();
    void makeActions();
    QAction *addPageAction(const QString &text, const QString &icon, const QString &tip, const QKeySequence &keys);
    void updateSelection();
    void updateCount();
    void showMenu(QPoint position);
    [[nodiscard]] const WorkspaceRow *current() const;
    /// Tests the connection as the inspector shows it; saves it when that passes and `saveAfter` is set.
    void test(bool saveAfter);
    void take(const Diagnosis &diagnosis);
    void save(const ConnectionSettings &settings);
    void askToClear();
    void askToForget();
    void copyAddress();
    void withConnection(const std::function<void(const ConnectionSettings &)> &use);

    WorkspaceBook &m_book;
    UiMemory &m_memory;
    Clock m_clock;
    WorkspaceModel *m_model;
    WorkspaceTable *m_table;
    TestPanel *m_panel;
    WorkspaceInspector *m_inspector;
    TextLabel *m_count = nullptr;
    QWidget *m_header;
    QAction *m_switch = nullptr;
    QAction *m_newWindow = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_test = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_forget = nullptr;
    QTimer m_tick;
    /// Whose connection the panel is about.
    QString m_tested;
    /// What is tested now, and saved when that passes and `m_saveAfter` is set.
    ConnectionSettings m_settings;
    bool m_saveAfter = false;
};

} // namespace fd
