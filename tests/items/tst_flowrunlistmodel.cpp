// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/flowrunlistmodel.h"
#include "models/store/flowrunrepository.h"
#include "tests/support/builders.h"
#include "tests/support/seedstore.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;
using namespace fd::test;

namespace {

const std::array kColumns{std::pair(FlowRunColumn::State, FlowRunSort::State),
    std::pair(FlowRunColumn::Name, FlowRunSort::Name), std::pair(FlowRunColumn::Deployment, FlowRunSort::Deployment),
    std::pair(FlowRunColumn::Start, FlowRunSort::Start), std::pair(FlowRunColumn::Duration, FlowRunSort::Duration)};

} // namespace

class TestFlowRunListModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void theFirstPageIsThereAtOnce();
    void newRunsComeFirst();
    void aNewStateChangesOneRow();
    void aRemovedDeploymentTakesItsScheduledRunsAlong();
    void randomSortsAndFiltersAreRight();
    void onlyTheLatestRequestIsShown();
    void countsFollow();
    void whatIsHeldStaysWhileTheFirstPageIsShown();

private:
    void compare(FlowRunListModel &model);

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    std::unique_ptr<Store> m_store;
};

void TestFlowRunListModel::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(QStringLiteral("test.flowdeck"));
    QVERIFY(seedStore(m_path, {.deployments = 50, .runs = 1000}));
    m_store = std::move(*Store::open(m_path, Store::OpenMode::Existing));
}

void TestFlowRunListModel::compare(FlowRunListModel &model)
{
    QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 20000);
    FlowRunSort sort = FlowRunSort::Start;
    for (const auto &[column, key] : kColumns)
        sort = column == model.sortColumn() ? key : sort;
    const FlowRunListFilter &filter = model.filter();
    const std::vector<RowId> expected = FlowRunRepository(m_store->reader())
                                            .ids({.states = filter.states,
                                                     .deployment = filter.deployment,
                                                     .text = filter.text,
                                                     .from = filter.from,
                                                     .until = filter.until},
                                                sort, model.sortOrder() == Qt::DescendingOrder, -1);
    QCOMPARE(model.rowCount(), static_cast<int>(expected.size()));
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.idAt(row), expected[static_cast<size_t>(row)]);
}

void TestFlowRunListModel::theFirstPageIsThereAtOnce()
{
    FlowRunListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 200);
    QCOMPARE(model.total(), 1000);
    QVERIFY(model.rowAt(0)->expectedStart > model.rowAt(199)->expectedStart);
    const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    compare(model);
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(inserts.size(), 1);
}

