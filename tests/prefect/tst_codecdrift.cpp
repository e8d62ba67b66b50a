// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that are not as they were recorded: changed, cut, poisoned. One bad row is one bad row, never its neighbours.
#include "tests/prefect/recorded.h"

#include <QTest>

#include <functional>

using namespace fd;
using namespace fd::test;
using namespace Qt::StringLiterals;

namespace {

/// Where a member is: the keys and indexes that lead to it.
using Path = std::vector<Json>;

/// Calls `visit` for each member inside `value`, at any depth that codecs look into.
void eachMember(const Json &value, Path &path, const std::function<void(const Path &)> &visit)
{
    constexpr size_t kDeepest = 5;
    if (path.size() >= kDeepest)
        return;
    const auto descend = [&](const Json &step, const Json &inner) {
        path.push_back(step);
        visit(path);
        eachMember(inner, path, visit);
        path.pop_back();
    };
    if (value.is_object()) {
        for (const auto &[key, inner] : value.items())
            descend(key, inner);
    } else if (value.is_array()) {
        for (size_t i = 0; i < value.size(); ++i)
            descend(i, value[i]);
    }
}

Json &at(Json &value, const Path &path)
{
    Json *place = &value;
    for (const Json &step : path)
        place = step.is_string() ? &(*place)[step.get<std::string>()] : &(*place)[step.get<size_t>()];
    return *place;
}

Json changed(const Json &row, const Path &path, const std::optional<Json> &value)
{
    Json copy = row;
    if (value) {
        at(copy, path) = *value;
        return copy;
    }
    const Path above(path.begin(), path.end() - 1);
    if (path.back().is_string())
        at(copy, above).erase(path.back().get<std::string>());
    else
        at(copy, above).erase(path.back().get<size_t>());
    return copy;
}

bool isListOf(Kind kind) { return kind != Kind::Deployment && kind != Kind::FlowRun; }

} // namespace

class TestCodecDrift : public QObject
{
    Q_OBJECT

private slots:
    void oneChangedMemberIsOneRow();
    void oneBrokenRowIsOneRow_data();
    void oneBrokenRowIsOneRow();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void aCutPageIsNoPage();
    void bytesTurnedOverDoNoHarm();
    void readsWhatIsLarge();
};

