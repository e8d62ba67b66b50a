// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/flowrunlistmodel.h"

#include "models/items/idset.h"
#include "models/items/reloader.h"
#include "models/items/rowcache.h"
#include "models/items/whenread.h"
#include "models/store/cancellableread.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"

#include <QCoreApplication>

namespace fd {
namespace {

/// Rows that are there before anything was read from a pool thread: more than any screen shows.
constexpr int kFirstPage = 200;
/// Rows that are held (selected, current) and so looked for beyond the first page.
constexpr qsizetype kMostHeld = 500;

std::optional<FlowRunSort> sortOf(FlowRunColumn column)
{
    switch (column) {
    case FlowRunColumn::State:
        return FlowRunSort::State;
    case FlowRunColumn::Name:
        return FlowRunSort::Name;
    case FlowRunColumn::Deployment:
        return FlowRunSort::Deployment;
    case FlowRunColumn::Start:
        return FlowRunSort::Start;
    case FlowRunColumn::Duration:
        return FlowRunSort::Duration;
    case FlowRunColumn::Lateness:
    case FlowRunColumn::CreatedBy:
    case FlowRunColumn::Tags:
        break;
    }
    return std::nullopt;
}

QString title(FlowRunColumn column)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("fd::FlowRunListModel", text); };
    switch (column) {
    case FlowRunColumn::State:
        return tr("State");
    case FlowRunColumn::Name:
        return tr("Run");
    case FlowRunColumn::Deployment:
        return tr("Deployment");
    case FlowRunColumn::Start:
        return tr("Start");
    case FlowRunColumn::Duration:
        return tr("Duration");
    case FlowRunColumn::Lateness:
        return tr("Lateness");
    case FlowRunColumn::CreatedBy:
        return tr("By");
    case FlowRunColumn::Tags:
        return tr("Tags");
    }
    return {};
}

QString secondsText(qint64 us) { return QString::number(static_cast<double>(us) / 1e6, 'f', 3); }

/// Text of a cell as long as no view has set better words.
QString rawText(const FlowRunRow &row, FlowRunColumn column)
{
    switch (column) {
    case FlowRunColumn::State:
        return row.stateName;
    case FlowRunColumn::Name:
        return row.name;
    case FlowRunColumn::Deployment:
        return row.deploymentName;
    case FlowRunColumn::Start:
        return toIso(row.start.value_or(row.expectedStart));
    case FlowRunColumn::Duration:
        return row.start && row.end ? secondsText(*row.end - *row.start) : QString();
    case FlowRunColumn::Lateness:
        return row.start ? secondsText(*row.start - row.expectedStart) : QString();
    case FlowRunColumn::CreatedBy:
        return QString::number(static_cast<int>(row.createdBy));
    case FlowRunColumn::Tags:
        return row.tags.join(QStringLiteral(", "));
    }
    return {};
}

/// What the list is a list of. Filters are turned into the store's only here.
struct Query {
    FlowRunListFilter filter;
    FlowRunSort sort = FlowRunSort::Start;
    bool descending = true;

    [[nodiscard]] std::vector<RowId> ids(
        Connection &connection, int limit = -1, const std::vector<RowId> &among = {}) const
    {
        return FlowRunRepository(connection)
            .ids({.states = filter.states,
                     .deployment = filter.deployment,
                     .text = filter.text.trimmed(),
                     .from = filter.from,
                     .until = filter.until,
                     .among = among},
                sort, descending, limit);
    }
    /// Whether an update of a run can move it or take it in or out. Due times and deployments stay.
    [[nodiscard]] bool dependsOnUpdates() const
    {
        return !filter.states.isEmpty() || !filter.text.isEmpty() || sort == FlowRunSort::State
            || sort == FlowRunSort::Duration || sort == FlowRunSort::Name;
    }
    /// Whether the first page comes straight from an index.
    [[nodiscard]] bool isQuick() const
    {
        return sort == FlowRunSort::Start && filter.text.isEmpty() && filter.states.isEmpty();
    }
    friend bool operator==(const Query &, const Query &) = default;
};

/// A part of a list that is the whole of it, or its first page and those of `held` that stand further down.
struct Part {
    std::vector<RowId> ids;
    bool whole = true;
};

