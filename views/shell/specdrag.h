// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMimeData;

namespace fd {

/// The first spec file (.yaml, .yml) among what is dragged; empty when there is none.
[[nodiscard]] QString draggedSpec(const QMimeData *data);

} // namespace fd
