// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/deploymentrepository.h"
#include "models/store/mirrorrepository.h"
#include "models/workspace/deploymentpoll.h"
#include "tests/faults/modelserver.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;
using namespace fd::test;

namespace {

template<typename T>
T finished(QCoro::Task<T> task)
{
    return QCoro::waitFor(std::move(task));
}

/// What is true of each id while rows move: the oracle.
struct Oracle {
    /// On the server from before the first page to after the last one, under one name.
    QSet<DeploymentId> stayed;

    void begin(const ModelServer &server)
    {
        stayed.clear();
        names.clear();
        for (const MirroredDeployment &row : server.rows()) {
            stayed.insert(row.value.id);
            names.insert(row.value.id, row.value.name);
        }
    }
    void look(const ModelServer &server)
    {
        QSet<DeploymentId> unmoved;
        for (const MirroredDeployment &row : server.rows()) {
            if (names.value(row.value.id) == row.value.name)
                unmoved.insert(row.value.id);
        }
        stayed &= unmoved;
    }

private:
    QHash<DeploymentId, QString> names;
};

struct Tally {
    int schedules = 0;
    int changes = 0;
    int pages = 0;
    int seams = 0;
    int doubled = 0;
    int missed = 0;
    int missing = 0;
    int stale = 0;
};

} // namespace

/// Deployments are inserted, deleted and renamed between the pages of a pass, at random, a thousand times over
/// (FLOWDECK_MOVING_PAGES=100000 for more). What stayed all the time is here after the pass; after one poll more, here
/// is what is there.
class MovingPagesTest : public QObject
{
    Q_OBJECT

private slots:
    void pagesThatMove_data();
    void pagesThatMove();
    void goesOnWhereItWas();
};

void MovingPagesTest::pagesThatMove_data()
{
    QTest::addColumn<bool>("sortsByUpdated");
    QTest::newRow("Prefect 2 and 3") << true;
    QTest::newRow("Orion") << false;
}

void MovingPagesTest::pagesThatMove()
{
    QFETCH(bool, sortsByUpdated);
    const int schedules = std::max(2, qEnvironmentVariableIntValue("FLOWDECK_MOVING_PAGES")) / 2;
    const int wanted = qEnvironmentVariableIsSet("FLOWDECK_MOVING_PAGES") ? schedules : 500;
    QRandomGenerator random(sortsByUpdated ? 20'26 : 4711);
    Tally tally;
    while (tally.schedules < wanted) {
        // The file lives through several schedules; a third of them begins with what the one before left behind.
        const QTemporaryDir folder;
        auto store
            = std::move(*Store::open(folder.filePath(QStringLiteral("m.flowdeck")), Store::OpenMode::CreateIfMissing));
        ModelServer server(sortsByUpdated, 3 + random.bounded(4), random.generate());
        SyncSession session(*store, server, systemClock());
        QVERIFY(finished(session.begin()).has_value());
        DeploymentPass pass(session);
        DeploymentPoll poll(session, pass);
        for (int i = 0, rows = 10 + random.bounded(30); i < rows; ++i)
            server.insert();
        for (int i = 0; i < 25 && tally.schedules < wanted; ++i, ++tally.schedules) {
            if (i % 3 != 0)
                QVERIFY(finished(session.write([](Connection &db) { MirrorRepository(db).clear(); })).has_value());
            Oracle oracle;
            oracle.begin(server);
            // From a rare change to several for each page.
            const int chance = 1 + random.bounded(4);
            const int most = 1 + random.bounded(3);
            server.beforePage = [&server, &oracle, &random, chance, most] {
                for (int n = 0; n < most; ++n) {
                    if (random.bounded(chance) == 0)
                        server.change();
                }
                oracle.look(server);
            };
            pass.start();
            for (bool ended = false; !ended;) {
                const auto stepped = finished(pass.step());
                QVERIFY2(stepped.has_value(), qPrintable(stepped ? QString() : toText(stepped.error())));
                ended = *stepped;
            }
            server.beforePage = nullptr;
            const auto here = [&store] {
                DeploymentRepository deployments(store->reader());
                return deployments.rows(deployments.ids(DeploymentSort::Name, false));
            };
            QSet<DeploymentId> seen;
            for (const DeploymentRow &row : here()) {
                tally.doubled += seen.contains(row.id) ? 1 : 0;
                seen.insert(row.id);
            }
            tally.missed += int((oracle.stayed - seen).size());
            poll.passEnded();
            QVERIFY(finished(poll.run()).has_value());
            // Sorted by name only, nothing tells what is new: the window goes round once.
            while (!sortsByUpdated) {
                const auto looked = finished(poll.lookRound(20));
                QVERIFY(looked.has_value());
                if (*looked)
                    break;
            }
            if (!sortsByUpdated)
                QVERIFY(finished(poll.run()).has_value());
            QHash<DeploymentId, QString> there;
            for (const MirroredDeployment &row : server.rows())
                there.insert(row.value.id, row.value.name);
            for (const DeploymentRow &row : here())
                tally.stale += there.take(row.id) == row.name ? 0 : 1;
            tally.missing += int(there.size());
            tally.seams += pass.seamsReadAgain();
        }
        tally.changes += server.changes();
        tally.pages += server.pages();
    }
    qInfo("%d schedules, %d changes, %d pages, %d seams read again: %d doubled, %d missed by a pass, %d missing, %d "
          "stale after a poll",
        tally.schedules, tally.changes, tally.pages, tally.seams, tally.doubled, tally.missed, tally.missing,
        tally.stale);
    QCOMPARE(tally.doubled, 0);
    QCOMPARE(tally.missed, 0);
    QCOMPARE(tally.missing, 0);
    QCOMPARE(tally.stale, 0);
    QVERIFY(tally.changes > tally.schedules && tally.seams > 0);
}

/// A pass that a restart cuts in two, while rows move and while nobody looks, still meets what stayed.
void MovingPagesTest::goesOnWhereItWas()
{
    QRandomGenerator random(99);
    int resumed = 0;
    for (int i = 0; i < 100; ++i) {
        const QTemporaryDir folder;
        auto store
            = std::move(*Store::open(folder.filePath(QStringLiteral("m.flowdeck")), Store::OpenMode::CreateIfMissing));
        ModelServer server(true, 5, random.generate());
        for (int n = 0; n < 40; ++n)
            server.insert();
        Oracle oracle;
        oracle.begin(server);
        bool ended = false;
        for (int opening = 0; !ended && opening < 20; ++opening) {
            SyncSession session(*store, server, systemClock());
            QVERIFY(finished(session.begin()).has_value());
            DeploymentPass pass(session);
            QVERIFY(finished(pass.load()).has_value());
            if (opening == 0)
                pass.start();
            else
                resumed += pass.done() > 0 ? 1 : 0;
            for (int n = 0; n < 3 && !ended; ++n) {
                ended = finished(pass.step()).value();
                server.change();
                oracle.look(server);
            }
            if (!ended)
                QVERIFY(finished(pass.flush()).has_value());
        }
        QVERIFY(ended);
        QSet<DeploymentId> seen;
        DeploymentRepository deployments(store->reader());
        for (const DeploymentRow &row : deployments.rows(deployments.ids(DeploymentSort::Name, false)))
            seen.insert(row.id);
        QVERIFY((oracle.stayed - seen).isEmpty());
    }
    QVERIFY(resumed > 100);
}

QTEST_GUILESS_MAIN(MovingPagesTest)
#include "tst_movingpages.moc"
