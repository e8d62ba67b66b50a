// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/specs/plantext.h"

#include "models/core/json.h"
#include "views/common/format.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace fd {
namespace {

constexpr qsizetype kMostCharacters = 1000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::PlanText)
};

QString scheduleText(const QList<Schedule> &schedules)
{
    QStringList texts;
    for (const Schedule &schedule : schedules) {
        const format::ScheduleText text = format::schedule(schedule);
        texts += text.zone.isEmpty() ? text.rule : Words::tr("%1, %2").arg(text.rule, text.zone);
    }
    return texts.join(QStringLiteral("; "));
}

QString parameterValue(const QByteArray &parameters, const QString &name)
{
    const Json value = parseJson(parameters).value_or(Json::object());
    const auto found = value.is_object() ? value.find(name.toStdString()) : value.end();
    return found == value.end() ? QString() : QString::fromUtf8(toJsonText(*found));
}

QString runnerText(const FlowRunner &runner)
{
    return runner.config == "{}" ? runner.type
                                 : QStringLiteral("%1 %2").arg(runner.type, QString::fromUtf8(runner.config));
}

/// The text of a field of a deployment, by Prefect's name for it.
QString fieldText(const Deployment &deployment, const QString &field)
{
    if (field.startsWith(QLatin1String("parameters.")))
        return parameterValue(deployment.parameters, field.mid(11));
    if (field.startsWith(QLatin1String("parameter")))
        return QString::fromUtf8(
            field == QLatin1String("parameters") ? deployment.parameters : deployment.parameterSchema);
    if (field.startsWith(QLatin1String("schedule")))
        return scheduleText(deployment.schedules);
    if (field.startsWith(QLatin1String("flow_runner")) || field.startsWith(QLatin1String("runner")))
        return runnerText(deployment.runner);
    if (field == QLatin1String("tags"))
        return deployment.tags.join(QStringLiteral(", "));
    if (field == QLatin1String("version"))
        return deployment.version;
    if (field == QLatin1String("description"))
        return deployment.description;
    if (field == QLatin1String("paused"))
        return deployment.paused ? Words::tr("true") : Words::tr("false");
    if (field == QLatin1String("entrypoint") || field == QLatin1String("flow.name"))
        return deployment.entrypoint.isEmpty() ? deployment.flowName : deployment.entrypoint;
    if (field == QLatin1String("path") || field.startsWith(QLatin1String("flow")))
        return deployment.path;
    if (field == QLatin1String("name"))
        return deployment.name;
    return deployment.specText;
}

QString listOf(const SpecPlan &plan, SpecPlanItem::Action action, const QString &title)
{
    QString text;
    for (const SpecPlanItem &item : plan.items) {
        if (item.action != action)
            continue;
        text += QStringLiteral("  %1 / %2: %3\n").arg(item.planned.flowName, item.planned.name, happens(item));
        for (const FieldChange &change : fieldChanges(item)) {
            if (!change.before.isEmpty())
                text += QStringLiteral("    - %1: %2\n").arg(change.field, change.before);
            if (!change.after.isEmpty())
                text += QStringLiteral("    + %1: %2\n").arg(change.field, change.after);
        }
    }
    return text.isEmpty() ? text : title + u'\n' + text;
}

} // namespace

QString plainLine(const QString &text)
{
    QString line = text.left(kMostCharacters);
    for (QChar &character : line) {
        if (character.category() == QChar::Other_Control || character.category() == QChar::Other_Format
            || character == QChar::LineSeparator || character == QChar::ParagraphSeparator)
            character = u' ';
    }
    return text.size() > kMostCharacters ? line + u'…' : line;
}

