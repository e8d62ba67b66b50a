// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace fd {

/// One line that no line break or control character of a server can widen, at most 1,000 characters.
[[nodiscard]] QString oneLine(const QString &text);

} // namespace fd
