// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <string_view>
#include <vector>

namespace fd {

/// What is wrong with a JSON text, and where.
struct JsonFault {
    enum class Kind : quint8 { Syntax, NotFinite, Depth, LoneSurrogate, NotUtf8, IntegerRange };
    Kind kind = Kind::Syntax;
    qsizetype offset = 0;
    /// "schedules[0].parameters.rows"; empty for the value itself.
    QString path;
};

/// What a JSON text must keep to beside RFC 8259.
struct JsonRules {
    int maxDepth = 1000;
    /// The text has not been checked for UTF-8 yet.
    bool checkUtf8 = false;
    /// Integers must lie in −2^63…2^64−1.
    bool checkIntegers = false;
};

/// The outcome of scanJson.
struct JsonScan {
    std::optional<JsonFault> fault;
    /// Nothing stands between the tokens.
    bool isCompact = true;
};

/// Checks one JSON value with all that is in it, in one pass and without recursion.
[[nodiscard]] JsonScan scanJson(std::string_view text, JsonRules rules = {});
/// The value's text without white space between tokens; nothing else is touched. Nothing when it is no JSON.
[[nodiscard]] std::optional<QByteArray> compactJson(std::string_view text);
[[nodiscard]] bool isJsonNumber(std::string_view text);

/// The elements of an array that need not be valid themselves: what counts is strings, brackets and commas.
/// Nothing when the text is not one closed array.
[[nodiscard]] std::optional<std::vector<std::string_view>> splitArray(std::string_view text);

/// The text without white space at its ends.
[[nodiscard]] std::string_view trimmedJson(std::string_view text);

} // namespace fd
