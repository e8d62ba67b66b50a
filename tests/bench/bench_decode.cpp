// SPDX-License-Identifier: GPL-3.0-or-later
// A page of 200 deployments, as a Prefect 3 server sent them, to rows.
#include "models/prefect/codec.h"
#include "tests/bench/benchtools.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace fd;
using namespace fd::bench;

namespace {

constexpr int kRows = 200;
constexpr int kPairs = 61;
constexpr double kBar = 10;

/// The recorded deployments again and again, each time with ids and a name of their own.
QByteArray makePage(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    const QJsonArray recorded
        = QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("response")).toArray();
    QJsonArray page;
    for (int i = 0; i < kRows; ++i) {
        QJsonObject row = recorded.at(i % recorded.size()).toObject();
        const QString id = QUuid::createUuidV5(QUuid(), QString::number(i)).toString(QUuid::WithoutBraces);
        row[QStringLiteral("id")] = id;
        row[QStringLiteral("name")] = QStringLiteral("%1-%2").arg(row.value(QStringLiteral("name")).toString()).arg(i);
        page.append(row);
    }
    return QJsonDocument(page).toJson(QJsonDocument::Compact);
}

std::optional<Instant> timeOf(const QJsonObject &sent, const char *key)
{
    return instantFromIso(sent.value(QLatin1StringView(key)).toString());
}

QString textOf(const QJsonObject &sent, const char *key) { return sent.value(QLatin1StringView(key)).toString(); }

QByteArray objectOf(const QJsonObject &sent, const char *key)
{
    return QJsonDocument(sent.value(QLatin1StringView(key)).toObject()).toJson(QJsonDocument::Compact);
}

Schedule scheduleOf(QJsonObject sent)
{
    Schedule schedule{.json = objectOf(sent, "schedule"), .active = sent.value(u"active").toBool(), .otherFields = {}};
    sent.remove(u"schedule");
    sent.remove(u"active");
    schedule.otherFields = QJsonDocument(sent).toJson(QJsonDocument::Compact);
    return schedule;
}

/// The same fields with Qt's own classes; without a fingerprint.
MirroredDeployment rowOf(QJsonObject sent)
{
    MirroredDeployment row;
    Deployment &value = row.value;
    value.id = DeploymentId::fromText(textOf(sent, "id"));
    row.flow = FlowId::fromText(textOf(sent, "flow_id"));
    value.created = timeOf(sent, "created").value_or(Instant{});
    value.updated = timeOf(sent, "updated").value_or(Instant{});
    value.name = textOf(sent, "name");
    value.version = textOf(sent, "version");
    value.description = textOf(sent, "description");
    value.paused = sent.value(u"paused").toBool();
    for (const QJsonValue &schedule : sent.value(u"schedules").toArray())
        value.schedules.append(scheduleOf(schedule.toObject()));
    value.jobVariables = objectOf(sent, "job_variables");
    value.parameters = objectOf(sent, "parameters");
    for (const QJsonValue &tag : sent.value(u"tags").toArray())
        value.tags.append(tag.toString());
    value.workQueueName = textOf(sent, "work_queue_name");
    value.workPoolName = textOf(sent, "work_pool_name");
    value.parameterSchema = objectOf(sent, "parameter_openapi_schema");
    value.path = textOf(sent, "path");
    value.entrypoint = textOf(sent, "entrypoint");
    value.status = textOf(sent, "status");
    value.enforceParameterSchema = sent.value(u"enforce_parameter_schema").toBool();
    for (const char *key :
        {"id", "flow_id", "created", "updated", "name", "version", "description", "paused", "schedules",
            "concurrency_limit", "global_concurrency_limit", "job_variables", "parameters", "tags", "work_queue_name",
            "work_pool_name", "parameter_openapi_schema", "path", "entrypoint", "status", "enforce_parameter_schema"})
        sent.remove(QLatin1StringView(key));
    value.otherFields = QJsonDocument(sent).toJson(QJsonDocument::Compact);
    return row;
}

std::vector<MirroredDeployment> readWithQt(const QByteArray &body)
{
    std::vector<MirroredDeployment> rows;
    rows.reserve(kRows);
    for (const QJsonValue &row : QJsonDocument::fromJson(body).array())
        rows.push_back(rowOf(row.toObject()));
    return rows;
}

} // namespace

int main(int argc, char **argv)
{
    const QString path = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    const QByteArray body = makePage(path);
    const Codec &codec = Codec::of(Generation::Prefect3);
    const auto page = codec.deployments(body);
    const auto rows = readWithQt(body);
    if (!page || page->rows.size() != kRows
        || rows.back().value.schedules.size() != page->rows.back().value.schedules.size())
        qFatal("the two readings differ");
    std::vector<double> own;
    std::vector<double> qt;
    const double ratio = medianRatio(
        kPairs,
        [&body, &qt] {
            size_t count = 0;
            qt.push_back(millisecondsOf([&body, &count] { count = readWithQt(body).size(); }));
            return count == kRows ? qt.back() : 0;
        },
        [&body, &codec, &own] {
            size_t count = 0;
            own.push_back(millisecondsOf([&body, &codec, &count] { count = codec.deployments(body)->rows.size(); }));
            return count == kRows ? own.back() : 0;
        });
    report({.id = QStringLiteral("decode"),
        .what = QStringLiteral("QJsonDocument: page of %1 deployments (%2 kB) to rows (%3 ms)")
                    .arg(kRows)
                    .arg(body.size() / 1000)
                    .arg(median(qt), 0, 'f', 2),
        .against = QStringLiteral("the codec (%1 ms)").arg(median(own), 0, 'f', 2),
        .ratio = ratio,
        .bar = kBar,
        .atLeast = true});
    return 0;
}
