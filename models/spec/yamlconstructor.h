// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spec/yamltext.h"
#include "models/spec/yamlvalue.h"

#include <deque>
#include <string>
#include <vector>

namespace fd {

/// A node as the events gave it, before its tag says what it is.
struct RawNode {
    enum class Kind : quint8 { Scalar, Sequence, Mapping };

    Kind kind = Kind::Scalar;
    /// Text decides the type.
    bool plain = false;
    YamlMark mark;
    std::string tag;
    std::string text;
    /// Items of a sequence; keys and values in turn of a mapping.
    std::vector<RawNode *> children;
    /// What is made of it; null until it is constructed.
    YamlNode *node = nullptr;
    bool isFlattened = false;
    /// Where the mapping's own children begin, after the merged ones.
    size_t firstOwn = 0;
};

/// Gives raw nodes their values as PyYAML's SafeConstructor does (`yaml/constructor.py`), merge keys included, in the
/// same order, so that of several errors the same one is reported. Throws YamlFailure.
class YamlConstructor
{
public:
    YamlConstructor(YamlDocument &document, const YamlLimits &limits) : m_document(document), m_limits(limits) { }

    void construct(RawNode &root);

private:
    [[nodiscard]] YamlNode *make(RawNode &raw);
    [[nodiscard]] YamlValue scalarValue(const RawNode &raw, YamlTag tag) const;
    void fill(RawNode &raw);
    void fillList(RawNode &raw);
    void fillMap(RawNode &raw);
    void fillPairs(RawNode &raw);
    /// Replaces merge keys by the entries that they name.
    void flatten(RawNode &mapping, int depth);
    void merge(RawNode &value, std::vector<RawNode *> &merged, int depth);
    void mergeMapping(RawNode &mapping, std::vector<RawNode *> &merged, int depth);
    /// Keeps of each key its first place, which orders it, and its last, which decides its value. PyYAML keeps all;
    /// without them mappings that merge one another cannot double at every step.
    static void dropRepeats(std::vector<RawNode *> &children);

    YamlDocument &m_document;
    const YamlLimits &m_limits;
    /// Collections whose contents are still to be made, as PyYAML's generators: level by level.
    std::deque<RawNode *> m_open;
    size_t m_mergedNodes = 0;
};

} // namespace fd
