// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/deploymentlistmodel.h"
#include "models/store/deploymentrepository.h"
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

const std::array kColumns{std::pair(DeploymentColumn::State, DeploymentSort::State),
    std::pair(DeploymentColumn::Name, DeploymentSort::Name), std::pair(DeploymentColumn::Tags, DeploymentSort::Tags),
    std::pair(DeploymentColumn::Schedule, DeploymentSort::Schedule),
    std::pair(DeploymentColumn::NextRun, DeploymentSort::NextRun),
    std::pair(DeploymentColumn::LastRun, DeploymentSort::LastRun),
    std::pair(DeploymentColumn::Activity, DeploymentSort::Failures),
    std::pair(DeploymentColumn::Created, DeploymentSort::Created),
    std::pair(DeploymentColumn::Updated, DeploymentSort::Updated)};

/// What the list must show, worked out the plain way: read everything, look at each.
struct Oracle {
    std::vector<RowId> ids;
    std::array<int, kStateTypeCount> counts{};

    Oracle(Store &store, const DeploymentFilter &filter, DeploymentSort sort, bool descending)
    {
        DeploymentRepository repository(store.reader());
        QHash<RowId, DeploymentRepository::Facts> facts;
        repository.visitFacts([&facts](const DeploymentRepository::Facts &each) { facts[each.row] = each; });
        for (const RowId id : repository.ids(sort, descending)) {
            const std::optional<Deployment> deployment = repository.find(id);
            const DeploymentRepository::Facts &fact = facts[id];
            const bool hasTags = std::all_of(filter.tags.begin(), filter.tags.end(),
                [&deployment](const QString &tag) { return deployment->tags.contains(tag); });
            if (!hasTags || !hasText(fact, filter.text))
                continue;
            if (fact.hasRun)
                ++counts[static_cast<size_t>(fact.state)];
            if (filter.states.isEmpty() || (fact.hasRun && filter.states.contains(fact.state)))
                ids.push_back(id);
        }
    }

private:
    static bool hasText(const DeploymentRepository::Facts &facts, const QString &typed)
    {
        const QString text = QString::fromUtf8(facts.text);
        const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
        return std::all_of(words.begin(), words.end(), [&text](const QString &word) {
            return word.startsWith(u'-') ? !text.contains(word.mid(1), Qt::CaseInsensitive)
                                         : text.contains(word, Qt::CaseInsensitive);
        });
    }
};

} // namespace

class TestDeploymentFilter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void randomSortsFiltersAndChangesAreRight();
    void onlyTheLatestRequestIsShown();
    void aHundredThousandRowsAreRight();
    void facts_followChanges();

private:
    void compare(DeploymentListModel &model);
    void changeSomething(QRandomGenerator &random);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
};

void TestDeploymentFilter::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestDeploymentFilter::compare(DeploymentListModel &model)
{
    QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 20000);
    DeploymentSort sort = DeploymentSort::NextRun;
    for (const auto &[column, key] : kColumns)
        sort = column == model.sortColumn() ? key : sort;
    const Oracle oracle(*m_store, model.filter(), sort, model.sortOrder() == Qt::DescendingOrder);
    QCOMPARE(model.rowCount(), static_cast<int>(oracle.ids.size()));
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.idAt(row), oracle.ids[static_cast<size_t>(row)]);
    QTRY_VERIFY_WITH_TIMEOUT(!model.stateCounts().isEmpty() || oracle.counts == decltype(oracle.counts)(), 20000);
    for (const DeploymentStateCount &count : model.stateCounts())
        QCOMPARE(count.count, oracle.counts[static_cast<size_t>(count.type)]);
}

void TestDeploymentFilter::changeSomething(QRandomGenerator &random)
{
    const RowId row = 1 + random.bounded(300);
    const std::optional<Deployment> known = DeploymentRepository(m_store->reader()).find(row);
    switch (random.bounded(4)) {
    case 0:
        if (known)
            removeDeployment(*m_store, row);
        break;
    case 1:
        fd::test::store(*m_store,
            makeDeployment(
                QStringLiteral("new_flow"), QStringLiteral("new-%1").arg(random.bounded(50)), {QStringLiteral("etl")}));
        break;
    case 2:
        if (known)
            fd::test::store(
                *m_store, makeRun(row, random.bounded(2) == 0 ? StateType::Failed : StateType::Running, kNow));
        break;
    default:
        if (known) {
            Deployment changed = *known;
            changed.tags = {QStringLiteral("prod"), QStringLiteral("changed")};
            fd::test::store(*m_store, changed, kNow.plusUs(random.bounded(1000)));
        }
    }
}

