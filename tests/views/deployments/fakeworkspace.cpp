// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/deployments/fakeworkspace.h"

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"

#include <QCoroTimer>
#include <QTimer>

namespace fd {
namespace {

constexpr qint64 kMinuteUs = 60'000'000;
constexpr qint64 kHourUs = 60 * kMinuteUs;

struct SceneRow {
    const char *name, *flow, *tags, *schedule;
    StateType state;
    qint64 agoUs, lengthUs;
    qint64 nextUs;
};

const SceneRow kScene[] = {
    {"us-hourly", "orders-ingest", "tier-1,us", R"({"cron":"20 * * * *","timezone":"America/New_York"})",
        StateType::Completed, 130 * kMinuteUs, 123'000'000, -72 * kMinuteUs},
    {"plant-7", "sensor-rollup", "iot", R"({"interval":300})", StateType::Completed, kMinuteUs, 3'000'000,
        2 * kMinuteUs},
    {"every-15", "fx-rates", "finance", R"({"interval":900})", StateType::Completed, 2 * kMinuteUs, 8'000'000,
        13 * kMinuteUs},
    {"hourly", "orders-ingest", "orders,tier-1,eu", R"({"cron":"5 * * * *"})", StateType::Completed, 13 * kMinuteUs,
        813'000'000, 32 * kMinuteUs},
    {"finance-close", "ledger-export", "finance,legal", R"({"cron":"0 18 * * 1-5","timezone":"Europe/Berlin"})",
        StateType::Failed, 20 * kHourUs, 849'000'000, 207 * kMinuteUs},
    {"eu-nightly", "warehouse-load", "tier-1,eu", R"({"cron":"30 2 * * *","timezone":"Europe/Berlin"})",
        StateType::Running, 0, 374'000'000, 717 * kMinuteUs},
    {"gpu-train", "ml-feature-build", "ml,gpu", R"({"cron":"0 4 * * *","timezone":"UTC"})", StateType::Crashed,
        8 * kHourUs, 400'000'000, 928 * kMinuteUs},
    {"digest", "email-digest", "mail", R"({"cron":"0 8 * * 1-5","timezone":"Europe/Berlin"})", StateType::Cancelled,
        6 * kHourUs, 20'000'000, 1047 * kMinuteUs},
    {"rebuild", "search-index", "etl", R"({"rrule":"FREQ=WEEKLY;BYDAY=SU"})", StateType::Completed, 2 * 24 * kHourUs,
        2'040'000'000, 4 * 24 * kHourUs},
    {"backfill", "warehouse-load", "etl", "", StateType::Completed, 3 * 24 * kHourUs, 4'320'000'000, 0},
    {"archive", "web-events-compact", "web", R"({"cron":"0 1 * * *"})", StateType::Completed, 8 * 24 * kHourUs,
        570'000'000, 0},
    {"hello", "hello", "", "", StateType::Unknown, 0, 0, 0},
};

} // namespace

FakeWorkspace::FakeWorkspace()
    : m_store(*Store::open(m_folder.filePath(QStringLiteral("work.flowdeck")), Store::OpenMode::CreateIfMissing))
{
}

QCoro::Task<Result<RunStarted>> FakeWorkspace::startRun(RunRequest request)
{
    requests += request;
    // The workspace may be gone when the answer comes.
    const std::optional<Error> error = runError;
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(answerAfterMs);
    co_await timer;
    if (error)
        co_return fail(*error);
    co_return RunStarted{.run = 7, .id = FlowRunId::make(), .name = QStringLiteral("mellow-ibis")};
}

QCoro::Task<Result<void>> FakeWorkspace::cancelRun(RowId) { co_return Result<void>(); }

QCoro::Task<Result<SpecPlan>> FakeWorkspace::planSpec(QString) { co_return plan; }

QCoro::Task<Result<SpecApplied>> FakeWorkspace::applySpec(SpecPlan)
{
    ++applies;
    co_return applied;
}

QCoro::Task<Result<void>> FakeWorkspace::deleteDeployment(RowId deployment)
{
    const Result<void> result
        = m_store->write([deployment](Connection &connection) { DeploymentRepository(connection).remove(deployment); })
              .result();
    co_return result;
}

QCoro::Task<void> FakeWorkspace::shutDown(Quit) { co_return; }

void FakeWorkspace::setEngine(const EngineStatus &status)
{
    m_status = status;
    emit engineStatusChanged(status);
}

RowId FakeWorkspace::add(const Deployment &deployment)
{
    const auto row = m_store->write([deployment](Connection &connection) {
        return DeploymentRepository(connection).upsert(deployment, deployment.created).row;
    });
    return row.result().value_or(0);
}

RowId FakeWorkspace::addRun(RowId deployment, const QString &name, const State &end, qint64 lengthUs)
{
    const auto row = m_store->write([=](Connection &connection) {
        FlowRunRepository runs(connection);
        FlowRun run;
        run.id = FlowRunId::make();
        run.name = name;
        run.deployment = deployment;
        const bool future = end.type == StateType::Scheduled;
        const Instant start = future ? *end.scheduledTime : end.timestamp.plusUs(-lengthUs);
        run.expectedStart = start;
        run.created = start;
        run.idempotencyKey = run.id.toText();
        run.state = future ? end : State::of(StateType::Pending, start.plusUs(-100'000));
        const RowId id = runs.create(run).row;
        if (future)
            return id;
        runs.setState(id, State::of(StateType::Running, start));
        if (end.type != StateType::Running)
            runs.setState(id, end);
        return id;
    });
    return row.result().value_or(0);
}

Deployment FakeWorkspace::deployment(
    const QString &flow, const QString &name, const QStringList &tags, const QByteArray &schedule)
{
    Deployment deployment;
    deployment.id = DeploymentId::make();
    deployment.name = name;
    deployment.flowName = flow;
    deployment.tags = tags;
    deployment.version = QStringLiteral("2026.10.3");
    deployment.path = QStringLiteral("/srv/flows/%1.py").arg(flow);
    deployment.entrypoint = flow;
    deployment.created = systemClock()();
    deployment.updated = deployment.created;
    if (!schedule.isEmpty())
        deployment.schedules = {{.json = schedule}};
    return deployment;
}

void FakeWorkspace::fillScene(Instant now)
{
    for (const SceneRow &scene : kScene) {
        const QString flow = QString::fromLatin1(scene.flow);
        Deployment value = deployment(flow, QString::fromLatin1(scene.name),
            QString::fromLatin1(scene.tags).split(u',', Qt::SkipEmptyParts), scene.schedule);
        value.created = now.plusUs(-30 * 24 * kHourUs);
        value.paused = value.name == QLatin1String("archive");
        value.parameters = R"({"region":"eu","notify":"#orders"})";
        value.parameterSchema = R"({"title":"Parameters","type":"object","properties":{
            "start_date":{"anyOf":[{"type":"string","format":"date"},{"type":"null"}],"default":null,"position":0},
            "region":{"enum":["eu","us","apac"],"position":1},
            "batch_size":{"type":"integer","default":500,"position":2},
            "tables":{"type":"array","items":{"type":"string"},"default":["orders","lines"],"position":3},
            "notify":{"type":"string","default":null,"position":4}},"required":["region"]})";
        const RowId row = add(value);
        if (scene.state == StateType::Unknown)
            continue;
        for (int day = 13; day > 0; --day) {
            for (int i = 0; i < 1 + (day * 7) % 5; ++i) {
                const Instant at = now.plusUs(-day * 24 * kHourUs - i * 20 * kMinuteUs);
                const bool failed = (day * 3 + i) % 17 == 0;
                addRun(row, QStringLiteral("calm-heron"),
                    State::of(failed ? StateType::Failed : StateType::Completed, at),
                    scene.lengthUs * (80 + (day * 13 + i * 29) % 50) / 100);
            }
        }
        addRun(row, QStringLiteral("brave-otter"), State::of(scene.state, now.plusUs(-scene.agoUs)), scene.lengthUs);
        // A scheduled run is the latest by due time; the other rows show how their last run ended.
        if (scene.nextUs < 0 || value.name == QLatin1String("rebuild")) {
            State next = State::of(StateType::Scheduled, now);
            next.scheduledTime = now.plusUs(scene.nextUs);
            addRun(row, QStringLiteral("swift-lynx"), next, 0);
        }
    }
}

} // namespace fd
