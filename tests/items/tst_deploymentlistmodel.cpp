// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/deploymentlistmodel.h"
#include "models/store/deploymentrepository.h"
#include "tests/support/builders.h"
#include "tests/support/seedstore.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;
using namespace fd::test;

namespace {

constexpr int kByName = static_cast<int>(DeploymentColumn::Name);

QStringList names(const DeploymentListModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names += model.rowAt(row) ? model.rowAt(row)->name : QStringLiteral("?");
    return names;
}

} // namespace

class TestDeploymentListModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void anEmptyWorkspaceIsAnEmptyList();
    void followsEveryChange();
    void aChangedRowIsToldAloneAndReadAgain();
    void aNewRunChangesItsRow();
    void seesWhatAnotherProcessDoes();
    void theFirstPageIsThereAtOnce();
    void aSortBeforeTheFullListIsThereAtOnce();
    void theSelectionSurvivesSortAndFilter();
    void columnsWithoutAnOrderAreIgnored();
    void cellsAnswerTheirRoles();
    void aDamagedFileLeavesWhatIsShown();

private:
    [[nodiscard]] std::unique_ptr<Store> open() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestDeploymentListModel::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(QStringLiteral("test.flowdeck"));
}

std::unique_ptr<Store> TestDeploymentListModel::open() const
{
    auto opened = Store::open(m_path, Store::OpenMode::CreateIfMissing);
    return opened ? std::move(*opened) : nullptr;
}

void TestDeploymentListModel::anEmptyWorkspaceIsAnEmptyList()
{
    const auto store = open();
    DeploymentListModel model(*store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.total(), 0);
    model.setFilter({.text = QStringLiteral("x"), .tags = {QStringLiteral("y")}, .states = {StateType::Failed}});
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowCount(), 0);
}

void TestDeploymentListModel::followsEveryChange()
{
    const auto store = open();
    DeploymentListModel model(*store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.sort(kByName, Qt::AscendingOrder);
    QList<RowId> rows;
    for (const char *name : {"b", "d", "a", "c"})
        rows += fd::test::store(*store, makeDeployment(QStringLiteral("flow"), QString::fromLatin1(name)));
    QTRY_COMPARE(names(model).join(QString()), QStringLiteral("abcd"));
    QTRY_COMPARE(model.total(), 4);
    removeDeployment(*store, rows[3]);
    QTRY_COMPARE(names(model).join(QString()), QStringLiteral("abd"));
    model.sort(kByName, Qt::DescendingOrder);
    QTRY_COMPARE(names(model).join(QString()), QStringLiteral("dba"));
    for (const RowId row : {rows[0], rows[1], rows[2]})
        removeDeployment(*store, row);
    QTRY_COMPARE(model.rowCount(), 0);
    fd::test::store(*store, makeDeployment(QStringLiteral("flow"), QStringLiteral("again")));
    QTRY_COMPARE(names(model), QStringList(QStringLiteral("again")));
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(resets.size(), 0);
}

void TestDeploymentListModel::aChangedRowIsToldAloneAndReadAgain()
{
    const auto store = open();
    for (int i = 0; i < 5; ++i)
        fd::test::store(*store, makeDeployment(QStringLiteral("flow"), QString::number(i)));
    DeploymentListModel model(*store);
    model.sort(kByName, Qt::AscendingOrder);
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(names(model).size(), 5);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    Deployment changed = makeDeployment(QStringLiteral("flow"), QStringLiteral("3"));
    changed.version = QStringLiteral("2");
    fd::test::store(*store, changed);
    QTRY_COMPARE(changes.size(), 1);
    QCOMPARE(changes[0][0].toModelIndex().row(), 3);
    QCOMPARE(changes[0][1].toModelIndex().row(), 3);
    QCOMPARE(model.rowAt(3)->version, QStringLiteral("2"));
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(layouts.size(), 0);
}

void TestDeploymentListModel::aNewRunChangesItsRow()
{
    const auto store = open();
    const RowId row = fd::test::store(*store, makeDeployment(QStringLiteral("flow"), QStringLiteral("a")));
    DeploymentListModel model(*store);
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowAt(0)->activeRuns, 0);
    const RowId run = fd::test::store(*store, makeRun(row, StateType::Running));
    QTRY_COMPARE(model.rowAt(0)->activeRuns, 1);
    setState(*store, run, StateType::Completed);
    QTRY_COMPARE(model.rowAt(0)->lastState.type, StateType::Completed);
    QTRY_COMPARE(model.stateCounts().size(), 1);
    QTRY_COMPARE(model.stateCounts().first().type, StateType::Completed);
}

void TestDeploymentListModel::seesWhatAnotherProcessDoes()
{
    const auto mine = open();
    const auto other = open();
    DeploymentListModel model(*mine);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const RowId row = fd::test::store(*other, makeDeployment(QStringLiteral("flow"), QStringLiteral("theirs")));
    QTRY_COMPARE_WITH_TIMEOUT(names(model), QStringList(QStringLiteral("theirs")), 3000);
    fd::test::store(*mine, makeDeployment(QStringLiteral("flow"), QStringLiteral("ours")));
    QTRY_COMPARE(model.rowCount(), 2);
    removeDeployment(*other, row);
    QTRY_COMPARE_WITH_TIMEOUT(names(model), QStringList(QStringLiteral("ours")), 3000);
}