void TestDeploymentFilter::randomSortsFiltersAndChangesAreRight()
{
    const QString path = m_dir->filePath(QStringLiteral("a"));
    QVERIFY(seedStore(path, {.deployments = 300, .runs = 400}));
    m_store = std::move(*Store::open(path, Store::OpenMode::Existing));
    DeploymentListModel model(*m_store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const std::array texts{"", "o", "or", "ord", "orders", "ORDERS daily", "load -prod", "eu-west", "zzz", "new"};
    const std::array tags{"prod", "etl", "changed", "nobody-has-this"};
    QRandomGenerator random(5);
    for (int step = 0; step < 220; ++step) {
        const auto &[column, sort] = kColumns[static_cast<size_t>(random.bounded(static_cast<int>(kColumns.size())))];
        DeploymentFilter filter = model.filter();
        switch (random.bounded(6)) {
        case 0:
            filter.tags = {};
            if (random.bounded(2) == 0)
                filter.tags = {QString::fromLatin1(tags[static_cast<size_t>(random.bounded(4))])};
            break;
        case 1:
            filter.states = random.bounded(2) == 0 ? QList<StateType>() : QList{StateType::Failed, StateType::Running};
            break;
        case 2:
        case 3:
            filter.text
                = QString::fromLatin1(texts[static_cast<size_t>(random.bounded(static_cast<int>(texts.size())))]);
            break;
        case 4:
            model.sort(static_cast<int>(column), random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            break;
        default:
            if (step % 3 == 0) {
                changeSomething(random);
                // Let the announcement arrive before waiting for the list to settle.
                QCoreApplication::processEvents();
            }
        }
        model.setFilter(filter);
        compare(model);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("step %1, \"%2\"").arg(step).arg(model.filter().text)));
    }
    QCOMPARE(resets.size(), 0);
}

void TestDeploymentFilter::onlyTheLatestRequestIsShown()
{
    const QString path = m_dir->filePath(QStringLiteral("a"));
    QVERIFY(seedStore(path, {.deployments = 3000, .runs = 3000}));
    m_store = std::move(*Store::open(path, Store::OpenMode::Existing));
    DeploymentListModel model(*m_store);
    QSignalSpy settled(&model, &DeploymentListModel::settled);
    // Each of these needs something from a pool thread; none may show after the last one.
    for (const DeploymentColumn column :
        {DeploymentColumn::Tags, DeploymentColumn::Created, DeploymentColumn::Schedule})
        model.sort(static_cast<int>(column), Qt::DescendingOrder);
    for (const char *tag : {"prod", "etl", "pii"})
        model.setFilter({.text = QStringLiteral("load"), .tags = {QString::fromLatin1(tag)}, .states = {}});
    compare(model);
    QCOMPARE(model.sortColumn(), DeploymentColumn::Schedule);
    QTest::qWait(600);
    QCOMPARE(settled.size(), 1);
    compare(model);
}

void TestDeploymentFilter::aHundredThousandRowsAreRight()
{
    const QString path = m_dir->filePath(QStringLiteral("a"));
    QVERIFY(seedStore(path, {.deployments = 100'000, .runs = 50'000}));
    m_store = std::move(*Store::open(path, Store::OpenMode::Existing));
    DeploymentListModel model(*m_store);
    QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 20000);
    QCOMPARE(model.rowCount(), 100'000);
    compare(model);
    model.sort(static_cast<int>(DeploymentColumn::Name), Qt::DescendingOrder);
    model.setFilter({.text = QStringLiteral("orders"), .tags = {}, .states = {}});
    compare(model);
    QVERIFY(model.rowCount() > 1000);
    for (int row = 0; row < model.rowCount(); row += 97)
        QCOMPARE(model.rowAt(row)->row, model.idAt(row));
}

void TestDeploymentFilter::facts_followChanges()
{
    m_store = std::move(*Store::open(m_dir->filePath(QStringLiteral("a")), Store::OpenMode::CreateIfMissing));
    const RowId row = fd::test::store(
        *m_store, makeDeployment(QStringLiteral("flow"), QStringLiteral("a"), {QStringLiteral("old")}));
    DeploymentListModel model(*m_store);
    model.setFilter({.text = QStringLiteral("new"), .tags = {}, .states = {}});
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowCount(), 0);
    fd::test::store(*m_store, makeDeployment(QStringLiteral("flow"), QStringLiteral("a"), {QStringLiteral("new")}));
    QTRY_COMPARE(model.rowCount(), 1);
    model.setFilter({.text = {}, .tags = {}, .states = {StateType::Crashed}});
    QTRY_VERIFY(model.isSettled());
    QCOMPARE(model.rowCount(), 0);
    fd::test::store(*m_store, makeRun(row, StateType::Crashed));
    QTRY_COMPARE(model.rowCount(), 1);
}

QTEST_GUILESS_MAIN(TestDeploymentFilter)
#include "tst_deploymentfilter.moc"
