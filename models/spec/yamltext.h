// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>

#include <string>
#include <string_view>

namespace fd {

/// A place in decoded text; all count from 0, columns in characters as PyYAML counts them.
struct YamlMark {
    int index = 0;
    int line = 0;
    int column = 0;
};

/// Thrown inside this folder only; `readYaml` turns it into a value.
struct YamlFailure {
    Error error;
};

/// Stops reading with one sentence about a place.
[[noreturn]] void failAt(YamlMark mark, const QString &detail);

/// The characters of UTF-8 or (with its mark) UTF-16 bytes. As PyYAML's reader it refuses broken encodings and control
/// characters; throws YamlFailure. Four NUL characters are appended, so that looking ahead never leaves the text.
[[nodiscard]] std::u32string decodeYaml(const QByteArray &bytes);

/// The line breaks of YAML 1.1: line feed, carriage return, NEL, LS and PS.
[[nodiscard]] inline bool isBreak(char32_t c)
{
    return c == U'\n' || c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}
[[nodiscard]] inline bool isBlank(char32_t c) { return c == U' ' || c == U'\t'; }
[[nodiscard]] inline bool isBlankOrEnd(char32_t c) { return c == 0 || isBlank(c) || isBreak(c); }

void appendUtf8(std::string &text, char32_t c);
[[nodiscard]] std::string toUtf8(std::u32string_view text);

} // namespace fd
