// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/occurrences.h"
#include "models/schedule/phrases.h"
#include "models/schedule/words.h"
#include "models/schedule/zonenames.h"

#include <QTest>

using namespace fd;

class TestPhrases : public QObject
{
    Q_OBJECT

private slots:
    void readsSchedules_data();
    void readsSchedules();
    void readsMoments_data();
    void readsMoments();
    void refuses_data();
    void refuses();
    void findsZones();
};

namespace {

// A Sunday, 13:00 in Berlin.
const Instant kNow = *instantFromIso(u"2026-03-01T12:00:00Z");
const QString kZone = QStringLiteral("Europe/London");

} // namespace

void TestPhrases::readsSchedules_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *text, const char *words) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(words);
    };
    row("every 15 minutes", "every 15 minutes");
    row("every 90s", "every 90 seconds");
    row("every hour", "every hour");
    row("hourly", "every hour");
    row("Weekdays at 9:00", "every weekday at 09:00, Europe/London");
    row("every weekday 9", "every weekday at 09:00, Europe/London");
    row("daily 06:30 Berlin", "every day at 06:30, Europe/Berlin");
    row("every day at 9am and 5pm", "every day at 09:00 and 17:00, Europe/London");
    row("mon,wed 14:00", "every Monday and Wednesday at 14:00, Europe/London");
    row("mon - fri 9:00", "");
    row("tue-thu 9:00 new york", "every Tuesday, Wednesday and Thursday at 09:00, America/New_York");
    row("every monday and friday at noon in Tokyo", "every Monday and Friday at 12:00, Asia/Tokyo");
    row("weekends 8:15 pm", "every weekend day at 20:15, Europe/London");
    row("monthly on the 1st at 6:00 UTC", "on day 1 of the month at 06:00, UTC");
    row("every month on last day 23:30", "on the last day of the month at 23:30, Europe/London");
    row("daily 9:00:30", "every day at 09:00:30, Europe/London");
}

void TestPhrases::readsSchedules()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const auto phrase = readPhrase(text, kNow, kZone);
    QCOMPARE(phrase.has_value(), !words.isEmpty());
    if (!phrase)
        return;
    QVERIFY(!phrase->moment);
    for (const ScheduleRules rules : {ScheduleRules::Orion, ScheduleRules::Prefect2, ScheduleRules::Prefect3}) {
        const auto rule = parseSchedule(phrase->schedule, rules, kNow);
        QVERIFY2(rule.has_value(), rule ? "" : qPrintable(toText(rule.error())));
        QCOMPARE(inWords(*rule), words);
        QVERIFY(nextOccurrence(*rule, kNow).has_value());
    }
}

void TestPhrases::readsMoments_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("moment");
    const auto row = [](const char *text, const char *moment) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(moment);
    };
    row("tomorrow 9:00 Berlin", "2026-03-02T08:00:00+00:00");
    row("today at 18:30", "2026-03-01T18:30:00+00:00");
    row("in 20 min", "2026-03-01T12:20:00+00:00");
    row("in 1 hour and 30 minutes", "2026-03-01T13:30:00+00:00");
    row("in 2h", "2026-03-01T14:00:00+00:00");
    row("in an hour", "2026-03-01T13:00:00+00:00");
    row("next monday 9:00", "2026-03-02T09:00:00+00:00");
    row("next sunday 9:00", "2026-03-08T09:00:00+00:00");
    row("2026-07-01 12:00 Europe/Berlin", "2026-07-01T10:00:00+00:00");
    row("2026-10-25 2:30 Berlin", "2026-10-25T00:30:00+00:00");
}

void TestPhrases::readsMoments()
{
    QFETCH(QString, text);
    QFETCH(QString, moment);
    const auto phrase = readPhrase(text, kNow, kZone);
    QVERIFY2(phrase.has_value(), phrase ? "" : qPrintable(phrase.error().detail));
    QVERIFY(phrase->schedule.isEmpty());
    QCOMPARE(toIso(*phrase->moment), moment);
}

void TestPhrases::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "soon", "Berlin", "every", "every 0 minutes", "every day at 25:00", "weekdays",
             "weekdays at", "daily 9:00 and 10:30", "tomorrow", "tomorrow 9:00 Atlantis", "2026-02-30 9:00",
             "2026-03-29 2:30 Berlin", "in", "in 5", "in 5 parsecs", "in 99999999 weeks", "monthly on 32 at 9:00",
             "every 15 minutes at 9:00", "mon,,wed", "13pm", "daily 13pm"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("long") << QStringLiteral("every ").repeated(1000);
}

void TestPhrases::refuses()
{
    QFETCH(QString, text);
    const auto phrase = readPhrase(text, kNow, kZone);
    QVERIFY(!phrase);
    QCOMPARE(phrase.error().kind, ErrorKind::Validation);
    QVERIFY(phrase.error().detail.endsWith(QLatin1Char('.')));
}

void TestPhrases::findsZones()
{
    QCOMPARE(*zoneNamed(QStringLiteral("berlin")), QStringLiteral("Europe/Berlin"));
    QCOMPARE(*zoneNamed(QStringLiteral("New York")), QStringLiteral("America/New_York"));
    QCOMPARE(*zoneNamed(QStringLiteral("europe/berlin")), QStringLiteral("Europe/Berlin"));
    QCOMPARE(*zoneNamed(QStringLiteral("utc")), QStringLiteral("UTC"));
    QVERIFY(!zoneNamed(QStringLiteral("Atlantis")));
    QVERIFY(zonesMatching(QStringLiteral("ber")).first().contains(QLatin1String("/Ber")));
}

QTEST_GUILESS_MAIN(TestPhrases)
#include "tst_phrases.moc"
