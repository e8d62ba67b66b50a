// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/deploymentindex.h"

#include "models/items/whenread.h"
#include "models/store/store.h"

namespace fd {
namespace {

/// The whole list waits until the first frame, which shows its first page, has had the cores for itself.
constexpr int kFirstReadAfterMs = 40;
/// How long after the first complete list the other orders and the texts are read.
constexpr int kPrepareAfterMs = 400;

std::optional<StateType> stateOf(const DeploymentRepository::Facts &facts)
{
    return facts.hasRun ? std::optional(facts.state) : std::nullopt;
}

} // namespace

DeploymentIndex::DeploymentIndex(Store &store, QObject *parent)
    : QObject(parent), m_store(store), m_total(readNow(store.reader(),
                                           [](Connection &connection) {
                                               return DeploymentRepository(connection).count();
                                           }).value_or(0)),
      m_reading([this] { startReading(); }), m_preparing([this] { startPreparing(); })
{
    QTimer::singleShot(kFirstReadAfterMs, &m_reading, &Reloader::requestNow);
}

void DeploymentIndex::setSort(DeploymentSort sort, bool descending)
{
    m_sort = sort;
    m_descending = descending;
}

void DeploymentIndex::setFilter(const DeploymentFilter &filter)
{
    m_filter = filter;
    m_query = TextQuery(filter.text);
}

void DeploymentIndex::noteChanges(const EntityChanges &changes)
{
    ++m_version;
    if (changes.everything || !changes.added.isEmpty() || !changes.removed.isEmpty())
        m_membersVersion = m_version;
    if (changes.everything) {
        m_factsStale = true;
        m_gone.clear();
        m_preparing.request();
    }
    for (const RowId id : changes.removed)
        m_gone.insert(id);
    for (const RowId id : changes.added)
        m_gone.remove(id);
    for (const QSet<RowId> *ids : {&changes.added, &changes.updated, &changes.removed})
        m_changedFacts.unite(*ids);
    m_reading.request();
}

std::optional<std::vector<RowId>> DeploymentIndex::list()
{
    if (requestMissing())
        return std::nullopt;
    return ordered(passing());
}

bool DeploymentIndex::isCurrent() const
{
    return wanted().isNothing() && !(needsFacts() && (m_factsStale || m_factsReading));
}

QList<DeploymentStateCount> DeploymentIndex::stateCounts() const
{
    QList<DeploymentStateCount> counts;
    for (int type = 0; type < kStateTypeCount; ++type) {
        if (m_counts[static_cast<size_t>(type)] > 0)
            counts.append({static_cast<StateType>(type), m_counts[static_cast<size_t>(type)]});
    }
    return counts;
}

bool DeploymentIndex::needsFacts() const { return !m_query.isEmpty() || !m_filter.states.isEmpty(); }

/// A deployment never changes its creation time; its name and flow follow the server.
bool DeploymentIndex::isStale(DeploymentSort sort) const
{
    return orderOf(sort).version < (sort == DeploymentSort::Created ? m_membersVersion : m_version);
}

DeploymentIndex::Wanted DeploymentIndex::wanted() const
{
    Wanted wanted;
    if (isStale(m_sort))
        wanted.order = m_sort;
    for (const QString &tag : m_filter.tags) {
        if (m_tagged.value(tag).version < m_version)
            wanted.tags.append(tag);
    }
    if (m_facts && !m_factsStale && !m_factsReading)
        wanted.facts.assign(m_changedFacts.begin(), m_changedFacts.end());
    return wanted;
}

/// Has read what the list cannot do without, and soon what is merely out of date.
bool DeploymentIndex::requestMissing()
{
    const bool lacksFacts = needsFacts() && !m_facts;
    const bool lacksTag = std::any_of(
        m_filter.tags.begin(), m_filter.tags.end(), [this](const QString &tag) { return !m_tagged.contains(tag); });
    const bool lacksOrder = orderOf(m_sort).version == 0;
    if (lacksFacts)
        m_preparing.requestNow();
    if (lacksTag || lacksOrder)
        m_reading.requestNow();
    else if (!isCurrent())
        m_reading.request();
    return lacksFacts || lacksTag || lacksOrder;
}

const IdSet *DeploymentIndex::passing()
{
    const IdSet *matching = nullptr;
    if (!m_query.isEmpty()) {
        m_passing = m_facts->find(m_query);
        matching = &m_passing;
    }
    for (const QString &tag : m_filter.tags) {
        const IdSet &tagged = m_tagged[tag].ids;
        if (matching)
            m_passing.intersect(tagged);
        else
            m_passing = tagged;
        matching = &m_passing;
    }
    countStates(matching);
    if (m_filter.states.isEmpty())
        return matching;
    IdSet inState;
    m_facts->forEach([this, matching, &inState](RowId id, std::optional<StateType> state) {
        if (state && (!matching || matching->contains(id)) && m_filter.states.contains(*state))
            inState.insert(id);
    });
    m_passing = std::move(inState);
    return &m_passing;
}

void DeploymentIndex::countStates(const IdSet *matching)
{
    m_counts = {};
    if (!m_facts)
        return;
    m_facts->forEach([this, matching](RowId id, std::optional<StateType> state) {
        if (state && (!matching || matching->contains(id)))
            ++m_counts[static_cast<size_t>(*state)];
    });
}

std::vector<RowId> DeploymentIndex::ordered(const IdSet *passing) const
{
    const Order &order = orderOf(m_sort);
    std::vector<RowId> ids;
    ids.reserve(order.ids.size());
    const auto take = [this, passing, &ids](RowId id) {
        if ((!passing || passing->contains(id)) && !m_gone.contains(id))
            ids.push_back(id);
    };
    if (!m_descending) {
        std::for_each(order.ids.begin(), order.ids.end(), take);
        return ids;
    }
    const auto valuedEnd = order.ids.begin() + static_cast<qsizetype>(order.valued);
    std::for_each(std::make_reverse_iterator(valuedEnd), order.ids.rend(), take);
    std::for_each(order.ids.rbegin(), std::make_reverse_iterator(valuedEnd), take);
    return ids;
}

DeploymentIndex::Order DeploymentIndex::readOrder(DeploymentRepository &repository, DeploymentSort sort)
{
    Order order;
    order.ids = repository.ids(sort, false);
    // Descending starts with the last row that has a value.
    const std::vector<RowId> greatest = repository.ids(sort, true, 1);
    if (!greatest.empty()) {
        const auto last = std::find(order.ids.rbegin(), order.ids.rend(), greatest.front());
        order.valued = static_cast<size_t>(order.ids.rend() - last);
    }
    return order;
}

DeploymentIndex::Answer DeploymentIndex::read(DeploymentRepository &repository, const Wanted &wanted)
{
    Answer answer;
    if (wanted.order)
        answer.order = readOrder(repository, *wanted.order);
    for (const QString &tag : wanted.tags)
        answer.tagged[tag].ids = IdSet(repository.idsWithTag(tag));
    if (!wanted.facts.empty()) {
        repository.visitFacts(wanted.facts, [&answer](const DeploymentRepository::Facts &facts) {
            answer.facts.push_back(facts);
            answer.facts.back().text = foldedForSearch(facts.text);
        });
    }
    return answer;
}

void DeploymentIndex::startReading()
{
    const Wanted wanted = this->wanted();
    if (wanted.isNothing())
        return m_reading.ended();
    const quint64 version = m_version;
    for (const RowId id : wanted.facts)
        m_changedFacts.remove(id);
    auto reading = m_store.read([wanted](Connection &connection) {
        DeploymentRepository repository(connection);
        return read(repository, wanted);
    });
    whenRead(std::move(reading), this, [this, wanted, version](Result<Answer> answer) {
        if (answer) {
            take(wanted, std::move(*answer), version);
        } else {
            m_changedFacts.unite(QSet<RowId>(wanted.facts.begin(), wanted.facts.end()));
            emit failed(answer.error());
        }
        m_reading.ended();
    });
}

void DeploymentIndex::take(const Wanted &wanted, Answer answer, quint64 version)
{
    if (wanted.order) {
        m_total = static_cast<int>(answer.order.ids.size());
        answer.order.version = version;
        orderOf(*wanted.order) = std::move(answer.order);
    }
    for (const QString &tag : wanted.tags)
        m_tagged[tag] = {std::move(answer.tagged[tag].ids), version};
    if (m_facts)
        takeFacts(wanted.facts, answer.facts);
    else
        QTimer::singleShot(kPrepareAfterMs, &m_preparing, &Reloader::request);
    emit changed();
}

void DeploymentIndex::takeFacts(const std::vector<RowId> &ids, const std::vector<DeploymentRepository::Facts> &facts)
{
    IdSet there;
    for (const DeploymentRepository::Facts &each : facts) {
        there.insert(each.row);
        m_facts->put(each.row, {each.text.constData(), static_cast<size_t>(each.text.size())}, stateOf(each));
    }
    for (const RowId id : ids) {
        if (!there.contains(id))
            m_facts->remove(id);
    }
}

void DeploymentIndex::startPreparing()
{
    if (m_factsStale)
        return readAllFacts();
    const auto next
        = std::find_if(m_orders.begin(), m_orders.end(), [](const Order &order) { return order.version == 0; });
    if (next != m_orders.end())
        return prepareOrder(static_cast<DeploymentSort>(next - m_orders.begin()));
    m_preparing.ended();
}

void DeploymentIndex::readAllFacts()
{
    m_factsStale = false;
    m_factsReading = true;
    auto reading = m_store.read([](Connection &connection) {
        auto arena = std::make_unique<FactsArena>();
        DeploymentRepository(connection).visitFacts([&arena](const DeploymentRepository::Facts &facts) {
            const QByteArray text = foldedForSearch(facts.text);
            arena->put(facts.row, {text.constData(), static_cast<size_t>(text.size())}, stateOf(facts));
        });
        return arena;
    });
    whenRead(std::move(reading), this, [this](Result<std::unique_ptr<FactsArena>> arena) {
        m_factsReading = false;
        if (arena) {
            m_facts = std::move(**arena);
            m_preparing.request();
            emit changed();
        } else {
            m_factsStale = true;
            emit failed(arena.error());
        }
        m_preparing.ended();
    });
}

void DeploymentIndex::prepareOrder(DeploymentSort sort)
{
    const quint64 version = m_version;
    auto reading = m_store.read([sort](Connection &connection) {
        DeploymentRepository repository(connection);
        return readOrder(repository, sort);
    });
    whenRead(std::move(reading), this, [this, sort, version](Result<Order> order) {
        if (order && orderOf(sort).version < version) {
            order->version = version;
            orderOf(sort) = std::move(*order);
            m_preparing.request();
        }
        m_preparing.ended();
    });
}

} // namespace fd
