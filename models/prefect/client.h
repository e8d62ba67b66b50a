// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/codec.h"
#include "models/prefect/connectionsettings.h"
#include "models/prefect/limits.h"
#include "models/prefect/serverinfo.h"

#include <QCoroTask>
#include <QObject>

#include <memory>

namespace fd {

class EventFeed;

/// One step of finding out whether an address is a Prefect API, with what it took and what it found.
struct DiagnosisStep {
    enum class Kind : quint8 { Address, Name, Connection, SignIn, Version };
    Kind kind = Kind::Address;
    bool passed = false;
    qint64 tookUs = 0;
    /// What was found, or what is wrong and what to do about it, as one sentence.
    QString detail;
};

/// The outcome of PrefectClient::diagnose: the steps that were tried, the last of them failed unless `info` is there.
struct Diagnosis {
    QList<DiagnosisStep> steps;
    std::optional<ServerInfo> info;
    /// The first failure; nothing when all passed.
    std::optional<Error> error;
    /// A better address when the given one is a page's or lacks "/api"; empty otherwise.
    QUrl suggestedUrl;
};

/// The Prefect API of one server, of any generation. Lives in the GUI thread, decodes elsewhere. Every request has a
/// total deadline; few are in flight at once; reads are retried, writes never by themselves.
/// Destroying it cancels what is under way: its tasks end with ErrorKind::Cancelled.
class PrefectClient : public QObject
{
    Q_OBJECT

public:
    explicit PrefectClient(ConnectionSettings settings, QObject *parent = nullptr, const Limits &limits = {});
    ~PrefectClient() override;

    [[nodiscard]] const ConnectionSettings &settings() const;
    /// What `connectToServer` found; default before.
    [[nodiscard]] const ServerInfo &info() const;

    /// Finds out what the server is. Must have succeeded before anything below is asked.
    QCoro::Task<Result<ServerInfo>> connectToServer();
    /// The same in steps that can be shown, each with its time; explains the first failure.
    QCoro::Task<Diagnosis> diagnose();

    QCoro::Task<Result<Page<MirroredDeployment>>> deployments(DeploymentQuery query, PageRange range);
    QCoro::Task<Result<int>> countDeployments(DeploymentQuery query = {});
    QCoro::Task<Result<Page<MirroredFlow>>> flows(QList<FlowId> ids, PageRange range);
    QCoro::Task<Result<Page<MirroredFlowRun>>> flowRuns(FlowRunQuery query, PageRange range);
    QCoro::Task<Result<int>> countFlowRuns(FlowRunQuery query);
    QCoro::Task<Result<MirroredDeployment>> deployment(DeploymentId id);
    QCoro::Task<Result<MirroredFlowRun>> flowRun(FlowRunId id);
    /// Its states, oldest first.
    QCoro::Task<Result<Page<State>>> states(FlowRunId run);
    QCoro::Task<Result<Page<MirroredTaskRun>>> taskRuns(FlowRunId run, PageRange range);
    /// Oldest first.
    QCoro::Task<Result<Page<MirroredLog>>> logs(FlowRunId run, PageRange range);
    /// Everything there is, in as many pages as it takes. None on a server without pools.
    QCoro::Task<Result<Page<WorkPool>>> workPools();
    QCoro::Task<Result<Page<WorkQueue>>> workQueues();
    QCoro::Task<Result<Page<Worker>>> workers(QString poolName);

    /// The live events; null on a server without them. Owned by the client.
    [[nodiscard]] EventFeed *events();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace fd
