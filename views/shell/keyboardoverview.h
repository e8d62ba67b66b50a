// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QTreeWidget;

namespace fd {

/// Actions that stand together in the overview, such as those of one menu.
struct ActionGroup {
    QString title;
    QList<QAction *> actions;
};

/// Every action with its keys, by menu, narrowed by typing (Ctrl+F1).
class KeyboardOverview : public QDialog
{
    Q_OBJECT
public:
    KeyboardOverview(const QList<ActionGroup> &groups, QWidget *parent);

private:
    void narrow(const QString &text);

    QTreeWidget *m_tree;
};

} // namespace fd
