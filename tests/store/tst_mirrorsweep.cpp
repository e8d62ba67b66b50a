// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/mirrorworld.h"
#include "tests/store/recount.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>

#include <deque>

using namespace fd;
using namespace fd::test;

namespace {

constexpr qint64 kHourUs = 3'600'000'000;
constexpr StateType kTypes[] = {StateType::Scheduled, StateType::Pending, StateType::Running, StateType::Completed,
    StateType::Failed, StateType::Cancelled, StateType::Crashed, StateType::Paused, StateType::Cancelling};

/// A server whose objects change at random but keep a server's own rules: names of flows are unique, names of
/// deployments within their flow, keys of runs within their flow; deleting a flow deletes all of it.
class RandomServer
{
public:
    explicit RandomServer(quint32 seed) : m_random(seed) { }

    void step();

    [[nodiscard]] int below(qsizetype bound) { return int(m_random.bounded(quint32(bound))); }

    QMap<FlowId, MirroredFlow> flows;
    QMap<DeploymentId, MirroredDeployment> deployments;
    QMap<FlowRunId, MirroredFlowRun> runs;

private:
    template<typename Map>
    [[nodiscard]] typename Map::iterator any(Map &map)
    {
        return std::next(map.begin(), below(map.size()));
    }
    void addFlow();
    void removeFlow();
    void putDeployment();
    void removeDeployment();
    void addRun();
    void changeRun();

    QRandomGenerator m_random;
    quint64 m_fingerprint = 1;
    qint64 m_now = 0;
};

void RandomServer::step()
{
    ++m_now;
    const int draw = below(100);
    if (flows.isEmpty() || draw < 3)
        addFlow();
    else if (draw < 4)
        removeFlow();
    else if (deployments.isEmpty() || draw < 18)
        putDeployment();
    else if (draw < 22)
        removeDeployment();
    else if (runs.isEmpty() || draw < 50)
        addRun();
    else if (draw < 94)
        changeRun();
    else
        runs.erase(any(runs));
}

void RandomServer::addFlow()
{
    const MirroredFlow flow = makeMirroredFlow(QStringLiteral("flow-%1").arg(below(6)), m_fingerprint++);
    const bool isTaken = std::any_of(
        flows.begin(), flows.end(), [&flow](const MirroredFlow &other) { return other.value.name == flow.value.name; });
    if (!isTaken)
        flows.insert(flow.value.id, flow);
}

void RandomServer::removeFlow()
{
    const FlowId id = any(flows).key();
    flows.remove(id);
    deployments.removeIf([id](auto each) { return each->flow == id; });
    runs.removeIf([id](auto each) { return each->flow == id; });
}

void RandomServer::putDeployment()
{
    if (below(3) > 0 && !deployments.isEmpty()) {
        MirroredDeployment &known = *any(deployments);
        known.fingerprint = m_fingerprint++;
        known.value.paused = !known.value.paused;
        known.value.tags = {QString::number(below(4)), QStringLiteral("x")};
        return;
    }
    const FlowId flow = any(flows).key();
    const MirroredDeployment made
        = makeMirroredDeployment(flow, QStringLiteral("deployment-%1").arg(below(5)), m_fingerprint++);
    const bool isTaken = std::any_of(deployments.begin(), deployments.end(), [&made](const MirroredDeployment &other) {
        return other.flow == made.flow && other.value.name == made.value.name;
    });
    if (!isTaken)
        deployments.insert(made.value.id, made);
}

void RandomServer::removeDeployment()
{
    const DeploymentId id = any(deployments).key();
    deployments.remove(id);
    runs.removeIf([id](auto each) { return each->deployment == id && each->value.state.type == StateType::Scheduled; });
}

void RandomServer::addRun()
{
    const MirroredDeployment &of = *any(deployments);
    const StateType type = kTypes[below(std::size(kTypes))];
    const Instant due = kNow.plusUs((below(30 * 24) - 25 * 24) * kHourUs);
    MirroredFlowRun run
        = makeMirroredRun(of.flow, below(10) == 0 ? DeploymentId() : of.value.id, type, due, m_fingerprint++);
    run.value.created = kNow.plusUs(m_now);
    if (below(2) == 0) {
        run.value.idempotencyKey = QString::number(below(20));
        const bool isTaken = std::any_of(runs.begin(), runs.end(), [&run](const MirroredFlowRun &other) {
            return other.flow == run.flow && other.value.idempotencyKey == run.value.idempotencyKey;
        });
        if (isTaken)
            return;
    }
    runs.insert(run.value.id, run);
}

void RandomServer::changeRun()
{
    MirroredFlowRun &run = *any(runs);
    run.fingerprint = m_fingerprint++;
    const StateType type = kTypes[below(std::size(kTypes))];
    run.value.state = State::of(type, kNow.plusUs(m_now));
    if (type == StateType::Scheduled)
        run.value.state.scheduledTime = kNow.plusUs(below(50) * kHourUs);
    run.value.start = type == StateType::Scheduled ? std::nullopt : std::optional(run.value.expectedStart.plusUs(60));
    run.value.end = isTerminal(type) ? std::optional(kNow.plusUs(m_now)) : std::nullopt;
    if (below(8) == 0)
        run.value.expectedStart = run.value.expectedStart.plusUs((below(9) - 4) * kHourUs);
}

/// Part of what the server said at one moment, on its way.
struct Answer {
    qint64 asked = 0;
    std::vector<MirroredFlow> flows;
    std::vector<MirroredDeployment> deployments;
    std::vector<MirroredFlowRun> runs;
};

template<typename Map>
auto sample(RandomServer &server, const Map &all, bool everything)
{
    std::vector<typename Map::mapped_type> part;
    for (const auto &each : all) {
        if (everything || server.below(3) == 0)
            part.push_back(each);
    }
    return part;
}

} // namespace

