// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymenttext.h"
#include "views/deployments/searchwords.h"
#include "views/deployments/verdict.h"

#include <QTemporaryFile>
#include <QTest>

using namespace fd;

namespace {

constexpr qint64 kMinuteUs = 60'000'000;
const Instant kNow{1'760'968'800'000'000};

} // namespace

class TestDeploymentText : public QObject
{
    Q_OBJECT

private slots:
    void marksSayWhatNeedsSomebody()
    {
        DeploymentRow row;
        QVERIFY(nowMark(row, kNow).none);
        row.lastRun = 1;
        row.lastState = State::of(StateType::Completed, kNow);
        QCOMPARE(nowMark(row, kNow).type, StateType::Completed);
        row.nextRun = kNow.plusUs(-10 * kMinuteUs);
        QCOMPARE(nowMark(row, kNow).name, QStringLiteral("Late"));
        row.paused = true;
        QCOMPARE(nowMark(row, kNow).type, StateType::Paused);
        row.lastState = State::of(StateType::Running, kNow);
        QCOMPARE(nowMark(row, kNow).type, StateType::Running);
    }

    void wordsOfARow()
    {
        DeploymentRow row;
        row.name = QStringLiteral("hourly");
        row.parameterCount = 3;
        DeploymentWords words = deploymentWords(row, kNow);
        QCOMPARE(words.schedule, QStringLiteral("No schedule"));
        QCOMPARE(words.scheduleDetail, QStringLiteral("3 parameters"));
        row.scheduleCount = 1;
        row.schedule.json = R"({"interval":900})";
        row.nextRun = kNow.plusUs(-12 * kMinuteUs);
        words = deploymentWords(row, kNow);
        QCOMPARE(words.schedule, QStringLiteral("Every 15 min"));
        QVERIFY(words.late);
        QCOMPARE(words.nextRunDetail, QStringLiteral("12 min late"));
        row.paused = true;
        words = deploymentWords(row, kNow);
        QCOMPARE(words.schedule, QStringLiteral("Paused"));
        QVERIFY(!words.late);
    }

    void searchWords()
    {
        SearchWords words = readSearch(QStringLiteral("orders tag:tier-1 -old tag:\"two words\" STATE:Failed"));
        QCOMPARE(words.text, QStringLiteral("orders -old"));
        QCOMPARE(words.tags, (QStringList{QStringLiteral("tier-1"), QStringLiteral("two words")}));
        QCOMPARE(words.states, QList<StateType>{StateType::Failed});
        words = readSearch(QStringLiteral("state:purple stage:x"));
        QVERIFY(words.tags.isEmpty() && words.states.isEmpty());
        QCOMPARE(words.text, QStringLiteral("state:purple stage:x"));
    }

    void oneLineIsOneLine()
    {
        QCOMPARE(oneLine(QStringLiteral("a\nb\x1b[31m")), QStringLiteral("a b [31m"));
        QVERIFY(!oneLine(QString(QChar(0x202E)) + u'x').contains(QChar(0x202E)));
        QVERIFY(oneLine(QString(1'000'000, u'x')).size() <= 1001);
    }

    void verdicts()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        Deployment deployment;
        deployment.path = file.fileName();
        const Capabilities can{
            .canRun = true, .canCancelRuns = true, .canApplySpecs = true, .canDeleteDeployments = true, .reason = {}};
        const EngineStatus here{.kind = EngineStatus::Kind::Here, .detail = {}};
        QCOMPARE(judge(deployment, here, can).notice, Notice::Done);
        deployment.parameterSchema = R"({"properties":{"month":{"type":"integer"}},"required":["month"]})";
        QCOMPARE(judge(deployment, here, can).notice, Notice::Look);
        deployment.path = QStringLiteral("/nowhere/flow.py");
        QCOMPARE(judge(deployment, here, can).notice, Notice::Broken);
        deployment.path = file.fileName();
        QCOMPARE(judge(deployment, {.kind = EngineStatus::Kind::Stopped, .detail = {}}, can).notice, Notice::Broken);
        deployment.runner.config = R"({"virtualenv":"/nowhere/venv"})";
        QCOMPARE(judge(deployment, here, can).notice, Notice::Broken);
    }
};

QTEST_GUILESS_MAIN(TestDeploymentText)
#include "tst_deploymenttext.moc"
