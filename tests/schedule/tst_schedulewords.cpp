// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/words.h"
#include "tests/schedule/vectorlines.h"

#include <QHash>
#include <QTest>

using namespace fd;
using namespace fd::test;

class TestScheduleWords : public QObject
{
    Q_OBJECT

private slots:
    void says_data();
    void says();
    void neverSaysTwoThingsAlike();
};

namespace {

const Instant kNow = *instantFromIso(u"2026-03-01T00:00:00Z");

/// What a cron expression means, whatever its spelling.
QByteArray meaningOf(const CronExpression &cron, bool dayOr)
{
    QByteArray text;
    for (const CronField *field : {&cron.minute, &cron.hour, &cron.day, &cron.month, &cron.weekday})
        text += QByteArray::number(field->any ? ~quint64(0) : field->values, 16) + (field->last ? "L " : " ");
    const bool everySecond = cron.second.any;
    text += cron.hasSeconds ? QByteArray::number(everySecond ? ~quint64(0) : cron.second.values, 16) : QByteArray("1");
    for (const quint8 nth : cron.nth)
        text += ' ' + QByteArray::number(nth);
    for (const int year : cron.years)
        text += ',' + QByteArray::number(year);
    return text + (cron.restrictsBothDays() && !dayOr ? " and" : "");
}

} // namespace

void TestScheduleWords::says_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *json, const char *words) {
        QTest::newRow(json) << QByteArray(json) << QString::fromLatin1(words);
    };
    row(R"({"cron":"0 9 * * 1-5","timezone":"Europe/Berlin"})", "every weekday at 09:00, Europe/Berlin");
    row(R"({"cron":"0 9 * * *"})", "every day at 09:00, UTC");
    row(R"({"cron":"@daily"})", "every day at 00:00, UTC");
    row(R"({"cron":"*/15 * * * *"})", "every 15 minutes, UTC");
    row(R"({"cron":"* * * * *"})", "every minute, UTC");
    row(R"({"cron":"5 * * * *"})", "every hour at minute 5, UTC");
    row(R"({"cron":"0 */2 * * *"})", "every 2 hours, UTC");
    row(R"({"cron":"*/15 9-17 * * mon-fri"})", "every 15 minutes from 09:00 to 17:45, every weekday, UTC");
    row(R"({"cron":"0 6,18 * * sun,wed"})", "every Wednesday and Sunday at 06:00 and 18:00, UTC");
    row(R"({"cron":"0 0 1,15 * *"})", "on days 1 and 15 of the month at 00:00, UTC");
    row(R"({"cron":"0 0 L * *"})", "on the last day of the month at 00:00, UTC");
    row(R"({"cron":"0 0 * * fri#1,L5"})", "on the first Friday and last Friday of the month at 00:00, UTC");
    row(R"({"cron":"0 0 13 * 5"})", "on day 13 of the month or every Friday at 00:00, UTC");
    row(R"({"cron":"0 0 13 * 5","day_or":false})", "on day 13 of the month, if that is a Friday at 00:00, UTC");
    row(R"({"cron":"0 9 * may,jul *"})", "every day at 09:00 in May and July, UTC");
    row(R"({"cron":"0 9 * * * 30"})", "every day at 09:00:30, UTC");
    row(R"({"cron":"* * * * * */10"})", "every 10 seconds, UTC");
    row(R"({"cron":"7,13,44 3-5/2,8,20 * * *"})", "7,13,44 3-5/2,8,20 * * *, UTC");
    row(R"({"interval":900,"anchor_date":"2020-01-01T00:00:00Z"})", "every 15 minutes");
    row(R"({"interval":3600,"anchor_date":"2020-01-01T00:00:00Z"})", "every hour");
    row(R"({"interval":0.5,"anchor_date":"2020-01-01T00:00:00Z"})", "every 0.5 seconds");
    row(R"({"interval":86400,"anchor_date":"2020-01-01T08:00:00Z","timezone":"Europe/Berlin"})",
        "every day at 09:00, Europe/Berlin");
    row(R"({"interval":604800,"anchor_date":"2020-01-01T08:00:00Z"})", "every week on Wednesday at 08:00, UTC");
    row(R"({"rrule":"DTSTART:20260105T090000\nRRULE:FREQ=DAILY"})", "every day at 09:00, UTC");
    row(R"({"rrule":"DTSTART:20260105T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH","timezone":"Europe/Berlin"})",
        "every week on Monday and Thursday at 09:00, Europe/Berlin");
    row(R"({"rrule":"DTSTART:20260105T090000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR"})",
        "every month on the last Friday of the month at 09:00, UTC");
    row(R"({"rrule":"DTSTART:20260105T090000\nRRULE:FREQ=YEARLY;COUNT=3"})",
        "every year on 5 January at 09:00, 3 times, UTC");
    row(R"({"rrule":"DTSTART:20260105T090000\nRRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260201T000000"})",
        "every 2 days at 09:00 from 2026-01-05 09:00 on, until 2026-02-01 00:00, UTC");
    row(R"({"rrule":"DTSTART:20260105T090000\nRRULE:FREQ=DAILY\nEXDATE:20260106T090000"})",
        "every day at 09:00, except on one date, UTC");
    row(R"({"rrule":"DTSTART:20260105T090000\nRRULE:FREQ=YEARLY;BYWEEKNO=20"})",
        "DTSTART:20260105T090000 RRULE:FREQ=YEARLY;BYWEEKNO=20, UTC");
}

void TestScheduleWords::says()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, words);
    const auto rule = parseSchedule(json, ScheduleRules::Prefect3, kNow);
    QVERIFY2(rule.has_value(), rule ? "" : qPrintable(toText(rule.error())));
    QCOMPARE(inWords(*rule), words);
}

/// Two different cron expressions of the recorded cases never have the same words.
void TestScheduleWords::neverSaysTwoThingsAlike()
{
    QHash<QString, std::pair<QByteArray, QString>> said;
    int worded = 0;
    for (const Json &line : vectorLines(QStringLiteral("schedules.jsonl"))) {
        const auto rule = parseSchedule(toJsonText(line["schedule"]), ScheduleRules::Prefect3, kNow);
        if (!rule)
            continue;
        QVERIFY(!inWords(*rule).isEmpty() || rule->neverWorks);
        const CronSchedule *cron = rule->cron();
        if (cron == nullptr)
            continue;
        const QString words = cronInWords(cron->expression, cron->dayOr);
        if (words.isEmpty())
            continue;
        ++worded;
        const QByteArray meaning = meaningOf(cron->expression, cron->dayOr);
        const auto known = said.constFind(words);
        if (known != said.constEnd())
            QVERIFY2(known->first == meaning,
                qPrintable(words + QStringLiteral(": ") + known->second + QStringLiteral(" and ") + cron->text));
        said.insert(words, {meaning, cron->text});
    }
    qInfo("%d cron expressions worded in %lld ways", worded, static_cast<long long>(said.size()));
    QVERIFY(worded > 100);
}

QTEST_GUILESS_MAIN(TestScheduleWords)
#include "tst_schedulewords.moc"