void TestFlowRunListModel::newRunsComeFirst()
{
    FlowRunListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    compare(model);
    const QPersistentModelIndex first(model.index(0, 0));
    const RowId firstId = model.idAt(0);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    const RowId run = store(*m_store, makeRun(7, StateType::Pending, kNow.plusUs(86'400'000'000LL * 300)));
    QTRY_COMPARE(model.idAt(0), run);
    QCOMPARE(first.row(), 1);
    QCOMPARE(model.idAt(1), firstId);
    QCOMPARE(inserts.size(), 1);
}

void TestFlowRunListModel::aNewStateChangesOneRow()
{
    FlowRunListModel model(*m_store);
    compare(model);
    const RowId run = model.idAt(4);
    QVERIFY(model.rowAt(4));
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    setState(*m_store, run, StateType::Crashed);
    QTRY_COMPARE(changes.size(), 1);
    QCOMPARE(changes[0][0].toModelIndex().row(), 4);
    QCOMPARE(model.rowAt(4)->stateType, StateType::Crashed);
    QVERIFY(model.isSettled());
}

void TestFlowRunListModel::aRemovedDeploymentTakesItsScheduledRunsAlong()
{
    FlowRunListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({.states = {}, .deployment = 3, .text = {}});
    store(*m_store, makeRun(3, StateType::Scheduled, kNow.plusUs(1'000'000)));
    compare(model);
    const int before = model.rowCount();
    QVERIFY(model.rowAt(0) && !model.rowAt(0)->deploymentName.isEmpty());
    removeDeployment(*m_store, 3);
    QTRY_VERIFY(model.rowCount() < before);
    compare(model);
}

void TestFlowRunListModel::randomSortsAndFiltersAreRight()
{
    FlowRunListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const std::array texts{"", "otter", "orders", "zzz", "%"};
    QRandomGenerator random(9);
    for (int step = 0; step < 200; ++step) {
        FlowRunListFilter filter = model.filter();
        switch (random.bounded(6)) {
        case 5:
            filter.from = random.bounded(2) == 0 ? std::nullopt
                                                 : std::optional(kNow.plusUs(-random.bounded(30) * 86'400'000'000LL));
            filter.until = filter.from ? std::optional(filter.from->plusUs(5 * 86'400'000'000LL)) : std::nullopt;
            break;
        case 0:
            filter.states = random.bounded(2) == 0 ? QList<StateGroup>()
                                                   : QList<StateGroup>{{StateType::Failed}, {StateType::Crashed}};
            break;
        case 1:
            filter.text
                = QString::fromLatin1(texts[static_cast<size_t>(random.bounded(static_cast<int>(texts.size())))]);
            break;
        case 2:
            filter.deployment = random.bounded(3) == 0 ? 1 + random.bounded(50) : 0;
            break;
        case 3:
            setState(
                *m_store, 1 + random.bounded(1000), random.bounded(2) == 0 ? StateType::Failed : StateType::Completed);
            QCoreApplication::processEvents();
            break;
        default:
            model.sort(static_cast<int>(kColumns[static_cast<size_t>(random.bounded(5))].first),
                random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        }
        model.setFilter(filter);
        compare(model);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("step %1").arg(step)));
    }
    QCOMPARE(resets.size(), 0);
}

void TestFlowRunListModel::onlyTheLatestRequestIsShown()
{
    FlowRunListModel model(*m_store);
    const QSignalSpy settled(&model, &FlowRunListModel::settled);
    for (const char *text : {"o", "ot", "ott", "otter"})
        model.setFilter({.states = {}, .deployment = 0, .text = QString::fromLatin1(text)});
    compare(model);
    QTest::qWait(400);
    QCOMPARE(settled.size(), 1);
    compare(model);
}

void TestFlowRunListModel::countsFollow()
{
    FlowRunListModel model(*m_store);
    QSignalSpy changes(&model, &FlowRunListModel::countsChanged);
    store(*m_store, makeRun(1, StateType::Cancelling));
    QTRY_VERIFY(!changes.isEmpty());
    QCOMPARE(model.total(), 1001);
    int cancelling = 0;
    for (const FlowRunStateCount &count : model.stateCounts())
        cancelling += count.type == StateType::Cancelling ? static_cast<int>(count.count) : 0;
    QCOMPARE(cancelling, 1);
}

void TestFlowRunListModel::whatIsHeldStaysWhileTheFirstPageIsShown()
{
    FlowRunListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    compare(model);
    // The last run by start: on no first page but that of the opposite order.
    const QPersistentModelIndex oldest(model.index(model.rowCount() - 1, 0));
    const RowId id = model.idAt(oldest.row());
    QList<int> sizes;
    connect(&model, &QAbstractItemModel::rowsRemoved, &model, [&] { sizes.append(model.rowCount()); });
    for (const FlowRunColumn column : {FlowRunColumn::Name, FlowRunColumn::Deployment, FlowRunColumn::Duration}) {
        model.sort(static_cast<int>(column), Qt::AscendingOrder);
        compare(model);
        QVERIFY(oldest.isValid());
        QCOMPARE(model.idAt(oldest.row()), id);
    }
    QVERIFY(!sizes.isEmpty() && sizes.first() <= 201);
}

QTEST_GUILESS_MAIN(TestFlowRunListModel)
#include "tst_flowrunlistmodel.moc"
