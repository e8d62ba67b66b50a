// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace fd {

/// The words of a text, split at white space as Python's str.split() does: start and length of each.
[[nodiscard]] std::vector<std::pair<qsizetype, qsizetype>> pythonWords(const QString &text);

/// Whether it is one or more decimal digits, of any script, as Python's \d+.
[[nodiscard]] bool isPythonNumber(const QString &text);

/// The value of such digits; values above a thousand million are cut down to that. 0 for an empty text.
[[nodiscard]] int pythonInt(const QString &text);

/// What Python's int() reads: a sign, digits with single "_" between them, white space around. Cut as above.
[[nodiscard]] std::optional<int> pythonSignedInt(const QString &text);

} // namespace fd
