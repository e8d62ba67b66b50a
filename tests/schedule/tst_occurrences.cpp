// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/flags.h"
#include "models/schedule/occurrences.h"

#include <QTemporaryDir>
#include <QTest>

using namespace fd;

/// What every question about dates holds to, whatever the rule.
class TestOccurrences : public QObject
{
    Q_OBJECT

private slots:
    void ascendsAndAgrees_data();
    void ascendsAndAgrees();
    void keepsLocalTimeLocally();
    void endsWithoutFailureLocally();
    void knowsEveryZone();
    void saysHowAClockChanges();
    void answersBeyond2037();
    void flags_data();
    void flags();
};

namespace {

Instant at(const char *text) { return *instantFromIso(QString::fromLatin1(text)); }

ScheduleRule ruleOf(const QByteArray &json, ScheduleRules rules, Instant now = at("2026-03-01T00:00:00Z"))
{
    const auto rule = parseSchedule(json, rules, now);
    if (!rule)
        qFatal("%s", qPrintable(toText(rule.error())));
    return *rule;
}

} // namespace

void TestOccurrences::ascendsAndAgrees_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("rules");
    const QList<QByteArray> schedules{R"({"cron":"*/20 * * * *","timezone":"Europe/Berlin"})",
        R"({"cron":"30 2 * * *","timezone":"America/New_York"})", R"({"cron":"0 0 * * *","timezone":"Pacific/Apia"})",
        R"({"cron":"15 14 1 * 1"})", R"({"interval":3600,"anchor_date":"2020-01-01T00:00:00Z"})",
        R"({"rrule":"DTSTART:20200101T013000\nRRULE:FREQ=HOURLY;INTERVAL=5","timezone":"Europe/Dublin"})",
        R"({"rrule":"DTSTART:20200101T023000\nRRULE:FREQ=DAILY\nEXDATE:20260329T023000","timezone":"Europe/Berlin"})"};
    for (const ScheduleRules rules :
        {ScheduleRules::Orion, ScheduleRules::Prefect2, ScheduleRules::Prefect3, ScheduleRules::Local}) {
        for (const QByteArray &json : schedules)
            QTest::addRow("%d %s", static_cast<int>(rules), json.constData()) << json << static_cast<int>(rules);
    }
}

void TestOccurrences::ascendsAndAgrees()
{
    QFETCH(QByteArray, json);
    QFETCH(int, rules);
    const ScheduleRule rule = ruleOf(json, static_cast<ScheduleRules>(rules));
    for (const char *start :
        {"2026-03-08T00:30:00Z", "2026-03-28T23:30:00Z", "2026-10-25T00:15:00.5Z", "2026-11-01T05:30:00Z"}) {
        const Instant from = at(start);
        const std::vector<Instant> next = nextOccurrences(rule, from, 60).instants;
        QVERIFY(rule.neverWorks || next.size() == 60);
        for (std::size_t i = 0; i < next.size(); ++i) {
            QVERIFY(next[i] >= from);
            QVERIFY(i == 0 || next[i - 1] < next[i]);
        }
        if (next.empty())
            continue;
        const Instant until = next[next.size() / 2];
        const std::vector<Instant> between = occurrencesBetween(rule, from, until, 1000).instants;
        QCOMPARE(between,
            std::vector<Instant>(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(next.size() / 2 + 1)));
        QCOMPARE(nextOccurrence(rule, from), std::optional(next.front()));
        QCOMPARE(occurrencesBetween(rule, from, until, 3).instants.size(), std::size_t(3));
    }
}

void TestOccurrences::keepsLocalTimeLocally()
{
    const QByteArray json = R"({"interval":86400,"anchor_date":"2026-01-01T08:00:00Z","timezone":"Europe/Berlin"})";
    const Instant summer = at("2026-07-01T00:00:00Z");
    QCOMPARE(toIso(nextOccurrences(ruleOf(json, ScheduleRules::Local), summer, 1).instants.front()),
        QStringLiteral("2026-07-01T07:00:00+00:00"));
    QCOMPARE(toIso(nextOccurrences(ruleOf(json, ScheduleRules::Prefect3), summer, 1).instants.front()),
        QStringLiteral("2026-07-01T08:00:00+00:00"));
}

void TestOccurrences::endsWithoutFailureLocally()
{
    const QByteArray years = R"({"cron":"0 0 1 1 * 0 2027-2028"})";
    const Instant now = at("2026-03-01T00:00:00Z");
    const Occurrences server = nextOccurrences(ruleOf(years, ScheduleRules::Prefect3), now, 5);
    QCOMPARE(server.instants.size(), std::size_t(2));
    QVERIFY(server.failure.has_value());
    const Occurrences local = nextOccurrences(ruleOf(years, ScheduleRules::Local), now, 5);
    QCOMPARE(local.instants, server.instants);
    QVERIFY(!local.failure);
}

void TestOccurrences::knowsEveryZone()
{
    const QStringList names = TimeZone::names();
    QVERIFY(names.size() > 400);
    for (const QString &name : names)
        QVERIFY2(TimeZone::find(name).has_value(), qPrintable(name));
    QVERIFY(!TimeZone::dataVersion().isEmpty());
    QVERIFY(!TimeZone::find(QStringLiteral("europe/berlin")));
    QVERIFY(!TimeZone::find(QStringLiteral("../../../etc/passwd")));
    QVERIFY(!TimeZone::find(QString()));
}

