// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logtext.h"
#include "views/runs/parameterlist.h"
#include "views/runs/rundetails.h"
#include "views/runs/runschart.h"
#include "views/runs/runtext.h"
#include "views/runs/taskrows.h"

#include <QtTest>

namespace fd {

class TestLogText : public QObject
{
    Q_OBJECT

private slots:
    void cleansOneLine_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QStringLiteral("Copied 1 row") << QStringLiteral("Copied 1 row");
        QTest::newRow("html") << QStringLiteral("<b>x</b><img src=a>") << QStringLiteral("<b>x</b><img src=a>");
        QTest::newRow("colours") << QStringLiteral("\x1B[1;31mred\x1B[0m end") << QStringLiteral("red end");
        QTest::newRow("title") << QStringLiteral("\x1B]0;title\x07text") << QStringLiteral("text");
        QTest::newRow("link") << QStringLiteral("\x1B]8;;http://a\x1B\\b\x1B]8;;\x1B\\") << QStringLiteral("b");
        QTest::newRow("cut code") << QStringLiteral("a\x1B[31") << QStringLiteral("a");
        QTest::newRow("lone escape") << QStringLiteral("a\x1B") << QStringLiteral("a");
        QTest::newRow("lines") << QStringLiteral("one\r\ntwo\tthree\n") << QStringLiteral("one↵two three");
        QTest::newRow("direction") << QStringLiteral("a\u202Egpj.exe\u2066b") << QStringLiteral("agpj.exeb");
        QTest::newRow("null") << QString(QChar(u'\0')) + u'x' << QStringLiteral("x");
        QTest::newRow("empty") << QString() << QString();
    }
    void cleansOneLine()
    {
        QFETCH(QString, message);
        QFETCH(QString, shown);
        QCOMPARE(logtext::oneLine(message, 1000), shown);
    }

    void boundsWhatIsRead()
    {
        const QString huge(1 << 20, u'x');
        QCOMPARE(logtext::oneLine(huge, 100).size(), 100);
        QString codes;
        for (int i = 0; i < 300'000; ++i)
            codes += QStringLiteral("\x1B[m");
        QCOMPARE(logtext::oneLine(codes + u'x', 10), QString());
    }

    void copiesWithTimeLevelAndTask()
    {
        const LogEntry entry{.seq = 0,
            .taskRun = 1,
            .timestamp = {1'792'506'728'114'000},
            .level = 40,
            .logger = {},
            .message = QStringLiteral("\x1B[31mone\ntwo")};
        QCOMPARE(logtext::copied(entry, QStringLiteral("load")),
            QStringLiteral("2026-10-20 14:32:08.114  ERROR     load  one\ntwo"));
        QCOMPARE(logtext::copied(entry, {}), QStringLiteral("2026-10-20 14:32:08.114  ERROR     one\ntwo"));
    }

    void findsTextWhateverItsCase()
    {
        const auto found = [](const QString &text, const LogSearch &search) {
            return logtext::occurrences(text, search.expression());
        };
        using Spans = QList<logtext::Span>;
        QCOMPARE(found(QStringLiteral("aAaA"), {.text = QStringLiteral("aa")}), (Spans{{0, 2}, {2, 2}}));
        QCOMPARE(found(QStringLiteral("a.c abc"), {.text = QStringLiteral("a.c")}), (Spans{{0, 3}}));
        QCOMPARE(found(QStringLiteral("a.c abbc"), {.text = QStringLiteral("a.+?c"), .isPattern = true}),
            (Spans{{0, 3}, {4, 4}}));
        QVERIFY(found(QStringLiteral("abc"), {.text = QStringLiteral("x*"), .isPattern = true}).isEmpty());
        QVERIFY(found(QStringLiteral("abc"), {.text = QStringLiteral("(a"), .isPattern = true}).isEmpty());
        QVERIFY(found(QStringLiteral("abc"), {}).isEmpty());
    }

    void comparesParameters()
    {
        const QList<RunParameter> list
            = runParameters(R"({"a":1,"b":"x","c":null,"d":3.0})", R"({"a":1,"b":"y","d":3.0})");
        QCOMPARE(list.size(), 4);
        QVERIFY(!list[0].changed);
        QCOMPARE(list[1].value, QStringLiteral("\"x\""));
        QCOMPARE(list[1].defaultValue, QStringLiteral("\"y\""));
        QVERIFY(list[1].changed);
        QVERIFY(list[2].changed && list[2].defaultValue.isEmpty());
        QVERIFY(!list[3].changed);
        QCOMPARE(list[3].value, QStringLiteral("3.0"));
        QVERIFY(!runParameters(R"({"a":1})", {})[0].changed);
        QVERIFY(runParameters("broken", "{}").isEmpty());
    }

    void listsDetailsThatAreThere()
    {
        FlowRun run;
        run.flowName = QStringLiteral("hello");
        run.details = R"({"pid":12,"exit_code":1,"interpreter":"/usr/bin/python3","odd":[]})";
        run.runCount = 2;
        QStringList labels;
        for (const DetailLine &line : detailLines(run))
            labels.append(line.label + u'=' + line.value);
        QVERIFY(labels.contains(QStringLiteral("Process=12")));
        QVERIFY(labels.contains(QStringLiteral("Exit code=1")));
        QVERIFY(labels.contains(QStringLiteral("Attempts=2 (1 retry)")));
        QVERIFY(labels.contains(QStringLiteral("Flow=hello")));
        run.details = "[]";
        QVERIFY(!detailLines(run).isEmpty());
    }

    void ordersTasksByStart()
    {
        const auto task = [](RowId row, const char *name) {
            TaskRun run;
            run.row = row;
            run.id = TaskRunId::make();
            run.name = QString::fromLatin1(name);
            return run;
        };
        const TaskRun waiting = task(1, "waiting");
        TaskRun late = task(2, "late");
        TaskRun early = task(3, "early");
        late.start = Instant{20};
        early.start = Instant{10};
        late.parents = {early.id, TaskRunId::make()};
        late.runCount = 3;
        const QList<TimelineRow> rows = timelineRows({waiting, late, early});
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].id, 3);
        QCOMPARE(rows[1].id, 2);
        QCOMPARE(rows[1].parents, QList<int>{0});
        QCOMPARE(rows[1].tryLabel, QStringLiteral("try 3"));
        QCOMPARE(rows[2].id, 1);
        QCOMPARE(taskSummary({waiting, late, early}), QStringLiteral("3 task runs · 1 retried"));
    }

