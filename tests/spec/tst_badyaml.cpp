// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/deploymentspec.h"
#include "models/spec/yamlvalue.h"

#include <QElapsedTimer>
#include <QTest>

using namespace fd;

/// Hostile and broken input: each ends soon, with a problem that has a place and a sentence.
class TestBadYaml : public QObject
{
    Q_OBJECT

private slots:
    void endsSoonWithAProblem_data();
    void endsSoonWithAProblem();
    void hugeScalarIsRead();
    void otherEncodingsAreRead();
    void aliasBombIsHarmlessUntilExpanded();
    void mergeBombIsRefused();
    void timeIsBounded();
};

namespace {

QByteArray nestedBlocks(int levels)
{
    QByteArray text;
    for (int level = 0; level < levels; ++level)
        text += QByteArray(level, ' ') + "a:\n";
    return text;
}

/// Ten aliases of the line above on each line.
QByteArray aliasBomb(int levels)
{
    QByteArray text = "a0: &a0 [x]\n";
    for (int level = 1; level < levels; ++level) {
        const QByteArray name = "a" + QByteArray::number(level);
        text += name + ": &" + name + " [" + QByteArray("*a" + QByteArray::number(level - 1) + ", ").repeated(10)
            + "]\n";
    }
    return text;
}

} // namespace

void TestBadYaml::endsSoonWithAProblem_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const QByteArray &text, const char *place) {
        QTest::newRow(name) << text << QString::fromLatin1(place);
    };
    row("100 MB", QByteArray(100'000'000, 'x'), "1:1");
    row("brackets", QByteArray(1'000'000, '['), "1:201");
    row("braces", QByteArray(1'000'000, '{'), "1:201");
    row("dashes", QByteArray("- ").repeated(1'000'000), "1:401");
    row("questions", QByteArray("? ").repeated(1'000'000), "1:401");
    row("block maps", nestedBlocks(2000), "201:201");
    row("many values", QByteArray("- 1\n").repeated(1'000'000), "500000:3");
    row("many documents", QByteArray("--- 1\n").repeated(1'000'000), "50001:1");
    row("comma", ",", "1:1");
    row("trailing junk", "\"foo\" bar\n", "1:7");
    row("comma after a document", "a: 1\n...\n,\n", "3:1");
    row("nul", QByteArray("name: x\0y\n", 10), "1:8");
    row("latin-1", "name: caf\xE9\n", "1:10");
    row("utf-32", QByteArray("\xFF\xFE\0\0a\0\0\0", 8), "1:1");
    row("half a utf-16 character", QByteArray("\xFE\xFF\0a\xD8", 5), "1:2");
    row("surrogates in utf-8", "a: \xED\xA0\x80\n", "1:4");
    row("unclosed quote", "a: '" + QByteArray(1'000'000, 'x'), "1:1000005");
    row("undefined alias", "a: *b\n", "1:4");
    row("endless anchors", QByteArray("&a ").repeated(100'000), "1:4");
    row("endless escapes", "\"" + QByteArray("\\").repeated(1'000'001), "1:1000003");
    row("huge number", "a: " + QByteArray(100'000, '9') + "\n", "1:4");
    row("many huge numbers", ("- 0x" + QByteArray(4000, 'f') + "\n").repeated(2000), "1:1");
    row("huge unknown key", QByteArray("? ") + QByteArray(1'000'000, 'k') + "\n: 1\n", "1:3");
    row("many problems", "tags:\n" + QByteArray("- []\n").repeated(100'000), "1000:3");
    row("python object", "!!python/object/apply:os.system ['true']\n", "1:1");
}

void TestBadYaml::endsSoonWithAProblem()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QElapsedTimer timer;
    timer.start();
    const SpecFile file = readSpecText(text, QStringLiteral("/nowhere/spec.yaml"));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!file.isUsable());
    const Error &error = file.problems.last().error;
    QCOMPARE(QStringLiteral("%1:%2").arg(error.line).arg(error.column), place);
    QVERIFY(!error.detail.isEmpty() && error.detail.size() < 300);
}

void TestBadYaml::hugeScalarIsRead()
{
    const YamlStream stream = readYaml("a: " + QByteArray(7'000'000, 'x') + "\n");
    QVERIFY(!stream.error);
    QCOMPARE(stream.documents[0].root->find("a")->value->value.text.size(), size_t(7'000'000));
}

void TestBadYaml::otherEncodingsAreRead()
{
    const QByteArray utf16le("\xFF\xFE"
                             "a\0:\0 \0\xFC\0",
        10);
    for (const QByteArray &text : {utf16le,
             QByteArray("\xEF\xBB\xBF"
                        "a: \xC3\xBC")}) {
        const YamlStream stream = readYaml(text);
        QVERIFY(!stream.error);
        QCOMPARE(QByteArray::fromStdString(stream.documents[0].root->find("a")->value->value.text), QByteArray("ü"));
    }
}

void TestBadYaml::aliasBombIsHarmlessUntilExpanded()
{
    const YamlStream stream = readYaml(aliasBomb(30));
    QVERIFY(!stream.error);
    QElapsedTimer timer;
    timer.start();
    const Result<QByteArray> json = yamlToJson(*stream.documents[0].root);
    QVERIFY(!json);
    QVERIFY(json.error().line > 0);
    QVERIFY(timer.elapsed() < 5000);
}

void TestBadYaml::mergeBombIsRefused()
{
    QByteArray chain = "- &m0 {k0: 1}\n";
    for (int i = 1; i < 5000; ++i) {
        const QByteArray number = QByteArray::number(i);
        chain += "- &m" + number + " {<<: *m" + QByteArray::number(i - 1) + ", k" + number + ": 1}\n";
    }
    const YamlStream stream = readYaml(chain);
    QVERIFY(stream.error.has_value());
    QVERIFY(stream.error->line > 0);

    QByteArray doubling = "- &d0 {x: 1, y: 2}\n";
    for (int i = 1; i < 60; ++i) {
        const QByteArray above = QByteArray::number(i - 1);
        doubling += "- &d" + QByteArray::number(i) + " {<<: [*d" + above + ", *d" + above + "]}\n";
    }
    QVERIFY(!readYaml(doubling).error);
}

void TestBadYaml::timeIsBounded()
{
    YamlLimits limits;
    limits.time = std::chrono::milliseconds(0);
    const YamlStream stream = readYaml(QByteArray("- 1\n").repeated(100'000), limits);
    QVERIFY(stream.error.has_value());
    QVERIFY(stream.error->line > 1000);
}

QTEST_GUILESS_MAIN(TestBadYaml)
#include "tst_badyaml.moc"
