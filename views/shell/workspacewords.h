// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "views/common/theme.h"

#include <QString>

namespace fd {

class Workspace;
struct EngineStatus;
struct SyncStatus;

/// "local file · engine runs", "engine runs in another Flowdeck": one quiet line about who runs the flows.
[[nodiscard]] QString engineLine(const EngineStatus &status);
/// "Live", "Polling", "Offline", "Signed out": how a workspace stands to its server, in a word or two.
[[nodiscard]] QString syncWord(const SyncStatus &status);
/// One quiet line about a workspace: its engine, or "Prefect 3.8.8 · live, 8 s ago".
[[nodiscard]] QString workspaceLine(const Workspace &workspace, Instant now);
/// Whether the line asks for attention.
[[nodiscard]] bool isAlarming(const Workspace &workspace);

/// What the strip under the menu bar says about a server that can't be read; empty when all is well.
struct SyncBanner {
    Notice notice = Notice::Note;
    QString text;
    /// A try at once helps.
    bool canRetry = false;
};
[[nodiscard]] SyncBanner syncBanner(const SyncStatus &status, Instant now);

} // namespace fd
