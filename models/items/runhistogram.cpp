// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/runhistogram.h"

#include "models/items/whenread.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"

namespace fd {
namespace {

constexpr qint64 kHourUs = 3'600'000'000;

qint64 hourOf(Instant instant)
{
    return instant.us >= 0 ? instant.us / kHourUs : -((-instant.us + kHourUs - 1) / kHourUs);
}

QList<RunHour> everyHour(Instant from, Instant to, const QList<FlowRunRepository::HourCount> &counts)
{
    const qint64 first = hourOf(from);
    QList<RunHour> hours(std::max<qint64>(0, hourOf(to) - first + 1));
    for (qsizetype i = 0; i < hours.size(); ++i)
        hours[i].from = {(first + i) * kHourUs};
    for (const FlowRunRepository::HourCount &count : counts) {
        const qsizetype hour = count.hour - first;
        if (hour >= 0 && hour < hours.size())
            hours[hour].counts[static_cast<size_t>(count.type)] += count.count;
    }
    return hours;
}

} // namespace

RunHistogram::RunHistogram(Store &store, QObject *parent)
    : QObject(parent), m_store(store), m_reading([this] { startReading(); })
{
    connect(&store, &Store::changed, this, &RunHistogram::onStoreChanged);
}

void RunHistogram::setRange(Instant from, Instant to)
{
    if (from == m_from && to == m_to)
        return;
    m_from = from;
    m_to = to;
    m_reading.requestNow();
}

void RunHistogram::onStoreChanged(const Changes &changes)
{
    if (m_to > m_from && !changes.of(Entity::FlowRun).isEmpty())
        m_reading.request();
}

void RunHistogram::startReading()
{
    whenRead(m_store.read([from = m_from, to = m_to](
                              Connection &connection) { return FlowRunRepository(connection).histogram(from, to); }),
        this, [this, from = m_from, to = m_to](Result<QList<FlowRunRepository::HourCount>> counts) {
            if (counts && from == m_from && to == m_to) {
                m_hours = everyHour(from, to, *counts);
                emit changed();
            }
            m_reading.ended();
        });
}

} // namespace fd
