// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QtGlobal>

#include <string>
#include <string_view>

namespace fd {

/// What a scalar is, in the names of YAML 1.1 (`tag:yaml.org,2002:…`).
enum class YamlTag : quint8 { Null, Bool, Int, Float, Timestamp, Text, Binary, Merge, Value, Yaml };

/// The type of a value as Python gets it. BigInt is an integer beyond 64 bits.
enum class YamlType : quint8 { Null, Bool, Int, BigInt, Float, Date, Timestamp, Text, Binary, List, Map, Set, Pairs };

/// A scalar's value. `text` holds Text, Binary's bytes, BigInt's decimal digits and, as Python's isoformat() writes
/// them, Date and Timestamp.
struct YamlValue {
    YamlType type = YamlType::Null;
    /// Bool's value; whether a Timestamp has an offset.
    bool flag = false;
    /// Int's value; Timestamp's microseconds since 1970, in UTC if it has an offset.
    qint64 integer = 0;
    double real = 0;
    std::string text{};
};

/// The tag that PyYAML's SafeLoader (YAML 1.1) gives a plain scalar: "on" is Bool, "1e3" Text, "12:30" Int.
[[nodiscard]] YamlTag plainTag(std::string_view text);

/// The value that PyYAML's SafeConstructor makes of `text` under `tag`.
/// Error: Validation, when the text has no such value (2026-13-01, "!!int x").
[[nodiscard]] Result<YamlValue> makeValue(YamlTag tag, std::string_view text);

/// As Python's repr() writes a float: "3.0", "1e+16", "inf".
[[nodiscard]] std::string pythonFloat(double value);

} // namespace fd
