// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/specdocument.h"
#include "models/spec/spectext.h"

#include <QRegularExpression>

namespace fd {
namespace {

const QString kField = QStringLiteral("schedule");

bool isNumber(const YamlNode &node)
{
    return node.type() == YamlType::Int || node.type() == YamlType::BigInt || node.type() == YamlType::Float;
}

/// The text forms of Pydantic 1's parse_duration: "[days] [[hh:]mm:]ss[.ffffff]" and ISO 8601 without weeks and months.
bool isDurationText(const QString &text)
{
    static const QRegularExpression standard(
        QStringLiteral(R"(^(?:-?\d+ (?:days?, )?)?(?:-?\d+:(?=\d+:\d+))?(?:-?\d+:)?-?\d+(?:\.\d{1,6}\d{0,6})?$)"));
    static const QRegularExpression iso(
        QStringLiteral(R"(^[-+]?P(?:\d+(?:.\d+)?D)?(?:T(?:\d+(?:.\d+)?H)?(?:\d+(?:.\d+)?M)?(?:\d+(?:.\d+)?S)?)?$)"));
    return standard.match(text).hasMatch() || iso.match(text).hasMatch();
}

void checkInterval(const YamlNode &node, const SpecContext &context)
{
    const QString field = kField + QStringLiteral(".interval");
    if (isNumber(node)) {
        const double seconds = node.type() == YamlType::Int ? static_cast<double>(node.value.integer) : node.value.real;
        if (node.type() == YamlType::BigInt || !(seconds > 0) || seconds > 86399999999999.0)
            context.problems.error(node, field, Spec::tr("The interval must be a positive number of seconds."));
    } else if (!node.isText() || !isDurationText(QString::fromStdString(node.value.text))) {
        context.problems.error(node, field,
            Spec::tr("The interval must be seconds such as 3600, or text such as \"1:30:00\" or \"PT90M\"."));
    }
}

void checkAnchor(const YamlNode &node, const SpecContext &context)
{
    static const QRegularExpression dateTime(QStringLiteral(
        R"(^\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,6}\d{0,6})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$)"));
    if (node.type() == YamlType::Timestamp || isNumber(node))
        return;
    if (!node.isText() || !dateTime.match(QString::fromStdString(node.value.text)).hasMatch()) {
        context.problems.error(node, kField + QStringLiteral(".anchor_date"),
            Spec::tr("The anchor must be a date with a time, such as 2026-01-01T06:00:00Z."));
    }
}

void checkText(const YamlNode &map, const char *key, const SpecContext &context)
{
    const YamlNode *node = valueOf(map, key);
    if (node != nullptr && !node->isText()) {
        const QString name = QString::fromLatin1(key);
        context.problems.error(*node, joined(kField, name),
            Spec::tr("\"%1\" must be text, but is %2; put it in quotes.").arg(name, describe(*node)));
    }
}

void checkCompanions(const YamlNode &map, std::string_view kind, const SpecContext &context)
{
    const auto check = [&](std::initializer_list<QLatin1String> known) {
        checkKeys(map, kField, known, SpecProblem::Severity::Error, context.problems);
    };
    checkText(map, "timezone", context);
    if (kind == "interval") {
        check({QLatin1String("interval"), QLatin1String("timezone"), QLatin1String("anchor_date")});
        checkInterval(*map.find("interval")->value, context);
        if (const YamlNode *anchor = valueOf(map, "anchor_date"))
            checkAnchor(*anchor, context);
    } else if (kind == "cron") {
        check({QLatin1String("cron"), QLatin1String("timezone"), QLatin1String("day_or")});
        checkText(map, "cron", context);
        const YamlNode *dayOr = valueOf(map, "day_or");
        if (dayOr != nullptr && !coercedBool(*dayOr)) {
            context.problems.error(*dayOr, kField + QStringLiteral(".day_or"),
                Spec::tr("\"day_or\" must be true or false, but is %1.").arg(describe(*dayOr)));
        }
    } else {
        check({QLatin1String("rrule"), QLatin1String("timezone")});
        checkText(map, "rrule", context);
    }
}

} // namespace

std::optional<Schedule> readSchedule(const YamlNode &node, const SpecContext &context)
{
    const QString example = Spec::tr("use one of interval, cron or rrule, such as {cron: \"0 9 * * *\"}");
    if (!node.isMap()) {
        context.problems.error(
            node, kField, Spec::tr("A schedule is a mapping, but this is %1; %2.").arg(describe(node), example));
        return std::nullopt;
    }
    std::vector<const YamlEntry *> kinds;
    for (const char *kind : {"interval", "cron", "rrule"}) {
        if (valueOf(node, kind) != nullptr)
            kinds.push_back(node.find(kind));
    }
    if (kinds.empty()) {
        context.problems.error(node, kField, Spec::tr("The schedule says nothing about when; %1.").arg(example));
        return std::nullopt;
    }
    if (kinds.size() > 1) {
        context.problems.error(*kinds[1]->key, joined(kField, keyText(*kinds[1]->key)),
            Spec::tr("A schedule has only one of interval, cron and rrule; remove the others."));
        return std::nullopt;
    }
    checkCompanions(node, kinds[0]->key->value.text, context);
    const Result<QByteArray> json = yamlToJson(node);
    if (!json) {
        context.problems.error(json.error(), kField);
        return std::nullopt;
    }
    return Schedule{.json = *json};
}

} // namespace fd
