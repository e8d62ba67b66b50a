// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"
#include "models/domain/parameters.h"

#include <QTest>

using namespace fd;
using namespace Qt::StringLiterals;

class TestDomain : public QObject
{
    Q_OBJECT

private slots:
    void knowsAllStateTypes();
    void keepsUnknownStateTypes();
    void shiftsTheStrip();
    void idsSurviveBytesAndText();
    void mergesTopLevelKeysOnly();
    void namesMissingParametersInOrder();
    void describesTypes_data();
    void describesTypes();
    void survivesBrokenSchemas_data();
    void survivesBrokenSchemas();
};

void TestDomain::knowsAllStateTypes()
{
    const QStringList wire{u"SCHEDULED"_s, u"PENDING"_s, u"RUNNING"_s, u"COMPLETED"_s, u"FAILED"_s, u"CANCELLED"_s,
        u"CRASHED"_s, u"PAUSED"_s, u"CANCELLING"_s};
    for (const QString &word : wire) {
        const StateType type = stateTypeFromWire(word);
        QVERIFY2(type != StateType::Unknown, qPrintable(word));
        QCOMPARE(toWire(type), word);
        QCOMPARE(defaultStateName(type).toUpper(), word);
    }
    QVERIFY(isTerminal(StateType::Crashed) && !isTerminal(StateType::Paused));
}

void TestDomain::keepsUnknownStateTypes()
{
    QCOMPARE(stateTypeFromWire(u"SUSPENDED"), StateType::Unknown);
    QCOMPARE(stateTypeFromWire(u"running"), StateType::Unknown);
    QCOMPARE(stateTypeFromWire(u""), StateType::Unknown);
}

void TestDomain::shiftsTheStrip()
{
    ActivityStrip strip;
    strip.lastDay = 100;
    strip.days[kStripDays - 1].completed = 7;
    strip.days[0].failed = 3;
    const ActivityStrip later = strip.endingOn(102);
    QCOMPARE(later.days[kStripDays - 3].completed, 7);
    QCOMPARE(later.days[0].failed, 0);
    QCOMPARE(strip.endingOn(90).days[10].failed, 3);
    QCOMPARE(strip.endingOn(200), (ActivityStrip{.lastDay = 200, .days = {}}));
    QCOMPARE(strip.endingOn(std::numeric_limits<qint32>::min()).days[0].failed, 0);
}

void TestDomain::idsSurviveBytesAndText()
{
    const FlowRunId id = FlowRunId::make();
    QCOMPARE(FlowRunId::fromBytes(id.toBytes()), id);
    QCOMPARE(FlowRunId::fromText(id.toText()), id);
    QCOMPARE(id.toText().size(), 36);
    QVERIFY(FlowRunId::fromBytes("short").isNull());
    QVERIFY(FlowRunId::fromText(u"nonsense").isNull());
}

void TestDomain::mergesTopLevelKeysOnly()
{
    QCOMPARE(*mergeParameters(R"({"a":1,"b":{"x":1}})", R"({"b":{"y":2},"c":3.0})"),
        QByteArray(R"({"a":1,"b":{"y":2},"c":3.0})"));
    QCOMPARE(*mergeParameters("", "{}"), QByteArray("{}"));
    QVERIFY(!mergeParameters("[]", "{}"));
    QVERIFY(!mergeParameters("{}", "nonsense"));
}

void TestDomain::namesMissingParametersInOrder()
{
    const QByteArray schema
        = R"({"properties":{"b":{"position":1},"a":{"position":0},"c":{"position":2}},"required":["b","a"]})";
    QCOMPARE(missingParameters(schema, "{}"), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(missingParameters(schema, R"({"a":null})"), QStringList{u"b"_s});
    QCOMPARE(missingParameters("", "{}"), QStringList());
}

void TestDomain::describesTypes_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QString>("text");
    QTest::newRow("text") << QByteArray(R"({"type":"string"})") << u"text"_s;
    QTest::newRow("optional") << QByteArray(R"({"anyOf":[{"type":"integer"},{"type":"null"}]})")
                              << u"integer or null"_s;
    QTest::newRow("enum") << QByteArray(R"({"enum":["eu","us",3]})") << u"eu · us · 3"_s;
    QTest::newRow("list") << QByteArray(R"({"type":"array","items":{"type":"string"}})") << u"list of text"_s;
    QTest::newRow("format") << QByteArray(R"({"type":"string","format":"date"})") << u"date"_s;
    QTest::newRow("model") << QByteArray(R"({"$ref":"#/definitions/Source"})") << u"Source"_s;
    QTest::newRow("any") << QByteArray("{}") << u""_s;
}

void TestDomain::describesTypes()
{
    QFETCH(QByteArray, property);
    QFETCH(QString, text);
    const auto described = describeParameters(R"({"properties":{"p":)" + property + "}}", "{}");
    QCOMPARE(described.size(), 1);
    QCOMPARE(described[0].typeText, text);
}

void TestDomain::survivesBrokenSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    for (const char *schema : {"[]", "3", "{\"properties\":[]}", "{\"properties\":{\"p\":3}}", "{\"required\":3}",
             R"({"properties":{"p":{"type":["string","null"],"enum":3,"anyOf":7,"position":"x"}}})", "nonsense"})
        QTest::newRow(schema) << QByteArray(schema);
}

void TestDomain::survivesBrokenSchemas()
{
    QFETCH(QByteArray, schema);
    const auto described = describeParameters(schema, R"({"given":1})");
    QCOMPARE(described.last().name, QStringLiteral("given"));
    QCOMPARE(described.last().value, QByteArray("1"));
}

QTEST_GUILESS_MAIN(TestDomain)
#include "tst_domain.moc"
