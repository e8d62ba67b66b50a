// SPDX-License-Identifier: GPL-3.0-or-later
// Directives, anchors, aliases and tags.
#include "models/spec/yamlscanner.h"

#include "models/spec/spectext.h"

namespace fd {
namespace {

using Kind = YamlToken::Kind;

bool isSpaceOrEnd(char32_t c) { return c == 0 || c == U' ' || isBreak(c); }
bool isNameCharacter(char32_t c)
{
    return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || c == U'-' || c == U'_';
}
bool isOneOf(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool isHex(char32_t c) { return c != 0 && isOneOf(c, U"0123456789ABCDEFabcdef"); }

QString shown(char32_t c) { return c == 0 ? Spec::tr("the end of the text") : QString::fromUcs4(&c, 1); }

} // namespace

YamlToken YamlScanner::scanDirective()
{
    YamlToken token{.kind = Kind::Directive, .start = m_at};
    advance();
    token.text = scanName();
    if (token.text.empty() || !isSpaceOrEnd(at()))
        failAt(m_at, Spec::tr("\"%\" at the start of a line begins a directive, and this is none; use quotes."));
    if (token.text == "YAML") {
        skipSpaces();
        token.handle = scanDirectiveNumber();
        if (at() != U'.')
            failAt(m_at, Spec::tr("%YAML needs a version such as 1.1 after it."));
        advance();
        (void)scanDirectiveNumber();
        if (!isSpaceOrEnd(at()))
            failAt(m_at, Spec::tr("%YAML needs a version such as 1.1 after it."));
    } else if (token.text == "TAG") {
        skipSpaces();
        token.handle = scanTagHandle();
        if (at() != U' ')
            failAt(m_at, Spec::tr("%TAG needs a handle, a space and a prefix."));
        skipSpaces();
        token.prefix = scanTagUri();
        if (!isSpaceOrEnd(at()))
            failAt(m_at, Spec::tr("%TAG needs a handle, a space and a prefix."));
    } else {
        while (at() != 0 && !isBreak(at()))
            advance();
    }
    token.end = m_at;
    skipRestOfLine(Spec::tr("Nothing but a comment may follow a directive."));
    return token;
}

std::string YamlScanner::scanDirectiveNumber()
{
    int length = 0;
    while (at(length) >= U'0' && at(length) <= U'9')
        ++length;
    if (length == 0)
        failAt(m_at, Spec::tr("%YAML needs a version such as 1.1 after it."));
    return takeText(length);
}

std::string YamlScanner::scanName()
{
    int length = 0;
    while (isNameCharacter(at(length)))
        ++length;
    return takeText(length);
}

YamlToken YamlScanner::scanAnchor(Kind kind)
{
    YamlToken token{.kind = kind, .start = m_at};
    advance();
    token.text = scanName();
    if (token.text.empty() || (!isBlankOrEnd(at()) && !isOneOf(at(), U"?:,]}%@`"))) {
        failAt(m_at,
            kind == Kind::Alias
                ? Spec::tr("\"*\" begins an alias, and \"%1\" cannot be in its name; use quotes for text.")
                      .arg(shown(at()))
                : Spec::tr("\"&\" begins an anchor, and \"%1\" cannot be in its name; use quotes for text.")
                      .arg(shown(at())));
    }
    token.end = m_at;
    return token;
}

YamlToken YamlScanner::scanTag()
{
    YamlToken token{.kind = Kind::Tag, .start = m_at};
    if (at(1) == U'<') {
        advance(2);
        token.text = scanTagUri();
        if (at() != U'>')
            failAt(m_at, Spec::tr("The tag has no closing \">\"; add it."));
        advance();
    } else if (isBlankOrEnd(at(1))) {
        token.text = "!";
        advance();
    } else {
        int length = 1;
        while (!isSpaceOrEnd(at(length)) && at(length) != U'!')
            ++length;
        if (at(length) == U'!') {
            token.handle = scanTagHandle();
        } else {
            token.handle = "!";
            advance();
        }
        token.text = scanTagUri();
    }
    if (!isSpaceOrEnd(at()))
        failAt(
            m_at, Spec::tr("\"!\" begins a tag, and \"%1\" cannot follow it; use quotes for text.").arg(shown(at())));
    token.end = m_at;
    return token;
}

std::string YamlScanner::scanTagHandle()
{
    if (at() != U'!')
        failAt(m_at, Spec::tr("A tag's handle starts with \"!\"."));
    int length = 1;
    if (at(length) != U' ') {
        while (isNameCharacter(at(length)))
            ++length;
        if (at(length) != U'!') {
            advance(length);
            failAt(m_at, Spec::tr("A tag's handle ends with \"!\"."));
        }
        ++length;
    }
    return takeText(length);
}

std::string YamlScanner::scanTagUri()
{
    std::string uri;
    const int begin = m_at.index;
    while (isNameCharacter(at()) || (at() != 0 && isOneOf(at(), U";/?:@&=+$,.!~*'()[]%"))) {
        if (at() == U'%')
            scanUriEscapes(uri);
        else
            uri += takeText(1);
    }
    if (m_at.index == begin)
        failAt(m_at, Spec::tr("A tag's name is missing, found \"%1\".").arg(shown(at())));
    return uri;
}

void YamlScanner::scanUriEscapes(std::string &uri)
{
    const YamlMark start = m_at;
    QByteArray bytes;
    while (at() == U'%') {
        advance();
        if (!isHex(at()) || !isHex(at(1)))
            failAt(m_at, Spec::tr("\"%\" in a tag needs two hexadecimal digits."));
        bytes += QByteArray::fromHex(QByteArray::fromStdString(takeText(2)));
    }
    if (!bytes.isValidUtf8())
        failAt(start, Spec::tr("The escapes of this tag are no valid text."));
    uri += bytes.toStdString();
}

} // namespace fd