void TestCodecDrift::oneChangedMemberIsOneRow()
{
    const Json bool_ = true;
    const std::vector<std::optional<Json>> values{
        std::nullopt, Json(), Json("odd"), Json(-1.5), Json::object(), Json::array(), bool_};
    int changes = 0;
    int unreadable = 0;
    for (const Exchange &recorded : readableExchanges()) {
        if (!isListOf(*recorded.kind) || recorded.response.empty())
            continue;
        const Codec &codec = Codec::of(recorded.generation);
        const Json row = recorded.response[0];
        const QByteArray neighbour = toJsonText(recorded.response.back());
        const auto whole = readAs(*recorded.kind, codec, "[" + neighbour + "]");
        QVERIFY(whole && whole->rows.size() == 1);
        Path path;
        eachMember(row, path, [&](const Path &place) {
            for (const auto &value : values) {
                const QByteArray text = toJsonText(changed(row, place, value));
                const auto page = readAs(*recorded.kind, codec, "[" + neighbour + "," + text + "," + neighbour + "]");
                ++changes;
                QVERIFY2(page, text.constData());
                QCOMPARE(page->received, 3);
                QCOMPARE(page->rows.size() + page->unreadable.size(), size_t(3));
                QVERIFY(page->rows.size() >= 2);
                QCOMPARE(page->rows.front(), whole->rows[0]);
                QCOMPARE(page->rows.back(), whole->rows[0]);
                if (page->unreadable.empty())
                    continue;
                ++unreadable;
                const UnreadableRow &bad = page->unreadable[0];
                const QString first = toQString(place[0].get<std::string>());
                QVERIFY2(bad.field.startsWith(first), qPrintable(bad.field + u" is not "_s + first));
                QVERIFY(!bad.detail.isEmpty());
                if (first != u"id"_s)
                    QCOMPARE(bad.id, toQString(textOf(row, "id")));
            }
        });
    }
    qInfo("%d changed members: %d rows decoded, %d named unreadable, 0 neighbours lost", changes, changes - unreadable,
        unreadable);
    QVERIFY(changes > 10'000);
    QVERIFY(unreadable > 1'000);
}

void TestCodecDrift::oneBrokenRowIsOneRow_data()
{
    QTest::addColumn<QByteArray>("poison");
    QTest::addColumn<bool>("isReadable");
    QTest::newRow("NaN") << QByteArray("NaN") << false;
    QTest::newRow("infinity") << QByteArray("-Infinity") << false;
    QTest::newRow("word") << QByteArray("nul") << false;
    QTest::newRow("number") << QByteArray("01") << false;
    QTest::newRow("half number") << QByteArray("1.") << false;
    QTest::newRow("lone surrogate") << QByteArray(R"("\ud800")") << false;
    QTest::newRow("turned surrogates") << QByteArray(R"("\udc00\ud800")") << false;
    QTest::newRow("bad escape") << QByteArray(R"("\x")") << false;
    QTest::newRow("short escape") << QByteArray(R"("\u12")") << false;
    QTest::newRow("raw line feed") << QByteArray("\"a\nb\"") << false;
    QTest::newRow("not UTF-8") << QByteArray("\"\xc3\x28\"") << false;
    QTest::newRow("surrogate in UTF-8") << QByteArray("\"\xed\xa0\x80\"") << false;
    QTest::newRow("overlong UTF-8") << QByteArray("\"\xc0\xaf\"") << false;
    QTest::newRow("missing comma") << QByteArray("1 2") << false;
    QTest::newRow("comma at the end") << QByteArray("[1,]") << false;
    QTest::newRow("key without value") << QByteArray("{\"a\"}") << false;
    QTest::newRow("key that is none") << QByteArray("{1:2}") << false;
    QTest::newRow("nothing") << QByteArray("") << false;
    QTest::newRow("crossed brackets") << QByteArray("[{]}") << false;
    QTest::newRow("2000 deep") << QByteArray(2000, '[') + QByteArray(2000, ']') << false;
    QTest::newRow("300 deep") << QByteArray(300, '[') + QByteArray(300, ']') << true;
    QTest::newRow("emoji") << QByteArray("\"\\ud83d\\ude00 \xf0\x9f\x98\x80\"") << true;
    QTest::newRow("zero character") << QByteArray("\"\\u0000\"") << true;
    QTest::newRow("big integer") << QByteArray(400, '9') << true;
    QTest::newRow("1e999") << QByteArray("1e999") << true;
}

void TestCodecDrift::oneBrokenRowIsOneRow()
{
    QFETCH(QByteArray, poison);
    QFETCH(bool, isReadable);
    for (const Generation generation : {Generation::Orion, Generation::Prefect2, Generation::Prefect3}) {
        const Codec &codec = Codec::of(generation);
        const auto row = [](int number, const QByteArray &value) {
            return R"({"id":"00000000-0000-4000-8000-00000000000)" + QByteArray::number(number)
                + R"(","name":"n","flow_id":"00000000-0000-4000-8000-000000000009","parameters":{"x":)" + value + "}}";
        };
        const auto page = codec.deployments("[" + row(1, "1") + "," + row(2, poison) + "," + row(3, "3") + "]");
        QVERIFY(page);
        QCOMPARE(page->received, 3);
        QCOMPARE(page->rows.front().value.parameters, QByteArray(R"({"x":1})"));
        QCOMPARE(page->rows.back().value.parameters, QByteArray(R"({"x":3})"));
        QCOMPARE(page->rows.size(), size_t(isReadable ? 3 : 2));
        if (isReadable) {
            QCOMPARE(page->rows[1].value.parameters, "{\"x\":" + poison + "}");
            continue;
        }
        QCOMPARE(page->unreadable.size(), size_t(1));
        QCOMPARE(page->unreadable[0].id, u"00000000-0000-4000-8000-000000000002"_s);
        QVERIFY2(page->unreadable[0].field.startsWith(u"parameters"_s), qPrintable(page->unreadable[0].field));
        QVERIFY(!codec.deployment(row(2, poison)));
    }
}

