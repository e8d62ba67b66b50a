// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/spec/deploymentspec.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fd;

class TestDeploymentSpec : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsEveryField();
    void readsSeveralDocuments();
    void keepsOwnTextOfDocument();
    void coercesAsPrefect();
    void acceptsSchedule_data();
    void acceptsSchedule();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void warns_data();
    void warns();
    void listsAllProblemsByLine();
    void emptyFileIsNoError();
    void missingFileIsAProblem();
    void folderIsAProblem();
    void writtenTextReadsBack_data();
    void writtenTextReadsBack();
    void writtenDeploymentReadsBack();

private:
    [[nodiscard]] SpecFile read(const QByteArray &text) const { return readSpecText(text, m_path); }

    QTemporaryDir m_folder;
    QString m_path;
};

namespace {

const QByteArray kFlow = "flow: {path: ./hello.py}\n";

/// "E 2:7 flow.path" for each problem.
QStringList places(const SpecFile &file)
{
    QStringList list;
    for (const SpecProblem &problem : file.problems) {
        const QString severity
            = problem.severity == SpecProblem::Severity::Error ? QStringLiteral("E") : QStringLiteral("W");
        list.append(QStringLiteral("%1 %2:%3 %4")
                        .arg(severity)
                        .arg(problem.error.line)
                        .arg(problem.error.column)
                        .arg(problem.error.field)
                        .trimmed());
    }
    return list;
}

} // namespace

void TestDeploymentSpec::initTestCase()
{
    QFile flow(m_folder.filePath(QStringLiteral("hello.py")));
    QVERIFY(flow.open(QIODevice::WriteOnly));
    m_path = m_folder.filePath(QStringLiteral("spec.yaml"));
}

void TestDeploymentSpec::readsEveryField()
{
    const SpecFile file = read("name: nightly\n"
                               "flow:\n  path: ./hello.py\n  name: hello\n"
                               "tags: [a, 7, a]\n"
                               "parameters: {n: 12:30, day: 2026-01-01, big: 123456789012345678901}\n"
                               "schedule: {cron: 0 9 * * *, timezone: Europe/Berlin}\n"
                               "flow_runner:\n  type: subprocess\n"
                               "  config: {virtualenv: .venv, env: {PORT: 8080, FLAG: yes}, stream_output: off}\n");
    QCOMPARE(places(file), QStringList());
    QVERIFY(file.isUsable());
    QCOMPARE(file.deployments.size(), 1);
    const DeploymentSpec &spec = file.deployments[0];
    QCOMPARE(spec.name, QStringLiteral("nightly"));
    QVERIFY(spec.hasName);
    QCOMPARE(spec.flowPath, m_folder.filePath(QStringLiteral("hello.py")));
    QCOMPARE(spec.flowName, QStringLiteral("hello"));
    QCOMPARE(spec.tags, QStringList({QStringLiteral("a"), QStringLiteral("7")}));
    QCOMPARE(spec.parameters, QByteArray(R"({"n":750,"day":"2026-01-01","big":123456789012345678901})"));
    QCOMPARE(spec.schedule->json, QByteArray(R"({"cron":"0 9 * * *","timezone":"Europe/Berlin"})"));
    QCOMPARE(spec.runner.type, QStringLiteral("subprocess"));
    const QByteArray venv = m_folder.filePath(QStringLiteral(".venv")).toUtf8();
    QCOMPARE(spec.runner.config,
        R"({"env":{"PORT":"8080","FLAG":"True"},"stream_output":false,"virtualenv":")" + venv + R"("})");
}

void TestDeploymentSpec::readsSeveralDocuments()
{
    const SpecFile file = read("name: a\n" + kFlow + "---\n" + kFlow + "flow_runner: {type: universal}\n");
    QVERIFY(file.isUsable());
    QCOMPARE(file.deployments.size(), 2);
    QVERIFY(!file.deployments[1].hasName);
    QCOMPARE(file.deployments[1].runner, FlowRunner{});
    QCOMPARE(file.deployments[1].line, 4);
}

void TestDeploymentSpec::keepsOwnTextOfDocument()
{
    const QByteArray second = "# second\nname: b\n" + kFlow;
    const SpecFile file = read("---\nname: a\n" + kFlow + "---\n" + second);
    QCOMPARE(file.deployments[0].text, QStringLiteral("name: a\n") + QString::fromUtf8(kFlow));
    QCOMPARE(file.deployments[1].text, QString::fromUtf8(second));
}

