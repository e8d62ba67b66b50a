// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/format.h"

#include <QtTest>

#include <ctime>

namespace fd {
namespace {

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

Instant at(const char *iso) { return *instantFromIso(QString::fromLatin1(iso)); }

/// The computer's zone for one test.
class Zone
{
public:
    explicit Zone(const char *name) : m_before(qgetenv("TZ")) { set(name); }
    ~Zone() { set(m_before); }
    Q_DISABLE_COPY_MOVE(Zone)

private:
    static void set(const QByteArray &name)
    {
        qputenv("TZ", name);
        tzset();
    }

    QByteArray m_before;
};

} // namespace

class TestFormat : public QObject
{
    Q_OBJECT

private slots:
    void time_data()
    {
        QTest::addColumn<QString>("instant");
        QTest::addColumn<QString>("text");
        QTest::newRow("today") << "2026-10-20T15:05:00Z"
                               << "15:05";
        QTest::newRow("today, earlier") << "2026-10-20T00:00:00Z"
                                        << "00:00";
        QTest::newRow("tomorrow") << "2026-10-21T02:30:00Z"
                                  << "Tomorrow 02:30";
        QTest::newRow("yesterday") << "2026-10-19T23:59:59Z"
                                   << "Mon 19 Oct 23:59";
        QTest::newRow("this year") << "2026-10-26T06:00:00Z"
                                   << "Mon 26 Oct 06:00";
        QTest::newRow("next year") << "2027-01-01T00:15:00Z"
                                   << "Fri 1 Jan 2027 00:15";
        QTest::newRow("epoch") << "1970-01-01T00:00:00Z"
                               << "Thu 1 Jan 1970 00:00";
        QTest::newRow("far away") << "9999-12-31T23:59:59Z"
                                  << "Fri 31 Dec 9999 23:59";
    }
    void time()
    {
        QFETCH(QString, instant);
        QFETCH(QString, text);
        QCOMPARE(format::time(*instantFromIso(instant), at("2026-10-20T14:32:00Z")), text);
    }

    void periodsAreShort()
    {
        const Instant now = at("2026-10-20T14:32:00Z");
        const Instant today = at("2026-10-20T00:00:00Z");
        QCOMPARE(format::period(today, today.plusUs(kDay), now), QStringLiteral("Tue 20 Oct"));
        QCOMPARE(
            format::period(today.plusUs(-kDay), today.plusUs(kDay), now), QStringLiteral("Mon 19 Oct – Tue 20 Oct"));
        QCOMPARE(
            format::period(today.plusUs(12 * kHour), today.plusUs(14 * kHour), now), QStringLiteral("12:00–14:00"));
        QCOMPARE(format::period(today.plusUs(-12 * kHour), today.plusUs(-10 * kHour), now),
            QStringLiteral("Mon 19 Oct 12:00–14:00"));
        QCOMPARE(
            format::period(today.plusUs(20 * kHour), today.plusUs(24 * kHour), now), QStringLiteral("20:00–00:00"));
        QCOMPARE(
            format::period(today.plusUs(-kHour), today.plusUs(kHour), now), QStringLiteral("Mon 19 Oct 23:00 – 01:00"));
        QCOMPARE(format::period(today, {}, now), QStringLiteral("since 00:00"));
        QCOMPARE(format::period({}, {}, now), QString());
    }

    void timeHasSecondsWhereAsked()
    {
        const Instant now = at("2026-10-20T14:32:00Z");
        QCOMPARE(format::time(now.plusUs(7 * kSecond), now, format::Seconds::Show), QStringLiteral("14:32:07"));
        QCOMPARE(format::clock(now), QStringLiteral("14:32"));
        QCOMPARE(format::logTime(now.plusUs(58'114'999)), QStringLiteral("14:32:58.114"));
        QCOMPARE(format::date(now, now), QStringLiteral("Tue 20 Oct"));
    }

