// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/schedule/occurrences.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

/// Every refusal says where and what; nothing huge or impossible takes more than bounded work.
class TestBadSchedules : public QObject
{
    Q_OBJECT

private slots:
    void saysWhere_data();
    void saysWhere();
    void boundsItsWork_data();
    void boundsItsWork();
    void takesAMillionExceptionDates();
    void missesAZoneFile();
    void readsBrokenZoneFiles();
};

namespace {

const Instant kNow = *instantFromIso(u"2026-03-01T00:00:00Z");

QByteArray cron(const QString &text) { return toJsonText(Json{{"cron", text.toStdString()}}); }
QByteArray rrule(const QString &text) { return toJsonText(Json{{"rrule", text.toStdString()}}); }

} // namespace

void TestBadSchedules::saysWhere_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto addCron = [](const char *text, int column) {
        QTest::newRow(text) << cron(QString::fromLatin1(text)) << QStringLiteral("cron") << 1 << column;
    };
    addCron("60 * * * *", 1);
    addCron("* 24 * * *", 3);
    addCron("* * 1,32 * *", 7);
    addCron("* * * foo *", 7);
    addCron("* * * * mon,8", 13);
    addCron("* * * * 1#6", 9);
    addCron("*/0 * * * *", 1);
    addCron("5 0 * *", 8);
    addCron("* * * * * * * 9", 15);
    addCron("@often", 1);
    addCron("H * * * *", 1);
    addCron("0 0 ?/2 * *", 5);
    const auto addRule = [](const char *text, int line, int column) {
        QTest::newRow(text) << rrule(QString::fromLatin1(text)) << QStringLiteral("rrule") << line << column;
    };
    addRule("FREQ=FORTNIGHTLY", 1, 6);
    addRule("FREQ=DAILY;BYHOUR=9,x", 1, 21);
    addRule("FREQ=DAILY;;COUNT=1", 1, 12);
    addRule("DTSTART:garbage\nRRULE:FREQ=DAILY", 1, 9);
    addRule("DTSTART:20260101T000000\nRRULE:FREQ=DAILY;FOO=1", 2, 18);
    addRule("DTSTART:20260101T000000\nXFOO:1", 2, 1);
    addRule("DTSTART:20260101T000000", 1, 1);
    const auto add = [](const char *json, const char *field) {
        QTest::newRow(json) << QByteArray(json) << QString::fromLatin1(field) << 1 << 1;
    };
    add(R"({"interval":0})", "interval");
    add(R"({"interval":-5})", "interval");
    add(R"({"interval":"soon"})", "interval");
    add(R"({"interval":60,"anchor_date":"soon"})", "anchor_date");
    add(R"({"cron":"* * * * *","timezone":"europe/berlin"})", "timezone");
    add(R"({"cron":"* * * * *","day_or":2})", "day_or");
    add(R"({"cron":"* * * * *","extra":2})", "schedule");
    add(R"({})", "schedule");
    add(R"([1])", "schedule");
}

void TestBadSchedules::saysWhere()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto rule = parseSchedule(json, ScheduleRules::Prefect3, kNow);
    QVERIFY(!rule);
    QCOMPARE(rule.error().kind, ErrorKind::Validation);
    QCOMPARE(rule.error().field, field);
    QCOMPARE(rule.error().line, line);
    QCOMPARE(rule.error().column, column);
    QVERIFY(rule.error().detail.endsWith(QLatin1Char('.')));
}

