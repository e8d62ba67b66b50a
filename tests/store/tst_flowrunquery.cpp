// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cancellableread.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"
#include "tests/support/builders.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;
using namespace fd::test;

namespace {

constexpr qint64 kHourUs = 3'600'000'000;

std::optional<qint64> durationOf(const FlowRunRow &run)
{
    if (!run.start)
        return std::nullopt;
    return run.end.value_or(*run.start) - *run.start;
}

/// Whether `a` stands before `b` in ascending order of the column; absent values stand first.
std::partial_ordering ordered(const FlowRunRow &a, const FlowRunRow &b, FlowRunSort sort)
{
    switch (sort) {
    case FlowRunSort::Start:
        return a.expectedStart.us <=> b.expectedStart.us;
    case FlowRunSort::State:
        return a.stateType <=> b.stateType;
    case FlowRunSort::Name:
        return a.name.compare(b.name) <=> 0;
    case FlowRunSort::Deployment:
        if (a.deployment == 0 || b.deployment == 0)
            return (a.deployment != 0) <=> (b.deployment != 0);
        if (const int names = a.deploymentName.compare(b.deploymentName, Qt::CaseInsensitive); names != 0)
            return names <=> 0;
        return a.deployment <=> b.deployment;
    case FlowRunSort::Duration:
        return durationOf(a) <=> durationOf(b);
    }
    Q_UNREACHABLE();
}

bool passes(const FlowRunRow &run, const FlowRunFilter &filter)
{
    const auto has = [&filter](const QString &text) { return text.contains(filter.text, Qt::CaseInsensitive); };
    return (filter.states.isEmpty() || filter.states.contains(stateGroup(run.stateType, run.stateName)))
        && (filter.deployment == 0 || run.deployment == filter.deployment)
        && (!filter.from || run.expectedStart >= *filter.from) && (!filter.until || run.expectedStart < *filter.until)
        && (filter.text.isEmpty() || has(run.name) || has(run.deploymentName) || has(run.flowName))
        && (filter.among.empty() || std::find(filter.among.begin(), filter.among.end(), run.row) != filter.among.end());
}

} // namespace

/// Lists of runs against a plain walk through all of them.
class TestFlowRunQuery : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyFilterInEveryOrder();
    void aLimitGivesTheBeginning();
    void aReadThatWasGivenUpEnds();

private:
    [[nodiscard]] std::vector<RowId> expected(const FlowRunFilter &filter, FlowRunSort sort, bool descending) const;

    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
    std::vector<FlowRunRow> m_runs;
};

void TestFlowRunQuery::initTestCase()
{
    m_store
        = std::move(*Store::open(m_folder.filePath(QStringLiteral("q.flowdeck")), Store::OpenMode::CreateIfMissing));
    // Names that differ in case only, and one name in two flows.
    store(*m_store, makeDeployment(QStringLiteral("orders"), QStringLiteral("hourly")));
    store(*m_store, makeDeployment(QStringLiteral("billing"), QStringLiteral("Hourly")));
    store(*m_store, makeDeployment(QStringLiteral("billing"), QStringLiteral("nightly")));
    const QStringList names{QStringLiteral("calm-otter"), QStringLiteral("loud-crow"), QStringLiteral("order_66"),
        QStringLiteral("Calm-ibis"), QStringLiteral("100%")};
    const QList<State> states{State::of(StateType::Completed, kNow), State::of(StateType::Failed, kNow),
        State::named(StateType::Failed, QStringLiteral("Crashed"), kNow), State::of(StateType::Crashed, kNow),
        State::of(StateType::Scheduled, kNow), State::named(StateType::Scheduled, QStringLiteral("Late"), kNow),
        State::named(StateType::Completed, QStringLiteral("Cached"), kNow)};
    QRandomGenerator random(3);
    for (int i = 0; i < 300; ++i) {
        FlowRun run = makeRun(random.bounded(4), StateType::Scheduled, kNow.plusUs(random.bounded(48) * kHourUs));
        run.flowName = random.bounded(2) == 0 ? QStringLiteral("orders") : QStringLiteral("alone");
        run.name = names[random.bounded(static_cast<int>(names.size()))];
        run.state = states[random.bounded(static_cast<int>(states.size()))];
        const RowId row = store(*m_store, run);
        if (random.bounded(3) == 0) {
            setState(*m_store, row, StateType::Running, kNow);
            setState(*m_store, row, StateType::Completed, kNow.plusUs(random.bounded(5) * kHourUs));
        }
    }
    std::vector<RowId> ids(300);
    std::iota(ids.begin(), ids.end(), 1);
    m_runs = FlowRunRepository(m_store->reader()).rows(ids);
    QCOMPARE(m_runs.size(), size_t(300));
}

