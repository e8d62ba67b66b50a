// SPDX-License-Identifier: GPL-3.0-or-later
// Plain and quoted scalars and blocks of text.
#include "models/spec/yamlscanner.h"

#include "models/spec/spectext.h"

namespace fd {
namespace {

bool isFlowIndicator(char32_t c) { return c == U',' || c == U'[' || c == U']' || c == U'{' || c == U'}'; }

/// What a line break and the empty lines after it become in quoted and plain scalars.
void appendFolded(std::string &text, char32_t lineBreak, std::u32string_view emptyLines)
{
    if (lineBreak != U'\n')
        appendUtf8(text, lineBreak);
    else if (emptyLines.empty())
        text.push_back(' ');
    text += toUtf8(emptyLines);
}

/// The character of a one-letter escape; the largest value when there is none.
char32_t escaped(char32_t c)
{
    switch (c) {
    case U'0':
        return 0;
    case U'a':
        return 0x07;
    case U'b':
        return 0x08;
    case U't':
    case U'\t':
        return 0x09;
    case U'n':
        return 0x0A;
    case U'v':
        return 0x0B;
    case U'f':
        return 0x0C;
    case U'r':
        return 0x0D;
    case U'e':
        return 0x1B;
    case U' ':
    case U'"':
    case U'\\':
    case U'/':
        return c;
    case U'N':
        return 0x85;
    case U'_':
        return 0xA0;
    case U'L':
        return 0x2028;
    case U'P':
        return 0x2029;
    default:
        return 0xFFFFFFFF;
    }
}

} // namespace

YamlToken YamlScanner::scanBlockScalar(bool folded)
{
    YamlToken token{.kind = YamlToken::Kind::Scalar, .start = m_at};
    advance();
    const BlockHeader header = scanBlockHeader();
    skipRestOfLine(Spec::tr("Nothing but a comment may follow the header of a block of text."));

    int indent = std::max(m_indent + 1, 1);
    std::u32string emptyLines;
    if (header.indent == 0) {
        int deepest = 0;
        emptyLines = scanBlockIndentation(deepest);
        indent = std::max(indent, deepest);
    } else {
        indent += header.indent - 1;
        emptyLines = scanBlockBreaks(indent);
    }

    char32_t lineBreak = 0;
    while (m_at.column == indent && at() != 0) {
        token.text += toUtf8(emptyLines);
        const bool startsWithText = !isBlank(at());
        int length = 0;
        while (at(length) != 0 && !isBreak(at(length)))
            ++length;
        token.text += takeText(length);
        lineBreak = scanLineBreak();
        emptyLines = scanBlockBreaks(indent);
        if (m_at.column != indent || at() == 0)
            break;
        if (folded && lineBreak == U'\n' && startsWithText && !isBlank(at())) {
            if (emptyLines.empty())
                token.text.push_back(' ');
        } else {
            appendUtf8(token.text, lineBreak);
        }
    }
    if (header.chomping != BlockHeader::Chomping::Strip && lineBreak != 0)
        appendUtf8(token.text, lineBreak);
    if (header.chomping == BlockHeader::Chomping::Keep)
        token.text += toUtf8(emptyLines);
    token.end = m_at;
    return token;
}

YamlScanner::BlockHeader YamlScanner::scanBlockHeader()
{
    BlockHeader header;
    const auto readChomping = [&] {
        if (at() != U'+' && at() != U'-')
            return false;
        header.chomping = at() == U'+' ? BlockHeader::Chomping::Keep : BlockHeader::Chomping::Strip;
        advance();
        return true;
    };
    const auto readIndent = [&] {
        if (at() < U'0' || at() > U'9')
            return;
        header.indent = static_cast<int>(at() - U'0');
        if (header.indent == 0)
            failAt(m_at, Spec::tr("The indentation of a block of text is a digit from 1 to 9."));
        advance();
    };
    const bool chompingFirst = readChomping();
    readIndent();
    if (!chompingFirst && header.indent != 0)
        readChomping();
    if (at() != 0 && at() != U' ' && !isBreak(at()))
        failAt(m_at,
            Spec::tr("The text of a block starts on the next line; use quotes for text that starts with | or >."));
    return header;
}

std::u32string YamlScanner::scanBlockIndentation(int &indent)
{
    std::u32string emptyLines;
    while (at() == U' ' || isBreak(at())) {
        if (at() == U' ') {
            advance();
            indent = std::max(indent, m_at.column);
        } else {
            emptyLines.push_back(scanLineBreak());
        }
    }
    return emptyLines;
}

std::u32string YamlScanner::scanBlockBreaks(int indent)
{
    std::u32string emptyLines;
    const auto skipIndent = [&] {
        while (m_at.column < indent && at() == U' ')
            advance();
    };
    skipIndent();
    while (isBreak(at())) {
        emptyLines.push_back(scanLineBreak());
        skipIndent();
    }
    return emptyLines;
}

YamlToken YamlScanner::scanQuoted(bool isDouble)
{
    YamlToken token{.kind = YamlToken::Kind::Scalar, .start = m_at};
    const char32_t quote = at();
    advance();
    scanQuotedText(isDouble, token.text);
    while (at() != quote) {
        scanQuotedSpaces(token.text);
        scanQuotedText(isDouble, token.text);
    }
    advance();
    token.end = m_at;
    return token;
}

void YamlScanner::scanQuotedText(bool isDouble, std::string &text)
{
    while (true) {
        int length = 0;
        while (!isBlankOrEnd(at(length)) && at(length) != U'\'' && at(length) != U'"' && at(length) != U'\\')
            ++length;
        text += takeText(length);
        const char32_t c = at();
        if (!isDouble && c == U'\'' && at(1) == U'\'') {
            text.push_back('\'');
            advance(2);
        } else if ((isDouble && c == U'\'') || (!isDouble && (c == U'"' || c == U'\\'))) {
            text += takeText(1);
        } else if (isDouble && c == U'\\') {
            scanEscape(text);
        } else {
            return;
        }
    }
}

void YamlScanner::scanEscape(std::string &text)
{
    advance();
    const char32_t c = at();
    if (const char32_t replacement = escaped(c); replacement != 0xFFFFFFFF) {
        appendUtf8(text, replacement);
        advance();
    } else if (c == U'x' || c == U'u' || c == U'U') {
        const int digits = c == U'x' ? 2 : c == U'u' ? 4 : 8;
        advance();
        char32_t code = 0;
        for (int i = 0; i < digits; ++i) {
            const QChar digit = at(i) < 0x80 ? QChar(static_cast<char16_t>(at(i))) : QChar();
            bool isHex = false;
            code = (code << 4) | QString(digit).toUInt(&isHex, 16);
            if (!isHex)
                failAt(m_at, Spec::tr("This escape needs %1 hexadecimal digits.").arg(digits));
        }
        if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            failAt(m_at, Spec::tr("This escape names no character."));
        appendUtf8(text, code);
        advance(digits);
    } else if (isBreak(c)) {
        scanLineBreak();
        text += toUtf8(scanQuotedBreaks());
    } else {
        failAt(m_at,
            Spec::tr("There is no escape \\%1; write \\\\ for a backslash, or use single quotes.")
                .arg(QString::fromUcs4(&c, c == 0 ? 0 : 1)));
    }
}

void YamlScanner::scanQuotedSpaces(std::string &text)
{
    int length = 0;
    while (isBlank(at(length)))
        ++length;
    const std::string blanks = takeText(length);
    if (at() == 0)
        failAt(m_at, Spec::tr("The text in quotes never ends; add the closing quote."));
    if (isBreak(at())) {
        const char32_t lineBreak = scanLineBreak();
        appendFolded(text, lineBreak, scanQuotedBreaks());
    } else {
        text += blanks;
    }
}

std::u32string YamlScanner::scanQuotedBreaks()
{
    std::u32string emptyLines;
    while (true) {
        if (atMarker(U"---") || atMarker(U"..."))
            failAt(m_at, Spec::tr("The text in quotes is still open where the document ends; add the closing quote."));
        while (isBlank(at()))
            advance();
        if (!isBreak(at()))
            return emptyLines;
        emptyLines.push_back(scanLineBreak());
    }
}

YamlToken YamlScanner::scanPlain()
{
    YamlToken token{.kind = YamlToken::Kind::Scalar, .start = m_at, .end = m_at, .plain = true};
    const int indent = m_indent + 1;
    const bool inFlow = m_flowLevel != 0;
    const auto endsAt = [this, inFlow](int offset) {
        const char32_t c = at(offset);
        if (isBlankOrEnd(c) || (inFlow && (isFlowIndicator(c) || c == U'?')))
            return true;
        return c == U':' && (isBlankOrEnd(at(offset + 1)) || (inFlow && isFlowIndicator(at(offset + 1))));
    };
    std::string spaces;
    while (at() != U'#') {
        int length = 0;
        while (!endsAt(length))
            ++length;
        if (length == 0)
            break;
        m_simpleKeyAllowed = false;
        token.text += spaces;
        token.text += takeText(length);
        token.end = m_at;
        spaces = scanPlainSpaces();
        if (spaces.empty() || (!inFlow && m_at.column < indent))
            break;
    }
    return token;
}

std::string YamlScanner::scanPlainSpaces()
{
    std::string spaces;
    while (at() == U' ') {
        spaces.push_back(' ');
        advance();
    }
    if (!isBreak(at()))
        return spaces;
    spaces.clear();
    const char32_t lineBreak = scanLineBreak();
    m_simpleKeyAllowed = true;
    std::u32string emptyLines;
    // A marker of the next document ends the scalar without the break before it.
    while (!atMarker(U"---") && !atMarker(U"...")) {
        skipSpaces();
        if (!isBreak(at())) {
            appendFolded(spaces, lineBreak, emptyLines);
            return spaces;
        }
        emptyLines.push_back(scanLineBreak());
    }
    return {};
}

} // namespace fd