void TestBadSchedules::boundsItsWork_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &json) { QTest::newRow(name) << json; };
    row("30 February", cron(QStringLiteral("0 0 30 2 *")));
    row("30 February or never", cron(QStringLiteral("0 0 30 2 mon#5")));
    row("century", R"({"interval":3155760000,"anchor_date":"2020-01-01T00:00:00Z","timezone":"Europe/Berlin"})");
    row("longest", R"({"interval":86399999999999,"anchor_date":"2020-01-01T00:00:00Z","timezone":"Europe/Berlin"})");
    row("microsecond", R"({"interval":0.000001,"anchor_date":"0001-01-01T00:00:00Z"})");
    row("year 1", R"({"interval":86400,"anchor_date":"0001-01-01T00:00:00Z","timezone":"Asia/Tokyo"})");
    row("year 9999", R"({"interval":86400,"anchor_date":"9999-12-31T23:59:59Z","timezone":"America/New_York"})");
    row("seconds of no day",
        rrule(QStringLiteral("DTSTART:20200101T000000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")));
    row("second position of one", rrule(QStringLiteral("DTSTART:20200101T000000\nRRULE:FREQ=SECONDLY;BYSETPOS=2")));
    row("huge interval", rrule(QStringLiteral("DTSTART:20200101T000000\nRRULE:FREQ=YEARLY;INTERVAL=999999999999")));
    row("standing still", rrule(QStringLiteral("DTSTART:20200101T000000\nRRULE:FREQ=MINUTELY;INTERVAL=0")));
    row("backwards", rrule(QStringLiteral("DTSTART:20200101T000000\nRRULE:FREQ=DAILY;INTERVAL=-1")));
    row("counted seconds", rrule(QStringLiteral("DTSTART:19700101T000000\nRRULE:FREQ=SECONDLY;COUNT=2000000000")));
    row("99th Monday", rrule(QStringLiteral("DTSTART:20200101T000000\nRRULE:FREQ=MONTHLY;BYDAY=99MO")));
    row("endless list", cron(QStringLiteral("1,").repeated(100'000) + QStringLiteral("1 * * * *")));
    row("huge numbers", cron(QStringLiteral("0-99999999999999999999/99999999999999999999 * * * *")));
    row("many fields", cron(QStringLiteral("* ").repeated(100'000)));
    row("many parts", rrule(QStringLiteral("BYHOUR=1;").repeated(20'000) + QStringLiteral("FREQ=DAILY")));
}

void TestBadSchedules::boundsItsWork()
{
    QFETCH(QByteArray, json);
    for (const ScheduleRules rules :
        {ScheduleRules::Orion, ScheduleRules::Prefect2, ScheduleRules::Prefect3, ScheduleRules::Local}) {
        const auto rule = parseSchedule(json, rules, kNow);
        if (!rule)
            continue;
        const Occurrences found = nextOccurrences(*rule, kNow, 10);
        QVERIFY(found.instants.size() <= 10);
        QVERIFY(std::is_sorted(found.instants.begin(), found.instants.end()));
        QVERIFY(occurrencesBetween(*rule, kNow, kNow.plusUs(1'000'000'000LL), 10).instants.size() <= 10);
    }
}

void TestBadSchedules::takesAMillionExceptionDates()
{
    QString text = QStringLiteral("DTSTART:20260101T000000\nRRULE:FREQ=MINUTELY\nEXDATE:20260301T000000");
    const QString date = QStringLiteral(",20260301T000100");
    text += date.repeated(1'000'000);
    const auto refused = parseSchedule(rrule(text), ScheduleRules::Prefect3, kNow);
    QVERIFY(!refused);
    QVERIFY(refused.error().detail.contains(QLatin1String("6500")));
}

void TestBadSchedules::missesAZoneFile()
{
    const QTemporaryDir empty;
    qputenv("TZDIR", empty.path().toLocal8Bit());
    const auto rule
        = parseSchedule(R"({"cron":"* * * * *","timezone":"Europe/Berlin"})", ScheduleRules::Prefect3, kNow);
    const auto plain = parseSchedule(R"({"cron":"* * * * *"})", ScheduleRules::Prefect3, kNow);
    qunsetenv("TZDIR");
    QVERIFY(!rule);
    QCOMPARE(rule.error().field, QStringLiteral("timezone"));
    QVERIFY(plain.has_value());
}

void TestBadSchedules::readsBrokenZoneFiles()
{
    QFile file(QStringLiteral("/usr/share/zoneinfo/Europe/Berlin"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    QVERIFY(readZoneFile(whole).has_value());
    QVERIFY(!readZoneFile({}));
    QVERIFY(!readZoneFile("TZif2"));
    for (qsizetype size = 0; size < whole.size(); size += 7)
        (void)readZoneFile(whole.left(size));
    for (qsizetype i = 0; i < whole.size(); i += 3) {
        QByteArray broken = whole;
        broken[i] = static_cast<char>(broken[i] ^ 0x55);
        if (const auto read = readZoneFile(broken))
            (void)TimeZone(QStringLiteral("broken"), *read).offsetAt(0);
    }
    QVERIFY(footerChanges("nonsense", 2000, 2001).empty());
    QCOMPARE(footerChanges("CET-1CEST,M3.5.0,M10.5.0/3", 2026, 2026).size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestBadSchedules)
#include "tst_badschedules.moc"
