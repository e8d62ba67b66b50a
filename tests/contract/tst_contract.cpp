// SPDX-License-Identifier: GPL-3.0-or-later
// What real servers of all three generations say, and what a workspace that mirrors them shows.
#include "models/items/deploymentlistmodel.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/workspace/remoteworkspace.h"
#include "tests/contract/contractserver.h"
#include "tests/contract/storefacts.h"

#include <QAbstractItemModelTester>
#include <QDeadlineTimer>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;
using namespace fd::test;

namespace {

/// For servers that start, migrate and work on a busy computer; nothing waits so long when all is well.
constexpr int kPatienceMs = 150'000;
constexpr int kBetweenServerLooksMs = 3000;
constexpr int kLongestPollMs = 2000;
constexpr int kPollSeconds = 2;
/// All that is seeded is younger; deleted runs are looked for one day after the other.
constexpr int kKeptDays = 9;
constexpr int kSchedulerMs = 4000;
/// So long that what comes at all comes by events.
constexpr int kNeverSeconds = 3600;
constexpr int kExpectedDeployments = 300;
constexpr int kExpectedRuns = 2000;

template<typename Predicate>
[[nodiscard]] bool eventually(Predicate predicate)
{
    return QTest::qWaitFor(predicate, kPatienceMs);
}

QString textMember(const Json &object, const char *key) { return toQString(textOf(object, key)); }

/// The first fact whose members are these; null when there is none.
Json factWith(const Json &facts, const Json &members)
{
    for (const Json &fact : facts) {
        const bool fits = std::all_of(members.items().begin(), members.items().end(),
            [&fact](const auto &member) { return memberOf(fact, member.key().c_str()) == member.value(); });
        if (fits)
            return fact;
    }
    return {};
}

QStringList names(const Json &facts)
{
    QStringList names;
    for (const Json &fact : facts)
        names += textMember(fact, "name");
    return names;
}

} // namespace

/// What is on the server is what the mirror has, once it has asked often enough.
#define AGREE(server, mirror)                                                                                          \
    do {                                                                                                               \
        const QString difference = lastDifference([&] { return server; }, [&] { return mirror; });                     \
        QVERIFY2(difference.isEmpty(), qPrintable(difference));                                                        \
    } while (false)

/// All cases on one server, which is started once; each goes on from what the one before left.
class Contract : public QObject
{
    Q_OBJECT

public:
    explicit Contract(const QString &generation) : m_generation(generation) { }

private slots:
    void initTestCase();
    void mirrorsEverything();
    void findsAndSorts();
    void showsRealRuns();
    void followsARunOfTheCommandLine();
    void seesChanges();
    void seesDeletions();
    void outlivesARestartWhilePolling();
    void outlivesARestartInTheMiddle();
    void browsesOffline();
    void cleanupTestCase();

private:
    [[nodiscard]] bool isOrion() const { return m_generation.startsWith(QLatin1String("orion")); }
    [[nodiscard]] bool hasEvents() const { return m_generation.startsWith(QLatin1String("prefect-3")); }
    void open(int refreshSeconds, const QString &fileName = QStringLiteral("mirror.flowdeck"));
    [[nodiscard]] Connection &db() { return m_workspace->store().reader(); }
    [[nodiscard]] SyncStatus status() const { return m_workspace->syncStatus(); }
    [[nodiscard]] bool isFollowing() const
    {
        return status().kind == SyncStatus::Kind::Live || status().kind == SyncStatus::Kind::Polling;
    }
    template<typename ServerLook, typename MirrorLook>
    [[nodiscard]] QString lastDifference(ServerLook server, MirrorLook mirror);
    [[nodiscard]] RowId rowOfRun(const QString &id);
    [[nodiscard]] QStringList shownNames(const DeploymentFilter &filter);
    [[nodiscard]] QString runOf(const QString &flow);
    void expectStatus(const Json &answer, int status);

    QString m_generation;
    QTemporaryDir m_folder;
    std::unique_ptr<ContractServer> m_server;
    std::unique_ptr<RemoteWorkspace> m_workspace;
};

void Contract::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_server = std::make_unique<ContractServer>(m_generation);
    const QString whyNot = m_server->whyNot();
    if (!whyNot.isEmpty())
        QSKIP(qPrintable(QStringLiteral("NO CONTRACT WITH %1: %2").arg(m_generation, whyNot)));
    m_server->start();
    QVERIFY(m_server->apiUrl().isValid());
}

