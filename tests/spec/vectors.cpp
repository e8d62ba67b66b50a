// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spec/vectors.h"

#include <QFile>

#include <algorithm>
#include <cmath>

namespace fd::test {
namespace {

Json convert(const YamlNode &node, std::vector<const YamlNode *> &above);

Json convertMap(const YamlNode &node, std::vector<const YamlNode *> &above)
{
    const bool hasTextKeys = std::all_of(
        node.entries.begin(), node.entries.end(), [](const YamlEntry &entry) { return entry.key->isText(); });
    Json object = Json::object();
    Json pairs = Json::array();
    for (const YamlEntry &entry : node.entries) {
        if (hasTextKeys)
            object[entry.key->value.text] = convert(*entry.value, above);
        else
            pairs.push_back(Json::array({convert(*entry.key, above), convert(*entry.value, above)}));
    }
    return hasTextKeys ? object : Json{{"$pairs", pairs}};
}

Json convert(const YamlNode &node, std::vector<const YamlNode *> &above)
{
    if (std::find(above.begin(), above.end(), &node) != above.end())
        return {{"$recursive", true}};
    above.push_back(&node);
    Json result = Json::array();
    switch (node.type()) {
    case YamlType::List:
        for (const YamlNode *item : node.items)
            result.push_back(convert(*item, above));
        break;
    case YamlType::Map:
        result = convertMap(node, above);
        break;
    case YamlType::Set:
        for (const YamlEntry &entry : node.entries)
            result.push_back(convert(*entry.key, above));
        std::sort(result.begin(), result.end());
        result = Json{{"$set", result}};
        break;
    case YamlType::Pairs:
        for (const YamlEntry &entry : node.entries)
            result.push_back(Json::array({convert(*entry.key, above), convert(*entry.value, above)}));
        break;
    default:
        result = toVector(node.value);
    }
    above.pop_back();
    return result;
}

} // namespace

QString vectorPath(const QString &name)
{
    const QString folder = qEnvironmentVariable("FLOWDECK_VECTORS", QStringLiteral(FLOWDECK_TEST_DATA));
    return folder + QLatin1Char('/') + name;
}

std::vector<Json> vectorLines(const QString &name)
{
    std::vector<Json> lines;
    QFile file(vectorPath(name));
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (!line.isEmpty())
            lines.push_back(Json::parse(line.begin(), line.end()));
    }
    return lines;
}

Json toVector(const YamlNode &node)
{
    std::vector<const YamlNode *> above;
    return convert(node, above);
}

Json toVector(const YamlValue &scalar)
{
    switch (scalar.type) {
    case YamlType::Bool:
        return scalar.flag;
    case YamlType::Int:
        return scalar.integer;
    case YamlType::BigInt:
        return {{"$int", scalar.text}};
    case YamlType::Float:
        if (std::isfinite(scalar.real))
            return scalar.real;
        return {{"$float", pythonFloat(scalar.real)}};
    case YamlType::Date:
        return {{"$date", scalar.text}};
    case YamlType::Timestamp:
        return {{"$datetime", scalar.text}};
    case YamlType::Text:
        return scalar.text;
    case YamlType::Binary:
        return {{"$bytes", QByteArray::fromStdString(scalar.text).toBase64().toStdString()}};
    default:
        return nullptr;
    }
}

} // namespace fd::test