void TestDeploymentSpec::coercesAsPrefect()
{
    const SpecFile file = read("name: 'x'\n" + kFlow
        + "parameters: {5: a, true: b, 1.5: c, nested: {2: d, no: e}, bytes: !!binary aGVsbG8=, s: !!set {p, q}}\n");
    QCOMPARE(file.deployments[0].parameters,
        QByteArray(R"({"5":"a","True":"b","1.5":"c","nested":{"2":"d","false":"e"},"bytes":"hello","s":["p","q"]})"));
}

void TestDeploymentSpec::acceptsSchedule_data()
{
    QTest::addColumn<QByteArray>("schedule");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("seconds") << QByteArray("{interval: 3600}") << QByteArray(R"({"interval":3600})");
    QTest::newRow("base 60") << QByteArray("{interval: 1:30:00}") << QByteArray(R"({"interval":5400})");
    QTest::newRow("iso") << QByteArray("{interval: PT90M, anchor_date: '2026-01-01T06:00:00Z'}")
                         << QByteArray(R"({"interval":"PT90M","anchor_date":"2026-01-01T06:00:00Z"})");
    QTest::newRow("days") << QByteArray("{interval: '1 day, 2:00:00'}")
                          << QByteArray(R"({"interval":"1 day, 2:00:00"})");
    QTest::newRow("anchor") << QByteArray("{interval: 60.5, anchor_date: 2026-01-01T06:00:00+01:00}")
                            << QByteArray(R"({"interval":60.5,"anchor_date":"2026-01-01T06:00:00+01:00"})");
    QTest::newRow("cron") << QByteArray("{cron: 0 9 1-7 * mon, day_or: false}")
                          << QByteArray(R"({"cron":"0 9 1-7 * mon","day_or":false})");
    QTest::newRow("rrule") << QByteArray("{rrule: 'FREQ=DAILY', timezone: UTC}")
                           << QByteArray(R"({"rrule":"FREQ=DAILY","timezone":"UTC"})");
    QTest::newRow("null") << QByteArray("null") << QByteArray();
}

void TestDeploymentSpec::acceptsSchedule()
{
    QFETCH(QByteArray, schedule);
    QFETCH(QByteArray, json);
    const SpecFile file = read(kFlow + "schedule: " + schedule + "\n");
    QCOMPARE(places(file), QStringList());
    QCOMPARE(file.deployments[0].schedule.value_or(Schedule{}).json, json);
}

void TestDeploymentSpec::tellsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const QByteArray &text, const char *place) {
        QTest::newRow(name) << text << QString::fromLatin1(place);
    };
    row("no flow", "name: x\ntags: [x]\n", "E 1:1 flow");
    row("flow is text", "name: x\nflow: hello\n", "E 2:7 flow");
    row("flow is empty", "name: x\nflow:\n", "E 2:1 flow");
    row("no path", "flow: {name: x}\n", "E 1:7 flow.path");
    row("path is a number", "flow: {path: 5}\n", "E 1:14 flow.path");
    row("missing flow file", "flow:\n  path: ./gone.py\n", "E 2:9 flow.path");
    row("path is a folder", "flow: {path: .}\n", "E 1:14 flow.path");
    row("name with slash", "name: a/b\n" + kFlow, "E 1:7 name");
    row("name is a list", "name: [a]\n" + kFlow, "E 1:7 name");
    row("tags are text", kFlow + "tags: one\n", "E 2:7 tags");
    row("tag is a mapping", kFlow + "tags: [a, {b: c}]\n", "E 2:11 tags[1]");
    row("parameters are a list", kFlow + "parameters: [1]\n", "E 2:13 parameters");
    row("parameter is infinite", kFlow + "parameters:\n  a:\n    b: .inf\n", "E 4:8 parameters.a");
    row("parameter contains itself", kFlow + "parameters: {a: &r [*r]}\n", "E 2:17 parameters.a");
    row("parameter's name is null", kFlow + "parameters: {~: 1}\n", "E 2:14 parameters.null");
    row("schedule is text", kFlow + "schedule: daily\n", "E 2:11 schedule");
    row("schedule is empty", kFlow + "schedule: {timezone: UTC}\n", "E 2:11 schedule");
    row("two kinds", kFlow + "schedule: {interval: 60, cron: 0 9 * * *}\n", "E 2:26 schedule.cron");
    row("interval is zero", kFlow + "schedule: {interval: 0}\n", "E 2:22 schedule.interval");
    row("interval is words", kFlow + "schedule: {interval: hourly}\n", "E 2:22 schedule.interval");
    row("anchor is a date", kFlow + "schedule: {interval: 1, anchor_date: 2026-01-01}\n",
        "E 2:38 schedule.anchor_date");
    row("cron is a number", kFlow + "schedule: {cron: 5}\n", "E 2:18 schedule.cron");
    row("day_or with interval", kFlow + "schedule: {interval: 5, day_or: true}\n", "E 2:25 schedule.day_or");
    row("runner is text", kFlow + "flow_runner: subprocess\n", "E 2:14 flow_runner");
    row("runner without type", kFlow + "flow_runner: {config: {}}\n", "E 2:14 flow_runner.type");
    row("docker", kFlow + "flow_runner: {type: docker}\n", "E 2:21 flow_runner.type");
    row("unknown setting", kFlow + "flow_runner: {type: subprocess, config: {image: x}}\n",
        "E 2:42 flow_runner.config.image");
    row("universal with conda", kFlow + "flow_runner: {type: universal, config: {condaenv: x}}\n",
        "E 2:41 flow_runner.config.condaenv");
    row("conda and virtualenv", kFlow + "flow_runner: {type: subprocess, config: {condaenv: x, virtualenv: y}}\n",
        "E 2:55 flow_runner.config.virtualenv");
    row("env value is a list", kFlow + "flow_runner: {type: universal, config: {env: {A: [1]}}}\n",
        "E 2:50 flow_runner.config.env.A");
    row("env value is null", kFlow + "flow_runner: {type: universal, config: {env: {A: }}}\n",
        "E 2:49 flow_runner.config.env.A");
    row("legacy", "name: x\nflow_location: ./hello.py\n", "E 2:1 flow_location");
    row("list document", "- name: a\n", "E 1:1");
    row("text document", "just words\n", "E 1:1");
    row("empty document", "name: a\n" + kFlow + "---\n---\nname: b\n" + kFlow, "E 4:1");
    row("tab", "name: a\nflow:\n\tpath: x\n", "E 3:1");
}

