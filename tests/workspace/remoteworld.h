// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/workspace/remoteworkspace.h"
#include "tests/support/builders.h"
#include "tests/workspace/changingserver.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

namespace fd::test {

inline constexpr int kRemoteDeadlineMs = 30'000;

/// Waits with the event loop running; QTest::qWaitFor sleeps 10 ms between two looks, which a conversation of hundreds
/// of steps cannot afford.
template<typename Predicate>
[[nodiscard]] bool eventually(Predicate predicate)
{
    QEventLoop loop;
    QTimer look;
    const QDeadlineTimer deadline(kRemoteDeadlineMs);
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (predicate() || deadline.hasExpired())
            loop.quit();
    });
    look.start(1);
    loop.exec();
    return predicate();
}

/// A fake server and the workspace that mirrors it, opened as often as a test likes.
class RemoteWorld
{
public:
    explicit RemoteWorld(ChangingServer::Kind kind = ChangingServer::Kind::Prefect3) : server(kind) { m_since.start(); }

    /// `count` deployments in one flow, named by number.
    void addDeployments(int count)
    {
        const QString flow = server.addFlow(QStringLiteral("etl"));
        for (int i = 0; i < count; ++i)
            ids += server.addDeployment(flow, QStringLiteral("d%1").arg(i, 4, 10, QLatin1Char('0')));
    }

    RemoteWorkspace &open(int refreshSeconds = 3600)
    {
        close();
        RemoteWorkspaceOptions options;
        options.storePath = folder.filePath(QStringLiteral("it.flowdeck"));
        options.name = QStringLiteral("staging");
        options.connection.apiUrl = apiUrl.isEmpty() ? server.http.apiUrl() : apiUrl;
        options.refreshSeconds = refreshSeconds;
        options.clock = [this] { return now(); };
        auto opened = RemoteWorkspace::open(std::move(options));
        if (!opened)
            qFatal("%s", qPrintable(toText(opened.error())));
        workspace = std::move(*opened);
        return *workspace;
    }
    void close() { workspace.reset(); }

    [[nodiscard]] Instant now() const { return kNow.plusUs(m_since.nsecsElapsed() / 1000 + clockJumpUs); }
    [[nodiscard]] SyncStatus::Kind kind() const { return workspace->syncStatus().kind; }

    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        DeploymentRepository deployments(workspace->store().reader());
        for (const DeploymentRow &row : deployments.rows(deployments.ids(DeploymentSort::Name, false)))
            names += row.name;
        return names;
    }
    [[nodiscard]] QStringList serverNames() const
    {
        QStringList names;
        for (const Json &row : server.deployments)
            names += toQString(textOf(row, "name"));
        names.sort();
        return names;
    }
    [[nodiscard]] std::optional<FlowRun> run(const QString &id) const
    {
        return FlowRunRepository(workspace->store().reader()).find(FlowRunId::fromText(id));
    }
    [[nodiscard]] int runCount() const
    {
        return int(FlowRunRepository(workspace->store().reader()).ids({}, FlowRunSort::Start, false).size());
    }
    /// Mirrored whole and confirmed by a poll.
    [[nodiscard]] bool waitUntilFresh()
    {
        return eventually(
            [this] { return kind() == SyncStatus::Kind::Polling && workspace->syncStatus().asOf.has_value(); });
    }
    /// Asks again and waits for the poll's end.
    [[nodiscard]] bool refresh()
    {
        const auto before = workspace->syncStatus().asOf;
        workspace->refresh();
        return eventually([this, before] { return workspace->syncStatus().asOf > before; });
    }

    QTemporaryDir folder;
    ChangingServer server;
    /// Where the workspace asks when it is not the server itself.
    QUrl apiUrl;
    QStringList ids;
    std::unique_ptr<RemoteWorkspace> workspace;
    qint64 clockJumpUs = 0;

private:
    QElapsedTimer m_since;
};

} // namespace fd::test