    void zonesAndClockChanges()
    {
        const Zone berlin("Europe/Berlin");
        const Instant now = at("2026-10-24T12:00:00Z");
        QCOMPARE(format::fullTime(now), QStringLiteral("Sat 24 Oct 2026 14:00:00 UTC+2"));
        // 02:30 happens twice that night; the day stays tomorrow.
        QCOMPARE(format::time(at("2026-10-25T00:30:00Z"), now), QStringLiteral("Tomorrow 02:30"));
        QCOMPARE(format::time(at("2026-10-25T01:30:00Z"), now), QStringLiteral("Tomorrow 02:30"));
        QCOMPARE(format::fullTime(at("2026-10-25T01:30:00Z")), QStringLiteral("Sun 25 Oct 2026 02:30:00 UTC+1"));
        // Midnight here is the day before in UTC.
        QCOMPARE(format::time(at("2026-10-24T22:15:00Z"), now), QStringLiteral("Tomorrow 00:15"));
    }

    void offsetsWithMinutes()
    {
        const Zone kolkata("Asia/Kolkata");
        QCOMPARE(format::fullTime(at("2026-10-20T00:00:00Z")), QStringLiteral("Tue 20 Oct 2026 05:30:00 UTC+5:30"));
    }

    void relative_data()
    {
        QTest::addColumn<qint64>("us");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64(0) << "now";
        QTest::newRow("half a second") << kSecond / 2 << "now";
        QTest::newRow("seconds") << 40 * kSecond << "in 40 s";
        QTest::newRow("32 min") << 32 * kMinute + 59 * kSecond << "in 32 min";
        QTest::newRow("hours and minutes") << 3 * kHour + 27 * kMinute << "in 3 h 27 min";
        QTest::newRow("whole hours") << 4 * kHour << "in 4 h";
        QTest::newRow("one day") << kDay << "in 1 day";
        QTest::newRow("days") << 5 * kDay + 23 * kHour << "in 5 days";
        QTest::newRow("seconds ago") << -8 * kSecond << "8 s ago";
        QTest::newRow("13 min ago") << -13 * kMinute << "13 min ago";
        QTest::newRow("2 h 10 ago") << -(2 * kHour + 10 * kMinute) << "2 h 10 min ago";
        QTest::newRow("7 h ago") << -(7 * kHour + 40 * kMinute) << "7 h ago";
        QTest::newRow("20 h ago") << -20 * kHour << "20 h ago";
        QTest::newRow("yesterday") << -30 * kHour << "yesterday";
        QTest::newRow("3 days ago") << -3 * kDay << "3 days ago";
        QTest::newRow("this year") << -19 * kDay << "1 Oct";
        QTest::newRow("another year") << -400 * kDay << "15 Sep 2025";
    }
    void relative()
    {
        QFETCH(qint64, us);
        QFETCH(QString, text);
        const Instant now = at("2026-10-20T14:32:00Z");
        QCOMPARE(format::relative(now.plusUs(us), now), text);
    }

