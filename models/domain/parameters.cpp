// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/parameters.h"

#include <algorithm>
#include <vector>

namespace fd {
namespace {

Result<Json> parseObject(const QByteArray &text)
{
    if (text.isEmpty())
        return Json::object();
    FD_TRY_ASSIGN(value, parseJson(text));
    if (!value.is_object())
        return fail(ErrorKind::Validation, QStringLiteral("Parameters must be a JSON object."));
    return value;
}

QString typeWord(const Json &property)
{
    const std::string type = textOf(property, "type");
    const std::string format = textOf(property, "format");
    if (!format.empty())
        return toQString(format);
    return type == "string" ? QStringLiteral("text") : toQString(type);
}

QString typeText(const Json &property)
{
    if (const Json &values = memberOf(property, "enum"); values.is_array()) {
        QStringList words;
        for (const Json &value : values)
            words += toDisplay(value);
        return words.join(QStringLiteral(" · "));
    }
    for (const char *key : {"anyOf", "oneOf"}) {
        if (const Json &kinds = memberOf(property, key); kinds.is_array()) {
            QStringList words;
            for (const Json &kind : kinds)
                words += typeText(kind);
            words.removeAll(QString());
            return words.join(QStringLiteral(" or "));
        }
    }
    if (const std::string reference = textOf(property, "$ref"); !reference.empty())
        return toQString(reference.substr(reference.rfind('/') + 1));
    if (textOf(property, "type") == "array") {
        const QString items = typeText(memberOf(property, "items"));
        return items.isEmpty() ? QStringLiteral("list") : QStringLiteral("list of ") + items;
    }
    return typeWord(property);
}

/// Collects the keys of one object of a JSON text: the top one, or its member `member`.
class KeyCollector : public nlohmann::json_sax<Json>
{
public:
    KeyCollector(std::vector<std::string> &keys, const char *member) : m_keys(keys), m_member(member) { }

    bool start_object(std::size_t) override
    {
        ++m_depth;
        if (m_depth == (m_member ? 2 : 1) && (!m_member || m_isNext))
            m_wanted = m_depth;
        m_isNext = false;
        return m_depth <= kMaxDepth;
    }
    bool key(std::string &key) override
    {
        if (m_depth == m_wanted)
            m_keys.push_back(std::move(key));
        else
            m_isNext = m_member && m_depth == 1 && key == m_member;
        return true;
    }
    bool end_object() override
    {
        // Nothing that follows matters.
        if (m_depth == m_wanted)
            return false;
        --m_depth;
        return true;
    }
    bool start_array(std::size_t) override
    {
        m_isNext = false;
        return ++m_depth <= kMaxDepth;
    }
    bool end_array() override
    {
        --m_depth;
        return true;
    }
    bool null() override { return passed(); }
    bool boolean(bool) override { return passed(); }
    bool number_integer(Json::number_integer_t) override { return passed(); }
    bool number_unsigned(Json::number_unsigned_t) override { return passed(); }
    bool number_float(Json::number_float_t, const std::string &) override { return passed(); }
    bool string(std::string &) override { return passed(); }
    bool binary(Json::binary_t &) override { return passed(); }
    bool parse_error(std::size_t, const std::string &, const Json::exception &) override { return false; }

private:
    static constexpr int kMaxDepth = 250;

    bool passed()
    {
        m_isNext = false;
        return true;
    }

    std::vector<std::string> &m_keys;
    const char *m_member;
    int m_depth = 0;
    int m_wanted = -1;
    bool m_isNext = false;
};

void collectKeys(const QByteArray &text, const char *member, std::vector<std::string> &keys)
{
    if (text.isEmpty())
        return;
    KeyCollector collector(keys, member);
    Json::sax_parse(text.begin(), text.end(), &collector);
}

} // namespace

Result<QByteArray> mergeParameters(const QByteArray &base, const QByteArray &overlay)
{
    FD_TRY_ASSIGN(merged, parseObject(base));
    FD_TRY_ASSIGN(changes, parseObject(overlay));
    for (const auto &[key, value] : changes.items())
        merged[key] = value;
    return toJsonText(merged);
}

QStringList missingParameters(const QByteArray &schema, const QByteArray &parameters)
{
    QStringList missing;
    for (const ParameterInfo &parameter : describeParameters(schema, parameters)) {
        if (parameter.required && parameter.value.isEmpty())
            missing += parameter.name;
    }
    return missing;
}

QList<ParameterInfo> describeParameters(const QByteArray &schema, const QByteArray &parameters)
{
    const Json root = parseObject(schema).value_or(Json::object());
    Json given = parseObject(parameters).value_or(Json::object());
    const Json &required = memberOf(root, "required");
    QList<std::pair<qint64, ParameterInfo>> ordered;
    const Json &properties = memberOf(root, "properties");
    if (properties.is_object()) {
        for (const auto &[key, property] : properties.items()) {
            ParameterInfo info;
            info.name = toQString(key);
            info.required
                = required.is_array() && std::find(required.begin(), required.end(), Json(key)) != required.end();
            info.typeText = typeText(property);
            if (property.is_object() && property.contains("default"))
                info.defaultValue = toJsonText(memberOf(property, "default"));
            if (const auto value = given.find(key); value != given.end()) {
                info.value = toJsonText(*value);
                given.erase(value);
            }
            const Json &position = memberOf(property, "position");
            ordered.append({position.is_number_integer() ? position.get<qint64>() : ordered.size(), info});
        }
    }
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<ParameterInfo> described;
    for (const auto &[position, info] : ordered)
        described += info;
    for (const auto &[key, value] : given.items()) {
        ParameterInfo info;
        info.name = toQString(key);
        info.value = toJsonText(value);
        described += info;
    }
    return described;
}

int countParameters(const QByteArray &schema, const QByteArray &parameters)
{
    std::vector<std::string> names;
    collectKeys(schema, "properties", names);
    collectKeys(parameters, nullptr, names);
    std::sort(names.begin(), names.end());
    return static_cast<int>(std::unique(names.begin(), names.end()) - names.begin());
}

} // namespace fd
