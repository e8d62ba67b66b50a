// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spec/yamlscanner.h"

#include <initializer_list>
#include <map>
#include <string>
#include <vector>

namespace fd {

/// One step of a YAML stream, as PyYAML's parser and yaml-cpp's EventHandler have them.
struct YamlEvent {
    enum class Kind {
        StreamEnd,
        DocumentStart,
        DocumentEnd,
        Alias,
        Scalar,
        SequenceStart,
        SequenceEnd,
        MappingStart,
        MappingEnd,
    };

    Kind kind = Kind::StreamEnd;
    YamlMark start{};
    YamlMark end{};
    std::string anchor{};
    /// The full tag; empty when the node has none or only "!".
    std::string tag{};
    std::string text{};
    /// A scalar whose text decides its type.
    bool plain = false;
};

/// Turns tokens into events with the grammar, and refuses with the places, of PyYAML 6 (`yaml/parser.py`).
/// Needs no recursion, whatever the nesting. Throws YamlFailure.
class YamlParser
{
public:
    explicit YamlParser(std::u32string_view text) : m_scanner(text) { }

    /// The next event; StreamEnd for ever after the last document.
    [[nodiscard]] YamlEvent next();

private:
    enum class State {
        ImplicitDocumentStart,
        DocumentStart,
        DocumentContent,
        ImplicitDocumentContent,
        DocumentEnd,
        BlockSequenceEntry,
        IndentlessSequenceEntry,
        BlockMappingKey,
        BlockMappingValue,
        FlowSequenceFirst,
        FlowSequenceEntry,
        FlowPairKey,
        FlowPairValue,
        FlowPairEnd,
        FlowMappingFirst,
        FlowMappingKey,
        FlowMappingValue,
        FlowMappingEmptyValue,
    };
    enum class Place { Flow, Block, BlockOrIndentless };
    using Token = YamlToken::Kind;

    [[nodiscard]] YamlEvent documentStart();
    [[nodiscard]] YamlEvent documentEnd();
    void readDirectives();
    [[nodiscard]] YamlEvent node(Place place);
    struct Properties {
        YamlEvent event;
        bool given = false;
        /// The tag "!": the text decides the type, even in quotes.
        bool isNonSpecific = false;
    };
    [[nodiscard]] Properties readProperties();
    [[nodiscard]] YamlEvent scalar(Properties properties);
    [[nodiscard]] YamlEvent blockSequenceEntry();
    [[nodiscard]] YamlEvent indentlessSequenceEntry();
    [[nodiscard]] YamlEvent blockMappingKey();
    [[nodiscard]] YamlEvent flowSequenceEntry();
    [[nodiscard]] YamlEvent flowMappingKey();

    /// After the indicator comes a node, or an empty one when one of `ends` follows at once.
    [[nodiscard]] YamlEvent nodeOrEmpty(std::initializer_list<Token> ends, State then, Place place);
    [[nodiscard]] YamlEvent valueOrEmpty(std::initializer_list<Token> ends, State then, Place place);
    [[nodiscard]] YamlEvent begin(YamlEvent event, YamlEvent::Kind kind, State then);
    [[nodiscard]] YamlEvent endCollection(YamlEvent::Kind kind);
    [[nodiscard]] YamlEvent emptyScalar(YamlMark mark, State then);
    [[nodiscard]] bool at(Token kind) { return m_scanner.peek().kind == kind; }
    [[nodiscard]] bool atAny(std::initializer_list<Token> kinds);
    void popState();

    YamlScanner m_scanner;
    State m_state = State::ImplicitDocumentStart;
    std::vector<State> m_states;
    std::map<std::string, std::string> m_tagHandles;
};

} // namespace fd
