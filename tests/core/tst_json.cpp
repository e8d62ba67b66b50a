// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"

#include <QTest>

using namespace fd;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void keepsEveryDigit_data();
    void keepsEveryDigit();
    void refusesBadTextWithItsPlace();
    void refusesEndlessNesting();
    void replacesBrokenUtf8();
};

void TestJson::keepsEveryDigit_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
        {"9223372036854775807", "-9223372036854775808", "18446744073709551615", "3.0", "3", "1e+300", "0.1",
            R"({"z":1,"a":2,"m":[null,true,false]})", R"("\u0000 line\n \"quoted\" ü 🚀")", "[]", "{}"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::keepsEveryDigit()
{
    QFETCH(QByteArray, text);
    const Result<Json> value = parseJson(text);
    QVERIFY2(value, value ? "" : qPrintable(toText(value.error())));
    QCOMPARE(toJsonText(*value), text);
}

void TestJson::refusesBadTextWithItsPlace()
{
    const Result<Json> value = parseJson(R"({"a": tru})");
    QVERIFY(!value);
    QCOMPARE(value.error().kind, ErrorKind::Parse);
    QVERIFY(value.error().detail.contains(u"column"));
}

void TestJson::refusesEndlessNesting()
{
    QVERIFY(parseJson(QByteArray(240, '[') + QByteArray(240, ']')));
    QVERIFY(!parseJson(QByteArray(260, '[') + QByteArray(260, ']')));
    QVERIFY(!parseJson(QByteArray(1'000'000, '[')));
}

void TestJson::replacesBrokenUtf8()
{
    const Json value = std::string("ok\xff");
    QCOMPARE(toJsonText(value), QByteArray("\"ok\xEF\xBF\xBD\""));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
