// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seedvalues.h"

namespace fd::test {
namespace {

using L1 = QLatin1String;

constexpr std::array kTeams{L1("finance"), L1("sales"), L1("marketing"), L1("risk"), L1("warehouse"), L1("ml"),
    L1("platform"), L1("support"), L1("hr"), L1("logistics"), L1("growth"), L1("billing")};
constexpr std::array kVerbs{L1("load"), L1("sync"), L1("export"), L1("clean"), L1("train"), L1("score"), L1("merge"),
    L1("archive"), L1("validate"), L1("publish"), L1("backfill"), L1("report")};
constexpr std::array kNouns{L1("orders"), L1("customers"), L1("invoices"), L1("events"), L1("sessions"), L1("prices"),
    L1("stock"), L1("returns"), L1("payments"), L1("leads"), L1("features"), L1("forecast"), L1("ledger"),
    L1("tickets"), L1("shipments"), L1("campaigns")};
constexpr std::array kRhythms{
    L1("hourly"), L1("daily"), L1("weekly"), L1("nightly"), L1("adhoc"), L1("monthly"), L1("streaming")};
constexpr std::array kRegions{
    L1("eu-west"), L1("eu-central"), L1("us-east"), L1("us-west"), L1("ap-south"), L1("sa-east")};
constexpr std::array kStages{L1("prod"), L1("staging"), L1("dev")};
constexpr std::array kTags{L1("prod"), L1("etl"), L1("critical"), L1("staging"), L1("pii"), L1("gdpr"), L1("nightly"),
    L1("ml"), L1("finance"), L1("sales"), L1("team-a"), L1("team-b"), L1("team-c"), L1("spark"), L1("dbt"), L1("snow"),
    L1("s3"), L1("slow"), L1("legacy"), L1("owner:ana"), L1("owner:bo"), L1("owner:chen"), L1("tier-1"), L1("tier-2")};
constexpr std::array kZones{L1("UTC"), L1("Europe/Berlin"), L1("America/New_York"), L1("Asia/Kolkata")};
constexpr std::array kAdjectives{L1("calm"), L1("mellow"), L1("brave"), L1("quiet"), L1("rapid"), L1("amber"),
    L1("proud"), L1("silver"), L1("gentle"), L1("vivid")};
constexpr std::array kAnimals{L1("otter"), L1("ibis"), L1("lynx"), L1("heron"), L1("badger"), L1("falcon"), L1("tapir"),
    L1("marmot"), L1("gecko"), L1("bison")};

} // namespace

QLatin1String SeedValues::one(std::span<const QLatin1String> of)
{
    return of[static_cast<size_t>(below(static_cast<int>(of.size())))];
}

QByteArray SeedValues::uuid()
{
    QByteArray bytes(16, Qt::Uninitialized);
    m_random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), 4);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    return bytes;
}

QString SeedValues::flowName(int number)
{
    return one(kTeams) + u'_' + one(kVerbs) + u'_' + one(kNouns) + u'_' + QString::number(number);
}

QString SeedValues::deploymentName(int number)
{
    const QString name = one(kNouns) + u'-' + one(kRhythms) + u'-' + one(kRegions) + u'-' + one(kStages);
    return number == 0 ? name : name + u'-' + QString::number(number);
}

QStringList SeedValues::tags()
{
    QStringList tags;
    for (int wanted = below(5); wanted > 0; --wanted) {
        // The product of two draws makes the first tags far more common than the last.
        const int count = static_cast<int>(kTags.size());
        const QString tag = kTags[static_cast<size_t>(below(count) * below(count) / count)];
        if (!tags.contains(tag))
            tags.append(tag);
    }
    return tags;
}

QList<Schedule> SeedValues::schedules()
{
    const int kind = below(100);
    QString json;
    if (kind < 55)
        json = QStringLiteral(R"({"cron":"%1 %2 * * %3","timezone":"%4"})")
                   .arg(below(60))
                   .arg(below(24))
                   .arg(chance(50) ? L1("*") : L1("1-5"), one(kZones));
    else if (kind < 75)
        json = QStringLiteral(R"({"interval":%1,"timezone":"%2"})").arg((1 + below(96)) * 900).arg(one(kZones));
    else if (kind < 80)
        json = QStringLiteral(R"({"rrule":"FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=%1","timezone":"%2"})")
                   .arg(below(24))
                   .arg(one(kZones));
    else
        return {};
    return {{.json = json.toUtf8(), .active = chance(92)}};
}

QByteArray SeedValues::parameters()
{
    return QStringLiteral(R"({"region":"%1","table":"%2_%3","batch_size":%4,"dry_run":%5})")
        .arg(one(kRegions), one(kTeams), one(kNouns))
        .arg((1 + below(50)) * 100)
        .arg(chance(10) ? L1("true") : L1("false"))
        .toUtf8();
}

QString SeedValues::runName() { return one(kAdjectives) + u'-' + one(kAnimals) + u'-' + QString::number(below(1000)); }

} // namespace fd::test
