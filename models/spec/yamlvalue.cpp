// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/yamlvalue.h"

#include "models/spec/spectext.h"
#include "models/spec/yamlconstructor.h"
#include "models/spec/yamlparser.h"

#include <unordered_map>

namespace fd {
namespace {

using Clock = std::chrono::steady_clock;

/// Builds the documents of a stream from the parser's events, within the limits. Throws YamlFailure.
class Composer
{
public:
    Composer(std::u32string_view text, const YamlLimits &limits)
        : m_text(text), m_limits(limits), m_deadline(Clock::now() + limits.time), m_parser(text)
    {
    }

    /// Reads the next document into `stream`; false at the end.
    bool readDocument(YamlStream &stream)
    {
        YamlEvent event = m_parser.next();
        if (event.kind == YamlEvent::Kind::StreamEnd)
            return false;
        if (stream.documents.size() >= static_cast<size_t>(m_limits.documents))
            failAt(event.start,
                Spec::tr("The text holds more than %1 documents; split the file.").arg(m_limits.documents));
        const int begin = event.end.index;
        m_root = nullptr;
        m_nodes.clear();
        m_anchors.clear();
        for (event = m_parser.next(); event.kind != YamlEvent::Kind::DocumentEnd; event = m_parser.next())
            take(std::move(event));

        YamlDocument document;
        YamlConstructor(document, m_limits).construct(*m_root);
        document.text = textBetween(begin, event.start.index);
        stream.documents.push_back(std::move(document));
        return true;
    }

private:
    void take(YamlEvent event)
    {
        switch (event.kind) {
        case YamlEvent::Kind::SequenceEnd:
        case YamlEvent::Kind::MappingEnd:
            m_open.pop_back();
            return;
        case YamlEvent::Kind::Alias:
            attach(aliased(event));
            return;
        case YamlEvent::Kind::Scalar:
            attach(newNode(std::move(event), RawNode::Kind::Scalar));
            return;
        case YamlEvent::Kind::SequenceStart:
            open(newNode(std::move(event), RawNode::Kind::Sequence));
            return;
        case YamlEvent::Kind::MappingStart:
            open(newNode(std::move(event), RawNode::Kind::Mapping));
            return;
        default:
            return;
        }
    }

    RawNode *newNode(YamlEvent event, RawNode::Kind kind)
    {
        checkLimits(event.start);
        RawNode &raw = m_nodes.emplace_back();
        raw.kind = kind;
        raw.plain = event.plain && kind == RawNode::Kind::Scalar;
        raw.mark = event.start;
        raw.tag = std::move(event.tag);
        raw.text = std::move(event.text);
        if (!event.anchor.empty()) {
            const auto [place, isNew] = m_anchors.try_emplace(event.anchor, &raw);
            if (!isNew) {
                failAt(event.start,
                    Spec::tr("The anchor \"%1\" is already defined in line %2; give this one another name.")
                        .arg(QString::fromStdString(event.anchor))
                        .arg(place->second->mark.line + 1));
            }
        }
        return &raw;
    }

    RawNode *aliased(const YamlEvent &event) const
    {
        const auto found = m_anchors.find(event.anchor);
        if (found == m_anchors.end()) {
            failAt(event.start,
                Spec::tr("There is no anchor \"%1\" before this alias; define &%1, or put text in quotes.")
                    .arg(QString::fromStdString(event.anchor)));
        }
        return found->second;
    }

    void open(RawNode *raw)
    {
        attach(raw);
        m_open.push_back(raw);
        if (m_open.size() > static_cast<size_t>(m_limits.depth))
            failAt(raw->mark, Spec::tr("The text is nested deeper than %1 levels; flatten it.").arg(m_limits.depth));
    }

    void attach(RawNode *raw)
    {
        if (m_open.empty())
            m_root = raw;
        else
            m_open.back()->children.push_back(raw);
    }

    void checkLimits(YamlMark mark)
    {
        ++m_nodeCount;
        if (m_nodeCount > m_limits.nodes)
            failAt(mark, Spec::tr("The text holds more than %1 values; split the file.").arg(m_limits.nodes));
        if (m_nodeCount % 1024 == 0 && Clock::now() > m_deadline)
            failAt(mark, Spec::tr("Reading the text took too long; split the file."));
    }

    [[nodiscard]] QString textBetween(int begin, int end) const
    {
        std::u32string_view text = m_text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
        while (!text.empty() && (isBreak(text.front()) || text.front() == U' ' || text.front() == 0xFEFF))
            text.remove_prefix(1);
        return QString::fromUcs4(text.data(), static_cast<qsizetype>(text.size()));
    }

    std::u32string_view m_text;
    const YamlLimits &m_limits;
    Clock::time_point m_deadline;
    YamlParser m_parser;
    std::deque<RawNode> m_nodes;
    std::unordered_map<std::string, RawNode *> m_anchors;
    std::vector<RawNode *> m_open;
    RawNode *m_root = nullptr;
    int m_nodeCount = 0;
};

} // namespace

const YamlEntry *YamlNode::find(std::string_view key) const
{
    if (!isMap())
        return nullptr;
    for (const YamlEntry &entry : entries) {
        if (entry.key->isText() && entry.key->value.text == key)
            return &entry;
    }
    return nullptr;
}

YamlStream readYaml(const QByteArray &text, const YamlLimits &limits)
{
    YamlStream stream;
    try {
        if (text.size() > limits.bytes) {
            failAt({},
                Spec::tr("The text has %1 bytes, more than the %2 that are read; split the file.")
                    .arg(text.size())
                    .arg(limits.bytes));
        }
        const std::u32string decoded = decodeYaml(text);
        Composer composer(decoded, limits);
        while (composer.readDocument(stream)) { }
    } catch (const YamlFailure &failure) {
        stream.error = failure.error;
    }
    return stream;
}

} // namespace fd
