// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/keyboardoverview.h"

#include "views/common/searchfield.h"
#include "views/common/theme.h"

#include <QAction>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace fd {
namespace {

QString plain(QString text) { return text.remove(u'&'); }

/// Keys that belong to lists and fields rather than to an action.
QList<std::pair<QString, QString>> listKeys()
{
    return {{QObject::tr("Open"), QObject::tr("Enter")}, {QObject::tr("Inspector"), QObject::tr("Space")},
        {QObject::tr("Context menu"), QObject::tr("Menu, Shift+F10")},
        {QObject::tr("One step back"), QObject::tr("Esc")}, {QObject::tr("Next part of the window"), QObject::tr("F6")},
        {QObject::tr("Previous part of the window"), QObject::tr("Shift+F6")}};
}

} // namespace

KeyboardOverview::KeyboardOverview(const QList<ActionGroup> &groups, QWidget *parent)
    : QDialog(parent), m_tree(new QTreeWidget)
{
    setObjectName(QStringLiteral("keyboard-overview"));
    setWindowTitle(tr("Keyboard overview"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    resize(520, 600);
    auto *search = new SearchField(tr("Search actions and keys"));
    m_tree->setHeaderLabels({tr("Action"), tr("Keys")});
    m_tree->setAccessibleName(tr("Actions and their keys"));
    m_tree->setRootIsDecorated(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    for (const ActionGroup &group : groups) {
        auto *head = new QTreeWidgetItem(m_tree, {plain(group.title)});
        head->setFont(0, roleFont(TextRole::Strong));
        for (const QAction *action : group.actions) {
            if (!action->isSeparator() && !action->shortcut().isEmpty())
                new QTreeWidgetItem(
                    head, {plain(action->text()), action->shortcut().toString(QKeySequence::NativeText)});
        }
        if (head->childCount() == 0)
            delete head;
    }
    auto *lists = new QTreeWidgetItem(m_tree, {tr("Lists")});
    lists->setFont(0, roleFont(TextRole::Strong));
    for (const auto &[action, keys] : listKeys())
        new QTreeWidgetItem(lists, {action, keys});
    m_tree->expandAll();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kInset, metrics::kInset, metrics::kInset, metrics::kInset);
    column->setSpacing(metrics::kGap);
    column->addWidget(search);
    column->addWidget(m_tree, 1);
    connect(search, &SearchField::searchChanged, this, &KeyboardOverview::narrow);
}

void KeyboardOverview::narrow(const QString &text)
{
    for (int group = 0; group < m_tree->topLevelItemCount(); ++group) {
        QTreeWidgetItem *head = m_tree->topLevelItem(group);
        bool any = false;
        for (int row = 0; row < head->childCount(); ++row) {
            QTreeWidgetItem *item = head->child(row);
            const bool fits = item->text(0).contains(text, Qt::CaseInsensitive)
                || item->text(1).contains(text, Qt::CaseInsensitive);
            item->setHidden(!fits);
            any = any || fits;
        }
        head->setHidden(!any);
    }
}

} // namespace fd
