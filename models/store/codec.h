// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/domain/flowrun.h"
#include "models/store/connection.h"

#include <vector>

namespace fd::codec {

/// How values that have no column type of their own are kept. Every write has its read beside it.

/// Tags as one text with a line feed behind each; Prefect's tags cannot be empty.
[[nodiscard]] QString tagsToText(const QStringList &tags);
[[nodiscard]] QStringList tagsFromText(const QString &text);

/// [{"schedule": {…}, "active": true, "other": {…}}, …], the last only when there is something in it.
[[nodiscard]] QByteArray schedulesToText(const QList<Schedule> &schedules);
[[nodiscard]] QList<Schedule> schedulesFromText(const QByteArray &text);

/// The last day as 4 bytes, then three 2-byte counts a day; a row without runs has no blob.
[[nodiscard]] QByteArray stripToBytes(const ActivityStrip &strip);
[[nodiscard]] ActivityStrip stripFromBytes(const QByteArray &bytes);

/// 16 bytes per id.
[[nodiscard]] QByteArray idsToBytes(const QList<TaskRunId> &ids);
[[nodiscard]] QList<TaskRunId> idsFromBytes(const QByteArray &bytes);

/// A JSON array of integers, for `json_each(?)`.
[[nodiscard]] QByteArray rowIdsToJson(std::span<const RowId> ids);

/// Runs a query to its end and gives its first column, integer keys.
[[nodiscard]] std::vector<RowId> readRowIds(Statement &statement);

/// What a user typed as a pattern for `LIKE ? ESCAPE '\'`: anywhere, and `%` and `_` are no wild cards.
[[nodiscard]] QString likePattern(const QString &text);

[[nodiscard]] inline int toInt(StateType type) { return static_cast<int>(type); }
/// Unknown for a number that no state type has.
[[nodiscard]] StateType stateType(qint64 value);

} // namespace fd::codec