void Contract::cleanupTestCase()
{
    m_workspace.reset();
    m_server.reset();
}

void Contract::open(int refreshSeconds, const QString &fileName)
{
    m_workspace.reset();
    RemoteWorkspaceOptions options;
    options.storePath = m_folder.filePath(fileName);
    options.name = m_generation;
    options.connection.apiUrl = m_server->apiUrl();
    options.refreshSeconds = refreshSeconds;
    options.keptDays = kKeptDays;
    auto opened = RemoteWorkspace::open(std::move(options));
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().detail));
    m_workspace = std::move(*opened);
}

/// Presses F5 until there is no difference left; returns the last one. What no event and no poll tells is found little
/// by little, so one F5 is not enough.
template<typename ServerLook, typename MirrorLook>
QString Contract::lastDifference(ServerLook server, MirrorLook mirror)
{
    const QDeadlineTimer deadline(kPatienceMs);
    Json there = server();
    QDeadlineTimer stale(kBetweenServerLooksMs);
    for (;;) {
        const QString difference = differences(there, mirror());
        if (difference.isEmpty() || deadline.hasExpired() || QTest::currentTestFailed())
            return difference;
        const auto asOf = status().asOf;
        m_workspace->refresh();
        std::ignore = QTest::qWaitFor([&] { return status().asOf > asOf; }, kLongestPollMs);
        if (!stale.hasExpired())
            continue;
        there = server();
        stale.setRemainingTime(kBetweenServerLooksMs);
    }
}

RowId Contract::rowOfRun(const QString &id)
{
    return FlowRunRepository(db()).find(FlowRunId::fromText(id)).value_or(FlowRun()).row;
}

void Contract::expectStatus(const Json &answer, int status)
{
    QVERIFY2(memberOf(answer, "status") == status, toJsonText(answer).constData());
}

void Contract::mirrorsEverything()
{
    open(kPollSeconds);
    QVERIFY(eventually([this] { return isFollowing(); }));
    AGREE(m_server->facts("deployments"), deploymentFacts(db()));
    AGREE(m_server->facts("flow_runs"), flowRunFacts(db()));
    QCOMPARE(DeploymentRepository(db()).count(), kExpectedDeployments);
    QVERIFY(flowRunFacts(db()).size() >= kExpectedRuns);
    QVERIFY2(
        status().serverTitle.contains(m_generation.section(QLatin1Char('-'), 1)), qPrintable(status().serverTitle));
    QVERIFY(status().asOf);
    QCOMPARE(status().unreadable, 0);
    QVERIFY2(!status().error, status().error ? qPrintable(status().error->detail) : "");
}

