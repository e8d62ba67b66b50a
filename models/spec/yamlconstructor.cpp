// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/yamlconstructor.h"

#include "models/spec/spectext.h"

#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace fd {
namespace {

constexpr std::string_view kYamlPrefix = "tag:yaml.org,2002:";

/// What a tag makes of a node: a scalar's kind, or a collection's.
struct TagMeaning {
    YamlType type;
    YamlTag scalar;
};

std::optional<TagMeaning> meaningOf(std::string_view tag)
{
    static const std::unordered_map<std::string_view, TagMeaning> meanings{
        {"null", {YamlType::Null, YamlTag::Null}},
        {"bool", {YamlType::Bool, YamlTag::Bool}},
        {"int", {YamlType::Int, YamlTag::Int}},
        {"float", {YamlType::Float, YamlTag::Float}},
        {"binary", {YamlType::Binary, YamlTag::Binary}},
        {"timestamp", {YamlType::Timestamp, YamlTag::Timestamp}},
        {"str", {YamlType::Text, YamlTag::Text}},
        {"seq", {YamlType::List, YamlTag::Text}},
        {"map", {YamlType::Map, YamlTag::Text}},
        {"set", {YamlType::Set, YamlTag::Text}},
        {"omap", {YamlType::Pairs, YamlTag::Text}},
        {"pairs", {YamlType::Pairs, YamlTag::Text}},
    };
    if (!tag.starts_with(kYamlPrefix))
        return std::nullopt;
    const auto found = meanings.find(tag.substr(kYamlPrefix.size()));
    return found == meanings.end() ? std::nullopt : std::optional(found->second);
}

bool isCollection(YamlType type)
{
    return type == YamlType::List || type == YamlType::Map || type == YamlType::Set || type == YamlType::Pairs;
}

bool hasPlainText(const RawNode &raw, std::string_view text) { return raw.plain && raw.text == text; }
bool isMergeKey(const RawNode &raw) { return hasPlainText(raw, "<<") || raw.tag == "tag:yaml.org,2002:merge"; }
bool isValueKey(const RawNode &raw) { return hasPlainText(raw, "=") || raw.tag == "tag:yaml.org,2002:value"; }

/// Equal texts for keys that are equal in Python: 1, 1.0 and true are one key.
std::string keyIdentity(const YamlValue &key)
{
    switch (key.type) {
    case YamlType::Null:
        return "n";
    case YamlType::Bool:
        return key.flag ? "i1" : "i0";
    case YamlType::Int:
        return "i" + std::to_string(key.integer);
    case YamlType::BigInt:
        return "i" + key.text;
    case YamlType::Float:
        if (key.real == std::floor(key.real) && std::abs(key.real) < 9e18)
            return "i" + std::to_string(static_cast<qint64>(key.real));
        return "f" + pythonFloat(key.real);
    case YamlType::Timestamp:
        return (key.flag ? "u" : "t") + std::to_string(key.integer);
    case YamlType::Date:
        return "d" + key.text;
    case YamlType::Binary:
        return "b" + key.text;
    default:
        return "s" + key.text;
    }
}

} // namespace

void YamlConstructor::construct(RawNode &root)
{
    m_document.root = make(root);
    m_document.line = root.mark.line + 1;
    while (!m_open.empty()) {
        RawNode *raw = m_open.front();
        m_open.pop_front();
        fill(*raw);
    }
}

YamlNode *YamlConstructor::make(RawNode &raw)
{
    if (raw.node != nullptr)
        return raw.node;
    YamlValue value;
    if (raw.plain) {
        value = scalarValue(raw, plainTag(raw.text));
    } else if (raw.tag.empty()) {
        value.type = raw.kind == RawNode::Kind::Scalar ? YamlType::Text
            : raw.kind == RawNode::Kind::Sequence      ? YamlType::List
                                                       : YamlType::Map;
        value.text = std::move(raw.text);
    } else {
        const std::optional<TagMeaning> meaning = meaningOf(raw.tag);
        if (!meaning) {
            failAt(raw.mark,
                Spec::tr("The tag \"%1\" makes no value here; remove it.").arg(QString::fromStdString(raw.tag)));
        }
        value.type = meaning->type;
        if (!isCollection(meaning->type))
            value = scalarValue(raw, meaning->scalar);
    }
    YamlNode &node = m_document.nodes.emplace_back();
    node.value = std::move(value);
    node.line = raw.mark.line + 1;
    node.column = raw.mark.column + 1;
    raw.node = &node;
    if (isCollection(node.type()))
        m_open.push_back(&raw);
    return &node;
}

YamlValue YamlConstructor::scalarValue(const RawNode &raw, YamlTag tag) const
{
    const RawNode *scalar = &raw;
    // A mapping with the key "=" stands for that key's value; the steps are bounded because mappings may be recursive.
    for (int depth = 0; scalar->kind == RawNode::Kind::Mapping && depth < m_limits.depth; ++depth) {
        const RawNode *inner = nullptr;
        for (size_t i = 0; inner == nullptr && i + 1 < scalar->children.size(); i += 2) {
            if (isValueKey(*scalar->children[i]))
                inner = scalar->children[i + 1];
        }
        if (inner == nullptr)
            break;
        scalar = inner;
    }
    if (scalar->kind != RawNode::Kind::Scalar)
        failAt(scalar->mark, Spec::tr("A single value is needed here, not a list or mapping."));
    Result<YamlValue> value = makeValue(tag, scalar->text);
    if (!value)
        failAt(raw.mark, value.error().detail);
    return *std::move(value);
}

