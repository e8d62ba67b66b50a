// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/spec/deploymentspec.h"
#include "models/spec/yamlscalar.h"

#include <algorithm>

namespace fd {
namespace {

bool isSafePlain(const std::string &text)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto isSafe
        = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/' || c == ' '; };
    return !text.empty() && text.size() < 200 && (isLetter(text.front()) || text.front() == '/') && text.back() != ' '
        && std::all_of(text.begin(), text.end(), isSafe) && plainTag(text) == YamlTag::Text;
}

/// Text as YAML: bare where it stays text, else in double quotes. JSON's escapes are YAML's; what YAML refuses or
/// folds beyond them (DEL, C1, line separators, byte order mark) is escaped too.
std::string asYaml(const std::string &text)
{
    if (isSafePlain(text))
        return text;
    const std::string json = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string yaml;
    for (const uint c : QString::fromStdString(json).toUcs4()) {
        const bool isRefused
            = (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
        const char32_t character = c;
        yaml += isRefused ? "\\u" + QString::number(c, 16).rightJustified(4, QLatin1Char('0')).toStdString()
                          : QString::fromUcs4(&character, 1).toStdString();
    }
    return yaml;
}

/// A float that YAML 1.1 reads as one: it needs a point before the exponent.
std::string floatText(double value)
{
    std::string text = pythonFloat(value);
    const size_t exponent = text.find('e');
    if (exponent != std::string::npos && text.find('.') == std::string::npos)
        text.insert(exponent, ".0");
    return text;
}

/// Writes a JSON object's entries as block lines, and nested values in flow form, straight from the text: integers of
/// any size pass unchanged.
class BlockWriter : public nlohmann::json_sax<Json>
{
public:
    explicit BlockWriter(const std::string &indent) : m_indent(indent) { }

    [[nodiscard]] std::string text() const { return m_text; }

    bool null() override { return scalar("null"); }
    bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
    bool number_float(number_float_t value, const string_t &raw) override
    {
        const bool isWhole = raw.find_first_of(".eE") == std::string::npos;
        return scalar(isWhole ? raw : floatText(value));
    }
    bool string(string_t &value) override { return scalar(asYaml(value)); }
    bool binary(binary_t &) override { return false; }
    bool start_object(size_t) override { return open('{'); }
    bool end_object() override { return close('}'); }
    bool start_array(size_t) override { return open('['); }
    bool end_array() override { return close(']'); }
    bool key(string_t &name) override
    {
        separate();
        const bool isLong = name.size() > 200;
        if (m_depth == 1)
            m_text += isLong ? m_indent + "? " + asYaml(name) + "\n" + m_indent + ": " : m_indent + asYaml(name) + ": ";
        else
            m_text += (isLong ? "? " : "") + asYaml(name) + ": ";
        m_afterKey = true;
        return true;
    }
    bool parse_error(size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    void separate()
    {
        if (m_depth > 1 && !m_isFirst && !m_afterKey)
            m_text += ", ";
        m_isFirst = m_afterKey = false;
    }
    bool scalar(const std::string &text)
    {
        separate();
        m_text += text;
        endLine();
        return true;
    }
    bool open(char bracket)
    {
        if (m_depth > 0) {
            separate();
            m_text.push_back(bracket);
        }
        ++m_depth;
        m_isFirst = true;
        return true;
    }
    bool close(char bracket)
    {
        --m_depth;
        m_isFirst = false;
        if (m_depth > 0) {
            m_text.push_back(bracket);
            endLine();
        }
        return true;
    }
    void endLine()
    {
        if (m_depth == 1)
            m_text.push_back('\n');
    }

    std::string m_indent;
    std::string m_text;
    int m_depth = 0;
    bool m_isFirst = true;
    bool m_afterKey = false;
};

/// `key:` and the entries of a JSON object below it; nothing when the object is empty.
std::string block(const std::string &indent, const std::string &key, const QByteArray &json)
{
    BlockWriter writer(indent + "  ");
    Json::sax_parse(json.begin(), json.end(), &writer);
    return writer.text().empty() ? std::string() : indent + key + ":\n" + writer.text();
}

} // namespace

QString toSpecText(const Deployment &deployment)
{
    std::string text;
    if (!deployment.name.isEmpty())
        text += "name: " + asYaml(deployment.name.toStdString()) + "\n";
    text += "flow:\n  path: " + asYaml(deployment.path.toStdString()) + "\n";
    if (!deployment.entrypoint.isEmpty())
        text += "  name: " + asYaml(deployment.entrypoint.toStdString()) + "\n";
    if (!deployment.tags.isEmpty()) {
        text += "tags:\n";
        for (const QString &tag : deployment.tags)
            text += "  - " + asYaml(tag.toStdString()) + "\n";
    }
    text += block({}, "parameters", deployment.parameters);
    if (!deployment.schedules.isEmpty())
        text += block({}, "schedule", deployment.schedules.first().json);
    if (deployment.runner != FlowRunner{}) {
        text += "flow_runner:\n  type: " + asYaml(deployment.runner.type.toStdString()) + "\n";
        text += block("  ", "config", deployment.runner.config);
    }
    return QString::fromStdString(text);
}

} // namespace fd