void TestCodecDrift::namesWhatIsWrong_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("field");
    const auto named = [](const char *name, Kind kind, const char *members, const char *field) {
        QTest::newRow(name) << kind << QByteArray(members) << QString::fromLatin1(field);
    };
    named("no id", Kind::Flows, R"("name":"n")", "id");
    named("id is a word", Kind::Flows, R"("id":"x","name":"n")", "id");
    named("time", Kind::States, R"("type":"FAILED","timestamp":"2026-11-24T00:00:00")", "timestamp");
    named("state's time", Kind::FlowRuns,
        R"("id":"I","name":"n","flow_id":"I","state":{"type":"FAILED","timestamp":5})", "state.timestamp");
    named("state without type", Kind::FlowRuns, R"("id":"I","name":"n","flow_id":"I","state":{"name":"x"})",
        "state.type");
    named("state's details", Kind::FlowRuns,
        R"("id":"I","name":"n","flow_id":"I","state":{"type":"FAILED","state_details":{"scheduled_time":[]}})",
        "state.state_details.scheduled_time");
    named("tag", Kind::Deployments, R"("id":"I","name":"n","flow_id":"I","tags":["a",5])", "tags[1]");
    named("schedule", Kind::Deployments,
        R"("id":"I","name":"n","flow_id":"I","schedules":[{"schedule":{}},{"schedule":{},"active":"yes"}])",
        "schedules[1].active");
    named("name of half a character", Kind::Deployments, R"("id":"I","name":"\ud800","flow_id":"I")", "name");
    named("limit", Kind::WorkPools, R"("id":"I","name":"n","concurrency_limit":99999999999)", "concurrency_limit");
    named("duration", Kind::FlowRuns, R"("id":"I","name":"n","flow_id":"I","total_run_time":1e300)", "total_run_time");
    named("input", Kind::TaskRuns,
        R"("id":"I","name":"n","task_inputs":{"x":[{"input_type":"constant"},{"input_type":"task_run","id":"no"}]})",
        "task_inputs.x[1]");
}

void TestCodecDrift::namesWhatIsWrong()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, members);
    QFETCH(QString, field);
    members.replace(R"("I")", R"("00000000-0000-4000-8000-000000000001")");
    const auto page = readAs(kind, Codec::of(Generation::Prefect3), "[{" + members + "}]");
    QVERIFY(page);
    QCOMPARE(page->unreadable.size(), size_t(1));
    QCOMPARE(page->unreadable[0].field, field);
}

void TestCodecDrift::aCutPageIsNoPage()
{
    constexpr qsizetype kStep = 7;
    int cuts = 0;
    for (const Exchange &recorded : readableExchanges()) {
        const QByteArray text = recorded.body.trimmed();
        const qsizetype step = text.size() < 3000 ? 1 : text.size() > 40'000 ? 101 : kStep;
        for (qsizetype size = 0; size < text.size(); size += step) {
            const auto page = readAs(*recorded.kind, Codec::of(recorded.generation), text.left(size));
            ++cuts;
            QVERIFY2(!page, text.left(size).constData());
            QCOMPARE(page.error().kind, ErrorKind::Parse);
        }
    }
    qInfo("%d cut answers, none read", cuts);
    QVERIFY(cuts > 10'000);
}

void TestCodecDrift::bytesTurnedOverDoNoHarm()
{
    // Whatever a byte becomes: rows that are read are complete, and no more than were sent.
    const Exchange recorded = exchange(Generation::Prefect3, u"flow_runs-filter.upcoming.json"_s);
    const Codec &codec = Codec::of(Generation::Prefect3);
    int read = 0;
    int refused = 0;
    for (qsizetype i = 0; i < recorded.body.size(); ++i) {
        for (const char byte : {'"', '\\', '}', ']', ',', '\0', '\xff'}) {
            QByteArray text = recorded.body;
            text[i] = byte;
            const auto page = codec.flowRuns(text);
            if (!page) {
                ++refused;
                continue;
            }
            ++read;
            QCOMPARE(static_cast<size_t>(page->received), page->rows.size() + page->unreadable.size());
            for (const MirroredFlowRun &run : page->rows) {
                QVERIFY(!run.value.id.isNull());
                QVERIFY(!run.flow.isNull());
                QVERIFY(parseJson(run.value.parameters));
                QVERIFY(parseJson(run.value.details));
            }
        }
    }
    qInfo("%d read, %d refused as a whole", read, refused);
    QVERIFY(read > 0);
    QVERIFY(refused > 0);
}

void TestCodecDrift::readsWhatIsLarge()
{
    const QByteArray large(1 << 20, 'x');
    QByteArray body = "[";
    for (int i = 0; i < 6; ++i) {
        body += (i > 0 ? "," : "") + QByteArray(R"({"id":"00000000-0000-4000-8000-00000000000)")
            + QByteArray::number(i + 1) + R"(","name":")" + large
            + R"(","flow_id":"00000000-0000-4000-8000-000000000009"})";
    }
    body += "]";
    const auto page = Codec::of(Generation::Prefect2).deployments(body);
    QVERIFY(page);
    QCOMPARE(page->rows.size(), size_t(6));
    for (const MirroredDeployment &row : page->rows)
        QCOMPARE(row.value.name.size(), large.size());
    // And a small one after it, with the memory that is left.
    QVERIFY(Codec::of(Generation::Prefect2).deployments("[]"));
}

QTEST_APPLESS_MAIN(TestCodecDrift)
#include "tst_codecdrift.moc"
