// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/yamlparser.h"

#include "models/spec/spectext.h"

#include <algorithm>

namespace fd {
namespace {

const std::map<std::string, std::string> kDefaultHandles{{"!", "!"}, {"!!", "tag:yaml.org,2002:"}};

} // namespace

YamlEvent YamlParser::next()
{
    switch (m_state) {
    case State::ImplicitDocumentStart:
    case State::DocumentStart:
        return documentStart();
    case State::DocumentContent:
        if (atAny({Token::Directive, Token::DocumentStart, Token::DocumentEnd, Token::StreamEnd})) {
            const YamlMark mark = m_scanner.peek().start;
            popState();
            return emptyScalar(mark, m_state);
        }
        return node(Place::Block);
    case State::ImplicitDocumentContent:
        return node(Place::Block);
    case State::DocumentEnd:
        return documentEnd();
    case State::BlockSequenceEntry:
        return blockSequenceEntry();
    case State::IndentlessSequenceEntry:
        return indentlessSequenceEntry();
    case State::BlockMappingKey:
        return blockMappingKey();
    case State::BlockMappingValue:
        return valueOrEmpty(
            {Token::Key, Token::Value, Token::BlockEnd}, State::BlockMappingKey, Place::BlockOrIndentless);
    case State::FlowSequenceFirst:
    case State::FlowSequenceEntry:
        return flowSequenceEntry();
    case State::FlowPairKey:
        return nodeOrEmpty({Token::Value, Token::FlowEntry, Token::FlowSequenceEnd}, State::FlowPairValue, Place::Flow);
    case State::FlowPairValue:
        return valueOrEmpty({Token::FlowEntry, Token::FlowSequenceEnd}, State::FlowPairEnd, Place::Flow);
    case State::FlowPairEnd: {
        m_state = State::FlowSequenceEntry;
        const YamlMark mark = m_scanner.peek().start;
        return {.kind = YamlEvent::Kind::MappingEnd, .start = mark, .end = mark};
    }
    case State::FlowMappingFirst:
    case State::FlowMappingKey:
        return flowMappingKey();
    case State::FlowMappingValue:
        return valueOrEmpty({Token::FlowEntry, Token::FlowMappingEnd}, State::FlowMappingKey, Place::Flow);
    case State::FlowMappingEmptyValue:
        return emptyScalar(m_scanner.peek().start, State::FlowMappingKey);
    }
    Q_UNREACHABLE();
}

YamlEvent YamlParser::documentStart()
{
    if (m_state == State::ImplicitDocumentStart && !atAny({Token::Directive, Token::DocumentStart, Token::StreamEnd})) {
        m_tagHandles = kDefaultHandles;
        m_states.push_back(State::DocumentEnd);
        m_state = State::ImplicitDocumentContent;
        const YamlMark start = m_scanner.peek().start;
        return {.kind = YamlEvent::Kind::DocumentStart, .start = start, .end = start};
    }
    while (at(Token::DocumentEnd))
        (void)m_scanner.take();
    const YamlMark start = m_scanner.peek().start;
    if (at(Token::StreamEnd))
        return {.kind = YamlEvent::Kind::StreamEnd, .start = start, .end = start};
    readDirectives();
    if (!at(Token::DocumentStart)) {
        failAt(m_scanner.peek().start,
            Spec::tr("A new document must begin with a line \"---\" here; add it, or check the indentation."));
    }
    const YamlToken token = m_scanner.take();
    m_states.push_back(State::DocumentEnd);
    m_state = State::DocumentContent;
    return {.kind = YamlEvent::Kind::DocumentStart, .start = start, .end = token.end};
}

void YamlParser::readDirectives()
{
    bool hasVersion = false;
    m_tagHandles.clear();
    while (at(Token::Directive)) {
        const YamlToken token = m_scanner.take();
        if (token.text == "YAML") {
            if (hasVersion)
                failAt(token.start, Spec::tr("%YAML stands twice; remove one."));
            if (QByteArray::fromStdString(token.handle).toInt() != 1)
                failAt(token.start, Spec::tr("Only YAML 1 can be read; write %YAML 1.1 or leave it out."));
            hasVersion = true;
        } else if (token.text == "TAG" && !m_tagHandles.emplace(token.handle, token.prefix).second) {
            failAt(token.start, Spec::tr("%TAG defines this handle twice; remove one."));
        }
    }
    m_tagHandles.insert(kDefaultHandles.begin(), kDefaultHandles.end());
}

YamlEvent YamlParser::documentEnd()
{
    const YamlToken &token = m_scanner.peek();
    const YamlEvent event{.kind = YamlEvent::Kind::DocumentEnd, .start = token.start, .end = token.start};
    if (token.kind == Token::DocumentEnd)
        (void)m_scanner.take();
    m_state = State::DocumentStart;
    return event;
}

YamlEvent YamlParser::node(Place place)
{
    if (at(Token::Alias)) {
        YamlToken token = m_scanner.take();
        popState();
        return {
            .kind = YamlEvent::Kind::Alias, .start = token.start, .end = token.end, .anchor = std::move(token.text)};
    }
    Properties properties = readProperties();
    const bool inBlock = place != Place::Flow;
    switch (m_scanner.peek().kind) {
    case Token::Scalar:
        return scalar(std::move(properties));
    case Token::FlowSequenceStart:
        return begin(std::move(properties.event), YamlEvent::Kind::SequenceStart, State::FlowSequenceFirst);
    case Token::FlowMappingStart:
        return begin(std::move(properties.event), YamlEvent::Kind::MappingStart, State::FlowMappingFirst);
    case Token::BlockEntry:
        if (place != Place::BlockOrIndentless)
            break;
        properties.event.kind = YamlEvent::Kind::SequenceStart;
        m_state = State::IndentlessSequenceEntry;
        return std::move(properties.event);
    case Token::BlockSequenceStart:
        if (inBlock)
            return begin(std::move(properties.event), YamlEvent::Kind::SequenceStart, State::BlockSequenceEntry);
        break;
    case Token::BlockMappingStart:
        if (inBlock)
            return begin(std::move(properties.event), YamlEvent::Kind::MappingStart, State::BlockMappingKey);
        break;
    default:
        break;
    }
    if (!properties.given)
        failAt(m_scanner.peek().start, Spec::tr("A value is missing here; write one, or \"null\"."));
    properties.event.plain = properties.event.tag.empty();
    popState();
    return std::move(properties.event);
}

YamlParser::Properties YamlParser::readProperties()
{
    Properties properties;
    YamlEvent &event = properties.event;
    event.kind = YamlEvent::Kind::Scalar;
    YamlToken tag;
    const auto follows = [&] {
        const bool needsAnchor = event.anchor.empty();
        const bool needsTag = tag.text.empty();
        return (needsAnchor && at(Token::Anchor)) || (needsTag && at(Token::Tag));
    };
    while (follows()) {
        YamlToken token = m_scanner.take();
        if (!properties.given)
            event.start = token.start;
        event.end = token.end;
        properties.given = true;
        if (token.kind == Token::Anchor)
            event.anchor = std::move(token.text);
        else
            tag = std::move(token);
    }
    event.tag = tag.text;
    if (!tag.handle.empty()) {
        const auto handle = m_tagHandles.find(tag.handle);
        if (handle == m_tagHandles.end()) {
            failAt(tag.start,
                Spec::tr("The tag handle \"%1\" is not defined; add a %TAG line or remove the tag.")
                    .arg(QString::fromStdString(tag.handle)));
        }
        event.tag = handle->second + tag.text;
    }
    properties.isNonSpecific = event.tag == "!";
    if (properties.isNonSpecific)
        event.tag.clear();
    if (!properties.given)
        event.start = event.end = m_scanner.peek().start;
    return properties;
}

YamlEvent YamlParser::scalar(Properties properties)
{
    YamlToken token = m_scanner.take();
    properties.event.end = token.end;
    properties.event.text = std::move(token.text);
    properties.event.plain = properties.event.tag.empty() && (token.plain || properties.isNonSpecific);
    popState();
    return std::move(properties.event);
}

YamlEvent YamlParser::blockSequenceEntry()
{
    if (at(Token::BlockEntry))
        return nodeOrEmpty({Token::BlockEntry, Token::BlockEnd}, State::BlockSequenceEntry, Place::Block);
    if (!at(Token::BlockEnd)) {
        failAt(m_scanner.peek().start,
            Spec::tr("This does not belong to the list above it; check the indentation and the quotes."));
    }
    return endCollection(YamlEvent::Kind::SequenceEnd);
}

YamlEvent YamlParser::indentlessSequenceEntry()
{
    if (at(Token::BlockEntry)) {
        return nodeOrEmpty({Token::BlockEntry, Token::Key, Token::Value, Token::BlockEnd},
            State::IndentlessSequenceEntry, Place::Block);
    }
    const YamlMark mark = m_scanner.peek().start;
    popState();
    return {.kind = YamlEvent::Kind::SequenceEnd, .start = mark, .end = mark};
}

YamlEvent YamlParser::blockMappingKey()
{
    if (at(Token::Key)) {
        return nodeOrEmpty(
            {Token::Key, Token::Value, Token::BlockEnd}, State::BlockMappingValue, Place::BlockOrIndentless);
    }
    if (!at(Token::BlockEnd)) {
        failAt(m_scanner.peek().start,
            Spec::tr("This does not belong to the entries above it; check the indentation and the quotes."));
    }
    return endCollection(YamlEvent::Kind::MappingEnd);
}

YamlEvent YamlParser::flowSequenceEntry()
{
    const bool isFirst = m_state == State::FlowSequenceFirst;
    if (!at(Token::FlowSequenceEnd)) {
        if (!isFirst) {
            if (!at(Token::FlowEntry))
                failAt(m_scanner.peek().start, Spec::tr("The list in brackets needs \",\" or \"]\" here."));
            (void)m_scanner.take();
        }
        if (at(Token::Key)) {
            const YamlToken &token = m_scanner.peek();
            m_state = State::FlowPairKey;
            return {.kind = YamlEvent::Kind::MappingStart, .start = token.start, .end = token.end};
        }
        if (!at(Token::FlowSequenceEnd)) {
            m_states.push_back(State::FlowSequenceEntry);
            return node(Place::Flow);
        }
    }
    return endCollection(YamlEvent::Kind::SequenceEnd);
}

YamlEvent YamlParser::flowMappingKey()
{
    const bool isFirst = m_state == State::FlowMappingFirst;
    if (!at(Token::FlowMappingEnd)) {
        if (!isFirst) {
            if (!at(Token::FlowEntry))
                failAt(m_scanner.peek().start, Spec::tr("The entries in braces need \",\" or \"}\" here."));
            (void)m_scanner.take();
        }
        if (at(Token::Key)) {
            return nodeOrEmpty(
                {Token::Value, Token::FlowEntry, Token::FlowMappingEnd}, State::FlowMappingValue, Place::Flow);
        }
        if (!at(Token::FlowMappingEnd)) {
            m_states.push_back(State::FlowMappingEmptyValue);
            return node(Place::Flow);
        }
    }
    return endCollection(YamlEvent::Kind::MappingEnd);
}

YamlEvent YamlParser::nodeOrEmpty(std::initializer_list<Token> ends, State then, Place place)
{
    const YamlMark mark = m_scanner.take().end;
    if (atAny(ends))
        return emptyScalar(mark, then);
    m_states.push_back(then);
    return node(place);
}

YamlEvent YamlParser::valueOrEmpty(std::initializer_list<Token> ends, State then, Place place)
{
    if (at(Token::Value))
        return nodeOrEmpty(ends, then, place);
    return emptyScalar(m_scanner.peek().start, then);
}

YamlEvent YamlParser::begin(YamlEvent event, YamlEvent::Kind kind, State then)
{
    event.kind = kind;
    event.end = m_scanner.take().end;
    m_state = then;
    return event;
}

YamlEvent YamlParser::endCollection(YamlEvent::Kind kind)
{
    const YamlToken token = m_scanner.take();
    popState();
    return {.kind = kind, .start = token.start, .end = token.end};
}

YamlEvent YamlParser::emptyScalar(YamlMark mark, State then)
{
    m_state = then;
    return {.kind = YamlEvent::Kind::Scalar, .start = mark, .end = mark, .plain = true};
}

bool YamlParser::atAny(std::initializer_list<Token> kinds)
{
    return std::find(kinds.begin(), kinds.end(), m_scanner.peek().kind) != kinds.end();
}

void YamlParser::popState()
{
    m_state = m_states.back();
    m_states.pop_back();
}

} // namespace fd
