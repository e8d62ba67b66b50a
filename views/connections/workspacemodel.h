// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/openworkspaces.h"
#include "views/connections/workspacerow.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace fd {

enum class WorkspaceColumn : quint8 { Colour, Name, Server, Connection, Deployments, Runs, Protection, Count };

/// The known workspaces in the book's order, live: entries, connection, engine, counts.
class WorkspaceModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    WorkspaceModel(const WorkspaceBook &book, const OpenWorkspaces &open, Clock clock, QObject *parent = nullptr);
    ~WorkspaceModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// A cell as plain text; the row as a sentence for AccessibleTextRole.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const WorkspaceRow &rowAt(int row) const;
    /// -1 when there is none.
    [[nodiscard]] int rowOf(const QString &entryId) const;
    /// What is told in distances from now is another by now.
    void tick();

signals:
    /// What is known of an entry is another now.
    void entryChanged(const QString &entryId);

private:
    struct Watched;

    void follow();
    void watch(Watched &watched);
    void refresh(const QString &entryId);

    const WorkspaceBook &m_book;
    const OpenWorkspaces &m_open;
    Clock m_clock;
    std::vector<std::unique_ptr<Watched>> m_rows;
};

} // namespace fd
