// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"

namespace fd {

/// The schema version that this Flowdeck writes.
[[nodiscard]] int currentSchemaVersion();

/// Brings the file up to the current schema, one numbered step of resources/sql/schema after another, each in its own
/// transaction. Before the first step on a file that has data, a backup is written beside it
/// ("<name>.before-schema-2"). Errors: Storage (made by a newer Flowdeck, not a workspace, disk full, damaged).
[[nodiscard]] Result<void> migrate(Connection &connection, const QString &path);

/// Copies the database as it is now to another file, readable by its owner only.
[[nodiscard]] Result<void> backUp(Connection &connection, const QString &target);

} // namespace fd
