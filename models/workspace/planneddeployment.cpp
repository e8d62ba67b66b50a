// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/planneddeployment.h"

#include "models/core/json.h"

#include <QFileInfo>

namespace fd {
namespace {

Json objectOf(const QByteArray &text)
{
    const auto value = parseJson(text);
    return value && value->is_object() ? *value : Json::object();
}

/// A parameter that need not be given and has no default in the schema may be "**kwargs", which takes every name.
bool mayTakeAnyName(const Json &schema)
{
    const Json &required = memberOf(schema, "required");
    for (const auto &[name, property] : memberOf(schema, "properties").items()) {
        const bool needed = required.is_array() && std::find(required.begin(), required.end(), name) != required.end();
        if (!needed && memberOf(property, "default").is_null() && !property.contains("default"))
            return true;
    }
    return boolOf(schema, "additionalProperties", false);
}

bool sameJson(const QByteArray &a, const QByteArray &b)
{
    // Order is not part of what an object says.
    return a == b || nlohmann::json(objectOf(a)) == nlohmann::json(objectOf(b));
}

void compareParameters(const QByteArray &current, const QByteArray &planned, QStringList &changed)
{
    const Json before = objectOf(current);
    const Json after = objectOf(planned);
    const auto differs = [](const Json &a, const Json &b, const std::string &name) {
        const auto inA = a.find(name);
        const auto inB = b.find(name);
        return (inA == a.end()) != (inB == b.end()) || (inA != a.end() && nlohmann::json(*inA) != nlohmann::json(*inB));
    };
    Json names = before;
    names.update(after);
    for (const auto &[name, value] : names.items()) {
        if (differs(before, after, name))
            changed += QStringLiteral("parameters.") + toQString(name);
    }
}

bool sameSchedules(const QList<Schedule> &a, const QList<Schedule> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Schedule &left, const Schedule &right) {
        return left.active == right.active && sameJson(left.json, right.json);
    });
}

} // namespace

SpecProblem problemAt(const DeploymentSpec &spec, const QString &specPath, const QString &field, const Error &error,
    SpecProblem::Severity severity)
{
    Error placed = error;
    placed.file = specPath;
    placed.line = spec.line;
    placed.column = 1;
    placed.field = field;
    return {.severity = severity, .error = placed};
}

Result<FlowInFile> chooseFlow(const DeploymentSpec &spec, const InspectedFlow &file, const QString &specPath)
{
    const auto failure = [&](ErrorKind kind, const QString &detail) {
        const Error error{.kind = kind, .detail = detail, .field = {}, .file = {}};
        return fail(problemAt(spec, specPath, QStringLiteral("flow.name"), error).error);
    };
    QStringList names;
    for (const FlowInFile &flow : file.flows)
        names += flow.name;
    const QString fileName = QFileInfo(spec.flowPath).fileName();
    if (spec.flowName.isEmpty()) {
        if (file.flows.size() == 1)
            return file.flows.first();
        return failure(ErrorKind::Validation,
            QStringLiteral("%1 has several flows (%2); name the one that is meant in \"flow.name\".")
                .arg(fileName, names.join(QStringLiteral(", "))));
    }
    for (const auto member : {&FlowInFile::name, &FlowInFile::function}) {
        for (const FlowInFile &flow : file.flows) {
            if (flow.*member == spec.flowName)
                return flow;
        }
    }
    return failure(ErrorKind::NotFound,
        QStringLiteral("%1 has no flow \"%2\"; it has %3.")
            .arg(fileName, spec.flowName, names.join(QStringLiteral(", "))));
}

Deployment plannedDeployment(const DeploymentSpec &spec, const FlowInFile &flow, const QString &specPath)
{
    Deployment deployment;
    deployment.name = spec.name.isEmpty() ? flow.name : spec.name;
    deployment.flowName = flow.name;
    deployment.description = flow.description;
    deployment.version = flow.version;
    deployment.tags = spec.tags;
    deployment.parameters = spec.parameters;
    deployment.parameterSchema = flow.parameterSchema;
    if (spec.schedule)
        deployment.schedules = {*spec.schedule};
    deployment.runner = spec.runner;
    deployment.path = spec.flowPath;
    deployment.entrypoint = flow.name;
    deployment.specPath = specPath;
    deployment.specText = spec.text;
    return deployment;
}

QList<SpecProblem> parameterProblems(const DeploymentSpec &spec, const FlowInFile &flow, const QString &specPath)
{
    const Json schema = objectOf(flow.parameterSchema);
    const Json &properties = memberOf(schema, "properties");
    const bool mayFit = mayTakeAnyName(schema);
    QStringList known;
    for (const auto &[name, property] : properties.items())
        known += toQString(name);
    const Json given = objectOf(spec.parameters);
    QList<SpecProblem> problems;
    for (const auto &[name, value] : given.items()) {
        const QString parameter = toQString(name);
        if (known.contains(parameter))
            continue;
        const QString takes = known.isEmpty() ? QStringLiteral("it takes none")
                                              : QStringLiteral("it takes ") + known.join(QStringLiteral(", "));
        const Error error{.kind = ErrorKind::Validation,
            .detail = QStringLiteral("The flow \"%1\" has no parameter \"%2\"; %3.").arg(flow.name, parameter, takes),
            .field = {},
            .file = {}};
        problems += problemAt(spec, specPath, QStringLiteral("parameters.") + parameter, error,
            mayFit ? SpecProblem::Severity::Warning : SpecProblem::Severity::Error);
    }
    return problems;
}

QStringList changedFields(const Deployment &current, const Deployment &planned)
{
    QStringList changed;
    const auto compare = [&changed](bool same, const char *field) {
        if (!same)
            changed += QLatin1String(field);
    };
    compare(current.description == planned.description, "description");
    compare(current.version == planned.version, "version");
    compare(current.tags == planned.tags, "tags");
    compareParameters(current.parameters, planned.parameters, changed);
    compare(sameJson(current.parameterSchema, planned.parameterSchema), "parameter_schema");
    compare(sameSchedules(current.schedules, planned.schedules), "schedule");
    compare(current.runner.type == planned.runner.type, "flow_runner.type");
    compare(sameJson(current.runner.config, planned.runner.config), "flow_runner.config");
    compare(current.path == planned.path, "flow.path");
    compare(current.entrypoint == planned.entrypoint, "flow.name");
    compare(current.specPath == planned.specPath && current.specText == planned.specText, "spec");
    return changed;
}

} // namespace fd
