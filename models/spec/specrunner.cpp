// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/spec/specdocument.h"
#include "models/spec/spectext.h"

namespace fd {
namespace {

const QString kConfigField = QStringLiteral("flow_runner.config");

void readEnv(const YamlNode &config, const SpecContext &context, Json &out)
{
    const YamlNode *env = valueOf(config, "env");
    if (env == nullptr)
        return;
    const QString field = kConfigField + QStringLiteral(".env");
    if (!env->isMap()) {
        context.problems.error(
            *env, field, Spec::tr("\"env\" must be a mapping of names to values, but is %1.").arg(describe(*env)));
        return;
    }
    Json values = Json::object();
    for (const YamlEntry &entry : env->entries) {
        const QString name = keyText(*entry.key);
        const std::optional<QString> value = coercedText(*entry.value);
        if (!coercedText(*entry.key) || name.isEmpty() || name.contains(QLatin1Char('='))) {
            context.problems.error(*entry.key, joined(field, name),
                Spec::tr("\"%1\" cannot be the name of an environment variable.").arg(shortened(name)));
        } else if (!value) {
            context.problems.error(*entry.value, joined(field, name),
                Spec::tr("An environment variable must be text, but is %1.").arg(describe(*entry.value)));
        } else {
            values[name.toStdString()] = toJson(*value);
        }
    }
    out["env"] = std::move(values);
}

void readStreamOutput(const YamlNode &config, const SpecContext &context, Json &out)
{
    const YamlNode *node = valueOf(config, "stream_output");
    if (node == nullptr)
        return;
    if (const std::optional<bool> value = coercedBool(*node))
        out["stream_output"] = *value;
    else
        context.problems.error(*node, kConfigField + QStringLiteral(".stream_output"),
            Spec::tr("\"stream_output\" must be true or false, but is %1.").arg(describe(*node)));
}

void readEnvironment(const YamlNode &config, const char *key, const SpecContext &context, Json &out)
{
    const YamlNode *node = valueOf(config, key);
    if (node == nullptr)
        return;
    const QString name = QString::fromLatin1(key);
    if (!node->isText() || node->value.text.empty()) {
        context.problems.error(
            *node, joined(kConfigField, name), Spec::tr("\"%1\" must be text, but is %2.").arg(name, describe(*node)));
        return;
    }
    QString text = QString::fromStdString(node->value.text);
    // "~" is expanded when the run starts, as in Prefect; a conda environment may be a bare name.
    if (name == QLatin1String("virtualenv") && !text.startsWith(QLatin1Char('~')))
        text = QDir::cleanPath(context.folder.absoluteFilePath(text));
    out[key] = toJson(text);
}

QByteArray readConfig(const YamlNode &config, bool isSubprocess, const SpecContext &context)
{
    if (!config.isMap()) {
        context.problems.error(config, kConfigField,
            Spec::tr("\"config\" must be a mapping of settings, but is %1.").arg(describe(config)));
        return "{}";
    }
    Json out = Json::object();
    readEnv(config, context, out);
    if (!isSubprocess) {
        checkKeys(config, kConfigField, {QLatin1String("env")}, SpecProblem::Severity::Error, context.problems);
        return toJsonText(out);
    }
    checkKeys(config, kConfigField,
        {QLatin1String("env"), QLatin1String("stream_output"), QLatin1String("condaenv"), QLatin1String("virtualenv")},
        SpecProblem::Severity::Error, context.problems);
    readStreamOutput(config, context, out);
    readEnvironment(config, "condaenv", context, out);
    readEnvironment(config, "virtualenv", context, out);
    if (out.contains("condaenv") && out.contains("virtualenv")) {
        context.problems.error(*config.find("virtualenv")->key, kConfigField + QStringLiteral(".virtualenv"),
            Spec::tr("\"condaenv\" and \"virtualenv\" exclude each other; remove one."));
    }
    return toJsonText(out);
}

} // namespace

FlowRunner readRunner(const YamlNode &node, const SpecContext &context)
{
    FlowRunner runner;
    const QString field = QStringLiteral("flow_runner");
    const QString typeField = QStringLiteral("flow_runner.type");
    if (!node.isMap()) {
        context.problems.error(node, field,
            Spec::tr("\"flow_runner\" must be a mapping with \"type\" and \"config\", but is %1.").arg(describe(node)));
        return runner;
    }
    checkKeys(node, field, {QLatin1String("type"), QLatin1String("config")}, SpecProblem::Severity::Warning,
        context.problems);
    const YamlNode *type = valueOf(node, "type");
    if (type == nullptr) {
        context.problems.error(
            node, typeField, Spec::tr("The runner's \"type\" is missing; use subprocess or universal."));
        return runner;
    }
    const QString typeName = coercedText(*type).value_or(describe(*type));
    if (typeName != QLatin1String("subprocess") && typeName != QLatin1String("universal")) {
        context.problems.error(*type, typeField,
            Spec::tr("The runner \"%1\" is not supported; use subprocess or universal.").arg(shortened(typeName)));
        return runner;
    }
    runner.type = typeName;
    if (const YamlNode *config = valueOf(node, "config"))
        runner.config = readConfig(*config, typeName == QLatin1String("subprocess"), context);
    return runner;
}

} // namespace fd
