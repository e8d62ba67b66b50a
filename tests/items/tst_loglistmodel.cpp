// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/loglistmodel.h"
#include "models/store/logrepository.h"
#include "tests/support/builders.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;
using namespace fd::test;

class TestLogListModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void linesAreAppendedAsTheyCome();
    void filtersByLevelAndTask();
    void anotherRunReplacesAllLines();
    void searchFindsRowsAndFollows();
    void noPatternTakesForEver();
    void cellsSayWhatTheViewSays();
    void countsPerLevel();
    void fiftyThousandLines();

private:
    void append(RowId run, const std::vector<LogEntry> &lines);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
};

void TestLogListModel::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = std::move(*Store::open(m_dir->filePath(QStringLiteral("a")), Store::OpenMode::CreateIfMissing));
}

void TestLogListModel::append(RowId run, const std::vector<LogEntry> &lines)
{
    auto written
        = m_store->write([run, &lines](Connection &connection) { LogRepository(connection).append(run, lines); });
    written.waitForFinished();
}

void TestLogListModel::linesAreAppendedAsTheyCome()
{
    append(1, {makeLine(QStringLiteral("one")), makeLine(QStringLiteral("two"))});
    LogListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy appended(&model, &LogListModel::appended);
    model.setFlowRun(1);
    QTRY_COMPARE(model.rowCount(), 2);
    QVERIFY(appended.isEmpty());
    QCOMPARE(model.index(1, static_cast<int>(LogColumn::Message)).data().toString(), QStringLiteral("two"));
    append(1, {makeLine(QStringLiteral("three"))});
    append(2, {makeLine(QStringLiteral("of another run"))});
    append(1, {makeLine(QStringLiteral("four"))});
    QTRY_COMPARE(model.rowCount(), 4);
    QCOMPARE(model.rowAt(3)->message, QStringLiteral("four"));
    int count = 0;
    for (const QList<QVariant> &signal : appended)
        count += signal[0].toInt();
    QCOMPARE(count, 2);
    QTRY_VERIFY(model.isSettled());
}

void TestLogListModel::filtersByLevelAndTask()
{
    append(1,
        {makeLine(QStringLiteral("debug"), 10), makeLine(QStringLiteral("info"), 20, 5),
            makeLine(QStringLiteral("error"), 40, 5)});
    LogListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter(40, 0);
    model.setFlowRun(1);
    QTRY_COMPARE(model.rowCount(), 1);
    const QPersistentModelIndex kept(model.index(0, 0));
    model.setFilter(0, 5);
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(kept.row(), 1);
    append(1, {makeLine(QStringLiteral("not this")), makeLine(QStringLiteral("but this"), 20, 5)});
    QTRY_COMPARE(model.rowCount(), 3);
    QCOMPARE(model.rowAt(2)->message, QStringLiteral("but this"));
    model.setFilter(0, 0);
    QTRY_COMPARE(model.rowCount(), 5);
}

void TestLogListModel::anotherRunReplacesAllLines()
{
    append(1, {makeLine(QStringLiteral("of one")), makeLine(QStringLiteral("of one again"))});
    append(2, {makeLine(QStringLiteral("of two"))});
    LogListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFlowRun(1);
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowAt(0)->message, QStringLiteral("of one"));
    model.setFlowRun(2);
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowAt(0)->message, QStringLiteral("of two"));
    model.setFlowRun(0);
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowCount(), 0);
}

void TestLogListModel::searchFindsRowsAndFollows()
{
    append(1,
        {makeLine(QStringLiteral("a needle")), makeLine(QStringLiteral("hay"), 10),
            makeLine(QStringLiteral("NEEDLE"))});
    LogListModel model(*m_store);
    model.setFlowRun(1);
    model.search({.text = QStringLiteral("needle")});
    QTRY_COMPARE(model.matches(), std::vector<int>({0, 2}));
    append(1, {makeLine(QStringLiteral("one more needle"))});
    QTRY_COMPARE(model.matches(), std::vector<int>({0, 2, 3}));
    model.setFilter(20, 0);
    QTRY_COMPARE(model.matches(), std::vector<int>({0, 1, 2}));
    model.search({.text = QStringLiteral("%")});
    QTRY_VERIFY(model.matches().empty());
    model.search({});
    QVERIFY(model.matches().empty());
    model.setFilter(0, 0);
    model.search({.text = QStringLiteral("^(a|one).*NEEDLE$"), .isPattern = true});
    QTRY_COMPARE(model.matches(), std::vector<int>({0, 3}));
    model.search({.text = QStringLiteral("^(a|one"), .isPattern = true});
    QTRY_VERIFY(model.matches().empty());
}

void TestLogListModel::noPatternTakesForEver()
{
    QVERIFY(LogSearch({.text = QStringLiteral("(("), .isPattern = true}).problem().size() > 0);
    QVERIFY(LogSearch({.text = QStringLiteral("((")}).problem().isEmpty());
    std::vector<LogEntry> lines(200, makeLine(QString(60'000, u'a') + u'b'));
    lines.push_back(makeLine(QStringLiteral("aaa")));
    append(1, lines);
    LogListModel model(*m_store);
    model.setFlowRun(1);
    // Without a limit each line would take longer than the universe is old.
    model.search({.text = QStringLiteral("^(a+)+$"), .isPattern = true});
    QTRY_COMPARE_WITH_TIMEOUT(model.matches(), std::vector<int>({200}), 20000);
}

void TestLogListModel::cellsSayWhatTheViewSays()
{
    append(1, {makeLine(QStringLiteral("hello"))});
    LogListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFlowRun(1);
    QTRY_COMPARE(model.rowCount(), 1);
    const QModelIndex message = model.index(0, static_cast<int>(LogColumn::Message));
    QCOMPARE(message.data().toString(), QStringLiteral("hello"));
    model.setCellText([](const LogEntry &entry, LogColumn) { return entry.message.toUpper(); });
    QCOMPARE(message.data(Qt::AccessibleTextRole).toString(), QStringLiteral("HELLO"));
}

void TestLogListModel::countsPerLevel()
{
    LogListModel model(*m_store);
    model.setFlowRun(1);
    append(1, {makeLine({}, 10), makeLine({}, 20), makeLine({}, 30), makeLine({}, 40), makeLine({}, 50)});
    const std::array<int, 4> expected{5, 4, 3, 2};
    QTRY_COMPARE(model.countsFromLevel(), expected);
}

void TestLogListModel::fiftyThousandLines()
{
    LogListModel model(*m_store);
    model.setFlowRun(1);
    const std::vector<LogEntry> lines(500, makeLine(QStringLiteral("a line like many others")));
    for (int batch = 0; batch < 100; ++batch) {
        append(1, lines);
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 50'000, 20000);
    for (int row = 0; row < model.rowCount(); row += 501)
        QCOMPARE(model.rowAt(row)->seq, row);
}

QTEST_GUILESS_MAIN(TestLogListModel)
#include "tst_loglistmodel.moc"
