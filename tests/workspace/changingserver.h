// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/json.h"
#include "tests/support/fakeserver.h"

#include <vector>

namespace fd::test {

/// A Prefect server in memory: tables that the test changes, behind the routes that a mirror reads, with the filters,
/// sorts, limits and refusals of a generation. Beyond what it knows it is a FakeServer.
class ChangingServer
{
public:
    enum class Kind { Orion, Prefect2, Prefect3 };
    explicit ChangingServer(Kind kind = Kind::Prefect3);

    FakeServer http;
    Kind kind = Kind::Prefect3;
    int pageLimit = 200;
    /// Prefect 3's events may be asked for.
    bool hasEvents = false;
    /// How long each answer takes.
    int delayMs = 0;
    /// The Date that every answer says; empty for none.
    QByteArray date;
    /// Every request fails as with a wrong key.
    bool refusesKeys = false;
    /// Answers every request instead, when it is set.
    FakeServer::Handler instead;
    /// Every list page that holds this deployment is a 500 (prefect-3 T51).
    QString poisonedDeployment;

    /// The server's "now"; `updated` of what is changed is taken from it, a second on each time.
    Instant clock;
    std::vector<Json> flows;
    std::vector<Json> deployments;
    std::vector<Json> runs;
    std::vector<Json> states;
    std::vector<Json> tasks;
    std::vector<Json> logs;
    std::vector<Json> pools;
    std::vector<Json> queues;
    std::vector<Json> workers;

    /// Each answers the new row's id.
    QString addFlow(const QString &name);
    QString addDeployment(const QString &flow, const QString &name);
    QString addRun(const QString &deployment, const QString &type, Instant due);
    QString addTask(const QString &run, const QString &name);
    void addLog(const QString &run, const QString &message);
    /// Sets a run's state, with the history and the times that go with it.
    void setState(const QString &run, const QString &type);
    /// Sets a member of a deployment, with a new `updated`.
    void change(const QString &deployment, const char *member, const Json &value);
    void removeDeployment(const QString &id);
    void removeRun(const QString &id);
    /// Another database under the same address.
    void reset();

    /// Rows that all answers for a path held so far.
    [[nodiscard]] int rowsGiven(const QByteArray &path) const { return m_rowsGiven.value(path); }

private:
    [[nodiscard]] FakeAnswer answer(const FakeRequest &request);
    [[nodiscard]] FakeAnswer list(const QByteArray &path, const Json &body);
    [[nodiscard]] FakeAnswer page(const QByteArray &path, const Json &body, std::vector<const Json *> rows);
    Json &rowOf(std::vector<Json> &table, const QString &id);
    Instant tick();

    QHash<QByteArray, int> m_rowsGiven;
};

} // namespace fd::test