    void showsTriesApart()
    {
        const QString failed = QStringLiteral("Failed");
        TaskRun load;
        load.row = 1;
        load.id = TaskRunId::make();
        load.name = QStringLiteral("load");
        load.state = State::of(StateType::Completed, Instant{60});
        load.start = Instant{10};
        load.end = Instant{60};
        load.runCount = 2;
        load.tries = {{Instant{10}, Instant{20}, StateType::Failed, failed},
            {Instant{40}, Instant{60}, StateType::Completed, QStringLiteral("Completed")}};
        TaskRun other;
        other.row = 2;
        other.id = TaskRunId::make();
        other.start = Instant{30};
        other.end = Instant{35};
        TaskRun next;
        next.row = 3;
        next.id = TaskRunId::make();
        next.start = Instant{61};
        next.parents = {load.id};
        load.parents = {other.id};
        const QList<TimelineRow> rows = timelineRows({load, other, next});
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows[0].tryLabel, QStringLiteral("try 1"));
        QCOMPARE(rows[0].stateType, StateType::Failed);
        QCOMPARE(rows[0].end, Instant{20});
        QCOMPARE(rows[0].parents, QList<int>{1});
        QCOMPARE(rows[2].id, 1);
        QCOMPARE(rows[2].tryLabel, QStringLiteral("try 2"));
        QCOMPARE(rows[2].start, Instant{40});
        QCOMPARE(rows[2].stateType, StateType::Completed);
        QCOMPARE(rows[2].parents, QList<int>{0});
        QCOMPARE(rows[3].parents, QList<int>{2});
    }

    void saysWhatARunWaitsFor()
    {
        constexpr Instant kNow{1'792'506'728'000'000};
        FlowRun run;
        run.state = State::of(StateType::Pending, kNow.plusUs(-60'000'000));
        QVERIFY(runtext::waitsFor(run, kNow).startsWith(QStringLiteral("Waits for its process since ")));
        run.state = State::of(StateType::Scheduled, kNow);
        run.state.scheduledTime = kNow.plusUs(120'000'000);
        QVERIFY(runtext::waitsFor(run, kNow).endsWith(QStringLiteral("in 2 min.")));
        run.state = State::of(StateType::Completed, kNow);
        QVERIFY(runtext::waitsFor(run, kNow).isEmpty());
    }

    void histogramBeginsWithItsFirstRun()
    {
        QList<RunHour> hours(100);
        for (int i = 0; i < 100; ++i)
            hours[i].from = {i * 3'600'000'000};
        QVERIFY(histogramBins(hours).isEmpty());
        hours[90].counts[static_cast<size_t>(StateType::Crashed)] = 2;
        QCOMPARE(histogramBins(hours).size(), 24);
        hours[10].counts[static_cast<size_t>(StateType::Completed)] = 5;
        const QList<HistogramBin> bins = histogramBins(hours);
        QCOMPARE(bins.size(), 90);
        QCOMPARE(bins.first().done, 5);
        QCOMPARE(bins[80].failed, 2);
    }
};

} // namespace fd

QTEST_MAIN(fd::TestLogText)
#include "tst_logtext.moc"
