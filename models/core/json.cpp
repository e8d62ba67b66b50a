// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"

namespace fd {
namespace {

constexpr int kMaxDepth = 250;

std::string dump(const Json &value, int indent)
{
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

} // namespace

Result<Json> parseJson(const QByteArray &text)
{
    bool tooDeep = false;
    const auto bounded = [&tooDeep](int depth, Json::parse_event_t, Json &) {
        tooDeep = tooDeep || depth > kMaxDepth;
        return !tooDeep;
    };
    try {
        Json value = Json::parse(text.begin(), text.end(), bounded);
        if (tooDeep)
            return fail(ErrorKind::Parse, QStringLiteral("The JSON is nested deeper than %1 levels.").arg(kMaxDepth));
        return value;
    } catch (const Json::exception &exception) {
        return fail(ErrorKind::Parse, QString::fromUtf8(exception.what()));
    }
}

QByteArray toJsonText(const Json &value) { return QByteArray::fromStdString(dump(value, -1)); }

QString toPrettyJson(const Json &value) { return toQString(dump(value, 2)); }

const Json &memberOf(const Json &object, const char *key)
{
    static const Json null;
    if (!object.is_object())
        return null;
    const auto found = object.find(key);
    return found == object.end() ? null : *found;
}

std::string textOf(const Json &object, const char *key)
{
    const Json &member = memberOf(object, key);
    return member.is_string() ? member.get<std::string>() : std::string();
}

bool boolOf(const Json &object, const char *key, bool fallback)
{
    const Json &member = memberOf(object, key);
    return member.is_boolean() ? member.get<bool>() : fallback;
}

QString toDisplay(const Json &value)
{
    return toQString(value.is_string() ? value.get_ref<const std::string &>() : dump(value, -1));
}

} // namespace fd
