// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"

#include <QString>

namespace fd::logtext {

/// A message as one line for the screen: no ANSI codes, no control or direction characters, line ends as ↵,
/// at most `most` characters. Takes time for those only, however long the message is.
[[nodiscard]] QString oneLine(QStringView message, qsizetype most);
/// A message with its line ends, without ANSI codes, control and direction characters; at most `most` characters.
[[nodiscard]] QString plain(QStringView message, qsizetype most);
/// A line for clipboard and files: date, time, level, task, the whole message without ANSI codes.
[[nodiscard]] QString copied(const LogEntry &entry, const QString &task);
/// Where `term` is in `text`, whatever its case; starts, ascending, not overlapping.
[[nodiscard]] QList<qsizetype> occurrences(const QString &text, const QString &term);

} // namespace fd::logtext