void YamlConstructor::fill(RawNode &raw)
{
    switch (raw.node->type()) {
    case YamlType::List:
        return fillList(raw);
    case YamlType::Pairs:
        return fillPairs(raw);
    default:
        return fillMap(raw);
    }
}

void YamlConstructor::fillList(RawNode &raw)
{
    if (raw.kind != RawNode::Kind::Sequence)
        failAt(raw.mark, Spec::tr("A list is needed here."));
    raw.node->items.reserve(raw.children.size());
    for (RawNode *item : raw.children)
        raw.node->items.push_back(make(*item));
}

void YamlConstructor::fillMap(RawNode &raw)
{
    if (raw.kind != RawNode::Kind::Mapping)
        failAt(raw.mark, Spec::tr("A mapping is needed here."));
    flatten(raw, 0);
    std::vector<YamlEntry> &entries = raw.node->entries;
    entries.reserve(raw.children.size() / 2);
    struct Place {
        size_t index;
        bool isOwn;
    };
    std::unordered_map<std::string, Place> places;
    for (size_t i = 0; i + 1 < raw.children.size(); i += 2) {
        RawNode &keyNode = *raw.children[i];
        const YamlNode *key = make(keyNode);
        if (isCollection(key->type())) {
            failAt(
                keyNode.mark, Spec::tr("A list or mapping cannot be a key; put text such as \"{{ … }}\" in quotes."));
        }
        const YamlNode *value = make(*raw.children[i + 1]);
        const bool isOwn = i >= raw.firstOwn;
        const auto [place, isNew] = places.try_emplace(keyIdentity(key->value), Place{entries.size(), isOwn});
        if (isNew) {
            entries.push_back({key, value});
            continue;
        }
        YamlEntry &entry = entries[place->second.index];
        if (place->second.isOwn)
            m_document.repeatedKeys.push_back({entry.key, key});
        entry.value = value;
        place->second.isOwn = isOwn;
    }
}

void YamlConstructor::fillPairs(RawNode &raw)
{
    if (raw.kind != RawNode::Kind::Sequence)
        failAt(raw.mark, Spec::tr("A list of single entries is needed here."));
    for (RawNode *item : raw.children) {
        if (item->kind != RawNode::Kind::Mapping || item->children.size() != 2)
            failAt(item->mark, Spec::tr("A list of single entries is needed here."));
        const YamlNode *key = make(*item->children[0]);
        const YamlNode *value = make(*item->children[1]);
        raw.node->entries.push_back({key, value});
    }
}

void YamlConstructor::flatten(RawNode &mapping, int depth)
{
    if (mapping.isFlattened)
        return;
    if (depth > m_limits.depth)
        failAt(mapping.mark, Spec::tr("The mappings merged here (<<) are chained too deep; merge fewer."));
    mapping.isFlattened = true;
    std::vector<RawNode *> merged;
    std::vector<RawNode *> own;
    for (size_t i = 0; i + 1 < mapping.children.size(); i += 2) {
        RawNode &key = *mapping.children[i];
        if (isMergeKey(key)) {
            merge(*mapping.children[i + 1], merged, depth);
            continue;
        }
        if (isValueKey(key)) {
            key.plain = false;
            key.tag.clear();
        }
        own.push_back(&key);
        own.push_back(mapping.children[i + 1]);
    }
    dropRepeats(merged);
    mapping.firstOwn = merged.size();
    merged.insert(merged.end(), own.begin(), own.end());
    mapping.children = std::move(merged);
}

void YamlConstructor::merge(RawNode &value, std::vector<RawNode *> &merged, int depth)
{
    if (value.kind == RawNode::Kind::Mapping)
        return mergeMapping(value, merged, depth);
    if (value.kind == RawNode::Kind::Scalar)
        failAt(value.mark, Spec::tr("\"<<\" merges a mapping or a list of mappings; this is neither."));
    for (RawNode *item : value.children) {
        if (item->kind != RawNode::Kind::Mapping)
            failAt(item->mark, Spec::tr("\"<<\" merges a mapping or a list of mappings; this is neither."));
        flatten(*item, depth + 1);
    }
    // The first of the list wins, so it comes last.
    for (auto item = value.children.rbegin(); item != value.children.rend(); ++item)
        mergeMapping(**item, merged, depth);
}

void YamlConstructor::mergeMapping(RawNode &mapping, std::vector<RawNode *> &merged, int depth)
{
    flatten(mapping, depth + 1);
    m_mergedNodes += mapping.children.size();
    if (m_mergedNodes > static_cast<size_t>(m_limits.nodes))
        failAt(mapping.mark, Spec::tr("The mappings merged here (<<) make the text too large; merge fewer."));
    for (size_t i = 0; i + 1 < mapping.children.size(); i += 2) {
        // Only a mapping that merges itself still has its merge keys.
        if (!isMergeKey(*mapping.children[i]))
            merged.insert(merged.end(), {mapping.children[i], mapping.children[i + 1]});
    }
}

void YamlConstructor::dropRepeats(std::vector<RawNode *> &children)
{
    std::unordered_map<const RawNode *, size_t> lasts;
    for (size_t i = 0; i + 1 < children.size(); i += 2)
        lasts[children[i]] = i;
    std::unordered_set<const RawNode *> seen;
    size_t kept = 0;
    for (size_t i = 0; i + 1 < children.size(); i += 2) {
        if (!seen.insert(children[i]).second && lasts[children[i]] != i)
            continue;
        children[kept++] = children[i];
        children[kept++] = children[i + 1];
    }
    children.resize(kept);
}

} // namespace fd