    void duration_data()
    {
        QTest::addColumn<qint64>("us");
        QTest::addColumn<QString>("text");
        QTest::newRow("negative") << -5 * kSecond << "0 s";
        QTest::newRow("zero") << qint64(0) << "0 s";
        QTest::newRow("tiny") << qint64(20'000) << "< 0.1 s";
        QTest::newRow("tenths") << qint64(400'000) << "0.4 s";
        QTest::newRow("nearly a second") << qint64(999'999) << "0.9 s";
        QTest::newRow("one second") << kSecond << "1 s";
        QTest::newRow("8 s") << 8 * kSecond + 900'000 << "8 s";
        QTest::newRow("a minute") << kMinute << "1 min 00 s";
        QTest::newRow("1 min 52 s") << 112 * kSecond << "1 min 52 s";
        QTest::newRow("nearly an hour") << kHour - 1 << "59 min 59 s";
        QTest::newRow("2 h 05 min") << 125 * kMinute << "2 h 05 min";
        QTest::newRow("one day") << kDay << "1 day";
        QTest::newRow("3 days 4 h") << 3 * kDay + 4 * kHour << "3 days 4 h";
        QTest::newRow("years") << 1000 * kDay << "1000 days";
    }
    void duration()
    {
        QFETCH(qint64, us);
        QFETCH(QString, text);
        QCOMPARE(format::duration(us), text);
    }

    void lateness()
    {
        QCOMPARE(format::lateness(14 * kSecond), QString());
        QCOMPARE(format::lateness(15 * kSecond), QStringLiteral("15 s late"));
        QCOMPARE(format::lateness(117 * kSecond), QStringLiteral("1 min 57 s late"));
        QCOMPARE(format::lateness(12 * kMinute), QStringLiteral("12 min late"));
        QCOMPARE(format::lateness(72 * kMinute), QStringLiteral("1 h 12 min late"));
    }

    void latenessOfRuns()
    {
        FlowRunRow run;
        run.expectedStart = at("2026-10-20T14:00:00Z");
        const Instant now = at("2026-10-20T14:32:00Z");
        QCOMPARE(format::latenessUs(run, now), 32 * kMinute);
        run.start = at("2026-10-20T14:01:00Z");
        QCOMPARE(format::latenessUs(run, now), kMinute);
        run.start = at("2026-10-20T13:59:00Z");
        QCOMPARE(format::latenessUs(run, now), qint64(0));
        run.start.reset();
        run.stateType = StateType::Cancelled;
        QCOMPARE(format::latenessUs(run, now), qint64(0));
    }

    void numbers()
    {
        QCOMPARE(format::count(0), QStringLiteral("0"));
        QCOMPARE(format::count(1284), QStringLiteral("1,284"));
        QCOMPARE(format::bytes(0), QStringLiteral("0 bytes"));
        QCOMPARE(format::bytes(1234), QStringLiteral("1.2 kB"));
        QCOMPARE(format::bytes(41'200'000), QStringLiteral("41 MB"));
        QCOMPARE(format::shortId(QStringLiteral("0f9c2a71-3f00-4c")), QStringLiteral("0f9c2a71"));
    }

    void schedule_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("zone");
        const auto row = [](const char *json, const char *rule, const char *zone) {
            QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(rule) << QString::fromUtf8(zone);
        };
        row(R"({"interval":30})", "Every 30 s", "UTC");
        row(R"({"interval":60})", "Every minute", "UTC");
        row(R"({"interval":900.0,"timezone":"Europe/Berlin"})", "Every 15 min", "Europe/Berlin");
        row(R"({"interval":3600})", "Every hour", "UTC");
        row(R"({"interval":21600})", "Every 6 hours", "UTC");
        row(R"({"interval":5400})", "Every 1 h 30 min", "UTC");
        row(R"({"interval":86400})", "Every day", "UTC");
        row(R"({"interval":172800})", "Every 2 days", "UTC");
        row(R"({"cron":"0 9 * * 1-5","timezone":"Europe/Berlin"})", "Every weekday at 09:00", "Europe/Berlin");
        row(R"({"rrule":"FREQ=DAILY"})", "Every day at 00:00", "UTC");
        row("not json", "not json", "");
        row("[]", "[]", "");
    }
    void schedule()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, rule);
        QFETCH(QString, zone);
        for (int again = 0; again < 2; ++again) {
            const format::ScheduleText text = format::schedule({.json = json, .active = true});
            QCOMPARE(text.rule, rule);
            QCOMPARE(text.zone, zone);
        }
    }

    void errors()
    {
        Error error{.kind = ErrorKind::Server, .detail = QStringLiteral("503"), .field = {}, .file = {}};
        QCOMPARE(format::error(error), QStringLiteral("The server failed to answer this."));
        error = {.kind = ErrorKind::Validation,
            .detail = QStringLiteral("A name is missing."),
            .field = {},
            .file = QStringLiteral("/home/x/prefect.yaml"),
            .line = 3};
        QCOMPARE(format::error(error), QStringLiteral("prefect.yaml, line 3: A name is missing."));
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Cancelled); ++kind) {
            const Error bare{.kind = static_cast<ErrorKind>(kind), .detail = {}, .field = {}, .file = {}};
            QVERIFY(format::error(bare).endsWith(u'.'));
        }
    }

    void words()
    {
        QCOMPARE(format::createdBy(CreatedBy::Schedule), QStringLiteral("schedule"));
        QCOMPARE(format::logLevel(40), QStringLiteral("ERROR"));
        QCOMPARE(format::logLevel(25), QStringLiteral("25"));
    }
};

} // namespace fd

QTEST_GUILESS_MAIN(fd::TestFormat)
#include "tst_format.moc"
