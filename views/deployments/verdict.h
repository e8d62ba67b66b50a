// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/workspace/workspace.h"
#include "views/common/theme.h"

#include <QList>
#include <QString>

namespace fd {

/// One piece of evidence: what it says, and whether it stands in the way.
struct VerdictLine {
    Notice notice = Notice::Done;
    QString title;
    QString detail;
};

/// Will a Quick Run of this deployment run? The answer and why, from what this computer knows.
struct Verdict {
    Notice notice = Notice::Done;
    QString answer;
    QList<VerdictLine> lines;
};

/// Looks at the engine, the required parameters, the flow's file and the interpreter. Two files are asked for; nothing
/// is run.
[[nodiscard]] Verdict judge(const Deployment &deployment, const EngineStatus &engine, const Capabilities &capabilities);

} // namespace fd
