// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/localworkspace.h"

#include "models/domain/parameters.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/settingrepository.h"
#include "models/workspace/specplanner.h"

#include <QCoroFuture>
#include <QFileInfo>

namespace fd {
namespace {

EngineOptions engineOptions(const LocalWorkspaceOptions &options)
{
    EngineOptions engine;
    engine.runFolder = QFileInfo(options.storePath).absoluteFilePath() + QStringLiteral(".runs");
    engine.supervisorPath = options.supervisorPath;
    engine.bridgePath = options.bridgePath;
    engine.graceSeconds = options.graceSeconds;
    return engine;
}

EngineStatus statusOf(const EngineReport &report)
{
    EngineStatus status;
    status.activeRuns = report.activeRuns;
    switch (report.kind) {
    case EngineReport::Kind::Stopped:
        status.kind = EngineStatus::Kind::Stopped;
        break;
    case EngineReport::Kind::Here:
        status.kind = EngineStatus::Kind::Here;
        break;
    case EngineReport::Kind::Elsewhere:
        status.kind = EngineStatus::Kind::Elsewhere;
        if (report.pid != 0)
            status.detail = LocalWorkspace::tr("process %1 on %2").arg(report.pid).arg(report.host);
        break;
    case EngineReport::Kind::Failed:
        status.kind = EngineStatus::Kind::Failed;
        status.detail = report.reason;
        break;
    }
    return status;
}

/// The run of a request, not stored yet. Errors: NotFound, Validation.
Result<FlowRun> requestedRun(Connection &db, const RunRequest &request, Instant now)
{
    const auto deployment = DeploymentRepository(db).find(request.deployment);
    if (!deployment)
        return fail(ErrorKind::NotFound, LocalWorkspace::tr("This deployment does not exist any more."));
    FD_TRY_ASSIGN(parameters, mergeParameters(deployment->parameters, request.parameters));
    const QStringList missing = missingParameters(deployment->parameterSchema, parameters);
    if (!missing.isEmpty()) {
        return fail(Error{.kind = ErrorKind::Validation,
            .detail = LocalWorkspace::tr("A value is needed for: %1.").arg(missing.join(QStringLiteral(", "))),
            .field = QStringLiteral("parameters.") + missing.first(),
            .file = {}});
    }
    FlowRun run;
    run.id = FlowRunId::make();
    run.name = makeRunName();
    run.deployment = deployment->row;
    run.flowName = deployment->flowName;
    run.tags = deployment->tags;
    run.parameters = parameters;
    run.idempotencyKey = request.idempotencyKey;
    run.state = State::of(StateType::Scheduled, now);
    run.state.scheduledTime = now;
    run.expectedStart = now;
    run.created = now;
    return run;
}

Result<RunStarted> storeRun(Connection &db, const RunRequest &request, Instant now)
{
    FD_TRY_ASSIGN(run, requestedRun(db, request, now));
    FlowRunRepository runs(db);
    const FlowRunRepository::Stored stored = runs.create(run);
    RunStarted started{.run = stored.row, .id = stored.id, .name = run.name, .alreadyThere = !stored.created};
    if (!stored.created) {
        if (const auto known = runs.find(stored.row))
            started.name = known->name;
    }
    return started;
}

} // namespace

Result<std::unique_ptr<LocalWorkspace>> LocalWorkspace::open(const LocalWorkspaceOptions &options)
{
    FD_TRY_ASSIGN(store,
        Store::open(options.storePath, options.create ? Store::OpenMode::CreateIfMissing : Store::OpenMode::Existing));
    // The constructor is private, which std::make_unique cannot reach.
    return std::unique_ptr<LocalWorkspace>(new LocalWorkspace(std::move(store), options));
}

LocalWorkspace::LocalWorkspace(std::unique_ptr<Store> store, LocalWorkspaceOptions options)
    : m_options(std::move(options)), m_store(std::move(store)),
      m_engine(std::make_unique<Engine>(*m_store, engineOptions(m_options)))
{
    m_name = SettingRepository(m_store->reader()).value(setting::kWorkspaceName);
    if (m_name.isEmpty()) {
        m_name = m_options.name.isEmpty() ? QFileInfo(m_options.storePath).completeBaseName() : m_options.name;
        // Nobody waits for it: without it, the same name is made up at the next opening.
        (void)m_store->write(
            [name = m_name](Connection &db) { SettingRepository(db).setValue(setting::kWorkspaceName, name); });
    }
    connect(m_engine.get(), &Engine::reportChanged, this, &LocalWorkspace::takeReport);
    if (m_options.runEngine) {
        // The first frame goes first: an engine that starts wants the cores too.
        constexpr int kAfterFirstFrameMs = 150;
        m_engineStart.setSingleShot(true);
        connect(&m_engineStart, &QTimer::timeout, m_engine.get(), &Engine::start);
        m_engineStart.start(kAfterFirstFrameMs);
    }
}

LocalWorkspace::~LocalWorkspace() = default;

Capabilities LocalWorkspace::capabilities() const
{
    return {.canRun = true, .canCancelRuns = true, .canApplySpecs = true, .canDeleteDeployments = true, .reason = {}};
}

void LocalWorkspace::takeReport(const EngineReport &report)
{
    m_status = statusOf(report);
    emit engineStatusChanged(m_status);
}

QCoro::Task<Result<RunStarted>> LocalWorkspace::startRun(RunRequest request)
{
    if (request.idempotencyKey.isEmpty())
        request.idempotencyKey = makeIdempotencyKey();
    auto writing
        = m_store->write([request, now = systemClock()()](Connection &db) { return storeRun(db, request, now); });
    const Result<RunStarted> started = co_await writing;
    if (started)
        m_engine->wake();
    co_return started;
}

QCoro::Task<Result<void>> LocalWorkspace::cancelRun(RowId run)
{
    auto cancelling = m_engine->cancel(run);
    const Result<void> cancelled = co_await cancelling;
    m_engine->wake();
    co_return cancelled;
}

QCoro::Task<Result<SpecPlan>> LocalWorkspace::planSpec(QString path)
{
    return planSpecFile(*m_store, m_options.bridgePath, QFileInfo(path).absoluteFilePath());
}

QCoro::Task<Result<SpecApplied>> LocalWorkspace::applySpec(SpecPlan plan)
{
    if (!plan.canApply()) {
        co_return fail(
            ErrorKind::Validation, tr("%1 has errors; nothing was created.").arg(QFileInfo(plan.path).fileName()));
    }
    auto writing = m_store->write([plan, now = systemClock()()](Connection &db) { return storePlan(db, plan, now); });
    co_return co_await writing;
}

QCoro::Task<Result<void>> LocalWorkspace::deleteDeployment(RowId deployment)
{
    auto writing = m_store->write([deployment](Connection &db) -> Result<void> {
        DeploymentRepository deployments(db);
        if (!deployments.find(deployment))
            return fail(ErrorKind::NotFound, tr("This deployment does not exist any more."));
        deployments.remove(deployment);
        return {};
    });
    co_return co_await writing;
}

QCoro::Task<void> LocalWorkspace::shutDown(Quit quit)
{
    m_engineStart.stop();
    auto stopping = m_engine->stop(quit == Quit::StopRuns);
    co_await stopping;
}

} // namespace fd
