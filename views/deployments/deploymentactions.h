// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/page.h"

#include <QAction>
#include <QObject>

#include <array>

namespace fd {

/// Everything that can be done on the deployments page, each once. The page connects and enables them.
class DeploymentActions : public QObject
{
    Q_OBJECT
public:
    enum Id {
        Open,
        OpenNewWindow,
        QuickRun,
        OpenLastRun,
        AllRuns,
        CopyRows,
        CopyName,
        CopyId,
        Delete,
        SelectAll,
        Find,
        AddFilter,
        ClearFilters,
        CompactRows,
        Count
    };

    explicit DeploymentActions(QObject *parent);

    [[nodiscard]] QAction *at(Id id) const { return m_actions.at(id); }
    [[nodiscard]] QList<QAction *> menu(MenuId menu) const;
    /// What a right click on a row offers: open, run, copy, delete.
    [[nodiscard]] QList<QAction *> contextMenu() const;
    /// Turns an action on, or off with the reason as its status tip.
    void setReason(Id id, const QString &reason);

private:
    std::array<QAction *, Count> m_actions{};
    std::array<QString, Count> m_tips;
};

} // namespace fd
