// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"

namespace fd {

/// Which of the known workspaces are open now. The application knows; pages about all workspaces ask.
class OpenWorkspaces : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The open workspace of an entry; null while it is not open or could not be opened.
    [[nodiscard]] virtual Workspace *workspace(const QString &entryId) const = 0;
    /// Why it could not be opened; nothing when it is or was not tried.
    [[nodiscard]] virtual std::optional<Error> failure(const QString &entryId) const = 0;

signals:
    /// A workspace was opened, closed or failed to open.
    void changed(const QString &entryId);
};

} // namespace fd
