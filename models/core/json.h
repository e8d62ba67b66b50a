// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

#include <nlohmann/json.hpp>

namespace fd {

/// A JSON value that keeps key order, 64-bit integers and the difference between 3 and 3.0.
/// Heavy to compile: headers hold JSON as its text (QByteArray, UTF-8) and parse it where it is used.
using Json = nlohmann::ordered_json;

/// Reads UTF-8 JSON text of at most 250 levels.
/// Error: Parse, with the byte offset in the detail.
[[nodiscard]] Result<Json> parseJson(const QByteArray &text);
/// Compact UTF-8 text. Invalid UTF-8 inside strings is replaced, never thrown.
[[nodiscard]] QByteArray toJsonText(const Json &value);
/// The same with two spaces of indent, for people.
[[nodiscard]] QString toPrettyJson(const Json &value);

[[nodiscard]] inline Json toJson(const QString &text) { return Json(text.toStdString()); }
[[nodiscard]] inline QString toQString(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
/// A member of an object; null when `object` is none or has none. Unlike Json's own accessors it never throws.
[[nodiscard]] const Json &memberOf(const Json &object, const char *key);
/// The member's text; empty when it is not a string.
[[nodiscard]] std::string textOf(const Json &object, const char *key);
/// The member's truth; `fallback` when it is not a boolean.
[[nodiscard]] bool boolOf(const Json &object, const char *key, bool fallback);

/// The text of a string value; the compact JSON of any other.
[[nodiscard]] QString toDisplay(const Json &value);

} // namespace fd
