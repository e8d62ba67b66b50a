// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/flowinspector.h"
#include "models/workspace/localworkspace.h"
#include "tests/engine/engineworld.h"

#include <QDir>
#include <QFile>

using namespace fd;
using namespace fd::test;

/// Specs that cannot be used: each says what is wrong, where, and nothing is created.
class SpecPlanTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void refuses_data();
    void refuses();
    void acceptsWhatMayFit();
    void oneBadDocumentBlocksTheFile();
    void givesUpOnAFileThatNeverLoads();

private:
    SpecPlan planOf(const QByteArray &spec, const QByteArray &flow);

    QTemporaryDir m_folder;
    std::unique_ptr<LocalWorkspace> m_workspace;
};

void SpecPlanTest::initTestCase()
{
    auto workspace = LocalWorkspace::open({.storePath = m_folder.filePath(QStringLiteral("it.flowdeck")),
        .create = true,
        .name = {},
        .supervisorPath = QStringLiteral(FLOWDECK_SUPERVISOR),
        .bridgePath = QStringLiteral(FLOWDECK_BRIDGE),
        .runEngine = false});
    QVERIFY(workspace.has_value());
    m_workspace = std::move(*workspace);
}

SpecPlan SpecPlanTest::planOf(const QByteArray &spec, const QByteArray &flow)
{
    const auto write = [this](const QString &name, const QByteArray &content) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
    };
    QFile::remove(m_folder.filePath(QStringLiteral("flow.py")));
    if (!flow.isEmpty())
        write(QStringLiteral("flow.py"), flow);
    write(QStringLiteral("spec.yaml"), spec);
    auto task = m_workspace->planSpec(m_folder.filePath(QStringLiteral("spec.yaml")));
    if (!QTest::qWaitFor([&task] { return task.isReady(); }, kDeadlineMs))
        qFatal("planning did not finish");
    return QCoro::waitFor(std::move(task)).value();
}

void SpecPlanTest::refuses_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("flow");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("words");
    const QByteArray spec = "# about\nname: it\nflow:\n  path: flow.py\n";
    const QByteArray flow = "from prefect import flow\n@flow\ndef one(a: int = 1):\n    pass\n";
    const auto row
        = [](const char *name, const QByteArray &specText, const QByteArray &flowText, int line, const char *words) {
              QTest::newRow(name) << specText << flowText << line << QString::fromLatin1(words);
          };
    row("missing file", spec, {}, 4, "flow.py");
    row("syntax error", spec, "def (:\n", 2, "not valid Python in line 1");
    row("exits", spec, "import sys\nsys.exit(3)\n", 2, "sys.exit(3)");
    row("raises", spec, "1 / 0\n", 2, "ZeroDivisionError");
    row("dies", spec, "import os\nos.kill(os.getpid(), 9)\n", 2, "SIGKILL");
    row("leaves", spec, "import os\nos._exit(5)\n", 2, "exit code 5");
    row("no flow", spec, "x = 1\n", 2, "defines no flow");
    row("several flows", spec, flow + "@flow\ndef two():\n    pass\n", 2, "several flows (one, two)");
    row("unknown flow", spec + "  name: three\n", flow, 2, "no flow \"three\"; it has one");
    row("unknown parameter", spec + "parameters:\n  b: 1\n", flow, 2, "no parameter \"b\"; it takes a");
    row("no virtualenv", spec + "flow_runner:\n  type: subprocess\n  config:\n    virtualenv: /no/where\n", flow, 2,
        "/no/where has no bin/python");
    row("twice", spec + "---\nname: it\nflow:\n  path: flow.py\n  name: one\n", flow, 6, "in this file already");
}

void SpecPlanTest::refuses()
{
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, flow);
    QFETCH(int, line);
    QFETCH(QString, words);
    const SpecPlan plan = planOf(spec, flow);
    QVERIFY(!plan.canApply());
    QCOMPARE(plan.problems.size(), 1);
    const Error &error = plan.problems.first().error;
    QVERIFY2(error.detail.contains(words), qPrintable(error.detail));
    QCOMPARE(error.file, m_folder.filePath(QStringLiteral("spec.yaml")));
    QCOMPARE(error.line, line);
    auto task = m_workspace->applySpec(plan);
    QTRY_VERIFY_WITH_TIMEOUT(task.isReady(), kDeadlineMs);
    QCOMPARE(QCoro::waitFor(std::move(task)).error().kind, ErrorKind::Validation);
}

void SpecPlanTest::acceptsWhatMayFit()
{
    // Printing, even a lot of it, is no error; and **kwargs may take any name.
    const SpecPlan plan = planOf("flow:\n  path: flow.py\nparameters:\n  anything: 1\n",
        "from prefect import flow\nprint('x' * 5_000_000)\n@flow\ndef one(**more):\n    pass\n");
    QVERIFY(plan.canApply());
    QCOMPARE(plan.items.first().planned.name, QStringLiteral("one"));
    QCOMPARE(plan.problems.size(), 1);
    QCOMPARE(plan.problems.first().severity, SpecProblem::Severity::Warning);
}

void SpecPlanTest::oneBadDocumentBlocksTheFile()
{
    const SpecPlan plan
        = planOf("name: good\nflow:\n  path: flow.py\n---\nname: bad\nflow:\n  path: flow.py\n  name: two\n",
            "from prefect import flow\n@flow\ndef one():\n    pass\n");
    QCOMPARE(plan.items.size(), 1);
    QVERIFY(!plan.canApply());
    QCOMPARE(plan.problems.first().error.line, 5);
}

void SpecPlanTest::givesUpOnAFileThatNeverLoads()
{
    QFile file(m_folder.filePath(QStringLiteral("endless.py")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "import time, subprocess\nsubprocess.Popen(['sleep', '600'])\nprint('waiting')\nwhile True: time.sleep(1)\n");
    file.close();
    InspectRequest request;
    request.python = QStringLiteral("/usr/bin/python3");
    request.bridge = QStringLiteral(FLOWDECK_BRIDGE);
    request.file = file.fileName();
    request.timeoutMs = 700;
    auto task = inspectFlow(request);
    QTRY_VERIFY_WITH_TIMEOUT(task.isReady(), kDeadlineMs);
    const auto inspected = QCoro::waitFor(std::move(task));
    QCOMPARE(inspected.error().kind, ErrorKind::Timeout);
    QVERIFY2(inspected.error().detail.contains(QStringLiteral("endless.py did not finish loading")),
        qPrintable(inspected.error().detail));
}

QTEST_GUILESS_MAIN(SpecPlanTest)
#include "tst_specplan.moc"
