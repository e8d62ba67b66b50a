// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/occurrences.h"
#include "tests/schedule/vectorlines.h"

#include <QTest>

using namespace fd;
using namespace fd::test;

/// Holds the engine to what real Prefect 2.0b8, 2.20 and 3 answered.
class TestScheduleVectors : public QObject
{
    Q_OBJECT

private slots:
    void answersAsPrefect_data();
    void answersAsPrefect();
    void storesRulesAsPrefect_data();
    void storesRulesAsPrefect();
};

namespace {

Instant instantOf(const Json &text) { return *instantFromIso(toQString(text.get<std::string>())); }

std::vector<std::pair<QString, ScheduleRules>> generationsOf(const Json &line)
{
    const QString names = toQString(textOf(line, "generation"));
    const std::vector<std::pair<QString, ScheduleRules>> all{{QStringLiteral("orion-2.0b8"), ScheduleRules::Orion},
        {QStringLiteral("prefect-2.20"), ScheduleRules::Prefect2},
        {QStringLiteral("prefect-3"), ScheduleRules::Prefect3}};
    std::vector<std::pair<QString, ScheduleRules>> wanted;
    for (const auto &generation : all) {
        if (names == QLatin1String("all") || names.split(QLatin1Char('+')).contains(generation.first))
            wanted.push_back(generation);
    }
    return wanted;
}

QStringList isoTexts(const std::vector<Instant> &instants)
{
    QStringList texts;
    for (const Instant instant : instants)
        texts.append(toIso(instant));
    return texts;
}

void addRows(const QString &name)
{
    const std::vector<Json> lines = vectorLines(name);
    if (lines.empty())
        QSKIP(qPrintable(QStringLiteral("missing: ") + vectorPath(name)));
    for (const Json &line : lines) {
        for (const auto &[generation, rules] : generationsOf(line)) {
            const QString row = toQString(textOf(line, "id")) + QLatin1Char(' ') + generation;
            QTest::newRow(qPrintable(row)) << toJsonText(line) << static_cast<int>(rules);
        }
    }
}

} // namespace

void TestScheduleVectors::answersAsPrefect_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("rules");
    addRows(QStringLiteral("schedules.jsonl"));
}

void TestScheduleVectors::answersAsPrefect()
{
    QFETCH(QByteArray, line);
    QFETCH(int, rules);
    const Json expected = *parseJson(line);
    const auto rule = parseSchedule(
        toJsonText(expected["schedule"]), static_cast<ScheduleRules>(rules), instantOf(expected["start"]));
    const std::string error = textOf(expected, "error");
    if (error == "invalid") {
        QVERIFY(!rule.has_value());
        QVERIFY(!rule.error().detail.isEmpty());
        return;
    }
    QVERIFY2(rule.has_value(), rule ? "" : qPrintable(toText(rule.error())));
    OccurrenceQuery query{.start = instantOf(expected["start"]), .count = {}, .end = {}};
    if (!expected["n"].is_null())
        query.count = expected["n"].get<int>();
    if (!expected["end"].is_null())
        query.end = instantOf(expected["end"]);
    const Occurrences answer = serverOccurrences(*rule, query);
    if (!error.empty()) {
        QVERIFY(answer.failure.has_value());
        QVERIFY(!answer.failure->detail.isEmpty());
        return;
    }
    if (boolOf(expected, "random", false)) {
        QVERIFY(rule->cron()->expression.isRandom);
        return;
    }
    QVERIFY2(!answer.failure, answer.failure ? qPrintable(toText(*answer.failure)) : "");
    std::vector<Instant> wanted;
    for (const Json &text : expected["expect_utc"])
        wanted.push_back(instantOf(text));
    std::vector<Instant> given = answer.instants;
    if (expected.contains("count")) {
        QCOMPARE(given.size(), expected["count"].get<std::size_t>());
        QCOMPARE(toIso(given.back()), toIso(instantOf(expected["last"])));
        given.resize(wanted.size());
    }
    QCOMPARE(isoTexts(given), isoTexts(wanted));
}

void TestScheduleVectors::storesRulesAsPrefect_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("rules");
    addRows(QStringLiteral("rrule-start.jsonl"));
}

void TestScheduleVectors::storesRulesAsPrefect()
{
    QFETCH(QByteArray, line);
    const Json expected = *parseJson(line);
    const auto stored = storedRRule(
        toQString(textOf(expected, "rrule")), toQString(textOf(expected, "timezone")), instantOf(expected["now"]));
    QCOMPARE(stored.has_value(), !expected.contains("error"));
    if (stored)
        QCOMPARE(*stored, toQString(textOf(expected, "stored")));
}

QTEST_APPLESS_MAIN(TestScheduleVectors)
#include "tst_schedulevectors.moc"
