// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/workspacebook.h"

namespace fd {

std::optional<WorkspaceEntry> WorkspaceBook::find(const QString &id) const
{
    const QList<WorkspaceEntry> all = entries();
    const auto found
        = std::find_if(all.begin(), all.end(), [&id](const WorkspaceEntry &entry) { return entry.id == id; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

} // namespace fd
