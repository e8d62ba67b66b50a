// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/items/workspacecounts.h"
#include "models/workspace/workspace.h"
#include "models/workspace/workspacebook.h"

namespace fd {

/// A known workspace with what is known of it now.
struct WorkspaceRow {
    WorkspaceEntry entry;
    bool isOpen = false;
    /// Of an open one.
    SyncStatus sync;
    EngineStatus engine;
    Capabilities can;
    /// Why it could not be opened.
    std::optional<Error> failure;
    std::optional<WorkspaceCounts::Counts> counts;
};

/// A first line and a quieter one below it.
struct TwoLines {
    QString first;
    QString second;
};

/// Whether it works: a dot, two bars, a ring with a slash.
enum class Readiness : quint8 { Ready, Waiting, Broken };

/// Name over address or file.
[[nodiscard]] TwoLines nameLines(const WorkspaceRow &row);
/// What answers there, over what it lacks.
[[nodiscard]] TwoLines serverLines(const WorkspaceRow &row);
/// How it stands, over since when and what comes next.
[[nodiscard]] TwoLines connectionLines(const WorkspaceRow &row, Instant now);
[[nodiscard]] TwoLines protectionLines(Protection protection);
[[nodiscard]] Readiness readinessOf(const WorkspaceRow &row);
/// The whole row as one sentence, for screen readers.
[[nodiscard]] QString spokenWorkspace(const WorkspaceRow &row, Instant now);
/// A number, or the sign for "not known".
[[nodiscard]] QString countText(const std::optional<WorkspaceCounts::Counts> &counts, bool runs);
/// Bytes of a workspace's file with what lies beside it.
[[nodiscard]] qint64 keptBytes(const QString &storePath);

} // namespace fd