QStringList Contract::shownNames(const DeploymentFilter &filter)
{
    DeploymentListModel model(m_workspace->store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter(filter);
    model.sort(static_cast<int>(DeploymentColumn::Created), Qt::AscendingOrder);
    if (!eventually([&model] { return model.isSettled(); }))
        return {QStringLiteral("the list never settled")};
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names += model.rowAt(row)->name;
    return names;
}

void Contract::findsAndSorts()
{
    Json all = m_server->facts("deployments");
    std::sort(all.begin(), all.end(), [](const Json &a, const Json &b) { return a["created"] < b["created"]; });
    const auto expected = [&all](auto fits) {
        QStringList names;
        for (const Json &fact : all) {
            if (fits(fact))
                names += textMember(fact, "name");
        }
        return names;
    };
    QCOMPARE(shownNames({}), expected([](const Json &) { return true; }));
    const QStringList ofFlow = expected([](const Json &fact) { return fact["flow"] == "flow-07"; });
    QCOMPARE(ofFlow.size(), 10);
    QCOMPARE(shownNames({.text = QStringLiteral("FLOW-07"), .tags = {}, .states = {}}), ofFlow);
    const QString word = QStringLiteral("北京");
    const QStringList withWord
        = expected([&word](const Json &fact) { return textMember(fact, "parameters").contains(word); });
    QVERIFY(!withWord.isEmpty());
    QCOMPARE(shownNames({.text = word, .tags = {}, .states = {}}), withWord);
    const QString tag = QStringLiteral("Äpfel");
    const Json wanted = toJson(tag);
    const QStringList tagged = expected([&wanted](const Json &fact) {
        return std::find(fact["tags"].begin(), fact["tags"].end(), wanted) != fact["tags"].end();
    });
    QVERIFY(!tagged.isEmpty());
    QCOMPARE(shownNames({.text = {}, .tags = {tag}, .states = {}}), tagged);
}

/// Makes a run of a real deployment and returns its id.
QString Contract::runOf(const QString &flow)
{
    const Json deployment = factWith(m_server->facts("deployments"), {{"flow", toJson(flow)}, {"name", "real"}});
    return textMember(m_server->tell("run", {{"deployment", memberOf(deployment, "id")}}), "id");
}

void Contract::showsRealRuns()
{
    m_server->tell("real_deployments");
    m_server->tell("start_worker");
    QMap<QString, QString> runs;
    for (const char *flow : {"etl", "always-fails", "retrying", "parent", "chatty"})
        runs.insert(QLatin1String(flow), runOf(QLatin1String(flow)));
    for (const QString &run : std::as_const(runs)) {
        QVERIFY(eventually([this, run] { return rowOfRun(run) != 0; }));
        m_workspace->followRun(rowOfRun(run));
    }
    const auto hasEnded = [this](const QString &run) {
        return isTerminal(FlowRunRepository(db()).find(rowOfRun(run)).value_or(FlowRun()).state.type);
    };
    for (const QString &run : std::as_const(runs))
        QVERIFY2(eventually([&] { return hasEnded(run); }), toJsonText(m_server->tell("worker_log")).constData());

    // Prefect 3 learns of task runs after the run's own end.
    for (auto run = runs.begin(); run != runs.end(); ++run) {
        const RowId row = rowOfRun(*run);
        AGREE(m_server->facts("states", *run), stateFacts(db(), row));
        AGREE(m_server->facts("task_runs", *run), taskRunFacts(db(), row));
        AGREE(m_server->facts("logs", *run), logFacts(db(), row));
        QVERIFY(stateFacts(db(), row).size() >= 4);
        m_workspace->unfollowRun(row);
    }
    AGREE(m_server->facts("flow_runs"), flowRunFacts(db()));

    const Json finished = flowRunFacts(db());
    const auto stateName = [&](const char *flow) {
        return textMember(memberOf(factWith(finished, {{"id", toJson(runs[QLatin1String(flow)])}}), "state"), "name");
    };
    QCOMPARE(stateName("etl"), QStringLiteral("Completed"));
    QCOMPARE(stateName("always-fails"), QStringLiteral("Failed"));
    QCOMPARE(stateName("retrying"), QStringLiteral("Completed"));
    QCOMPARE(taskRunFacts(db(), rowOfRun(runs[QStringLiteral("etl")])).size(), size_t(3));
    const Json retried = taskRunFacts(db(), rowOfRun(runs[QStringLiteral("retrying")]));
    QCOMPARE(retried.size(), size_t(1));
    QCOMPARE(memberOf(retried[0], "count").get<int>(), 3);
    const Json failure = stateFacts(db(), rowOfRun(runs[QStringLiteral("always-fails")])).back();
    QVERIFY2(textMember(failure, "message").contains(QStringLiteral("disk quota exceeded on volume 'é'"))
            || !factWith(taskRunFacts(db(), rowOfRun(runs[QStringLiteral("always-fails")])), {{"count", 1}}).is_null(),
        toJsonText(failure).constData());
    // More than one page of lines.
    QVERIFY(logFacts(db(), rowOfRun(runs[QStringLiteral("chatty")])).size() >= 360);
    QVERIFY(!factWith(finished, {{"flow", "child"}, {"maker", "flow"}}).is_null());
}

void Contract::followsARunOfTheCommandLine()
{
    if (hasEvents()) {
        open(kNeverSeconds);
        QVERIFY(eventually([this] { return status().kind == SyncStatus::Kind::Live; }));
        // The poll that confirms what happened before the events began.
        const auto asOf = status().asOf;
        m_workspace->refresh();
        QVERIFY(eventually([&] { return status().asOf > asOf; }));
    }
    const auto deployment = DeploymentRepository(db()).findByName(QStringLiteral("etl"), QStringLiteral("real"));
    QVERIFY(deployment);
    FlowRunFilter ofIt;
    ofIt.deployment = deployment->row;
    const auto newest = [this, &ofIt] {
        const std::vector<RowId> ids = FlowRunRepository(db()).ids(ofIt, FlowRunSort::Start, true);
        return ids.empty() ? 0 : *std::max_element(ids.begin(), ids.end());
    };
    const RowId before = newest();
    QStringList seen;
    QObject context;
    connect(&m_workspace->store(), &Store::changed, &context, [&] {
        const RowId row = newest();
        if (row <= before)
            return;
        const QString state = FlowRunRepository(db()).find(row).value_or(FlowRun()).state.name;
        if (seen.isEmpty() || seen.last() != state)
            seen += state;
    });
    m_server->tell("command", {{"words", {"deployment", "run", "etl/real"}}});
    QVERIFY2(
        eventually([&] { return seen.contains(QLatin1String("Completed")); }), qPrintable(seen.join(QLatin1Char(' '))));
    qInfo("%s: seen %s", qPrintable(m_generation), qPrintable(seen.join(QStringLiteral(", "))));
    QCOMPARE(seen.last(), QStringLiteral("Completed"));
    if (hasEvents())
        QVERIFY2(seen.contains(QLatin1String("Running")), qPrintable(seen.join(QLatin1Char(' '))));
    QVERIFY(seen.size() >= 2);
    m_server->tell("stop_worker");
    if (hasEvents())
        open(kPollSeconds);
}

void Contract::seesChanges()
{
    const Json all = m_server->facts("deployments");
    const Json runs = m_server->facts("flow_runs");

    // A new one, one that is edited, and one that stops making runs.
    m_server->tell("deployment", {{"flow", "behind"}, {"name", "made behind its back"}, {"tags", {"new"}}});
    const Json edited = factWith(all, {{"name", "deployment 011 – ä"}});
    const Json paused = factWith(all, {{"name", "deployment 022 – ä"}});
    const QString editedPath = QStringLiteral("/deployments/") + textMember(edited, "id");
    const QString pausedPath = QStringLiteral("/deployments/") + textMember(paused, "id");
    if (isOrion()) {
        // It knows no other way to edit.
        m_server->tell("deployment",
            {{"flow", memberOf(edited, "flow")}, {"name", memberOf(edited, "name")}, {"tags", {"edited"}}});
        // Its scheduler may be at work on that very deployment, and then makes the runs anew.
        for (int i = 0; i < 3; ++i) {
            expectStatus(m_server->http("POST", pausedPath + QStringLiteral("/set_schedule_inactive")), 200);
            QTest::qWait(kSchedulerMs);
        }
    } else {
        expectStatus(m_server->http("PATCH", editedPath, {{"tags", {"edited"}}, {"description", "edited"}}), 204);
        expectStatus(m_server->http("PATCH", pausedPath, {{"paused", true}}), 204);
    }

    // A run that is renamed, one whose state changes, and a new one.
    const auto running = [&runs](int skip) {
        for (const Json &run : runs) {
            if (memberOf(run["state"], "name") == "Running" && skip-- == 0)
                return textMember(run, "id");
        }
        return QString();
    };
    expectStatus(m_server->http("PATCH", QStringLiteral("/flow_runs/") + running(0), {{"name", "renamed"}}), 204);
    m_server->tell("set_state",
        {{"run", running(1).toStdString()}, {"state", {{"type", "FAILED"}, {"message", "by somebody else"}}}});
    m_server->tell("run", {{"deployment", memberOf(edited, "id")}, {"name", "made by somebody else"}});

    AGREE(m_server->facts("deployments"), deploymentFacts(db()));
    AGREE(m_server->facts("flow_runs"), flowRunFacts(db()));
    QVERIFY(names(deploymentFacts(db())).contains(QStringLiteral("made behind its back")));
    const QStringList runNames = names(flowRunFacts(db()));
    QVERIFY(runNames.contains(QStringLiteral("renamed")) && runNames.contains(QStringLiteral("made by somebody else")));
}

void Contract::seesDeletions()
{
    const Json deployments = m_server->facts("deployments");
    const Json runs = m_server->facts("flow_runs");
    const QString deployment = textMember(factWith(deployments, {{"name", "deployment 004 – ä"}}), "id");
    const QString run = textMember(factWith(runs, {{"maker", "manual"}, {"count", 1}}), "id");
    QVERIFY(!deployment.isEmpty() && !run.isEmpty());
    expectStatus(m_server->http("DELETE", QStringLiteral("/deployments/") + deployment), 204);
    expectStatus(m_server->http("DELETE", QStringLiteral("/flow_runs/") + run), 204);
    // A flow takes its deployments and all their runs along.
    const Json flow = m_server->http("GET", QStringLiteral("/flows/name/flow-03"));
    const auto answer = parseJson(QByteArray::fromStdString(textOf(flow, "text")));
    QVERIFY(answer);
    expectStatus(m_server->http("DELETE", QStringLiteral("/flows/") + textMember(*answer, "id")), 204);

    AGREE(m_server->facts("deployments"), deploymentFacts(db()));
    AGREE(m_server->facts("flow_runs"), flowRunFacts(db()));
    QCOMPARE(rowOfRun(run), 0);
}

void Contract::outlivesARestartWhilePolling()
{
    QVERIFY(eventually([this] { return isFollowing(); }));
    m_server->kill();
    QVERIFY(eventually([this] { return status().kind == SyncStatus::Kind::Offline; }));
    QVERIFY(status().error && status().asOf && status().nextTry);
    QVERIFY(DeploymentRepository(db()).count() > 0);
    m_server->start();
    QVERIFY(eventually([this] { return isFollowing(); }));
    m_server->tell("deployment", {{"flow", "behind"}, {"name", "made after the restart"}});
    AGREE(m_server->facts("deployments"), deploymentFacts(db()));
    AGREE(m_server->facts("flow_runs"), flowRunFacts(db()));
}

void Contract::outlivesARestartInTheMiddle()
{
    open(kPollSeconds, QStringLiteral("second.flowdeck"));
    QVERIFY(eventually([this] { return DeploymentRepository(db()).count() > 0; }));
    QVERIFY(!isFollowing());
    m_server->kill();
    QVERIFY(eventually([this] { return status().kind == SyncStatus::Kind::Offline; }));
    const size_t rows = deploymentFacts(db()).size() + flowRunFacts(db()).size();
    QVERIFY2(rows > 0 && rows < kExpectedRuns, qPrintable(QString::number(rows)));
    m_server->start();
    QVERIFY(eventually([this] { return isFollowing(); }));
    AGREE(m_server->facts("deployments"), deploymentFacts(db()));
    AGREE(m_server->facts("flow_runs"), flowRunFacts(db()));
}

void Contract::browsesOffline()
{
    const Json deployments = m_server->facts("deployments");
    const Json runs = m_server->facts("flow_runs");
    AGREE(runs, flowRunFacts(db()));
    const auto asOf = status().asOf;
    m_workspace.reset();
    m_server->stop();

    open(kPollSeconds, QStringLiteral("second.flowdeck"));
    // At once, before anything was asked.
    QCOMPARE(differences(deployments, deploymentFacts(db())), QString());
    QCOMPARE(differences(runs, flowRunFacts(db())), QString());
    QVERIFY(eventually([this] { return status().kind == SyncStatus::Kind::Offline; }));
    QVERIFY(status().error && !status().error->detail.isEmpty());
    QVERIFY(status().asOf >= asOf);
    QCOMPARE(shownNames({}).size(), int(deployments.size()));
    QCOMPARE(shownNames({.text = QStringLiteral("flow-07"), .tags = {}, .states = {}}).size(), 10);
    QCOMPARE(differences(runs, flowRunFacts(db())), QString());
}

/// One class for each generation, so that a result says whose it is.
class Orion : public Contract
{
    Q_OBJECT
public:
    Orion() : Contract(QStringLiteral("orion-2.0b8")) { }
};

class Prefect2 : public Contract
{
    Q_OBJECT
public:
    Prefect2() : Contract(QStringLiteral("prefect-2.20.25")) { }
};

class Prefect3 : public Contract
{
    Q_OBJECT
public:
    Prefect3() : Contract(QStringLiteral("prefect-3.8.8")) { }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    // Qt Test's own patience with one case is shorter than a busy computer needs for a server's start.
    qputenv("QTEST_FUNCTION_TIMEOUT", "1500000");
    int failures = 0;
    const auto run = [&](QObject &&generation) { failures += QTest::qExec(&generation, argc, argv); };
    // For work on one of them.
    const QByteArray chosen = qgetenv("FLOWDECK_CONTRACT_ONLY");
    if (chosen.isEmpty() || chosen == "orion")
        run(Orion());
    if (chosen.isEmpty() || chosen == "prefect2")
        run(Prefect2());
    if (chosen.isEmpty() || chosen == "prefect3")
        run(Prefect3());
    return failures;
}

#include "tst_contract.moc"