void TestDeploymentSpec::tellsWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    const SpecFile file = read(text);
    QCOMPARE(places(file), QStringList({place}));
    QVERIFY(!file.isUsable());
    const Error &error = file.problems[0].error;
    QCOMPARE(error.file, m_path);
    const QChar last = error.detail.back();
    QVERIFY2(last == QLatin1Char('.') || last == QLatin1Char('?'), qPrintable(error.detail));
}

void TestDeploymentSpec::warns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("mentions");
    const auto row = [](const char *name, const QByteArray &text, const char *place, const char *mentions) {
        QTest::newRow(name) << text << QString::fromLatin1(place) << QString::fromLatin1(mentions);
    };
    row("unknown key", kFlow + "description: x\n", "W 2:1 description", "description");
    row("did you mean", kFlow + "paramters: {}\n", "W 2:1 paramters", "\"parameters\"");
    row("dash for underscore", kFlow + "flow-runner: {}\n", "W 2:1 flow-runner", "\"flow_runner\"");
    row("unknown key of flow", "flow: {path: ./hello.py, colour: red}\n", "W 1:26 flow.colour", "colour");
    row("setting beside config", kFlow + "flow_runner: {type: subprocess, env: {}}\n", "W 2:33 flow_runner.env", "env");
    row("packager", kFlow + "packager: {type: file}\n", "W 2:1 packager", "packager");
    row("key twice", "name: a\nname: b\n" + kFlow, "W 2:1 name", "line 1");
    row("name is a number", "name: 1.10\n" + kFlow, "W 1:7 name", "\"1.1\"");
    row("same deployment twice", "name: a\n" + kFlow + "---\nname: a\n" + kFlow, "W 4:1 name", "line 1");
}

void TestDeploymentSpec::warns()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QFETCH(QString, mentions);
    const SpecFile file = read(text);
    QCOMPARE(places(file), QStringList({place}));
    QVERIFY(file.isUsable());
    QVERIFY2(file.problems[0].error.detail.contains(mentions), qPrintable(file.problems[0].error.detail));
}

void TestDeploymentSpec::listsAllProblemsByLine()
{
    const SpecFile file = read("tags: 5\nflow: {path: ./gone.py}\n---\n- a\n---\nnaem: x\n" + kFlow + "---\nb: [\n");
    QCOMPARE(places(file),
        QStringList({QStringLiteral("E 1:7 tags"), QStringLiteral("E 2:14 flow.path"), QStringLiteral("E 4:1"),
            QStringLiteral("W 6:1 naem"), QStringLiteral("E 10:1")}));
    QVERIFY(!file.isUsable());
}

void TestDeploymentSpec::emptyFileIsNoError()
{
    const SpecFile file = read("# nothing\n");
    QVERIFY(file.isUsable());
    QCOMPARE(places(file), QStringList({QStringLiteral("W 1:1")}));
}

