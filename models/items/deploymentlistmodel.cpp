// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/deploymentlistmodel.h"

#include "models/items/deploymentindex.h"
#include "models/items/rowcache.h"
#include "models/items/whenread.h"
#include "models/store/store.h"

#include <QCoreApplication>

namespace fd {
namespace {

/// Rows that are there before anything was read from a pool thread: more than any screen shows.
constexpr int kFirstPage = 200;

std::optional<DeploymentSort> sortOf(DeploymentColumn column)
{
    switch (column) {
    case DeploymentColumn::State:
        return DeploymentSort::State;
    case DeploymentColumn::Name:
        return DeploymentSort::Name;
    case DeploymentColumn::Tags:
        return DeploymentSort::Tags;
    case DeploymentColumn::Schedule:
        return DeploymentSort::Schedule;
    case DeploymentColumn::NextRun:
        return DeploymentSort::NextRun;
    case DeploymentColumn::LastRun:
        return DeploymentSort::LastRun;
    case DeploymentColumn::Activity:
        return DeploymentSort::Failures;
    case DeploymentColumn::Created:
        return DeploymentSort::Created;
    case DeploymentColumn::Updated:
        return DeploymentSort::Updated;
    case DeploymentColumn::Run:
    case DeploymentColumn::Version:
        break;
    }
    return std::nullopt;
}

QString title(DeploymentColumn column)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("fd::DeploymentListModel", text); };
    switch (column) {
    case DeploymentColumn::State:
        return tr("State");
    case DeploymentColumn::Name:
        return tr("Deployment");
    case DeploymentColumn::Tags:
        return tr("Tags");
    case DeploymentColumn::Schedule:
        return tr("Schedule");
    case DeploymentColumn::NextRun:
        return tr("Next run");
    case DeploymentColumn::LastRun:
        return tr("Last run");
    case DeploymentColumn::Activity:
        return tr("14 days");
    case DeploymentColumn::Run:
        return tr("Run");
    case DeploymentColumn::Version:
        return tr("Version");
    case DeploymentColumn::Created:
        return tr("Created");
    case DeploymentColumn::Updated:
        return tr("Updated");
    }
    return {};
}

QString isoOrNothing(const std::optional<Instant> &instant) { return instant ? toIso(*instant) : QString(); }

/// Text of a cell as long as no view has set better words.
QString rawText(const DeploymentRow &row, DeploymentColumn column)
{
    switch (column) {
    case DeploymentColumn::State:
        return row.lastRun != 0 ? row.lastState.name : QString();
    case DeploymentColumn::Name:
        return row.name;
    case DeploymentColumn::Tags:
        return row.tags.join(QStringLiteral(", "));
    case DeploymentColumn::Schedule:
        return QString::fromUtf8(row.schedule.json);
    case DeploymentColumn::NextRun:
        return isoOrNothing(row.nextRun);
    case DeploymentColumn::LastRun:
        return isoOrNothing(row.lastStart);
    case DeploymentColumn::Version:
        return row.version;
    case DeploymentColumn::Created:
        return toIso(row.created);
    case DeploymentColumn::Updated:
        return toIso(row.updated);
    case DeploymentColumn::Activity:
    case DeploymentColumn::Run:
        break;
    }
    return {};
}

Result<std::vector<DeploymentRow>> readRows(Store &store, std::span<const RowId> ids)
{
    return readNow(
        store.reader(), [ids](Connection &connection) { return DeploymentRepository(connection).rows(ids); });
}

} // namespace

class DeploymentListModel::Private
{
public:
    explicit Private(Store &openStore)
        : store(openStore), index(openStore),
          cache([&openStore](std::span<const RowId> ids) { return readRows(openStore, ids); },
              [](const DeploymentRow &row) { return row.row; })
    {
    }

    [[nodiscard]] std::vector<RowId> firstPage()
    {
        const auto read = [this](Connection &connection) {
            return DeploymentRepository(connection).ids(index.sort(), index.isDescending(), kFirstPage);
        };
        return readNow(store.reader(), read).value_or(std::vector<RowId>());
    }