Part firstPart(const Query &query, Connection &connection, const std::vector<RowId> &held)
{
    Part part{.ids = query.ids(connection, kFirstPage)};
    part.whole = part.ids.size() < kFirstPage;
    if (part.whole || held.empty())
        return part;
    const IdSet page(part.ids);
    const std::vector<RowId> below = query.ids(connection, -1, held);
    std::copy_if(
        below.begin(), below.end(), std::back_inserter(part.ids), [&page](RowId id) { return !page.contains(id); });
    return part;
}

} // namespace

class FlowRunListModel::Private
{
public:
    Private(FlowRunListModel &model, Store &openStore)
        : q(model), store(openStore), cache(
                                          [&openStore](std::span<const RowId> ids) {
                                              return readNow(openStore.reader(), [ids](Connection &connection) {
                                                  return FlowRunRepository(connection).rows(ids);
                                              });
                                          },
                                          [](const FlowRunRow &row) { return row.row; }),
          reading([this] { startReading(); })
    {
    }

    void ask(const Query &next);
    void showFirstPage();
    void startReading();
    void take(Result<Part> part, const Query &asked, quint64 askedVersion);
    [[nodiscard]] std::vector<RowId> held() const;
    void readCounts();

    FlowRunListModel &q;
    Store &store;
    RowCache<FlowRunRow> cache;
    Query query;
    FlowRunColumn sortColumn = FlowRunColumn::Start;
    CellText cellText = rawText;
    QList<FlowRunStateCount> counts;
    /// The query of the list that is shown, and how many announcements it takes into account.
    Query shown;
    /// The query whose first page is shown, maybe with more.
    std::optional<Query> paged;
    quint64 shownVersion = 0;
    quint64 version = 1;
    Reloader reading;
    std::shared_ptr<CancellableRead> job;
};

void FlowRunListModel::Private::ask(const Query &next)
{
    query = next;
    if (job)
        job->cancel();
    reading.requestNow();
}

void FlowRunListModel::Private::showFirstPage()
{
    const auto read = [this](Connection &connection) { return query.ids(connection, kFirstPage); };
    if (Result<std::vector<RowId>> page = readNow(store.reader(), read)) {
        q.showIds(std::move(*page));
        paged = query;
    }
}

/// What selections and the like hold on to: it must not leave the list while only its first page is known.
std::vector<RowId> FlowRunListModel::Private::held() const
{
    std::vector<RowId> ids;
    const QModelIndexList indexes = q.persistentIndexList();
    for (const QModelIndex &index : indexes.mid(0, kMostHeld))
        ids.push_back(q.idAt(index.row()));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

void FlowRunListModel::Private::startReading()
{
    if (q.isSettled())
        return reading.ended();
    const bool isNew = !(shown == query) && paged != query;
    job = std::make_shared<CancellableRead>();
    const auto read
        = [mine = job, asked = query, isNew, kept = isNew ? held() : std::vector<RowId>()](Connection &connection) {
              return mine->run(connection,
                  [&] { return isNew ? firstPart(asked, connection, kept) : Part{.ids = asked.ids(connection)}; });
          };
    whenRead(store.read(read), &q, [this, mine = job, asked = query, askedVersion = version](Result<Part> part) {
        if (!mine->isCancelled())
            take(std::move(part), asked, askedVersion);
        reading.ended();
    });
}

void FlowRunListModel::Private::take(Result<Part> part, const Query &asked, quint64 askedVersion)
{
    if (!part) {
        emit q.failed(part.error());
        return;
    }
    q.showIds(std::move(part->ids));
    if (!part->whole) {
        paged = asked;
        reading.requestNow();
        return;
    }
    shown = asked;
    shownVersion = askedVersion;
    if (q.isSettled())
        emit q.settled();
    else
        reading.request();
}

void FlowRunListModel::Private::readCounts()
{
    const auto read = [](Connection &connection) { return FlowRunRepository(connection).countsByState(); };
    const auto stored = readNow(store.reader(), read);
    if (!stored)
        return;
    counts.clear();
    for (const FlowRunRepository::StateCount &count : *stored)
        counts.append({count.type, count.name, count.count});
    emit q.countsChanged();
}

FlowRunListModel::FlowRunListModel(Store &store, QObject *parent)
    : IdListModel(parent), d(std::make_unique<Private>(*this, store))
{
    d->readCounts();
    d->showFirstPage();
    connect(&store, &Store::changed, this, &FlowRunListModel::onStoreChanged);
    // A filter that is set right away spares reading the whole list.
    QTimer::singleShot(0, &d->reading, &Reloader::requestNow);
}

FlowRunListModel::~FlowRunListModel()
{
    if (d->job)
        d->job->cancel();
}

int FlowRunListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kFlowRunColumnCount;
}

