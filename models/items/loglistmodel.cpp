// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/loglistmodel.h"

#include "models/items/reloader.h"
#include "models/items/rowcache.h"
#include "models/items/whenread.h"
#include "models/store/cancellableread.h"
#include "models/store/logrepository.h"
#include "models/store/store.h"

#include <QCoreApplication>

namespace fd {
namespace {

RowId idOfLine(qint32 position) { return position + 1; }
qint32 positionOf(RowId id) { return id - 1; }

QString title(LogColumn column)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("fd::LogListModel", text); };
    switch (column) {
    case LogColumn::Time:
        return tr("Time");
    case LogColumn::Level:
        return tr("Level");
    case LogColumn::Task:
        return tr("Task");
    case LogColumn::Message:
        return tr("Message");
    }
    return {};
}

QString rawText(const LogEntry &entry, LogColumn column)
{
    switch (column) {
    case LogColumn::Time:
        return toIso(entry.timestamp);
    case LogColumn::Level:
        return QString::number(entry.level);
    case LogColumn::Task:
        return entry.taskRun != 0 ? QString::number(entry.taskRun) : QString();
    case LogColumn::Message:
        return entry.message;
    }
    return {};
}

/// Which lines are listed.
struct Query {
    RowId flowRun = 0;
    LogFilter filter;

    friend bool operator==(const Query &, const Query &) = default;
};

} // namespace

class LogListModel::Private
{
public:
    Private(LogListModel &model, Store &openStore)
        : q(model), store(openStore), cache([this](std::span<const RowId> ids) { return readLines(ids); },
                                          [](const LogEntry &entry) { return idOfLine(entry.seq); }),
          reading([this] { startReading(); }), counting([this] { startCounting(); }),
          searching([this] { startSearching(); })
    {
    }

    [[nodiscard]] Result<std::vector<LogEntry>> readLines(std::span<const RowId> ids);
    void ask(const Query &next);
    void startReading();
    void take(std::vector<qint32> positions, const Query &asked, quint64 askedVersion, bool isMore);
    void startCounting();
    void startSearching();
    void giveSearchUp();
    void updateMatches();

    LogListModel &q;
    Store &store;
    RowCache<LogEntry> cache;
    Query query;
    /// What the list that is shown answers, and how many announcements it takes into account.
    Query shown;
    quint64 shownVersion = 1;
    quint64 version = 1;
    std::array<int, 4> counts{};
    CellText cellText = rawText;
    LogSearch search;
    std::shared_ptr<CancellableRead> job;
    std::vector<qint32> found;
    std::vector<int> matches;
    Reloader reading;
    Reloader counting;
    Reloader searching;
};

Result<std::vector<LogEntry>> LogListModel::Private::readLines(std::span<const RowId> ids)
{
    std::vector<qint32> positions;
    std::transform(ids.begin(), ids.end(), std::back_inserter(positions), positionOf);
    return readNow(store.reader(), [this, &positions](Connection &connection) {
        return LogRepository(connection).lines(query.flowRun, positions);
    });
}

void LogListModel::Private::ask(const Query &next)
{
    if (next == query)
        return;
    if (next.flowRun != query.flowRun) {
        q.showIds({});
        cache.clear();
        counts = {};
        emit q.countsChanged();
    }
    query = next;
    giveSearchUp();
    reading.requestNow();
    counting.requestNow();
    searching.requestNow();
}

void LogListModel::Private::startReading()
{
    if (q.isSettled())
        return reading.ended();
    const bool isMore = shown == query && shownVersion != 0;
    const qint32 from = isMore && q.rowCount() > 0 ? positionOf(q.ids().back()) + 1 : 0;
    whenRead(store.read([asked = query, from](Connection &connection) {
        return LogRepository(connection).positions(asked.flowRun, asked.filter, from);
    }),
        &q, [this, asked = query, askedVersion = version, isMore](Result<std::vector<qint32>> positions) {
            if (positions)
                take(std::move(*positions), asked, askedVersion, isMore);
            else
                emit q.failed(positions.error());
            reading.ended();
        });
}

void LogListModel::Private::take(std::vector<qint32> positions, const Query &asked, quint64 askedVersion, bool isMore)
{
    // The answer to an earlier question; the one that matters is read next.
    if (!(asked == query))
        return;
    shown = asked;
    shownVersion = askedVersion;
    std::transform(positions.begin(), positions.end(), positions.begin(), idOfLine);
    if (isMore)
        q.appendIds(positions);
    else
        q.showIds(std::move(positions));
    updateMatches();
    if (isMore && !positions.empty())
        emit q.appended(static_cast<int>(positions.size()));
    if (q.isSettled())
        emit q.settled();
    else
        reading.request();
}