void TestDeploymentListModel::theFirstPageIsThereAtOnce()
{
    QVERIFY(seedStore(m_path, {.deployments = 1000, .runs = 2000}));
    const auto store = open();
    DeploymentListModel model(*store);
    QCOMPARE(model.rowCount(), 200);
    QVERIFY(model.rowAt(0));
    QCOMPARE(model.total(), 1000);
    const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(inserts.size(), 1);
}

void TestDeploymentListModel::aSortBeforeTheFullListIsThereAtOnce()
{
    QVERIFY(seedStore(m_path, {.deployments = 1000, .runs = 2000}));
    const auto store = open();
    DeploymentListModel model(*store);
    model.sort(kByName, Qt::DescendingOrder);
    QCOMPARE(model.idAt(0), DeploymentRepository(store->reader()).ids(DeploymentSort::Name, true, 1).front());
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.sortColumn(), DeploymentColumn::Name);
    QCOMPARE(model.sortOrder(), Qt::DescendingOrder);
    QCOMPARE(model.rowCount(), 1000);
}

void TestDeploymentListModel::theSelectionSurvivesSortAndFilter()
{
    QVERIFY(seedStore(m_path, {.deployments = 1000, .runs = 2000}));
    const auto store = open();
    DeploymentListModel model(*store);
    QTRY_VERIFY(model.isSettled());
    const QPersistentModelIndex chosen(model.index(321, 2));
    const RowId id = model.idAt(321);
    const QString name = model.rowAt(321)->name;
    model.sort(kByName, Qt::AscendingOrder);
    QTRY_VERIFY(model.isSettled());
    model.setFilter({.text = u'"' + name + u'"', .tags = {}, .states = {}});
    QTRY_VERIFY(model.isSettled());
    QVERIFY(model.rowCount() < 1000);
    QVERIFY(chosen.isValid());
    QCOMPARE(chosen.data(RowIdRole).toInt(), id);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 1000);
    QCOMPARE(chosen.data(RowIdRole).toInt(), id);
    QCOMPARE(model.rowOf(id), chosen.row());
}

void TestDeploymentListModel::columnsWithoutAnOrderAreIgnored()
{
    const auto store = open();
    DeploymentListModel model(*store);
    for (const int column :
        {-1, static_cast<int>(DeploymentColumn::Run), static_cast<int>(DeploymentColumn::Version), 99}) {
        model.sort(column, Qt::DescendingOrder);
        QCOMPARE(model.sortColumn(), DeploymentColumn::NextRun);
        QCOMPARE(model.sortOrder(), Qt::AscendingOrder);
    }
}

void TestDeploymentListModel::cellsAnswerTheirRoles()
{
    const auto store = open();
    fd::test::store(*store,
        makeDeployment(
            QStringLiteral("flow"), QStringLiteral("<b>bold</b>"), {QStringLiteral("x"), QStringLiteral("y")}));
    DeploymentListModel model(*store);
    const QModelIndex name = model.index(0, kByName);
    QCOMPARE(name.data().toString(), QStringLiteral("<b>bold</b>"));
    QCOMPARE(model.index(0, static_cast<int>(DeploymentColumn::Tags)).data().toString(), QStringLiteral("x, y"));
    QCOMPARE(name.data(RowPointerRole).value<const DeploymentRow *>(), model.rowAt(0));
    QVERIFY(!name.data(Qt::DecorationRole).isValid());
    model.setCellText([](const DeploymentRow &row, DeploymentColumn) { return row.flowName; });
    QCOMPARE(name.data(Qt::AccessibleTextRole).toString(), QStringLiteral("flow"));
    for (int column = 0; column < kDeploymentColumnCount; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
    QVERIFY(!model.headerData(0, Qt::Vertical, Qt::DisplayRole).isValid());
}

void TestDeploymentListModel::aDamagedFileLeavesWhatIsShown()
{
    QVERIFY(seedStore(m_path, {.deployments = 2000, .runs = 2000}));
    const auto store = open();
    DeploymentListModel model(*store);
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowCount(), 2000);
    const QString shown = model.rowAt(0)->name;
    QSignalSpy failures(&model, &DeploymentListModel::failed);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray zeros(4096, '\0');
    for (qint64 at = 4096; at < file.size(); at += zeros.size()) {
        file.seek(at);
        file.write(zeros);
    }
    file.close();
    model.setFilter({.text = {}, .tags = {QStringLiteral("prod")}, .states = {}});
    QTRY_VERIFY(!failures.isEmpty());
    QCOMPARE(failures[0][0].value<Error>().kind, ErrorKind::Storage);
    QCOMPARE(model.rowCount(), 2000);
    QCOMPARE(model.rowAt(0)->name, shown);
    QCOMPARE(model.rowAt(1999), nullptr);
    QVERIFY(!model.isSettled());
}

QTEST_GUILESS_MAIN(TestDeploymentListModel)
#include "tst_deploymentlistmodel.moc"
