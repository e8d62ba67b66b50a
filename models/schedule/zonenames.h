// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>
#include <QStringList>

namespace fd {

/// The zone that people mean by a text: its name in any capitals, its city ("berlin", "new york"), or a short name that
/// is itself a zone ("utc"). Error: Validation, when it is none or several; the detail names them.
[[nodiscard]] Result<QString> zoneNamed(const QString &text);

/// Zones whose name contains the text, those that begin a part with it first; for a search field.
[[nodiscard]] QStringList zonesMatching(const QString &text);

} // namespace fd