QList<FieldChange> fieldChanges(const SpecPlanItem &item)
{
    QStringList fields = item.changedFields;
    if (item.action == SpecPlanItem::Action::Create && fields.isEmpty()) {
        fields = {QStringLiteral("path"), QStringLiteral("entrypoint"), QStringLiteral("tags")};
        const Json parameters = parseJson(item.planned.parameters).value_or(Json::object());
        if (parameters.is_object()) {
            for (const auto &[name, value] : parameters.items())
                fields += QStringLiteral("parameters.") + toQString(name);
        }
        fields += {QStringLiteral("schedule"), QStringLiteral("flow_runner")};
    }
    QList<FieldChange> changes;
    for (const QString &field : std::as_const(fields)) {
        const FieldChange change{.field = field,
            .before = item.current ? fieldText(*item.current, field) : QString(),
            .after = fieldText(item.planned, field)};
        if (!change.before.isEmpty() || !change.after.isEmpty())
            changes += change;
    }
    return changes;
}

QString happens(const SpecPlanItem &item)
{
    if (item.action == SpecPlanItem::Action::Unchanged)
        return Words::tr("nothing changes");
    if (item.action == SpecPlanItem::Action::Update) {
        const QString fields = item.changedFields.join(QStringLiteral(", "));
        return item.changedFields.size() == 1
            ? Words::tr("1 field: %1").arg(fields)
            : Words::tr("%1 fields: %2").arg(format::count(item.changedFields.size()), fields);
    }
    const Json parameters = parseJson(item.planned.parameters).value_or(Json::object());
    const size_t count = parameters.is_object() ? parameters.size() : 0;
    QStringList parts;
    parts += item.planned.schedules.isEmpty() ? Words::tr("no schedule") : scheduleText(item.planned.schedules);
    parts += count == 0 ? Words::tr("no parameters set")
        : count == 1    ? Words::tr("1 parameter set")
                        : Words::tr("%n parameters set", nullptr, static_cast<int>(count));
    return parts.join(QStringLiteral(" · "));
}

QString problemText(const SpecProblem &problem)
{
    const Error &error = problem.error;
    if (error.line == 0)
        return error.detail;
    return error.column == 0 ? Words::tr("line %1: %2").arg(error.line).arg(error.detail)
                             : Words::tr("line %1, column %2: %3").arg(error.line).arg(error.column).arg(error.detail);
}

QList<SpecProblem> sortedProblems(const SpecPlan &plan)
{
    QList<SpecProblem> problems = plan.problems;
    std::stable_sort(problems.begin(), problems.end(), [](const SpecProblem &a, const SpecProblem &b) {
        if (a.error.line != b.error.line)
            return a.error.line < b.error.line;
        return a.severity < b.severity;
    });
    return problems;
}

int countOf(const SpecPlan &plan, SpecPlanItem::Action action)
{
    return static_cast<int>(std::count_if(
        plan.items.cbegin(), plan.items.cend(), [action](const SpecPlanItem &item) { return item.action == action; }));
}

QString applyText(const SpecPlan &plan)
{
    const int created = countOf(plan, SpecPlanItem::Action::Create);
    const int updated = countOf(plan, SpecPlanItem::Action::Update);
    if (created + updated == 0)
        return Words::tr("Apply");
    if (updated == 0)
        return created == 1 ? Words::tr("Create 1 deployment") : Words::tr("Create %n deployments", nullptr, created);
    return created + updated == 1 ? Words::tr("Apply 1 change")
                                  : Words::tr("Apply %n changes", nullptr, created + updated);
}

QString planAsText(const SpecPlan &plan)
{
    QString text = plan.path + u'\n';
    const QList<SpecProblem> problems = sortedProblems(plan);
    for (const SpecProblem &problem : problems)
        text += QStringLiteral("%1: %2\n")
                    .arg(problem.severity == SpecProblem::Severity::Error ? Words::tr("error") : Words::tr("warning"),
                        toText(problem.error));
    text += listOf(plan, SpecPlanItem::Action::Create, Words::tr("Create"));
    text += listOf(plan, SpecPlanItem::Action::Update, Words::tr("Update"));
    text += listOf(plan, SpecPlanItem::Action::Unchanged, Words::tr("Unchanged"));
    return text;
}

} // namespace fd
