// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/builders.h"

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"

namespace fd::test {
namespace {

constexpr qint64 kMinuteUs = 60'000'000;

template<typename Work>
auto writeNow(Store &store, Work work)
{
    auto done = store.write(std::move(work));
    done.waitForFinished();
    const auto result = done.result();
    Q_ASSERT_X(result, "writeNow", qPrintable(result ? QString() : toText(result.error())));
    return result;
}

} // namespace

Deployment makeDeployment(const QString &flow, const QString &name, const QStringList &tags)
{
    Deployment deployment;
    deployment.name = name;
    deployment.flowName = flow;
    deployment.tags = tags;
    deployment.version = QStringLiteral("1");
    deployment.parameters = R"({"region":"eu-west-1"})";
    deployment.parameterSchema = R"({"type":"object","properties":{"region":{"type":"string","default":"us"}}})";
    deployment.schedules = {{.json = R"({"cron":"0 9 * * 1-5","timezone":"UTC"})", .active = true}};
    deployment.path = QStringLiteral("/flows/%1.py").arg(flow);
    deployment.entrypoint = flow;
    deployment.created = kNow;
    deployment.updated = kNow;
    return deployment;
}

FlowRun makeRun(RowId deployment, StateType state, Instant due)
{
    FlowRun run;
    run.deployment = deployment;
    run.flowName = QStringLiteral("flow");
    run.name = makeRunName();
    run.expectedStart = due;
    run.created = state == StateType::Scheduled ? due.plusUs(-kMinuteUs) : due;
    run.state = State::of(state, due);
    if (state == StateType::Scheduled)
        run.state.scheduledTime = due;
    return run;
}

MirroredFlow makeMirroredFlow(const QString &name, quint64 fingerprint)
{
    return {.value = {.row = 0, .id = FlowId::make(), .name = name, .created = kNow, .updated = kNow},
        .fingerprint = fingerprint};
}

MirroredDeployment makeMirroredDeployment(const FlowId &flow, const QString &name, quint64 fingerprint)
{
    MirroredDeployment deployment{
        .value = makeDeployment({}, name, {QStringLiteral("etl")}), .flow = flow, .fingerprint = fingerprint};
    deployment.value.id = DeploymentId::make();
    deployment.value.workPoolName = QStringLiteral("pool");
    deployment.value.workQueueName = QStringLiteral("default");
    deployment.value.status = QStringLiteral("READY");
    return deployment;
}

MirroredFlowRun makeMirroredRun(
    const FlowId &flow, const DeploymentId &deployment, StateType state, Instant due, quint64 fingerprint)
{
    MirroredFlowRun run{.value = makeRun(0, state, due),
        .flow = flow,
        .deployment = deployment,
        .parentTaskRun = {},
        .fingerprint = fingerprint};
    run.value.id = FlowRunId::make();
    run.value.flowName.clear();
    if (state != StateType::Scheduled && state != StateType::Pending)
        run.value.start = due;
    if (isTerminal(state))
        run.value.end = due.plusUs(kMinuteUs);
    return run;
}

LogEntry makeLine(const QString &message, int level, RowId taskRun)
{
    return {.seq = 0,
        .taskRun = taskRun,
        .timestamp = kNow,
        .level = level,
        .logger = QStringLiteral("prefect.flow_runs"),
        .message = message};
}

RowId store(Store &into, const Deployment &deployment, Instant now)
{
    return *writeNow(into, [&deployment, now](Connection &connection) {
        return DeploymentRepository(connection).upsert(deployment, now).row;
    });
}

RowId store(Store &into, const FlowRun &run)
{
    return *writeNow(into, [&run](Connection &connection) { return FlowRunRepository(connection).create(run).row; });
}

void setState(Store &in, RowId run, StateType state, Instant at)
{
    writeNow(in, [run, state, at](Connection &connection) {
        FlowRunRepository(connection).setState(run, State::of(state, at));
    });
}

void removeDeployment(Store &from, RowId deployment)
{
    writeNow(from, [deployment](Connection &connection) { DeploymentRepository(connection).remove(deployment); });
}

} // namespace fd::test
