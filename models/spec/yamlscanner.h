// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spec/yamltext.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace fd {

/// The tokens of YAML 1.1 as PyYAML's scanner makes them.
struct YamlToken {
    enum class Kind {
        StreamEnd,
        Directive,
        DocumentStart,
        DocumentEnd,
        BlockSequenceStart,
        BlockMappingStart,
        BlockEnd,
        FlowSequenceStart,
        FlowSequenceEnd,
        FlowMappingStart,
        FlowMappingEnd,
        BlockEntry,
        FlowEntry,
        Key,
        Value,
        Alias,
        Anchor,
        Tag,
        Scalar,
    };

    Kind kind = Kind::StreamEnd;
    YamlMark start{};
    YamlMark end{};
    /// Scalar's text, name of an anchor, alias or directive, a tag's suffix.
    std::string text{};
    /// Tag and %TAG: the handle, empty for verbatim tags. %YAML: the major version.
    std::string handle{};
    /// %TAG: the prefix.
    std::string prefix{};
    /// A scalar without quotes and block header.
    bool plain = false;
};

/// Cuts text into tokens with the rules, and refuses with the places, of PyYAML 6's pure Python scanner
/// (`yaml/scanner.py`). Throws YamlFailure.
class YamlScanner
{
public:
    /// `text` ends with the NUL characters that `decodeYaml` adds, and outlives the scanner.
    explicit YamlScanner(std::u32string_view text) : m_text(text) { }

    [[nodiscard]] const YamlToken &peek();
    [[nodiscard]] YamlToken take();

private:
    /// A token that becomes a mapping's key if a ":" follows on the same line within 1024 characters.
    struct SimpleKey {
        size_t token;
        bool required;
        YamlMark mark;
    };

    [[nodiscard]] bool needsMore();
    void fetch();
    void fetchByFirst(char32_t first);
    void dropStaleKeys();
    void saveSimpleKey();
    void removeSimpleKey();
    void unwindIndent(int column);
    bool addIndent(int column);
    void add(YamlToken::Kind kind, YamlMark start) { m_tokens.push_back({.kind = kind, .start = start, .end = m_at}); }
    void addIndicator(YamlToken::Kind kind, int length = 1);

    void fetchStreamEnd();
    void fetchDocumentMarker(YamlToken::Kind kind);
    void fetchFlowStart(YamlToken::Kind kind);
    void fetchFlowEnd(YamlToken::Kind kind);
    void fetchBlockEntry();
    void fetchKey();
    void fetchValue();
    void fetchScalarLike(YamlToken token);

    [[nodiscard]] bool atMarker(std::u32string_view marker) const;
    [[nodiscard]] bool atPlain() const;
    void skipToToken();
    void skipSpaces();
    void skipRestOfLine(const QString &otherwise);

    [[nodiscard]] YamlToken scanDirective();
    [[nodiscard]] std::string scanDirectiveNumber();
    [[nodiscard]] YamlToken scanAnchor(YamlToken::Kind kind);
    [[nodiscard]] YamlToken scanTag();
    [[nodiscard]] std::string scanTagHandle();
    [[nodiscard]] std::string scanTagUri();
    [[nodiscard]] std::string scanName();
    void scanUriEscapes(std::string &uri);

    [[nodiscard]] YamlToken scanBlockScalar(bool folded);
    struct BlockHeader {
        enum class Chomping { Clip, Strip, Keep } chomping = Chomping::Clip;
        int indent = 0;
    };
    [[nodiscard]] BlockHeader scanBlockHeader();
    [[nodiscard]] std::u32string scanBlockIndentation(int &indent);
    [[nodiscard]] std::u32string scanBlockBreaks(int indent);
    [[nodiscard]] YamlToken scanQuoted(bool isDouble);
    void scanQuotedText(bool isDouble, std::string &text);
    void scanQuotedSpaces(std::string &text);
    void scanEscape(std::string &text);
    [[nodiscard]] std::u32string scanQuotedBreaks();
    [[nodiscard]] YamlToken scanPlain();
    [[nodiscard]] std::string scanPlainSpaces();
    char32_t scanLineBreak();

    [[nodiscard]] char32_t at(int offset = 0) const { return m_text[static_cast<size_t>(m_at.index + offset)]; }
    [[nodiscard]] std::u32string_view ahead(int length) const
    {
        return m_text.substr(static_cast<size_t>(m_at.index), static_cast<size_t>(length));
    }
    void advance(int length = 1);
    std::string takeText(int length);

    std::u32string_view m_text;
    YamlMark m_at;
    std::deque<YamlToken> m_tokens;
    size_t m_taken = 0;
    bool m_done = false;
    int m_flowLevel = 0;
    int m_indent = -1;
    std::vector<int> m_indents;
    bool m_simpleKeyAllowed = true;
    std::map<int, SimpleKey> m_simpleKeys;
};

} // namespace fd
