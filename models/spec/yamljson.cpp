// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/spec/spectext.h"
#include "models/spec/yamltext.h"
#include "models/spec/yamlvalue.h"

#include <cmath>

namespace fd {
namespace {

/// Below what `parseJson` accepts.
constexpr int kMostLevels = 200;
/// Aliases repeat what they name, so a small text can stand for a huge value.
constexpr int kMostValues = 500'000;
constexpr size_t kMostBytes = 64 * 1024 * 1024;

/// Writes one value. Errors are thrown as YamlFailure, which `yamlToJson` catches.
class JsonWriter
{
public:
    void write(const YamlNode &node, int level)
    {
        if (level > kMostLevels)
            fail(node, Spec::tr("This value contains itself or is nested too deep; write it out."));
        if (++m_values > kMostValues || m_text.size() > kMostBytes)
            fail(node, Spec::tr("The aliases of this value repeat too much; write a smaller one."));
        switch (node.type()) {
        case YamlType::Null:
            m_text += "null";
            return;
        case YamlType::Bool:
            m_text += node.value.flag ? "true" : "false";
            return;
        case YamlType::Int:
            m_text += std::to_string(node.value.integer);
            return;
        case YamlType::BigInt:
            m_text += node.value.text;
            return;
        case YamlType::Float:
            writeFloat(node);
            return;
        case YamlType::Binary:
            checkBytes(node);
            [[fallthrough]];
        case YamlType::Date:
        case YamlType::Timestamp:
        case YamlType::Text:
            writeText(node.value.text);
            return;
        case YamlType::List:
            writeList(node, level);
            return;
        case YamlType::Map:
            writeMap(node, level);
            return;
        case YamlType::Set:
            writeSet(node, level);
            return;
        case YamlType::Pairs:
            writePairs(node, level);
            return;
        }
    }

    [[nodiscard]] QByteArray text() const { return QByteArray::fromStdString(m_text); }

private:
    [[noreturn]] static void fail(const YamlNode &node, const QString &detail)
    {
        throw YamlFailure{{.kind = ErrorKind::Validation,
            .detail = detail,
            .field = {},
            .file = {},
            .line = node.line,
            .column = node.column}};
    }

    static void checkBytes(const YamlNode &node)
    {
        if (!QByteArray::fromStdString(node.value.text).isValidUtf8())
            fail(node, Spec::tr("These bytes are no text, and JSON holds only text; give them as base64 text."));
    }

    void writeText(const std::string &text)
    {
        m_text += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    void writeFloat(const YamlNode &node)
    {
        if (!std::isfinite(node.value.real))
            fail(node, Spec::tr("Infinity and \"not a number\" cannot be stored; use a number, null or quoted text."));
        m_text += Json(node.value.real).dump();
    }

    void writeKey(const YamlNode &key)
    {
        switch (key.type()) {
        case YamlType::Text:
            writeText(key.value.text);
            return;
        case YamlType::Null:
        case YamlType::Bool:
        case YamlType::Int:
        case YamlType::BigInt:
        case YamlType::Float:
            m_text.push_back('"');
            write(key, 0);
            m_text.push_back('"');
            return;
        default:
            fail(key, Spec::tr("This key is no text; put it in quotes."));
        }
    }

    void writeList(const YamlNode &node, int level)
    {
        m_text.push_back('[');
        for (const YamlNode *item : node.items) {
            write(*item, level + 1);
            m_text.push_back(',');
        }
        close(']');
    }

    void writeMap(const YamlNode &node, int level)
    {
        m_text.push_back('{');
        for (const YamlEntry &entry : node.entries) {
            writeKey(*entry.key);
            m_text.push_back(':');
            write(*entry.value, level + 1);
            m_text.push_back(',');
        }
        close('}');
    }

    void writeSet(const YamlNode &node, int level)
    {
        m_text.push_back('[');
        for (const YamlEntry &entry : node.entries) {
            write(*entry.key, level + 1);
            m_text.push_back(',');
        }
        close(']');
    }

    void writePairs(const YamlNode &node, int level)
    {
        m_text.push_back('[');
        for (const YamlEntry &entry : node.entries) {
            m_text.push_back('[');
            write(*entry.key, level + 1);
            m_text.push_back(',');
            write(*entry.value, level + 1);
            m_text += "],";
        }
        close(']');
    }

    void close(char bracket)
    {
        if (m_text.back() == ',')
            m_text.back() = bracket;
        else
            m_text.push_back(bracket);
    }

    std::string m_text;
    int m_values = 0;
};

} // namespace

Result<QByteArray> yamlToJson(const YamlNode &node)
{
    JsonWriter writer;
    try {
        writer.write(node, 0);
    } catch (const YamlFailure &failure) {
        return fail(failure.error);
    }
    return writer.text();
}

} // namespace fd
