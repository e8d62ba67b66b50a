// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deeplink.h"
#include "views/common/destination.h"
#include "views/shell/keyboardoverview.h"
#include "views/shell/palette.h"

namespace fd {

class OpenWorkspaces;
class Workspace;
class WorkspaceBook;

/// What the palette of one window knows and can do.
struct PaletteContext {
    Workspace *workspace = nullptr;
    /// The entry of `workspace`; empty for none. Book and open may be null: then there is only `workspace`.
    QString entryId;
    const WorkspaceBook *book = nullptr;
    const OpenWorkspaces *open = nullptr;
    QList<ActionGroup> actions;
    /// Goes to a place of an entry's workspace; of this window's own when the entry is `entryId`.
    std::function<void(const QString &entryId, const Destination &destination, bool newWindow)> go;
};

/// Searches deployments of all open workspaces (this window's first), commands and workspaces; a pasted link or id
/// leads to its object. `>` leaves commands only, `@` workspaces only.
[[nodiscard]] PaletteSource paletteSource(PaletteContext context);

/// Where a link leads among the open workspaces, this one first: the entry and the place; nothing when no open
/// workspace has the object.
struct LinkTarget {
    QString entryId;
    Destination destination;
};
[[nodiscard]] std::optional<LinkTarget> findLink(const DeepLink &link, const PaletteContext &context);

} // namespace fd