void LogListModel::Private::startCounting()
{
    whenRead(store.read(
                 [run = query.flowRun](Connection &connection) { return LogRepository(connection).levelCounts(run); }),
        &q, [this, run = query.flowRun](Result<QList<LogRepository::LevelCount>> levels) {
            if (levels && run == query.flowRun) {
                for (size_t level = 0; level < counts.size(); ++level)
                    counts[level] = levels->value(static_cast<qsizetype>(level)).count;
                emit q.countsChanged();
            }
            counting.ended();
        });
}

void LogListModel::Private::startSearching()
{
    if (search.isEmpty())
        return searching.ended();
    job = std::make_shared<CancellableRead>();
    const auto read = [mine = job, asked = query, term = search](Connection &connection) {
        return mine->run(
            connection, [&] { return LogRepository(connection).search(asked.flowRun, asked.filter, term); });
    };
    whenRead(store.read(read), &q, [this, mine = job](Result<std::vector<qint32>> positions) {
        if (positions && !mine->isCancelled()) {
            found = std::move(*positions);
            updateMatches();
        } else if (!positions && !mine->isCancelled()) {
            emit q.failed(positions.error());
        }
        searching.ended();
    });
}

/// What was asked before counts no more.
void LogListModel::Private::giveSearchUp()
{
    if (job)
        job->cancel();
    found.clear();
    updateMatches();
}

/// Finds the rows of the lines that were found; both lists ascend.
void LogListModel::Private::updateMatches()
{
    std::vector<int> rows;
    auto from = q.ids().begin();
    for (const qint32 position : found) {
        from = std::lower_bound(from, q.ids().end(), idOfLine(position));
        if (from != q.ids().end() && *from == idOfLine(position))
            rows.push_back(static_cast<int>(from - q.ids().begin()));
    }
    if (rows == matches)
        return;
    matches = std::move(rows);
    emit q.matchesChanged();
}

LogListModel::LogListModel(Store &store, QObject *parent)
    : IdListModel(parent), d(std::make_unique<Private>(*this, store))
{
    connect(&store, &Store::changed, this, &LogListModel::onStoreChanged);
}

LogListModel::~LogListModel()
{
    if (d->job)
        d->job->cancel();
}

int LogListModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : kLogColumnCount; }

QVariant LogListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isTitle = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    if (orientation == Qt::Horizontal && isTitle && section >= 0 && section < kLogColumnCount)
        return title(static_cast<LogColumn>(section));
    return {};
}

void LogListModel::setFlowRun(RowId flowRun) { d->ask({.flowRun = flowRun, .filter = d->query.filter}); }

void LogListModel::setFilter(int minimumLevel, RowId taskRun)
{
    d->ask({.flowRun = d->query.flowRun, .filter = {.minimumLevel = minimumLevel, .taskRun = taskRun}});
}

void LogListModel::search(const LogSearch &search)
{
    if (search == d->search)
        return;
    d->search = search;
    if (d->job)
        d->job->cancel();
    if (search.isEmpty())
        d->giveSearchUp();
    d->searching.requestNow();
}

void LogListModel::setCellText(CellText cellText)
{
    d->cellText = std::move(cellText);
    tellAllChanged();
}

const std::vector<int> &LogListModel::matches() const { return d->matches; }
std::array<int, 4> LogListModel::countsFromLevel() const { return d->counts; }

const LogEntry *LogListModel::rowAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    const LogEntry *entry = d->cache.at(ids(), row);
    if (const std::optional<Error> error = d->cache.takeError())
        QMetaObject::invokeMethod(
            &d->q, [model = &d->q, error] { emit model->failed(*error); }, Qt::QueuedConnection);
    return entry;
}

bool LogListModel::isSettled() const { return d->shown == d->query && d->shownVersion == d->version; }

QVariant LogListModel::cell(int row, int column, int role) const
{
    if (role != RowPointerRole && role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const LogEntry *entry = rowAt(row);
    if (role == RowPointerRole)
        return QVariant::fromValue(entry);
    return entry ? d->cellText(*entry, static_cast<LogColumn>(column)) : QVariant();
}

void LogListModel::onStoreChanged(const Changes &changes)
{
    const EntityChanges &logs = changes.of(Entity::Log);
    if (d->query.flowRun == 0 || !logs.touches(d->query.flowRun))
        return;
    ++d->version;
    d->reading.request();
    d->counting.request();
    d->searching.request();
}

} // namespace fd