QVariant FlowRunListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isTitle = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    if (orientation == Qt::Horizontal && isTitle && section >= 0 && section < kFlowRunColumnCount)
        return title(static_cast<FlowRunColumn>(section));
    return {};
}

void FlowRunListModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= kFlowRunColumnCount)
        return;
    const std::optional<FlowRunSort> key = sortOf(static_cast<FlowRunColumn>(column));
    if (!key)
        return;
    Query next = d->query;
    next.sort = *key;
    next.descending = order == Qt::DescendingOrder;
    if (next == d->query)
        return;
    d->sortColumn = static_cast<FlowRunColumn>(column);
    d->ask(next);
}

FlowRunColumn FlowRunListModel::sortColumn() const { return d->sortColumn; }
Qt::SortOrder FlowRunListModel::sortOrder() const
{
    return d->query.descending ? Qt::DescendingOrder : Qt::AscendingOrder;
}

void FlowRunListModel::setFilter(const FlowRunListFilter &filter)
{
    if (filter == d->query.filter)
        return;
    Query next = d->query;
    next.filter = filter;
    d->ask(next);
    if (next.isQuick() && d->shownVersion == 0)
        d->showFirstPage();
}

const FlowRunListFilter &FlowRunListModel::filter() const { return d->query.filter; }

void FlowRunListModel::setCellText(CellText cellText)
{
    d->cellText = std::move(cellText);
    tellAllChanged();
}

const FlowRunRow *FlowRunListModel::rowAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    const FlowRunRow *value = d->cache.at(ids(), row);
    if (const std::optional<Error> error = d->cache.takeError())
        QMetaObject::invokeMethod(
            &d->q, [model = &d->q, error] { emit model->failed(*error); }, Qt::QueuedConnection);
    return value;
}

qint64 FlowRunListModel::total() const
{
    qint64 total = 0;
    for (const FlowRunStateCount &count : d->counts)
        total += count.count;
    return total;
}

QList<FlowRunStateCount> FlowRunListModel::stateCounts() const { return d->counts; }
bool FlowRunListModel::isSettled() const { return d->shown == d->query && d->shownVersion == d->version; }

QVariant FlowRunListModel::cell(int row, int column, int role) const
{
    if (role != RowPointerRole && role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const FlowRunRow *value = rowAt(row);
    if (role == RowPointerRole)
        return QVariant::fromValue(value);
    return value ? d->cellText(*value, static_cast<FlowRunColumn>(column)) : QVariant();
}

void FlowRunListModel::onStoreChanged(const Changes &changes)
{
    EntityChanges runs = changes.of(Entity::FlowRun);
    // Rows show their deployment's name, which goes with it.
    const EntityChanges &deployments = changes.of(Entity::Deployment);
    runs.everything = runs.everything || deployments.everything || !deployments.removed.isEmpty();
    if (runs.isEmpty())
        return;
    const std::vector<int> stale = d->cache.markStale(runs, ids());
    if (runs.everything)
        tellAllChanged();
    else
        tellChanged(stale);
    if (!runs.removed.isEmpty()) {
        std::vector<RowId> left(ids());
        std::erase_if(left, [&runs](RowId id) { return runs.removed.contains(id); });
        showIds(std::move(left));
    }
    d->readCounts();
    if (runs.everything || !runs.added.isEmpty() || !runs.removed.isEmpty() || d->query.dependsOnUpdates()) {
        ++d->version;
        d->reading.request();
    }
}

} // namespace fd
