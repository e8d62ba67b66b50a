// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spec/vectors.h"

#include <QTest>

using namespace fd;
using namespace fd::test;

class TestYamlScalar : public QObject
{
    Q_OBJECT

private slots:
    void resolvesAsPyYaml_data();
    void resolvesAsPyYaml();
    void readsAsDocument_data() { resolvesAsPyYaml_data(); }
    void readsAsDocument();
};

namespace {

const QString kFile = QStringLiteral("yaml-scalars.jsonl");

QString tagName(YamlTag tag)
{
    static const char *names[]
        = {"null", "bool", "int", "float", "timestamp", "str", "binary", "merge", "value", "yaml"};
    return QStringLiteral("!!") + QLatin1String(names[static_cast<int>(tag)]);
}

} // namespace

void TestYamlScalar::resolvesAsPyYaml_data()
{
    QTest::addColumn<QByteArray>("line");
    const std::vector<Json> lines = vectorLines(kFile);
    if (lines.empty())
        QSKIP(qPrintable(QStringLiteral("missing: ") + vectorPath(kFile)));
    int number = 0;
    for (const Json &line : lines)
        QTest::newRow(qPrintable(QStringLiteral("line %1").arg(++number))) << toJsonText(line);
}

void TestYamlScalar::resolvesAsPyYaml()
{
    QFETCH(QByteArray, line);
    const Json expected = *parseJson(line);
    const std::string text = expected["text"];
    const YamlTag tag = plainTag(text);
    QCOMPARE(tagName(tag), toQString(expected["tag"]));
    const Result<YamlValue> value = makeValue(tag, text);
    QCOMPARE(value.has_value(), expected.contains("value"));
    if (value)
        QCOMPARE(toJsonText(toVector(*value)), toJsonText(expected["value"]));
}

void TestYamlScalar::readsAsDocument()
{
    QFETCH(QByteArray, line);
    const Json expected = *parseJson(line);
    const Json &outcome = expected.contains("document") ? expected["document"] : expected;
    const YamlStream stream = readYaml(QByteArray::fromStdString(expected["text"]));
    const bool isOneValue = !stream.error && stream.documents.size() <= 1;
    QCOMPARE(isOneValue, outcome.contains("value"));
    if (isOneValue) {
        const Json value = stream.documents.empty() ? Json() : toVector(*stream.documents[0].root);
        QCOMPARE(toJsonText(value), toJsonText(outcome["value"]));
    }
}

QTEST_GUILESS_MAIN(TestYamlScalar)
#include "tst_yamlscalar.moc"
