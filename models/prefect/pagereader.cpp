// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/pagereader.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>

namespace fd {
namespace {

/// What one thread reads with. Its memory serves page after page; larger texts get memory of their own.
struct Workspace {
    simdjson::ondemand::parser parser{simdjson::SIMDJSON_MAXSIZE_BYTES};
    std::vector<char> buffer;
};
constexpr size_t kKeptBytes = 4 << 20;

Workspace &workspaceFor(size_t size)
{
    thread_local Workspace shared;
    thread_local Workspace large;
    if (size > kKeptBytes)
        return large;
    if (!large.buffer.empty())
        large = Workspace();
    return shared;
}

/// The id of an object that starts with it, as all servers send it.
QString leadingId(std::string_view element)
{
    constexpr qsizetype kLongest = 64;
    for (const std::string_view part : {"{", "\"id\"", ":", "\""}) {
        element = trimmedJson(element);
        if (element.substr(0, part.size()) != part)
            return {};
        element.remove_prefix(part.size());
    }
    const std::string_view id = element.substr(0, element.find('"'));
    return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())).left(kLongest);
}

QString faultSentence(JsonFault::Kind kind)
{
    switch (kind) {
    case JsonFault::Kind::NotFinite:
        return CodecText::tr("The server sent a number that is not finite, which JSON cannot hold.");
    case JsonFault::Kind::Depth:
        return CodecText::tr("The server sent a value that is nested too deep.");
    case JsonFault::Kind::LoneSurrogate:
        return CodecText::tr("The server sent a text with half a character (a lone surrogate).");
    case JsonFault::Kind::NotUtf8:
        return CodecText::tr("The server sent a text that is not UTF-8.");
    default:
        return syntaxSentence();
    }
}

Error parseError(const QString &detail)
{
    return {.kind = ErrorKind::Parse, .detail = detail, .field = {}, .file = {}};
}

} // namespace

JsonText::JsonText(std::string_view given)
{
    std::vector<char> &buffer = workspaceFor(given.size()).buffer;
    buffer.resize(given.size() + simdjson::SIMDJSON_PADDING);
    std::memcpy(buffer.data(), given.data(), given.size());
    std::memset(buffer.data() + given.size(), ' ', simdjson::SIMDJSON_PADDING);
    text = {buffer.data(), given.size()};
}

simdjson::error_code JsonText::open()
{
    return workspaceFor(text.size())
        .parser.iterate(text.data(), text.size(), text.size() + simdjson::SIMDJSON_PADDING)
        .get(document);
}

void Fingerprint::add(const char *begin, const char *end)
{
    const std::string_view part = trimmedJson({begin, static_cast<size_t>(end - begin)});
    m_value = XXH3_64bits_withSeed(part.data(), part.size(), m_value);
}

Error notAListError(std::string_view body)
{
    return parseError(body.empty()
            ? CodecText::tr("The server's answer is empty where a list is expected.")
            : CodecText::tr("The server's answer is no list; check that the address is that of a Prefect API."));
}

Error notAnObjectError(std::string_view body)
{
    return parseError(body.empty()
            ? CodecText::tr("The server's answer is empty where an object is expected.")
            : CodecText::tr("The server's answer is no object; check that the address is that of a Prefect API."));
}

Error brokenAnswerError()
{
    return parseError(CodecText::tr("The server's answer is cut off or is not JSON; it will have to be asked again."));
}

std::optional<UnreadableRow> brokenRow(std::string_view element)
{
    const auto fault = scanJson(element, {.checkUtf8 = true}).fault;
    if (!fault)
        return std::nullopt;
    return UnreadableRow{.id = leadingId(element), .field = fault->path, .detail = faultSentence(fault->kind)};
}

void appendMember(QByteArray &members, std::string_view key, FieldReader &reader)
{
    const QByteArray value = reader.anyText();
    const std::string_view quoted(key.data() - 1, key.size() + 2);
    if (!reader.hasFault() && key.find('\\') != key.npos && scanJson(quoted).fault)
        reader.refuse(syntaxSentence());
    if (reader.hasFault())
        return;
    if (!members.isEmpty())
        members += ',';
    members.append(quoted.data(), static_cast<qsizetype>(quoted.size()));
    members += ':';
    members += value;
}

QByteArray inBraces(const QByteArray &members) { return '{' + members + '}'; }

} // namespace fd
