// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "models/items/loglistmodel.h"

#include <QString>

namespace fd::logtext {

/// A message as one line for the screen: no ANSI codes, no control or direction characters, line ends as ↵,
/// at most `most` characters. Takes time for those only, however long the message is.
[[nodiscard]] QString oneLine(QStringView message, qsizetype most);
/// A message with its line ends, without ANSI codes, control and direction characters; at most `most` characters.
[[nodiscard]] QString plain(QStringView message, qsizetype most);
/// A line for clipboard and files: date, time, level, task, the whole message without ANSI codes.
[[nodiscard]] QString copied(const LogEntry &entry, const QString &task);
/// What a cell of the log says; `task` is the name of the line's task run.
[[nodiscard]] QString cell(const LogEntry &entry, LogColumn column, const QString &task);
/// A stretch of a text.
struct Span {
    qsizetype at = 0;
    qsizetype length = 0;

    friend bool operator==(const Span &, const Span &) = default;
};
/// Where the expression matches in `text`: ascending, not overlapping, none empty.
[[nodiscard]] QList<Span> occurrences(const QString &text, const QRegularExpression &expression);

} // namespace fd::logtext
