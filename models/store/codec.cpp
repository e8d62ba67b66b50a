// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/codec.h"

#include "models/core/json.h"

#include <QDataStream>

namespace fd::codec {

QString tagsToText(const QStringList &tags)
{
    QString text;
    for (const QString &tag : tags)
        text += tag + u'\n';
    return text;
}

QStringList tagsFromText(const QString &text) { return text.split(u'\n', Qt::SkipEmptyParts); }

QByteArray schedulesToText(const QList<Schedule> &schedules)
{
    // The parts are compact JSON already: a mirror would spend most of its time parsing them.
    QByteArray text = "[";
    for (const Schedule &schedule : schedules) {
        text += text.size() > 1 ? ",{\"schedule\":" : "{\"schedule\":";
        text += schedule.json.isEmpty() ? QByteArray("{}") : schedule.json;
        text += schedule.active ? ",\"active\":true" : ",\"active\":false";
        if (!schedule.otherFields.isEmpty() && schedule.otherFields != "{}")
            text += ",\"other\":" + schedule.otherFields;
        text += '}';
    }
    return text + ']';
}

QList<Schedule> schedulesFromText(const QByteArray &text)
{
    QList<Schedule> schedules;
    const Json list = parseJson(text).value_or(Json::array());
    for (const Json &entry : list) {
        Schedule schedule{.json = toJsonText(memberOf(entry, "schedule")), .active = boolOf(entry, "active", true)};
        if (const Json &other = memberOf(entry, "other"); other.is_object())
            schedule.otherFields = toJsonText(other);
        schedules.append(schedule);
    }
    return schedules;
}

QByteArray stripToBytes(const ActivityStrip &strip)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << strip.lastDay;
    for (const DayCount &day : strip.days)
        stream << day.completed << day.failed << day.active;
    return bytes;
}

ActivityStrip stripFromBytes(const QByteArray &bytes)
{
    ActivityStrip strip;
    QDataStream stream(bytes);
    stream >> strip.lastDay;
    for (DayCount &day : strip.days)
        stream >> day.completed >> day.failed >> day.active;
    return stream.status() == QDataStream::Ok ? strip : ActivityStrip{};
}

QByteArray idsToBytes(const QList<TaskRunId> &ids)
{
    QByteArray bytes;
    for (const TaskRunId &id : ids)
        bytes += id.toBytes();
    return bytes;
}

QList<TaskRunId> idsFromBytes(const QByteArray &bytes)
{
    QList<TaskRunId> ids;
    for (qsizetype at = 0; at + 16 <= bytes.size(); at += 16)
        ids += TaskRunId::fromBytes(bytes.mid(at, 16));
    return ids;
}

QByteArray rowIdsToJson(std::span<const RowId> ids)
{
    QByteArray json = "[";
    for (const RowId id : ids) {
        if (json.size() > 1)
            json += ',';
        json += QByteArray::number(id);
    }
    return json + ']';
}

std::vector<RowId> readRowIds(Statement &statement)
{
    std::vector<RowId> ids;
    while (statement.step())
        ids.push_back(statement.rowId(0));
    return ids;
}

QString likePattern(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'%', QStringLiteral("\\%"))
        .replace(u'_', QStringLiteral("\\_"));
    return u'%' + escaped + u'%';
}

StateType stateType(qint64 value)
{
    return value >= 0 && value < kStateTypeCount ? static_cast<StateType>(value) : StateType::Unknown;
}

} // namespace fd::codec
