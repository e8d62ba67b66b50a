// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"
#include "tests/store/recount.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

namespace {

constexpr Instant kNow{1'795'478'400'000'000};
constexpr qint64 kHourUs = 3'600'000'000;
constexpr StateType kTypes[] = {StateType::Scheduled, StateType::Pending, StateType::Running, StateType::Completed,
    StateType::Failed, StateType::Cancelled, StateType::Crashed, StateType::Paused, StateType::Cancelling};

Result<void> recounted(Connection &db)
{
    const QString difference = test::differenceFromRecount(db);
    if (!difference.isEmpty())
        return fail(ErrorKind::Storage, difference);
    return {};
}

} // namespace

/// The summaries that are kept by difference must equal what a full count gives, whatever happened in between.
class TestRunSummary : public QObject
{
    Q_OBJECT

private slots:
    void equalsFullCountAfterRandomLife();
};

void TestRunSummary::equalsFullCountAfterRandomLife()
{
    QTemporaryDir folder;
    auto store = Store::open(folder.filePath(QStringLiteral("w.flowdeck")), Store::OpenMode::CreateIfMissing);
    QVERIFY(store);
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    const auto result = (*store)
                            ->write([seed](Connection &db) -> Result<RowId> {
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
                                        FD_TRY(recounted(db));
                                }
                                FD_TRY(recounted(db));
                                runs.removeScheduledOf(row);
                                FD_TRY(recounted(db));
                                return row;
                            })
                            .result();
    QVERIFY2(result, result ? "" : qPrintable(toText(result.error())));
}

QTEST_GUILESS_MAIN(TestRunSummary)
#include "tst_runsummary.moc"
