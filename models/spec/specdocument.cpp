// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/specdocument.h"

#include "models/core/json.h"
#include "models/spec/spectext.h"

#include <QFileInfo>

namespace fd {
namespace {

using Severity = SpecProblem::Severity;

void readName(const YamlNode &map, const SpecContext &context, DeploymentSpec &spec)
{
    const YamlNode *node = valueOf(map, "name");
    if (node == nullptr)
        return;
    const QString field = QStringLiteral("name");
    const std::optional<QString> name = coercedText(*node);
    if (!name) {
        context.problems.error(*node, field, Spec::tr("The name must be text, but is %1.").arg(describe(*node)));
        return;
    }
    // INVALID_NAME_CHARACTERS of Orion's schemas.
    for (const QChar c : *name) {
        if (QStringLiteral("/%&><").contains(c)) {
            context.problems.error(*node, field, Spec::tr("The name may not contain \"%1\"; choose another.").arg(c));
            return;
        }
    }
    if (!node->isText()) {
        context.problems.warning(*node, field,
            Spec::tr("YAML reads this name as %1, so it becomes \"%2\"; put it in quotes.")
                .arg(describe(*node), shortened(*name)));
    }
    spec.name = *name;
    spec.hasName = true;
}

void readFlowPath(const YamlNode &flow, const SpecContext &context, DeploymentSpec &spec)
{
    const QString field = QStringLiteral("flow.path");
    const YamlNode *node = valueOf(flow, "path");
    if (node == nullptr) {
        context.problems.error(flow, field, Spec::tr("The flow's file is missing; add \"path\" with a Python file."));
        return;
    }
    if (!node->isText() || node->value.text.empty()) {
        context.problems.error(
            *node, field, Spec::tr("\"path\" must name a Python file, but is %1.").arg(describe(*node)));
        return;
    }
    const QString path = QDir::cleanPath(context.folder.absoluteFilePath(QString::fromStdString(node->value.text)));
    const QFileInfo file(path);
    if (!file.exists()) {
        context.problems.error(
            *node, field, Spec::tr("There is no file %1; correct the path or create the file.").arg(shortened(path)));
    } else if (!file.isFile()) {
        context.problems.error(*node, field, Spec::tr("%1 is no file; name a Python file.").arg(shortened(path)));
    }
    spec.flowPath = path;
}

void readFlow(const YamlNode &map, const SpecContext &context, DeploymentSpec &spec)
{
    const QString field = QStringLiteral("flow");
    const YamlNode *flow = valueOf(map, "flow");
    if (flow == nullptr) {
        const YamlEntry *entry = map.find("flow");
        context.problems.error(entry != nullptr ? *entry->key : map, field,
            Spec::tr("The flow is missing; add \"flow\" with the \"path\" of its Python file."));
        return;
    }
    if (!flow->isMap()) {
        context.problems.error(*flow, field,
            Spec::tr("\"flow\" must be a mapping with \"path\" and, if needed, \"name\", but is %1.")
                .arg(describe(*flow)));
        return;
    }
    checkKeys(*flow, field, {QLatin1String("path"), QLatin1String("name")}, Severity::Warning, context.problems);
    readFlowPath(*flow, context, spec);
    if (const YamlNode *name = valueOf(*flow, "name")) {
        if (const std::optional<QString> text = coercedText(*name))
            spec.flowName = *text;
        else
            context.problems.error(*name, QStringLiteral("flow.name"),
                Spec::tr("The flow's name must be text, but is %1.").arg(describe(*name)));
    }
}

void readTags(const YamlNode &map, const SpecContext &context, DeploymentSpec &spec)
{
    const YamlNode *tags = valueOf(map, "tags");
    if (tags == nullptr)
        return;
    const QString field = QStringLiteral("tags");
    if (tags->type() != YamlType::List) {
        context.problems.error(
            *tags, field, Spec::tr("\"tags\" must be a list such as [a, b], but is %1.").arg(describe(*tags)));
        return;
    }
    int index = 0;
    for (const YamlNode *item : tags->items) {
        const QString itemField = QStringLiteral("tags[%1]").arg(index++);
        const std::optional<QString> tag = coercedText(*item);
        if (!tag) {
            context.problems.error(*item, itemField, Spec::tr("A tag must be text, but is %1.").arg(describe(*item)));
        } else if (!spec.tags.contains(*tag)) {
            spec.tags.append(*tag);
        }
    }
}

void readParameters(const YamlNode &map, const SpecContext &context, DeploymentSpec &spec)
{
    const YamlNode *parameters = valueOf(map, "parameters");
    if (parameters == nullptr)
        return;
    const QString field = QStringLiteral("parameters");
    if (!parameters->isMap()) {
        context.problems.error(*parameters, field,
            Spec::tr("\"parameters\" must be a mapping of names to values, but is %1.").arg(describe(*parameters)));
        return;
    }
    QByteArray json = "{";
    for (const YamlEntry &entry : parameters->entries) {
        const QString name = keyText(*entry.key);
        if (!coercedText(*entry.key)) {
            context.problems.error(*entry.key, joined(field, name),
                Spec::tr("A parameter's name must be text, but is %1; put it in quotes.").arg(describe(*entry.key)));
            continue;
        }
        Result<QByteArray> value = yamlToJson(*entry.value);
        if (!value) {
            context.problems.error(value.error(), joined(field, name));
            continue;
        }
        if (json.size() > 1)
            json += ',';
        json += toJsonText(toJson(name)) + ':' + *value;
    }
    spec.parameters = json + '}';
}

/// Whether the document can be a deployment at all; if not, one problem says why.
bool isDeployment(const YamlNode &root, const SpecContext &context)
{
    if (root.type() == YamlType::Null) {
        context.problems.error(
            root, {}, Spec::tr("This document is empty; remove its \"---\" or describe a deployment."));
        return false;
    }
    if (root.type() == YamlType::List) {
        context.problems.error(root, {},
            Spec::tr(
                "This document is a list; write each deployment as a document of its own, with \"---\" between them."));
        return false;
    }
    if (!root.isMap()) {
        context.problems.error(root, {},
            Spec::tr("This document is %1; a deployment is a mapping with \"name\" and \"flow\".").arg(describe(root)));
        return false;
    }
    if (const YamlEntry *legacy = root.find("flow_location")) {
        context.problems.error(*legacy->key, QStringLiteral("flow_location"),
            Spec::tr("\"flow_location\" is the old form; write \"flow:\" with \"path\" (this file) and, if needed, "
                     "\"name\"."));
        return false;
    }
    return true;
}

} // namespace

DeploymentSpec readDeployment(const YamlDocument &document, const SpecContext &context)
{
    DeploymentSpec spec;
    spec.text = document.text;
    spec.line = document.line;
    for (const YamlRepeatedKey &repeated : document.repeatedKeys) {
        const QString key = keyText(*repeated.again);
        context.problems.warning(*repeated.again, shortened(key),
            Spec::tr("\"%1\" stands in line %2 already; this one counts, so remove the other.")
                .arg(shortened(key))
                .arg(repeated.first->line));
    }
    const YamlNode &root = *document.root;
    if (!isDeployment(root, context))
        return spec;
    checkKeys(root, {},
        {QLatin1String("name"), QLatin1String("flow"), QLatin1String("tags"), QLatin1String("parameters"),
            QLatin1String("schedule"), QLatin1String("flow_runner"), QLatin1String("packager")},
        Severity::Warning, context.problems);
    readName(root, context, spec);
    readFlow(root, context, spec);
    readTags(root, context, spec);
    readParameters(root, context, spec);
    if (const YamlNode *schedule = valueOf(root, "schedule"))
        spec.schedule = readSchedule(*schedule, context);
    if (const YamlNode *runner = valueOf(root, "flow_runner"))
        spec.runner = readRunner(*runner, context);
    if (const YamlEntry *packager = root.find("packager")) {
        context.problems.warning(*packager->key, QStringLiteral("packager"),
            Spec::tr("\"packager\" has no effect in a local workspace: the flow is run from its file."));
    }
    return spec;
}

} // namespace fd
