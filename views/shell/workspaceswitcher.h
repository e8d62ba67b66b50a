// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QFrame>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace fd {

class OpenWorkspaces;
class WorkspaceBook;

/// The list of known workspaces under the card (Ctrl+Shift+O): typing filters, Enter or a click switches,
/// Ctrl+Enter opens a second window. Below it what else one does with workspaces.
class WorkspaceSwitcher : public QFrame
{
    Q_OBJECT
public:
    /// `current` is the entry of the window's own workspace; empty for none.
    WorkspaceSwitcher(
        const WorkspaceBook &book, const OpenWorkspaces &open, const QString &current, Clock clock, QWidget *parent);

    /// Shows it at a place of the screen.
    void popup(QPoint topLeft);

signals:
    void chosen(const QString &entryId, bool newWindow);
    void connectRequested();
    void allRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void choose(const QModelIndex &index, bool newWindow);
    [[nodiscard]] QWidget *makeActions();

    const WorkspaceBook &m_book;
    const OpenWorkspaces &m_open;
    QString m_current;
    Clock m_clock;
    QLineEdit *m_filter;
    QListView *m_list;
    QStandardItemModel *m_model;
};

} // namespace fd
