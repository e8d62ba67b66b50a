// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"

#include <QRandomGenerator>

#include <span>

namespace fd::test {

/// Makes names and the like as people have them, the same ones for the same seed.
class SeedValues
{
public:
    explicit SeedValues(quint32 seed) : m_random(seed) { }

    /// 0 to `bound` - 1, all alike.
    [[nodiscard]] int below(int bound) { return m_random.bounded(bound); }
    /// True in `percent` of 100 calls.
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }
    /// A random version 4 uuid, 16 bytes.
    [[nodiscard]] QByteArray uuid();
    /// "finance_load_orders_17": the `number`-th flow.
    [[nodiscard]] QString flowName(int number);
    /// "orders-hourly-eu-west-prod": the `number`-th deployment of a flow.
    [[nodiscard]] QString deploymentName(int number);
    /// Up to four, a few of them very common.
    [[nodiscard]] QStringList tags();
    /// A cron, interval or rrule schedule, or none.
    [[nodiscard]] QList<Schedule> schedules();
    /// A JSON object of a few parameters.
    [[nodiscard]] QByteArray parameters();
    /// "calm-otter-123".
    [[nodiscard]] QString runName();

private:
    [[nodiscard]] QLatin1String one(std::span<const QLatin1String> of);

    QRandomGenerator m_random;
};

} // namespace fd::test
