// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spec/vectors.h"

#include <QTest>

using namespace fd;
using namespace fd::test;

class TestYamlDocuments : public QObject
{
    Q_OBJECT

private slots:
    void readsAsPyYaml_data();
    void readsAsPyYaml();
};

namespace {

const QString kFile = QStringLiteral("yaml-documents.jsonl");

QByteArray bytesOf(const Json &vector)
{
    if (vector.contains("base64"))
        return QByteArray::fromBase64(QByteArray::fromStdString(vector["base64"]));
    return QByteArray::fromStdString(vector["text"]);
}

/// PyYAML gives only a position: the characters before a forbidden one, the bytes before one that cannot be decoded.
void compareReaderError(const Json &vector, const Error &error)
{
    const qsizetype position = vector["error"]["position"].get<qsizetype>();
    const QByteArray bytes = bytesOf(vector);
    if (bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF"))
        return;
    const bool isForbidden = vector["error"]["problem"] == "special characters are not allowed";
    const QString before = isForbidden ? QString::fromUcs4(QString::fromUtf8(bytes).toStdU32String().data(), position)
                                       : QString::fromUtf8(bytes.left(position));
    const QString line = before.mid(before.lastIndexOf(QLatin1Char('\n')) + 1).remove(QChar(0xFEFF));
    QCOMPARE(error.line, static_cast<int>(before.count(QLatin1Char('\n'))) + 1);
    QCOMPARE(error.column, static_cast<int>(line.toStdU32String().size()) + 1);
}

} // namespace

void TestYamlDocuments::readsAsPyYaml_data()
{
    QTest::addColumn<QByteArray>("line");
    const std::vector<Json> lines = vectorLines(kFile);
    if (lines.empty())
        QSKIP(qPrintable(QStringLiteral("missing: ") + vectorPath(kFile)));
    for (const Json &line : lines)
        QTest::newRow(qPrintable(toQString(line["id"]))) << toJsonText(line);
}

void TestYamlDocuments::readsAsPyYaml()
{
    QFETCH(QByteArray, line);
    const Json expected = *parseJson(line);
    const YamlStream stream = readYaml(bytesOf(expected));
    if (!expected.contains("error")) {
        QVERIFY2(!stream.error, qPrintable(stream.error ? toText(*stream.error) : QString()));
        Json documents = Json::array();
        for (const YamlDocument &document : stream.documents)
            documents.push_back(toVector(*document.root));
        QCOMPARE(toJsonText(documents), toJsonText(expected["documents"]));
        return;
    }
    QVERIFY(stream.error.has_value());
    QVERIFY(!stream.error->detail.isEmpty());
    const Json &error = expected["error"];
    if (error.contains("line")) {
        QCOMPARE(stream.error->line, error["line"].get<int>());
        QCOMPARE(stream.error->column, error["column"].get<int>());
    } else if (error.contains("position")) {
        compareReaderError(expected, *stream.error);
    }
    if (expected.contains("documents_before_error"))
        QCOMPARE(stream.documents.size(), expected["documents_before_error"].get<size_t>());
}

QTEST_GUILESS_MAIN(TestYamlDocuments)
#include "tst_yamldocuments.moc"