void TestOccurrences::saysHowAClockChanges()
{
    const auto berlin = *TimeZone::find(QStringLiteral("Europe/Berlin"));
    const auto wall = [](const char *text) { return at(text).us / 1'000'000; };
    QCOMPARE(berlin->kindOf(wall("2026-03-29T02:30:00Z")), TimeZone::WallKind::Skipped);
    QCOMPARE(berlin->kindOf(wall("2026-10-25T02:30:00Z")), TimeZone::WallKind::Repeated);
    QCOMPARE(berlin->kindOf(wall("2026-10-25T03:00:00Z")), TimeZone::WallKind::Ordinary);
    QCOMPARE(berlin->nextChange(wall("2026-01-01T00:00:00Z")), wall("2026-03-29T01:00:00Z"));
    QVERIFY(TimeZone::utc()->isFixed());
}

void TestOccurrences::answersBeyond2037()
{
    const ScheduleRule rule = ruleOf(R"({"cron":"0 9 1 1,7 *","timezone":"Europe/Berlin"})", ScheduleRules::Prefect3);
    for (const char *year : {"2060", "2500", "9000"}) {
        const auto next
            = nextOccurrences(rule, at(qPrintable(QString::fromLatin1(year) + QStringLiteral("-01-01T00:00:00Z"))), 2)
                  .instants;
        QVERIFY(toIso(next[0]).contains(QLatin1String("-01-01T08:00:00")));
        QVERIFY(toIso(next[1]).contains(QLatin1String("-07-01T07:00:00")));
    }
}

void TestOccurrences::flags_data()
{
    using Kind = ScheduleFlag::Kind;
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("rules");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const char *json, ScheduleRules rules, int kind) {
        QTest::newRow(name) << QByteArray(json) << static_cast<int>(rules) << kind;
    };
    const int none = -1;
    row("plain", R"({"cron":"0 9 * * *","timezone":"Europe/Berlin"})", ScheduleRules::Prefect3, none);
    row("impossible date", R"({"cron":"0 0 30 2 *"})", ScheduleRules::Prefect3, int(Kind::NeverSchedules));
    row("impossible date here", R"({"cron":"0 0 30 2 *"})", ScheduleRules::Local, int(Kind::NeverSchedules));
    row("interval 0", R"({"rrule":"DTSTART:20260101T000000\nRRULE:FREQ=DAILY;INTERVAL=0"})", ScheduleRules::Prefect3,
        int(Kind::NeverFinishes));
    row("count used up", R"({"rrule":"FREQ=DAILY;COUNT=3"})", ScheduleRules::Prefect3, int(Kind::NeverSchedules));
    row("until with Z", R"({"rrule":"DTSTART:20260101T000000\nRRULE:FREQ=DAILY;UNTIL=20270101T000000Z"})",
        ScheduleRules::Orion, int(Kind::NeverSchedules));
    row("set", R"({"rrule":"DTSTART:20260101T000000\nRRULE:FREQ=DAILY\nEXDATE:20260601T000000"})", ScheduleRules::Orion,
        int(Kind::NeverSchedules));
    row("seconds for ever", R"({"rrule":"DTSTART:20260101T000000\nRRULE:FREQ=SECONDLY;BYSETPOS=2"})",
        ScheduleRules::Prefect3, int(Kind::NeverSchedules));
    row("no start", R"({"rrule":"FREQ=DAILY"})", ScheduleRules::Orion, int(Kind::SchedulesTwice));
    row("extra run", R"({"cron":"30 2 * * *","timezone":"America/New_York"})", ScheduleRules::Orion,
        int(Kind::SchedulesTwice));
    row("no anchor", R"({"interval":3600})", ScheduleRules::Prefect3, int(Kind::ShiftsWithDeploy));
    row("anchor of its own", R"({"interval":3600})", ScheduleRules::Orion, none);
    row("season", R"({"interval":86400,"anchor_date":"2026-01-01T08:00:00Z","timezone":"Europe/Berlin"})",
        ScheduleRules::Prefect3, int(Kind::ShiftsWithSeason));
    row("season kept here", R"({"interval":86400,"anchor_date":"2026-01-01T08:00:00Z","timezone":"Europe/Berlin"})",
        ScheduleRules::Local, none);
    row("random", R"({"cron":"R/5 * * * *"})", ScheduleRules::Prefect3, int(Kind::Random));
    row("no zone", R"({"rrule":"DTSTART:20260101T000000\nRRULE:FREQ=DAILY","timezone":null})", ScheduleRules::Prefect3,
        int(Kind::NeverSchedules));
}

void TestOccurrences::flags()
{
    QFETCH(QByteArray, json);
    QFETCH(int, rules);
    QFETCH(int, kind);
    const Instant now = at("2026-03-01T00:00:00Z");
    const auto flags = flagsOf(ruleOf(json, static_cast<ScheduleRules>(rules)), now);
    QCOMPARE(flags.size(), std::size_t(kind < 0 ? 0 : 1));
    if (kind >= 0) {
        QCOMPARE(static_cast<int>(flags.front().kind), kind);
        QVERIFY(flags.front().reason.endsWith(QLatin1Char('.')));
    }
}

QTEST_GUILESS_MAIN(TestOccurrences)
#include "tst_occurrences.moc"