    Store &store;
    DeploymentIndex index;
    RowCache<DeploymentRow> cache;
    DeploymentColumn sortColumn = DeploymentColumn::NextRun;
    CellText cellText = rawText;
    bool hasFullList = false;
    bool settled = false;
};

DeploymentListModel::DeploymentListModel(Store &store, QObject *parent)
    : IdListModel(parent), d(std::make_unique<Private>(store))
{
    showIds(d->firstPage());
    connect(&d->index, &DeploymentIndex::changed, this, &DeploymentListModel::showList);
    connect(&d->index, &DeploymentIndex::failed, this, &DeploymentListModel::failed);
    connect(&store, &Store::changed, this, &DeploymentListModel::onStoreChanged);
}

DeploymentListModel::~DeploymentListModel() = default;

int DeploymentListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kDeploymentColumnCount;
}

QVariant DeploymentListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isTitle = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    if (orientation == Qt::Horizontal && isTitle && section >= 0 && section < kDeploymentColumnCount)
        return title(static_cast<DeploymentColumn>(section));
    return {};
}

void DeploymentListModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= kDeploymentColumnCount)
        return;
    const std::optional<DeploymentSort> key = sortOf(static_cast<DeploymentColumn>(column));
    if (!key || (*key == d->index.sort() && (order == Qt::DescendingOrder) == d->index.isDescending()))
        return;
    d->sortColumn = static_cast<DeploymentColumn>(column);
    d->index.setSort(*key, order == Qt::DescendingOrder);
    d->settled = false;
    if (!d->hasFullList && d->index.filter() == DeploymentFilter())
        showIds(d->firstPage());
    showList();
}

DeploymentColumn DeploymentListModel::sortColumn() const { return d->sortColumn; }

Qt::SortOrder DeploymentListModel::sortOrder() const
{
    return d->index.isDescending() ? Qt::DescendingOrder : Qt::AscendingOrder;
}

void DeploymentListModel::setFilter(const DeploymentFilter &filter)
{
    if (filter == d->index.filter())
        return;
    d->index.setFilter(filter);
    d->settled = false;
    showList();
}

const DeploymentFilter &DeploymentListModel::filter() const { return d->index.filter(); }

void DeploymentListModel::setCellText(CellText cellText)
{
    d->cellText = std::move(cellText);
    tellAllChanged();
}

const DeploymentRow *DeploymentListModel::rowAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    const DeploymentRow *value = d->cache.at(ids(), row);
    if (const std::optional<Error> error = d->cache.takeError())
        QMetaObject::invokeMethod(
            &d->index, [index = &d->index, error] { emit index->failed(*error); }, Qt::QueuedConnection);
    return value;
}

int DeploymentListModel::total() const { return d->index.total(); }
QList<DeploymentStateCount> DeploymentListModel::stateCounts() const { return d->index.stateCounts(); }
bool DeploymentListModel::isSettled() const { return d->settled; }

QVariant DeploymentListModel::cell(int row, int column, int role) const
{
    if (role != RowPointerRole && role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const DeploymentRow *value = rowAt(row);
    if (role == RowPointerRole)
        return QVariant::fromValue(value);
    return value ? d->cellText(*value, static_cast<DeploymentColumn>(column)) : QVariant();
}

/// Shows the list for the current sort and filter once everything for it is there.
void DeploymentListModel::showList()
{
    std::optional<std::vector<RowId>> list = d->index.list();
    if (!list)
        return;
    showIds(std::move(*list));
    d->hasFullList = true;
    emit countsChanged();
    if (!d->settled && d->index.isCurrent()) {
        d->settled = true;
        emit settled();
    }
}

void DeploymentListModel::onStoreChanged(const Changes &changes)
{
    const EntityChanges &deployments = changes.of(Entity::Deployment);
    if (deployments.isEmpty())
        return;
    d->settled = false;
    const std::vector<int> stale = d->cache.markStale(deployments, ids());
    d->index.noteChanges(deployments);
    if (deployments.everything)
        tellAllChanged();
    else
        tellChanged(stale);
    if (!deployments.removed.isEmpty())
        showList();
}

} // namespace fd
