// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/workspace.h"

#include <QUuid>

#include <algorithm>

namespace fd {

QString makeIdempotencyKey() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

bool SpecPlan::canApply() const
{
    return !items.isEmpty() && std::none_of(problems.begin(), problems.end(), [](const SpecProblem &problem) {
        return problem.severity == SpecProblem::Severity::Error;
    });
}

} // namespace fd
