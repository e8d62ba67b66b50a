// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/yamlscanner.h"

#include "models/spec/spectext.h"

namespace fd {
namespace {

using Kind = YamlToken::Kind;

constexpr int kLongestSimpleKey = 1024;

} // namespace

const YamlToken &YamlScanner::peek()
{
    while (needsMore())
        fetch();
    return m_tokens.front();
}

YamlToken YamlScanner::take()
{
    // The end of the stream stays, so that it can be looked at any number of times.
    if (peek().kind == Kind::StreamEnd)
        return m_tokens.front();
    YamlToken token = std::move(m_tokens.front());
    m_tokens.pop_front();
    ++m_taken;
    return token;
}

bool YamlScanner::needsMore()
{
    if (m_done)
        return false;
    if (m_tokens.empty())
        return true;
    dropStaleKeys();
    return std::any_of(
        m_simpleKeys.begin(), m_simpleKeys.end(), [this](const auto &entry) { return entry.second.token == m_taken; });
}

void YamlScanner::fetch()
{
    skipToToken();
    dropStaleKeys();
    unwindIndent(m_at.column);
    const char32_t first = at();
    if (first == 0)
        return fetchStreamEnd();
    if (first == U'%' && m_at.column == 0) {
        unwindIndent(-1);
        removeSimpleKey();
        m_simpleKeyAllowed = false;
        m_tokens.push_back(scanDirective());
        return;
    }
    if (atMarker(U"---"))
        return fetchDocumentMarker(Kind::DocumentStart);
    if (atMarker(U"..."))
        return fetchDocumentMarker(Kind::DocumentEnd);
    fetchByFirst(first);
}

void YamlScanner::fetchByFirst(char32_t first)
{
    const bool inFlow = m_flowLevel != 0;
    const bool indicates = inFlow || isBlankOrEnd(at(1));
    switch (first) {
    case U'[':
        return fetchFlowStart(Kind::FlowSequenceStart);
    case U'{':
        return fetchFlowStart(Kind::FlowMappingStart);
    case U']':
        return fetchFlowEnd(Kind::FlowSequenceEnd);
    case U'}':
        return fetchFlowEnd(Kind::FlowMappingEnd);
    case U',':
        m_simpleKeyAllowed = true;
        removeSimpleKey();
        return addIndicator(Kind::FlowEntry);
    case U'*':
        saveSimpleKey();
        return fetchScalarLike(scanAnchor(Kind::Alias));
    case U'&':
        saveSimpleKey();
        return fetchScalarLike(scanAnchor(Kind::Anchor));
    case U'!':
        saveSimpleKey();
        return fetchScalarLike(scanTag());
    case U'\'':
        saveSimpleKey();
        return fetchScalarLike(scanQuoted(false));
    case U'"':
        saveSimpleKey();
        return fetchScalarLike(scanQuoted(true));
    default:
        break;
    }
    if (first == U'-' && isBlankOrEnd(at(1)))
        return fetchBlockEntry();
    if (first == U'?' && indicates)
        return fetchKey();
    if (first == U':' && indicates)
        return fetchValue();
    if ((first == U'|' || first == U'>') && !inFlow) {
        m_simpleKeyAllowed = true;
        removeSimpleKey();
        m_tokens.push_back(scanBlockScalar(first == U'>'));
        return;
    }
    if (atPlain()) {
        saveSimpleKey();
        m_simpleKeyAllowed = false;
        m_tokens.push_back(scanPlain());
        return;
    }
    failAt(m_at,
        first == U'\t'
            ? Spec::tr("A tab stands where YAML allows only spaces; replace it by spaces.")
            : Spec::tr("No value can start with \"%1\"; put it in quotes.").arg(QString::fromUcs4(&first, 1)));
}

void YamlScanner::dropStaleKeys()
{
    for (auto it = m_simpleKeys.begin(); it != m_simpleKeys.end();) {
        const SimpleKey &key = it->second;
        if (key.mark.line == m_at.line && m_at.index - key.mark.index <= kLongestSimpleKey) {
            ++it;
            continue;
        }
        if (key.required)
            failAt(
                m_at, Spec::tr("The key that begins in line %1 has no \":\" after it; add it.").arg(key.mark.line + 1));
        it = m_simpleKeys.erase(it);
    }
}

void YamlScanner::saveSimpleKey()
{
    if (!m_simpleKeyAllowed)
        return;
    const bool required = m_flowLevel == 0 && m_indent == m_at.column;
    removeSimpleKey();
    m_simpleKeys[m_flowLevel] = {m_taken + m_tokens.size(), required, m_at};
}

void YamlScanner::removeSimpleKey()
{
    const auto found = m_simpleKeys.find(m_flowLevel);
    if (found == m_simpleKeys.end())
        return;
    if (found->second.required) {
        const int line = found->second.mark.line + 1;
        failAt(m_at, Spec::tr("The key that begins in line %1 has no \":\" after it; add it.").arg(line));
    }
    m_simpleKeys.erase(found);
}

void YamlScanner::unwindIndent(int column)
{
    if (m_flowLevel != 0)
        return;
    while (m_indent > column) {
        m_indent = m_indents.back();
        m_indents.pop_back();
        add(Kind::BlockEnd, m_at);
    }
}

bool YamlScanner::addIndent(int column)
{
    if (m_indent >= column)
        return false;
    m_indents.push_back(m_indent);
    m_indent = column;
    return true;
}

void YamlScanner::addIndicator(Kind kind, int length)
{
    const YamlMark start = m_at;
    advance(length);
    add(kind, start);
}

void YamlScanner::fetchStreamEnd()
{
    unwindIndent(-1);
    removeSimpleKey();
    m_simpleKeyAllowed = false;
    m_simpleKeys.clear();
    add(Kind::StreamEnd, m_at);
    m_done = true;
}

void YamlScanner::fetchDocumentMarker(Kind kind)
{
    unwindIndent(-1);
    removeSimpleKey();
    m_simpleKeyAllowed = false;
    addIndicator(kind, 3);
}

void YamlScanner::fetchFlowStart(Kind kind)
{
    saveSimpleKey();
    ++m_flowLevel;
    m_simpleKeyAllowed = true;
    addIndicator(kind);
}

void YamlScanner::fetchFlowEnd(Kind kind)
{
    removeSimpleKey();
    --m_flowLevel;
    m_simpleKeyAllowed = false;
    addIndicator(kind);
}

void YamlScanner::fetchBlockEntry()
{
    if (m_flowLevel == 0) {
        if (!m_simpleKeyAllowed)
            failAt(m_at, Spec::tr("A list cannot start here; put \"-\" on a line of its own."));
        if (addIndent(m_at.column))
            add(Kind::BlockSequenceStart, m_at);
    }
    m_simpleKeyAllowed = true;
    removeSimpleKey();
    addIndicator(Kind::BlockEntry);
}

void YamlScanner::fetchKey()
{
    if (m_flowLevel == 0) {
        if (!m_simpleKeyAllowed)
            failAt(m_at, Spec::tr("A key cannot start here; put \"?\" on a line of its own."));
        if (addIndent(m_at.column))
            add(Kind::BlockMappingStart, m_at);
    }
    m_simpleKeyAllowed = m_flowLevel == 0;
    removeSimpleKey();
    addIndicator(Kind::Key);
}

void YamlScanner::fetchValue()
{
    if (const auto found = m_simpleKeys.find(m_flowLevel); found != m_simpleKeys.end()) {
        const SimpleKey key = found->second;
        m_simpleKeys.erase(found);
        const auto place = m_tokens.begin() + static_cast<std::ptrdiff_t>(key.token - m_taken);
        const auto inserted = m_tokens.insert(place, {.kind = Kind::Key, .start = key.mark, .end = key.mark});
        if (m_flowLevel == 0 && addIndent(key.mark.column))
            m_tokens.insert(inserted, {.kind = Kind::BlockMappingStart, .start = key.mark, .end = key.mark});
        m_simpleKeyAllowed = false;
    } else {
        if (m_flowLevel == 0) {
            if (!m_simpleKeyAllowed)
                failAt(m_at, Spec::tr("A \": \" cannot stand here; put the text in quotes, or check the indentation."));
            if (addIndent(m_at.column))
                add(Kind::BlockMappingStart, m_at);
        }
        m_simpleKeyAllowed = m_flowLevel == 0;
        removeSimpleKey();
    }
    addIndicator(Kind::Value);
}

void YamlScanner::fetchScalarLike(YamlToken token)
{
    m_simpleKeyAllowed = false;
    m_tokens.push_back(std::move(token));
}

bool YamlScanner::atMarker(std::u32string_view marker) const
{
    return m_at.column == 0 && ahead(3) == marker && isBlankOrEnd(at(3));
}

bool YamlScanner::atPlain() const
{
    const char32_t c = at();
    if (!isBlankOrEnd(c) && std::u32string_view(U"-?:,[]{}#&*!|>'\"%@`").find(c) == std::u32string_view::npos)
        return true;
    return !isBlankOrEnd(at(1)) && (c == U'-' || (m_flowLevel == 0 && (c == U'?' || c == U':')));
}

void YamlScanner::skipToToken()
{
    if (m_at.index == 0 && at() == 0xFEFF)
        advance();
    while (true) {
        skipSpaces();
        if (at() == U'#') {
            while (at() != 0 && !isBreak(at()))
                advance();
        }
        if (scanLineBreak() == 0)
            return;
        if (m_flowLevel == 0)
            m_simpleKeyAllowed = true;
    }
}

void YamlScanner::skipSpaces()
{
    while (at() == U' ')
        advance();
}

void YamlScanner::skipRestOfLine(const QString &otherwise)
{
    skipSpaces();
    if (at() == U'#') {
        while (at() != 0 && !isBreak(at()))
            advance();
    }
    if (at() != 0 && !isBreak(at()))
        failAt(m_at, otherwise);
    scanLineBreak();
}

void YamlScanner::advance(int length)
{
    for (; length > 0; --length) {
        const char32_t c = at();
        ++m_at.index;
        if (isBreak(c) && !(c == U'\r' && at() == U'\n')) {
            ++m_at.line;
            m_at.column = 0;
        } else if (c != 0xFEFF) {
            ++m_at.column;
        }
    }
}

std::string YamlScanner::takeText(int length)
{
    std::string text = toUtf8(ahead(length));
    advance(length);
    return text;
}

char32_t YamlScanner::scanLineBreak()
{
    const char32_t c = at();
    if (!isBreak(c))
        return 0;
    advance(c == U'\r' && at(1) == U'\n' ? 2 : 1);
    return c == 0x2028 || c == 0x2029 ? c : U'\n';
}

} // namespace fd
