// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/spec/deploymentspec.h"
#include "tests/spec/vectors.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace fd;
using namespace fd::test;

/// Spec files and what Prefect 2.0b8 made of them.
class TestOrionSpecs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void givesTheSameDeployments_data();
    void givesTheSameDeployments();
    void refusesAsPrefect_data();
    void refusesAsPrefect();
};

namespace {

QString specPath(const QString &name) { return vectorPath(QStringLiteral("specs/orion/") + name); }

Json resultOf(const QString &name)
{
    QFile file(specPath(name) + QStringLiteral(".result.json"));
    return file.open(QIODevice::ReadOnly) ? parseJson(file.readAll()).value_or(Json()) : Json();
}

void addRows(const QStringList &names)
{
    QTest::addColumn<QString>("name");
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

/// Prefect creates twins one over the other.
QList<DeploymentSpec> lastOfTwins(const QList<DeploymentSpec> &specs)
{
    QMap<QString, DeploymentSpec> last;
    for (const DeploymentSpec &spec : specs)
        last[spec.name] = spec;
    return last.values();
}

/// The deployment of the recorded result that a document stands for.
const Json *recorded(const Json &deployments, const DeploymentSpec &spec)
{
    for (const Json &deployment : deployments) {
        if (!spec.hasName || toQString(deployment["name"]) == spec.name)
            return &deployment;
    }
    return nullptr;
}

void compareRunner(const FlowRunner &runner, const Json &expected)
{
    QCOMPARE(runner.type, toQString(expected["type"]));
    const Json config = *parseJson(runner.config);
    for (const auto &[key, value] : config.items())
        QCOMPARE(toJsonText(value), toJsonText(expected["config"][key]));
}

} // namespace

void TestOrionSpecs::initTestCase()
{
    if (!QFile::exists(specPath(QStringLiteral("06_deployment.yaml"))))
        QSKIP(qPrintable(QStringLiteral("missing: ") + specPath({})));
}

void TestOrionSpecs::givesTheSameDeployments_data()
{
    addRows({QStringLiteral("06_deployment.yaml"), QStringLiteral("22_schedules.yaml"),
        QStringLiteral("25_parameter_values.yaml"), QStringLiteral("26_anchors.yaml"),
        QStringLiteral("27_same_name_twice.yaml"), QStringLiteral("28_unknown_keys.yaml"),
        QStringLiteral("29_no_name.yaml"), QStringLiteral("31_crlf_tabs.yaml")});
}

void TestOrionSpecs::givesTheSameDeployments()
{
    QFETCH(QString, name);
    if (!QFile::exists(specPath(name)))
        QSKIP(qPrintable(QStringLiteral("missing: ") + specPath(name)));
    const SpecFile file = readSpecFile(specPath(name));
    QVERIFY2(file.isUsable(), file.problems.isEmpty() ? "" : qPrintable(toText(file.problems[0].error)));
    const Json deployments = resultOf(name)["deployments"];
    for (const DeploymentSpec &spec : lastOfTwins(file.deployments)) {
        const Json *expected = recorded(deployments, spec);
        QVERIFY2(expected != nullptr, qPrintable(spec.name));
        QCOMPARE(toJsonText(*parseJson(spec.parameters)), toJsonText((*expected)["parameters"]));
        Json tags = Json::array();
        for (const QString &tag : spec.tags)
            tags.push_back(toJson(tag));
        QCOMPARE(toJsonText(tags), toJsonText((*expected)["tags"]));
        QCOMPARE(spec.schedule.has_value(), !(*expected)["schedule"].is_null());
        compareRunner(spec.runner, (*expected)["flow_runner"]);
    }
}

void TestOrionSpecs::refusesAsPrefect_data()
{
    QStringList names;
    for (const char *name : {"01_no_flow", "02_unknown_runner", "03_two_kinds_of_schedule", "06_zero_interval",
             "10_missing_script", "14_list_document", "15_empty_document", "16_scalar_document", "17_yaml_syntax",
             "18_yaml_tab", "23_parameters_list", "24_tags_scalar", "25_name_with_slash", "35_one_good_one_bad",
             "38_undefined_alias", "39_flow_is_text"})
        names.append(QStringLiteral("broken/") + QLatin1String(name) + QStringLiteral(".yaml"));
    addRows(names);
}

void TestOrionSpecs::refusesAsPrefect()
{
    QFETCH(QString, name);
    if (!QFile::exists(specPath(name)))
        QSKIP(qPrintable(QStringLiteral("missing: ") + specPath(name)));
    QCOMPARE(resultOf(name)["exit"].get<int>(), 1);
    // The recording ran with the flows' folder beside the file.
    QFile spec(specPath(name));
    QVERIFY(spec.open(QIODevice::ReadOnly));
    const SpecFile file = readSpecText(spec.readAll(), specPath(QFileInfo(name).fileName()));
    QVERIFY(!file.isUsable());
    for (const SpecProblem &problem : file.problems)
        QVERIFY(problem.error.line > 0 && problem.error.column > 0 && !problem.error.detail.isEmpty());
}

QTEST_GUILESS_MAIN(TestOrionSpecs)
#include "tst_orionspecs.moc"
