// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spec/yamlscalar.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace fd {

struct YamlNode;

/// One entry of a mapping, in the order of a Python dict.
struct YamlEntry {
    const YamlNode *key = nullptr;
    const YamlNode *value = nullptr;
};

/// A node of a YAML document with the value that PyYAML's SafeLoader gives it. Aliases share the node that they name,
/// so a document may contain itself: whoever walks it bounds the walk.
struct YamlNode {
    /// The value of a scalar; `value.type` is the type of any node.
    YamlValue value;
    /// Items of a List.
    std::vector<const YamlNode *> items;
    /// Entries of Map, Set (values are null) and Pairs: merge keys resolved; of equal keys the last value.
    std::vector<YamlEntry> entries;
    /// 1-based place; that of its anchor or tag, if it has one.
    int line = 0;
    int column = 0;

    [[nodiscard]] YamlType type() const { return value.type; }
    [[nodiscard]] bool isText() const { return value.type == YamlType::Text; }
    [[nodiscard]] bool isMap() const { return value.type == YamlType::Map; }
    /// The entry with this text as key; null when there is none or this is no Map.
    [[nodiscard]] const YamlEntry *find(std::string_view key) const;
};

/// Two equal keys of one mapping.
struct YamlRepeatedKey {
    const YamlNode *first = nullptr;
    const YamlNode *again = nullptr;
};

/// One document of a stream. Its nodes point to one another, so it moves but is never copied.
struct YamlDocument {
    YamlDocument() = default;
    YamlDocument(YamlDocument &&) = default;
    YamlDocument &operator=(YamlDocument &&) = default;

    std::deque<YamlNode> nodes;
    const YamlNode *root = nullptr;
    /// The document's own text, without "---" and without the next document's.
    QString text;
    /// 1-based line of `root`.
    int line = 0;
    /// Keys that stand again in the same mapping, so that the earlier value is lost.
    std::vector<YamlRepeatedKey> repeatedKeys;
};

/// What a YAML text holds: all documents, or those before the error.
struct YamlStream {
    std::vector<YamlDocument> documents;
    std::optional<Error> error;
};

/// How much one text may cost.
struct YamlLimits {
    qsizetype bytes = 8 * 1024 * 1024;
    /// Nested collections. Below what JSON readers here accept, so that every value can be stored.
    int depth = 200;
    int nodes = 500'000;
    int documents = 50'000;
    std::chrono::milliseconds time{5000};
};

/// Reads all documents as PyYAML's SafeLoader does (YAML 1.1), with its verdict and its places for errors.
/// Never throws and never executes a tag. Error: Parse (or Validation), with line and column.
[[nodiscard]] YamlStream readYaml(const QByteArray &text, const YamlLimits &limits = {});

/// Compact JSON of a value as Prefect stores it: dates as ISO text, integers exact, bytes as text, sets as lists.
/// Error: Validation with the place, for NaN and infinity, bytes that are no text, keys that JSON cannot have, and
/// values that contain themselves or expand beyond all bounds.
[[nodiscard]] Result<QByteArray> yamlToJson(const YamlNode &node);

} // namespace fd
