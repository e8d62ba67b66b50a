// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

namespace {

constexpr Instant kNow{1'795'478'400'000'000};
constexpr qint64 kHourUs = 3'600'000'000;
constexpr StateType kTypes[] = {StateType::Scheduled, StateType::Pending, StateType::Running, StateType::Completed,
    StateType::Failed, StateType::Cancelled, StateType::Crashed, StateType::Paused, StateType::Cancelling};

qint64 number(Connection &db, const QByteArray &sql)
{
    Statement statement = db.prepareOnce(sql);
    return statement.step() ? statement.integer(0) : -1;
}

} // namespace

/// The summaries that are kept by difference must equal what a full count gives, whatever happened in between.
class TestRunSummary : public QObject
{
    Q_OBJECT

private slots:
    void equalsFullCountAfterRandomLife();

private:
    static void check(Connection &db, RowId deployment);
};

void TestRunSummary::check(Connection &db, RowId deployment)
{
    QCOMPARE(number(db, "SELECT sum(n) FROM run_count"), number(db, "SELECT count(*) FROM flow_run"));
    QCOMPARE(number(db,
                 "SELECT count(*) FROM run_count c WHERE n <> (SELECT count(*) FROM flow_run r"
                 " WHERE r.state_type = c.state_type AND r.state_name = c.state_name)"),
        0);
    QCOMPARE(number(db,
                 "SELECT count(*) FROM run_hour h WHERE n <> (SELECT count(*) FROM flow_run r WHERE"
                 " r.state_type = h.state_type AND coalesce(r.started, r.due) / 3600000000 = h.hour)"),
        0);
    const QByteArray of = " WHERE deployment_id = " + QByteArray::number(deployment);
    const auto row = DeploymentRepository(db).rows(std::span(&deployment, 1)).at(0);
    QCOMPARE(qint64(row.activeRuns), number(db, "SELECT count(*) FROM flow_run" + of + " AND state_type IN (1, 2, 8)"));
    const auto recent = FlowRunRepository(db).recent(deployment, 1);
    if (recent.empty()) {
        QCOMPARE(row.lastRun, 0);
    } else {
        const auto last = FlowRunRepository(db).find(row.lastRun);
        QVERIFY(last);
        QCOMPARE(last->expectedStart, recent[0].expectedStart);
        QCOMPARE(row.lastState.type, last->state.type);
        QCOMPARE(row.lastEnd, last->end);
    }
    const qint64 next
        = number(db, "SELECT coalesce(min(next_scheduled), 0) FROM flow_run" + of + " AND state_type = 0");
    QCOMPARE(row.nextRun.value_or(Instant{0}).us, next);
    int failed = 0;
    for (const DayCount &day : row.strip.days)
        failed += day.failed;
    const qint64 oldest = (qint64(row.strip.lastDay) - kStripDays + 1) * 24 * kHourUs;
    QCOMPARE(qint64(failed),
        number(db,
            "SELECT count(*) FROM flow_run" + of
                + " AND state_type IN (4, 6) AND coalesce(started, due) >= " + QByteArray::number(oldest)));
}

void TestRunSummary::equalsFullCountAfterRandomLife()
{
    QTemporaryDir folder;
    auto store = Store::open(folder.filePath(QStringLiteral("w.flowdeck")), Store::OpenMode::CreateIfMissing);
    QVERIFY(store);
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    const auto result = (*store)
                            ->write([seed](Connection &db) -> RowId {
                                QRandomGenerator random(seed);
                                Deployment deployment;
                                deployment.name = deployment.flowName = QStringLiteral("d");
                                const RowId row = DeploymentRepository(db).upsert(deployment, kNow).row;
                                FlowRunRepository runs(db);
                                std::vector<RowId> all;
                                Instant now = kNow;
                                for (int step = 0; step < 600; ++step) {
                                    now = now.plusUs(qint64(random.bounded(5)) * kHourUs);
                                    if (all.empty() || random.bounded(3) == 0) {
                                        FlowRun run;
                                        run.deployment = row;
                                        run.created = now;
                                        run.expectedStart = now.plusUs(qint64(random.bounded(100) - 50) * kHourUs);
                                        run.state = State::of(StateType::Scheduled, now);
                                        run.state.scheduledTime = run.expectedStart;
                                        all.push_back(runs.create(run).row);
                                    } else {
                                        const RowId run = all[random.bounded(quint32(all.size()))];
                                        State state
                                            = State::of(kTypes[random.bounded(quint32(std::size(kTypes)))], now);
                                        if (state.type == StateType::Scheduled)
                                            state.scheduledTime = now.plusUs(kHourUs);
                                        runs.setState(run, state);
                                    }
                                    if (step % 20 == 0)
                                        check(db, row);
                                }
                                check(db, row);
                                runs.removeScheduledOf(row);
                                check(db, row);
                                return row;
                            })
                            .result();
    QVERIFY2(result, result ? "" : qPrintable(toText(result.error())));
}

QTEST_GUILESS_MAIN(TestRunSummary)
#include "tst_runsummary.moc"