void TestDeploymentSpec::missingFileIsAProblem()
{
    const SpecFile file = readSpecFile(m_folder.filePath(QStringLiteral("gone.yaml")));
    QVERIFY(!file.isUsable());
    QCOMPARE(file.problems.size(), 1);
    QVERIFY(file.problems[0].error.detail.contains(QStringLiteral("gone.yaml")));
}

void TestDeploymentSpec::folderIsAProblem() { QVERIFY(!readSpecFile(m_folder.path()).isUsable()); }

void TestDeploymentSpec::writtenTextReadsBack_data()
{
    QTest::addColumn<QString>("text");
    const QStringList texts{QStringLiteral("on"), QStringLiteral("1.10"), QStringLiteral("0123"),
        QStringLiteral("12:30"), QStringLiteral("- x"), QStringLiteral("null"), QStringLiteral("~"),
        QStringLiteral("#"), QStringLiteral("a #b"), QStringLiteral("a: b"), QStringLiteral("two\nlines\n"),
        QStringLiteral("  edges  "), QStringLiteral("tab\there"), QStringLiteral("é ☺ 😀"), QStringLiteral("\"'\\"),
        QStringLiteral("*a"), QStringLiteral("&a"), QStringLiteral("!t"), QStringLiteral("{x}"), QStringLiteral("[x]"),
        QStringLiteral("%x"), QStringLiteral("@x"), QStringLiteral("`x`"), QStringLiteral("?"), QStringLiteral("|"),
        QStringLiteral("---"), QStringLiteral("..."), QStringLiteral("<<"), QStringLiteral("="),
        QStringLiteral("2026-01-01"), QStringLiteral("1e3"), QStringLiteral("0x1F"), QStringLiteral("y"),
        QStringLiteral("line\u2028sep\u0085\u007f\ufeff"), QStringLiteral("\r\n"), QString(QChar(1)), QString(),
        QString(1200, QLatin1Char('k'))};
    for (const QString &text : texts)
        QTest::newRow(toJsonText(toJson(text)).left(60).constData()) << text;
}

void TestDeploymentSpec::writtenTextReadsBack()
{
    QFETCH(QString, text);
    Deployment deployment;
    deployment.path = m_folder.filePath(QStringLiteral("hello.py"));
    deployment.entrypoint = text;
    deployment.tags = {text};
    Json parameters = {{"value", text.toStdString()}, {"list", {text.toStdString(), 1}}};
    parameters[text.toStdString()] = {{text.toStdString(), text.toStdString()}};
    deployment.parameters = toJsonText(parameters);
    const QString written = toSpecText(deployment);
    const SpecFile file = read(written.toUtf8());
    QVERIFY2(file.problems.isEmpty(),
        qPrintable(
            (file.problems.isEmpty() ? QString() : toText(file.problems[0].error)) + QLatin1Char('\n') + written));
    QCOMPARE(file.deployments[0].flowName, text);
    QCOMPARE(file.deployments[0].tags, QStringList{text});
    QCOMPARE(file.deployments[0].parameters, deployment.parameters);
}

void TestDeploymentSpec::writtenDeploymentReadsBack()
{
    Deployment deployment;
    deployment.name = QStringLiteral("nightly: 5");
    deployment.path = m_folder.filePath(QStringLiteral("hello.py"));
    deployment.parameters
        = R"({"int":-3,"big":123456789012345678901,"float":3.0,"huge":1e+200,"small":1e-07,"yes":true,"none":null,)"
          R"("empty":{},"nothing":[],"deep":{"a":[1,{"b":[]},[]],"c":{}}})";
    deployment.schedules = {Schedule{.json = R"({"cron":"0 9 * * *","timezone":"Europe/Berlin","day_or":false})"}};
    deployment.runner = {QStringLiteral("subprocess"), R"({"env":{"PORT":"8080","FLAG":"yes"},"condaenv":"shop"})"};
    const QString written = toSpecText(deployment);
    const SpecFile file = read(written.toUtf8());
    QVERIFY2(file.problems.isEmpty(), qPrintable(written));
    const DeploymentSpec &spec = file.deployments[0];
    QCOMPARE(spec.name, deployment.name);
    QCOMPARE(spec.flowPath, deployment.path);
    QCOMPARE(spec.parameters, deployment.parameters);
    QCOMPARE(spec.schedule, std::optional(deployment.schedules[0]));
    QCOMPARE(spec.runner, deployment.runner);
}

QTEST_GUILESS_MAIN(TestDeploymentSpec)
#include "tst_deploymentspec.moc"
