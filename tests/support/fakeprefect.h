// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/json.h"
#include "models/prefect/generation.h"
#include "tests/support/fakeserver.h"

#include <QSet>

namespace fd::test {

/// A stand-in Prefect server over tables of rows as the real one would send them: `/filter` and `/count` with ids,
/// states, times, sort, limit and offset, single objects, version and settings. The words and statuses of refusals are
/// those of the generation.
class FakePrefect : public FakeServer
{
    Q_OBJECT

public:
    explicit FakePrefect(Generation generation = Generation::Prefect3, QObject *parent = nullptr);

    /// Rows in the order they were added; change them as you like between requests.
    std::vector<Json> flows;
    std::vector<Json> deployments;
    std::vector<Json> flowRuns;
    std::vector<Json> taskRuns;
    std::vector<Json> logs;
    std::vector<Json> workPools;
    std::vector<Json> workQueues;
    std::vector<Json> workers;
    /// Each page that holds one of these fails with 500, as a row does that the server can't write out.
    QSet<QByteArray> poisonedIds;
    int pageLimit = 200;
    QByteArray version;
    /// Requests without it are 401 when it is set: "Bearer key".
    QByteArray authorization;

    /// Adds rows that a codec can read and returns their ids.
    QByteArray addFlow(const QByteArray &name);
    QByteArray addDeployment(const QByteArray &flow, const QByteArray &name);
    QByteArray addFlowRun(const QByteArray &flow, const QByteArray &deployment, const QByteArray &stateType,
        const QByteArray &expected = "2026-11-24T00:00:00+00:00");

private:
    struct Table;
    [[nodiscard]] FakeAnswer answer(const FakeRequest &request);
    [[nodiscard]] FakeAnswer filtered(const Table &table, const Json &body, bool onlyCount) const;
    [[nodiscard]] FakeAnswer settingsAnswer() const;
    [[nodiscard]] std::optional<FakeAnswer> listAnswer(const QByteArray &path, const Json &body) const;
    [[nodiscard]] std::optional<FakeAnswer> objectAnswer(const QByteArray &path) const;

    Generation m_generation;
};

} // namespace fd::test
