// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"

#include <QList>
#include <QString>

namespace fd {

/// One changed field: its value as it is and as it will be, as text; empty for none.
struct FieldChange {
    QString field;
    QString before;
    QString after;
};

/// The fields of an item that change, or all that are set for one that is created.
[[nodiscard]] QList<FieldChange> fieldChanges(const SpecPlanItem &item);
/// What happens to the deployment in one line: "2 parameters, Every hour", "3 fields: version, tags, schedule".
[[nodiscard]] QString happens(const SpecPlanItem &item);
/// "4:12: version must be text", or the sentence alone when its place is not known.
[[nodiscard]] QString problemText(const SpecProblem &problem);
/// Problems by line, errors before warnings on the same line.
[[nodiscard]] QList<SpecProblem> sortedProblems(const SpecPlan &plan);
/// How many items have an action.
[[nodiscard]] int countOf(const SpecPlan &plan, SpecPlanItem::Action action);
/// The words of the button: "Create 3 deployments", "Apply 4 changes".
[[nodiscard]] QString applyText(const SpecPlan &plan);
/// The whole plan as plain text, for the clipboard.
[[nodiscard]] QString planAsText(const SpecPlan &plan);
/// One line without control characters, at most 1,000 characters.
[[nodiscard]] QString plainLine(const QString &text);

} // namespace fd