/// Whatever comes, late, twice, in any order: summaries equal a full count all the time, and after one full pass
/// everything equals the server.
class TestMirrorSweep : public QObject
{
    Q_OBJECT

private slots:
    void equalsServerAndRecount_data();
    void equalsServerAndRecount();
};

void TestMirrorSweep::equalsServerAndRecount_data()
{
    QTest::addColumn<quint32>("seed");
    for (int i = 0; i < 8; ++i) {
        const quint32 seed = QRandomGenerator::system()->generate();
        QTest::addRow("%u", seed) << seed;
    }
}

void TestMirrorSweep::equalsServerAndRecount()
{
    QFETCH(quint32, seed);
    RandomServer server(seed);
    MirrorWorld world;
    std::deque<Answer> underWay;
    qint64 asked = 0;
    const auto ask = [&server, &asked](bool everything) {
        return Answer{.asked = ++asked,
            .flows = sample(server, server.flows, everything),
            .deployments = sample(server, server.deployments, everything),
            .runs = sample(server, server.runs, everything)};
    };
    const auto deliver = [&world](const Answer &answer, qint64 pass) {
        world.mirror([&answer, pass](MirrorRepository &mirror) {
            mirror.putDeployments(answer.deployments, {answer.asked}, pass);
            mirror.putFlowRuns(answer.runs, {answer.asked});
            mirror.putFlows(answer.flows, {answer.asked});
        });
    };
    for (int round = 0; round < 60; ++round) {
        for (int i = server.below(15); i >= 0; --i)
            server.step();
        underWay.push_back(ask(false));
        if (server.below(6) == 0 && !server.deployments.isEmpty()) {
            const DeploymentId id = server.deployments.firstKey();
            world.mirror([&id](MirrorRepository &mirror) { mirror.removeDeployment(id); });
        }
        while (underWay.size() > 4) {
            const auto next = underWay.begin() + server.below(qsizetype(underWay.size()));
            deliver(*next, 1);
            underWay.erase(next);
        }
        QCOMPARE(differenceFromRecount(world.db()), QString());
    }
    const Answer all = ask(true);
    deliver(all, 2);
    for (const Answer &late : underWay)
        deliver(late, 1);
    // What a late answer brought back goes with the pass, or with the check of the window.
    world.mirror([&all, &server](MirrorRepository &mirror) {
        mirror.removeDeploymentsNotSeen(2);
        const QList<StateType> types(std::begin(kTypes), std::end(kTypes));
        for (const FlowRunId &id : mirror.flowRunIds({0}, kNow.plusUs(1000 * kHourUs), types)) {
            if (!server.runs.contains(id))
                mirror.removeFlowRun(id);
        }
        mirror.putFlowRuns(all.runs, {all.asked + 1});
        mirror.putDeployments(all.deployments, {all.asked + 1}, 2);
    });
    QCOMPARE(differenceFromRecount(world.db()), QString());
    QCOMPARE(DeploymentRepository(world.db()).count(), int(server.deployments.size()));
    QCOMPARE(world.number("SELECT count(*) FROM flow_run"), server.runs.size());
    for (const MirroredDeployment &expected : std::as_const(server.deployments)) {
        const auto found = world.find(expected);
        QVERIFY(found);
        QCOMPARE(found->flowName, server.flows.value(expected.flow).value.name);
        QCOMPARE(found->name, expected.value.name);
        QCOMPARE(found->paused, expected.value.paused);
        QCOMPARE(found->tags, expected.value.tags);
    }
    for (const MirroredFlowRun &expected : std::as_const(server.runs)) {
        const auto found = world.find(expected);
        QVERIFY(found);
        QCOMPARE(found->flowName, server.flows.value(expected.flow).value.name);
        QCOMPARE(found->state, expected.value.state);
        QCOMPARE(found->expectedStart, expected.value.expectedStart);
        QCOMPARE(found->start, expected.value.start);
        QCOMPARE(found->end, expected.value.end);
        QCOMPARE(found->idempotencyKey, expected.value.idempotencyKey);
        const QString deployment = server.deployments.contains(expected.deployment)
            ? server.deployments[expected.deployment].value.name
            : QString();
        QCOMPARE(found->deploymentName, deployment);
    }
}

QTEST_GUILESS_MAIN(TestMirrorSweep)
#include "tst_mirrorsweep.moc"