std::vector<RowId> TestFlowRunQuery::expected(const FlowRunFilter &filter, FlowRunSort sort, bool descending) const
{
    std::vector<const FlowRunRow *> rows;
    for (const FlowRunRow &run : m_runs) {
        if (passes(run, filter))
            rows.push_back(&run);
    }
    const bool restDescends = sort == FlowRunSort::Start || sort == FlowRunSort::Name ? descending : true;
    std::sort(rows.begin(), rows.end(), [&](const FlowRunRow *a, const FlowRunRow *b) {
        if (const auto way = ordered(*a, *b, sort); way != 0)
            return descending ? way > 0 : way < 0;
        if (a->expectedStart != b->expectedStart && sort != FlowRunSort::Name)
            return restDescends ? a->expectedStart > b->expectedStart : a->expectedStart < b->expectedStart;
        return restDescends ? a->row > b->row : a->row < b->row;
    });
    std::vector<RowId> ids;
    for (const FlowRunRow *run : rows)
        ids.push_back(run->row);
    return ids;
}

void TestFlowRunQuery::everyFilterInEveryOrder()
{
    const QList<QList<StateGroup>> groups{{}, {{StateType::Failed}}, {{StateType::Failed, QStringLiteral("Crashed")}},
        {{StateType::Scheduled, QStringLiteral("Late")}, {StateType::Completed}},
        {{StateType::Scheduled}, {StateType::Crashed}}};
    const QStringList texts{QString(), QStringLiteral("otter"), QStringLiteral("ORDER"), QStringLiteral("hourly"),
        QStringLiteral("%"), QStringLiteral("_"), QStringLiteral("alone"), QStringLiteral("nothing")};
    QRandomGenerator random(5);
    for (int step = 0; step < 2000; ++step) {
        FlowRunFilter filter;
        filter.states = groups[random.bounded(static_cast<int>(groups.size()))];
        filter.text = texts[random.bounded(static_cast<int>(texts.size()))];
        if (random.bounded(3) == 0)
            filter.deployment = random.bounded(4);
        if (random.bounded(3) == 0)
            filter.from = kNow.plusUs(random.bounded(48) * kHourUs);
        if (random.bounded(3) == 0)
            filter.until = kNow.plusUs(random.bounded(48) * kHourUs);
        if (random.bounded(4) == 0)
            filter.among = {3, 1 + random.bounded(300), 299};
        const auto sort = static_cast<FlowRunSort>(random.bounded(5));
        const bool descending = random.bounded(2) == 0;
        const auto ids = FlowRunRepository(m_store->reader()).ids(filter, sort, descending);
        QVERIFY2(!m_store->reader().error(), "the query failed");
        if (ids != expected(filter, sort, descending))
            QFAIL(qPrintable(QStringLiteral("step %1, sort %2").arg(step).arg(static_cast<int>(sort))));
    }
}

void TestFlowRunQuery::aLimitGivesTheBeginning()
{
    for (int sort = 0; sort < 5; ++sort) {
        for (const bool descending : {false, true}) {
            FlowRunRepository runs(m_store->reader());
            for (const QString &text : {QString(), QStringLiteral("hourly")}) {
                const FlowRunFilter filter{.text = text};
                std::vector<RowId> all = runs.ids(filter, static_cast<FlowRunSort>(sort), descending);
                for (const size_t limit : {size_t(1), size_t(90), size_t(500)}) {
                    std::vector<RowId> some
                        = runs.ids(filter, static_cast<FlowRunSort>(sort), descending, static_cast<int>(limit));
                    QCOMPARE(some.size(), std::min(limit, all.size()));
                    QVERIFY(std::equal(some.begin(), some.end(), all.begin()));
                }
            }
        }
    }
}

void TestFlowRunQuery::aReadThatWasGivenUpEnds()
{
    // A query that would run for ages.
    const char *endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    auto job = std::make_shared<CancellableRead>();
    std::atomic<bool> began = false;
    auto future = m_store->read([job, endless, &began](Connection &connection) {
        return job->run(connection, [&] {
            began = true;
            Statement statement = connection.prepare(endless);
            return statement.step();
        });
    });
    QTRY_VERIFY(began);
    // Right after `began` the query may not run yet, and then nothing is interrupted.
    QTRY_VERIFY((job->cancel(), future.isFinished()));
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    // The next read on the same connections works.
    const auto next = m_store->read(
        [](Connection &connection) { return FlowRunRepository(connection).ids({}, FlowRunSort::Start, true); });
    QCOMPARE(next.result()->size(), size_t(300));
    const auto late = m_store->read([job](Connection &connection) {
        return job->run(connection, [&] { return FlowRunRepository(connection).ids({}, FlowRunSort::Start, true); });
    });
    QVERIFY(late.result()->empty());
}

QTEST_GUILESS_MAIN(TestFlowRunQuery)
#include "tst_flowrunquery.moc"
