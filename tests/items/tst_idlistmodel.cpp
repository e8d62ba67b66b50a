// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/idlistmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace fd;

namespace {

class PlainList : public IdListModel
{
    Q_OBJECT

public:
    using IdListModel::appendIds;
    using IdListModel::ids;
    using IdListModel::showIds;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 2; }

protected:
    [[nodiscard]] QVariant cell(int row, int, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(idAt(row)) : QVariant();
    }
};

std::vector<RowId> range(RowId first, RowId last)
{
    std::vector<RowId> ids(static_cast<size_t>(last - first + 1));
    std::iota(ids.begin(), ids.end(), first);
    return ids;
}

/// A random part of 1..60 in random order, often close to `near`.
std::vector<RowId> randomIds(QRandomGenerator &random, std::vector<RowId> near)
{
    if (random.bounded(4) == 0) {
        near = range(1, 60);
        std::shuffle(near.begin(), near.end(), random);
    }
    for (int change = random.bounded(6); change > 0; --change) {
        if (!near.empty() && random.bounded(2) == 0)
            near.erase(near.begin() + random.bounded(static_cast<int>(near.size())));
        const RowId id = 1 + random.bounded(60);
        if (std::find(near.begin(), near.end(), id) == near.end())
            near.insert(near.begin() + random.bounded(static_cast<int>(near.size()) + 1), id);
    }
    return near;
}

} // namespace

class TestIdListModel : public QObject
{
    Q_OBJECT

private slots:
    void tellsSimpleChangesExactly_data();
    void tellsSimpleChangesExactly();
    void anyListFollowsAnyOther();
    void selectionAndCurrentRowSurviveASort();
    void currentRowStaysNearTheTopWhenItIsFilteredOut();
    void findsRows();
    void aMillionRowsChangeQuickly();
};

void TestIdListModel::tellsSimpleChangesExactly_data()
{
    QTest::addColumn<std::vector<RowId>>("before");
    QTest::addColumn<std::vector<RowId>>("after");
    QTest::addColumn<int>("inserts");
    QTest::addColumn<int>("removes");
    QTest::addColumn<int>("layouts");
    const auto row = [](const char *name, std::vector<RowId> before, std::vector<RowId> after, int inserts, int removes,
                         int layouts) {
        QTest::newRow(name) << std::move(before) << std::move(after) << inserts << removes << layouts;
    };
    row("same", {1, 2, 3}, {1, 2, 3}, 0, 0, 0);
    row("fill", {}, {1, 2, 3}, 1, 0, 0);
    row("clear", {1, 2, 3}, {}, 0, 1, 0);
    row("append", {1, 2}, {1, 2, 3, 4}, 1, 0, 0);
    row("above", {1, 2}, {3, 4, 1, 2}, 1, 0, 0);
    row("in the middle", {1, 2}, {1, 3, 4, 2}, 1, 0, 0);
    row("remove in the middle", {1, 2, 3, 4}, {1, 4}, 0, 1, 0);
    row("replace one", {1, 2, 3}, {1, 4, 3}, 1, 1, 0);
    row("move", {1, 2, 3, 4}, {4, 1, 2, 3}, 0, 0, 1);
    row("one in, one out elsewhere", {1, 2, 3, 4}, {5, 1, 2, 3}, 1, 1, 1);
    row("scattered", {1, 2, 3, 4, 5, 6}, {7, 1, 8, 3, 5}, 1, 1, 2);
}

void TestIdListModel::tellsSimpleChangesExactly()
{
    QFETCH(const std::vector<RowId>, before);
    QFETCH(const std::vector<RowId>, after);
    PlainList model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.showIds(before);
    const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removes(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.showIds(after);
    QCOMPARE(model.ids(), after);
    QTEST(static_cast<int>(inserts.size()), "inserts");
    QTEST(static_cast<int>(removes.size()), "removes");
    QTEST(static_cast<int>(layouts.size()), "layouts");
    QCOMPARE(resets.size(), 0);
}

void TestIdListModel::anyListFollowsAnyOther()
{
    PlainList model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QRandomGenerator random(7);
    for (int step = 0; step < 500; ++step) {
        std::vector<std::pair<RowId, QPersistentModelIndex>> kept;
        for (int row = 0; row < model.rowCount(); ++row)
            kept.emplace_back(model.idAt(row), model.index(row, 1));
        const std::vector<RowId> next = randomIds(random, model.ids());
        model.showIds(next);
        QCOMPARE(model.ids(), next);
        for (const auto &[id, index] : kept) {
            QCOMPARE(index.isValid(), std::find(next.begin(), next.end(), id) != next.end());
            if (index.isValid())
                QCOMPARE(index.data(RowIdRole).toInt(), id);
        }
    }
    QCOMPARE(resets.size(), 0);
}

void TestIdListModel::selectionAndCurrentRowSurviveASort()
{
    PlainList model;
    model.showIds(range(1, 1000));
    QItemSelectionModel selection(&model);
    selection.setCurrentIndex(model.index(500, 1), QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    selection.select(model.index(10, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    std::vector<RowId> reversed = range(1, 1000);
    std::reverse(reversed.begin(), reversed.end());
    model.showIds(reversed);
    QCOMPARE(selection.currentIndex(), model.index(499, 1));
    QSet<int> selected;
    for (const QModelIndex &index : selection.selectedRows())
        selected.insert(index.data(RowIdRole).toInt());
    QCOMPARE(selected, QSet<int>({501, 11}));
}

void TestIdListModel::currentRowStaysNearTheTopWhenItIsFilteredOut()
{
    PlainList model;
    model.showIds(range(1, 1000));
    QItemSelectionModel selection(&model);
    selection.setCurrentIndex(model.index(500, 0), QItemSelectionModel::SelectCurrent);
    model.showIds({3, 7, 900});
    QCOMPARE(selection.currentIndex().row(), 0);
}

void TestIdListModel::findsRows()
{
    PlainList model;
    model.showIds({5, 9, 2});
    model.appendIds(std::vector<RowId>{11});
    QCOMPARE(model.rowOf(2), 2);
    QCOMPARE(model.rowOf(11), 3);
    QCOMPARE(model.rowOf(7), -1);
    QCOMPARE(model.idAt(1), 9);
    QCOMPARE(model.idAt(4), 0);
    QCOMPARE(model.idAt(-1), 0);
    QVERIFY(!model.data(model.index(0, 0, model.index(0, 0)), Qt::DisplayRole).isValid());
}

void TestIdListModel::aMillionRowsChangeQuickly()
{
    PlainList model;
    std::vector<RowId> ids = range(1, 1'000'000);
    model.showIds(ids);
    QItemSelectionModel selection(&model);
    selection.select(model.index(77, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QRandomGenerator random(3);
    std::shuffle(ids.begin(), ids.end(), random);
    ids.resize(500'000);
    QElapsedTimer timer;
    timer.start();
    model.showIds(ids);
    // Some 15 ms; the limit only catches an algorithm that is not linear.
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(model.ids(), ids);
}

QTEST_GUILESS_MAIN(TestIdListModel)
#include "tst_idlistmodel.moc"
