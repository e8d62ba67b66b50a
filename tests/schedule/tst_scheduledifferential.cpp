// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/schedule/occurrences.h"

#include <QDate>
#include <QProcess>
#include <QTest>

using namespace fd;

/// Random schedules in all zones, most of them around changes of the clock, against croniter, dateutil and pendulum.
/// FLOWDECK_SCHEDULE_CASES asks for another number of them, FLOWDECK_SEED for another seed.
class TestScheduleDifferential : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithPythonsLibraries();
};

namespace {

constexpr int kCases = 2200;

struct Counts {
    int cases = 0;
    int dates = 0;
    int refused = 0;
    int explained = 0;
    QStringList differences;
};

ScheduleRules rulesNamed(const std::string &generation)
{
    if (generation == "orion-2.0b8")
        return ScheduleRules::Orion;
    return generation == "prefect-2.20" ? ScheduleRules::Prefect2 : ScheduleRules::Prefect3;
}

/// pendulum 2 cannot read rules for the future with negative times of day (Greenland) and stops at 2037.
bool isExplained(const Json &line, const ScheduleRule &rule, const std::vector<std::string> &wanted)
{
    return textOf(line, "generation") != "prefect-3" && rule.zone->file().footer.contains("/-") && !wanted.empty()
        && wanted.back() > "2037";
}

void compare(const QByteArray &text, Counts &counts)
{
    const Json line = *parseJson(text);
    ++counts.cases;
    const Instant start = *instantFromIso(toQString(textOf(line, "start")));
    const auto rule = parseSchedule(toJsonText(line["schedule"]), rulesNamed(textOf(line, "generation")), start);
    const Occurrences found = rule
        ? serverOccurrences(*rule, {.start = start, .count = line["n"].get<int>(), .end = {}})
        : Occurrences{.instants = {}, .failure = rule.error()};
    std::vector<std::string> wanted;
    if (line.contains("error")) {
        ++counts.refused;
        if (!found.failure)
            counts.differences.append(QString::fromUtf8(text.trimmed()));
        return;
    }
    std::vector<Instant> instants;
    for (const Json &date : line["expect_utc"]) {
        wanted.push_back(date.get<std::string>());
        instants.push_back(*instantFromIso(toQString(wanted.back())));
    }
    counts.dates += static_cast<int>(instants.size());
    if (!found.failure && found.instants == instants)
        return;
    if (rule && isExplained(line, *rule, wanted))
        ++counts.explained;
    else
        counts.differences.append(QString::fromUtf8(text.trimmed()));
}

} // namespace

void TestScheduleDifferential::agreesWithPythonsLibraries()
{
    const int cases = qEnvironmentVariableIsSet("FLOWDECK_SCHEDULE_CASES")
        ? qEnvironmentVariableIntValue("FLOWDECK_SCHEDULE_CASES")
        : kCases;
    const int seed = qEnvironmentVariableIsSet("FLOWDECK_SEED") ? qEnvironmentVariableIntValue("FLOWDECK_SEED")
                                                                : static_cast<int>(QDate::currentDate().toJulianDay());
    QProcess oracle;
    oracle.setProcessChannelMode(QProcess::SeparateChannels);
    oracle.start(QStringLiteral("/usr/bin/python3"),
        {QStringLiteral(FLOWDECK_SOURCE_DIR "/tests/schedule/oracle.py"), QString::number(seed),
            QString::number(cases)});
    QVERIFY2(oracle.waitForFinished(cases * 100 + 60'000), qPrintable(oracle.errorString()));
    if (oracle.exitCode() == 3)
        QSKIP("missing: python3-croniter, python3-dateutil or python3-pendulum");
    QVERIFY2(oracle.exitCode() == 0, oracle.readAllStandardError().constData());
    Counts counts;
    for (const QByteArray &line : oracle.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            compare(line, counts);
    }
    qInfo("seed %d: %d schedules, %d dates compared, %d failures expected, %d explained (Greenland after 2037), %lld "
          "differences",
        seed, counts.cases, counts.dates, counts.refused, counts.explained,
        static_cast<long long>(counts.differences.size()));
    for (const QString &difference : counts.differences.mid(0, 10))
        qWarning("%s", qPrintable(difference));
    QVERIFY(counts.differences.isEmpty());
    QCOMPARE(counts.cases, cases);
}

QTEST_GUILESS_MAIN(TestScheduleDifferential)
#include "tst_scheduledifferential.moc"
