// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

#include <QTest>

using namespace fd;
using namespace Qt::StringLiterals;

class TestInstant : public QObject
{
    Q_OBJECT

private slots:
    void readsIso_data();
    void readsIso();
    void refuses_data();
    void refuses();
    void keepsMicrosecondsThroughText();
    void cutsToMillisecondsDownwards();
};

void TestInstant::readsIso_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("us");
    QTest::newRow("epoch") << u"1970-01-01T00:00:00+00:00"_s << qint64(0);
    QTest::newRow("microseconds") << u"1970-01-01T00:00:00.000001Z"_s << qint64(1);
    QTest::newRow("short fraction") << u"1970-01-01T00:00:00.5Z"_s << qint64(500'000);
    QTest::newRow("before the epoch") << u"1969-12-31T23:59:59.999999+00:00"_s << qint64(-1);
    QTest::newRow("offset") << u"2026-11-24T02:00:00+02:00"_s << qint64(1'795'478'400'000'000);
    QTest::newRow("negative offset") << u"2026-11-23T19:00:00-05:00"_s << qint64(1'795'478'400'000'000);
    QTest::newRow("year 1") << u"0001-01-01T00:00:00+00:00"_s << qint64(-62'135'596'800'000'000);
    QTest::newRow("end of time") << u"9999-12-31T23:59:59.999999+00:00"_s << qint64(253'402'300'799'999'999);
    QTest::newRow("space and lower case") << u"1970-01-01 00:00:01z"_s << qint64(1'000'000);
}

void TestInstant::readsIso()
{
    QFETCH(QString, text);
    QFETCH(qint64, us);
    const auto instant = instantFromIso(text);
    QVERIFY(instant);
    QCOMPARE(instant->us, us);
}

void TestInstant::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "2026", "2026-11-24", "2026-11-24T00:00:00", "2026-13-01T00:00:00Z",
             "2026-02-29T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24T00:00:60Z", "2026-11-24T00:00:00.1234567Z",
             "2026-11-24T00:00:00.Z", "2026-11-24T00:00:00+99:00", "2026-11-24T00:00:00Z tail", "20261124T000000Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestInstant::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!instantFromIso(text));
}

void TestInstant::keepsMicrosecondsThroughText()
{
    for (const qint64 us :
        {qint64(0), qint64(1), qint64(-1), qint64(1'795'478'400'123'456), qint64(-62'135'596'800'000'000)})
        QCOMPARE(instantFromIso(toIso({us}))->us, us);
    QCOMPARE(toIso({1'795'478'400'000'000}), QStringLiteral("2026-11-24T00:00:00+00:00"));
    QCOMPARE(toIso({1'795'478'400'000'001}), QStringLiteral("2026-11-24T00:00:00.000001+00:00"));
}

void TestInstant::cutsToMillisecondsDownwards()
{
    QCOMPARE(Instant{1'999}.floorMs(), 1);
    QCOMPARE(Instant{-1}.floorMs(), -1);
    QCOMPARE(Instant{-1'000}.floorMs(), -1);
}

QTEST_GUILESS_MAIN(TestInstant)
#include "tst_instant.moc"
