// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/workspacemodel.h"

#include <QPointer>

#include <algorithm>

namespace fd {

/// A row and what keeps it up to date.
struct WorkspaceModel::Watched {
    WorkspaceRow row;
    QPointer<Workspace> workspace;
    /// Receives the workspace's signals, so that another workspace is told apart from it.
    std::unique_ptr<WorkspaceCounts> counts;
};

WorkspaceModel::WorkspaceModel(const WorkspaceBook &book, const OpenWorkspaces &open, Clock clock, QObject *parent)
    : QAbstractTableModel(parent), m_book(book), m_open(open), m_clock(std::move(clock))
{
    connect(&book, &WorkspaceBook::changed, this, &WorkspaceModel::follow);
    connect(&open, &OpenWorkspaces::changed, this, &WorkspaceModel::refresh);
    follow();
}

WorkspaceModel::~WorkspaceModel() = default;

int WorkspaceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int WorkspaceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(WorkspaceColumn::Count);
}

QVariant WorkspaceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WorkspaceRow &row = rowAt(index.row());
    const auto column = static_cast<WorkspaceColumn>(index.column());
    if (role == Qt::AccessibleTextRole && column == WorkspaceColumn::Name)
        return spokenWorkspace(row, m_clock());
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (column) {
    case WorkspaceColumn::Name:
        return nameLines(row).first;
    case WorkspaceColumn::Server:
        return serverLines(row).first;
    case WorkspaceColumn::Connection:
        return connectionLines(row, m_clock()).first;
    case WorkspaceColumn::Deployments:
        return countText(row.counts, false);
    case WorkspaceColumn::Runs:
        return countText(row.counts, true);
    case WorkspaceColumn::Protection:
        return protectionLines(row.entry.protection).first;
    default:
        return {};
    }
}

QVariant WorkspaceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<WorkspaceColumn>(section)) {
    case WorkspaceColumn::Name:
        return tr("Workspace");
    case WorkspaceColumn::Server:
        return tr("Server");
    case WorkspaceColumn::Connection:
        return tr("Connection");
    case WorkspaceColumn::Deployments:
        return tr("Deployments");
    case WorkspaceColumn::Runs:
        return tr("Runs");
    case WorkspaceColumn::Protection:
        return tr("Protection");
    default:
        return {};
    }
}

const WorkspaceRow &WorkspaceModel::rowAt(int row) const { return m_rows.at(static_cast<size_t>(row))->row; }

int WorkspaceModel::rowOf(const QString &entryId) const
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [&entryId](const auto &watched) { return watched->row.entry.id == entryId; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void WorkspaceModel::tick()
{
    if (m_rows.empty())
        return;
    const int column = static_cast<int>(WorkspaceColumn::Connection);
    emit dataChanged(index(0, column), index(rowCount() - 1, column));
}

void WorkspaceModel::follow()
{
    const QList<WorkspaceEntry> entries = m_book.entries();
    const auto isKnown = [&entries](const QString &id) {
        return std::any_of(
            entries.begin(), entries.end(), [&id](const WorkspaceEntry &entry) { return entry.id == id; });
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isKnown(rowAt(row).entry.id))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (int at = 0; at < static_cast<int>(entries.size()); ++at) {
        const WorkspaceEntry &entry = entries.at(at);
        const int row = rowOf(entry.id);
        if (row < 0) {
            auto watched = std::make_unique<Watched>();
            watched->row.entry = entry;
            watch(*watched);
            const int place = std::min(at, rowCount());
            beginInsertRows({}, place, place);
            m_rows.insert(m_rows.begin() + place, std::move(watched));
            endInsertRows();
        } else if (rowAt(row).entry != entry) {
            m_rows.at(static_cast<size_t>(row))->row.entry = entry;
        }
        refresh(entry.id);
    }
}

void WorkspaceModel::watch(Watched &watched)
{
    Workspace *workspace = m_open.workspace(watched.row.entry.id);
    if (workspace == watched.workspace && (workspace != nullptr) == (watched.counts != nullptr))
        return;
    watched.counts.reset();
    watched.workspace = workspace;
    if (workspace == nullptr)
        return;
    watched.counts = std::make_unique<WorkspaceCounts>(workspace->store());
    const auto changed = [this, id = watched.row.entry.id] { refresh(id); };
    connect(watched.counts.get(), &WorkspaceCounts::changed, this, changed);
    // The counts are the receiver: they go when this workspace is not watched any more.
    connect(workspace, &Workspace::syncStatusChanged, watched.counts.get(), changed);
    connect(workspace, &Workspace::engineStatusChanged, watched.counts.get(), changed);
}

void WorkspaceModel::refresh(const QString &entryId)
{
    const int at = rowOf(entryId);
    if (at < 0)
        return;
    Watched &watched = *m_rows.at(static_cast<size_t>(at));
    watch(watched);
    WorkspaceRow &row = watched.row;
    row.isOpen = watched.workspace != nullptr;
    row.failure = m_open.failure(entryId);
    row.sync = row.isOpen ? watched.workspace->syncStatus() : SyncStatus();
    row.engine = row.isOpen ? watched.workspace->engineStatus() : EngineStatus();
    row.can = row.isOpen ? watched.workspace->capabilities() : Capabilities();
    row.counts = watched.counts ? watched.counts->counts() : std::nullopt;
    emit dataChanged(index(at, 0), index(at, columnCount() - 1));
    emit entryChanged(entryId);
}

} // namespace fd
