// SPDX-License-Identifier: GPL-3.0-or-later
// What the three servers really sent becomes the rows that it says.
#include "tests/prefect/recorded.h"

#include <QTest>

using namespace fd;
using namespace fd::test;
using namespace Qt::StringLiterals;

class TestCodec : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatWasRecorded_data();
    void readsWhatWasRecorded();
    void keepsNumbersToTheDigit_data();
    void keepsNumbersToTheDigit();
    void compactsOnlyWhiteSpace();
    void keepsUnknownMembersAndTypes();
    void takesEarlierPrefect2();
    void readsTheLimitOfPrefect3();
    void saysWhoMadeARun();
    void fingerprintsWhatIsSaid();
    void refusesWhatIsNoList_data();
    void refusesWhatIsNoList();
};

void TestCodec::readsWhatWasRecorded_data()
{
    QTest::addColumn<Exchange>("recorded");
    for (const Exchange &one : readableExchanges())
        QTest::addRow("%d/%s", static_cast<int>(one.generation), qPrintable(one.name)) << one;
}

void TestCodec::readsWhatWasRecorded()
{
    QFETCH(Exchange, recorded);
    const auto page = readAs(*recorded.kind, Codec::of(recorded.generation), recorded.body);
    QVERIFY2(page, page ? "" : qPrintable(toText(page.error())));
    const Json sent = Json::parse(recorded.body.begin(), recorded.body.end());
    const Json rows = sent.is_array() ? sent : Json::array({sent});
    QCOMPARE(page->received, static_cast<int>(rows.size()));
    for (const UnreadableRow &row : page->unreadable)
        QFAIL(qPrintable(row.id + u" "_s + row.field + u" "_s + row.detail));
    QCOMPARE(page->rows.size(), rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const Json expected = expectedRow(*recorded.kind, recorded.generation, rows[i]);
        QCOMPARE(toPrettyJson(page->rows[i]), toPrettyJson(expected));
    }
}

void TestCodec::keepsNumbersToTheDigit_data()
{
    QTest::addColumn<Exchange>("recorded");
    for (const Exchange &one : readableExchanges()) {
        if (one.name.startsWith(u"deployments-create.parameters-"_s))
            QTest::addRow("%d/%s", static_cast<int>(one.generation), qPrintable(one.name)) << one;
    }
}

void TestCodec::keepsNumbersToTheDigit()
{
    QFETCH(Exchange, recorded);
    const auto row = Codec::of(recorded.generation).deployment(recorded.body);
    QVERIFY(row);
    QVERIFY2(recorded.body.contains("\"parameters\":" + row->value.parameters), row->value.parameters.constData());
    QVERIFY(row->value.parameters.size() > 2);
}

void TestCodec::compactsOnlyWhiteSpace()
{
    const QByteArray body = R"([ { "id" : "8378e190-91ac-4c6e-b89b-122b1160c089" , "name":"a b", "flow_id":
        "f2520b46-6fd7-4fbf-9f69-80ea6aedcc14", "parameters": { "x" : [ 1.0 , 18446744073709551616, -0.0, 1E+400 ],
        "a \" b" : "c : d , [ ]" } , "labels" : { "k" : "v" } } ] )";
    const auto page = Codec::of(Generation::Prefect3).deployments(body);
    QVERIFY(page);
    QCOMPARE(page->rows.size(), size_t(1));
    QCOMPARE(page->rows[0].value.parameters,
        QByteArray(R"({"x":[1.0,18446744073709551616,-0.0,1E+400],"a \" b":"c : d , [ ]"})"));
    QCOMPARE(page->rows[0].value.otherFields, QByteArray(R"({"labels":{"k":"v"}})"));
}

void TestCodec::keepsUnknownMembersAndTypes()
{
    const QByteArray body = R"([{"id":"8378e190-91ac-4c6e-b89b-122b1160c089","name":"n","flow_id":
"f2520b46-6fd7-4fbf-9f69-80ea6aedcc14","branch":"main","schedules":[{"id":"x","schedule":{"every":"full moon"},
"active":false,"phase":1.50}],"disabled":false,"odd\"key":[null]}])";
    const auto page = Codec::of(Generation::Prefect3).deployments(body);
    QVERIFY(page);
    QCOMPARE(page->rows.size(), size_t(1));
    const Deployment &value = page->rows[0].value;
    QCOMPARE(value.otherFields, QByteArray(R"({"branch":"main","disabled":false,"odd\"key":[null]})"));
    QCOMPARE(value.schedules.size(), 1);
    QCOMPARE(value.schedules[0].json, QByteArray(R"({"every":"full moon"})"));
    QCOMPARE(value.schedules[0].otherFields, QByteArray(R"({"id":"x","phase":1.50})"));
    QVERIFY(!value.schedules[0].active);

    const auto states = Codec::of(Generation::Prefect3)
                            .states(R"([{"type":"SUSPENDED","name":"Nap","timestamp":"2026-11-24T00:00:00.5Z"}])");
    QVERIFY(states);
    QCOMPARE(states->rows.size(), size_t(1));
    QCOMPARE(states->rows[0].type, StateType::Unknown);
    QCOMPARE(states->rows[0].typeText, u"SUSPENDED"_s);
    QCOMPARE(states->rows[0].name, u"Nap"_s);
}

void TestCodec::takesEarlierPrefect2()
{
    const auto page = Codec::of(Generation::Prefect2).deployments(R"([{"id":"8378e190-91ac-4c6e-b89b-122b1160c089",
"name":"n","flow_id":"f2520b46-6fd7-4fbf-9f69-80ea6aedcc14","schedule":{"cron":"@daily"},"is_schedule_active":false}])");
    QVERIFY(page);
    QCOMPARE(page->rows.size(), size_t(1));
    QCOMPARE(page->rows[0].value.schedules,
        (QList<Schedule>{{.json = R"({"cron":"@daily"})", .active = false, .otherFields = "{}"}}));
}

void TestCodec::readsTheLimitOfPrefect3()
{
    const auto page = Codec::of(Generation::Prefect3).deployments(R"([{"id":"8378e190-91ac-4c6e-b89b-122b1160c089",
"name":"n","flow_id":"f2520b46-6fd7-4fbf-9f69-80ea6aedcc14","concurrency_limit":null,
"global_concurrency_limit":{"id":"x","active":true,"limit":7,"active_slots":1},"description":"None"}])");
    QVERIFY(page);
    QCOMPARE(page->rows.size(), size_t(1));
    QCOMPARE(page->rows[0].value.concurrencyLimit, std::optional(7));
    QCOMPARE(page->rows[0].value.description, QString());
}

void TestCodec::saysWhoMadeARun()
{
    const auto madeBy = [](const QByteArray &more) {
        const auto run = Codec::of(Generation::Prefect3)
                             .flowRun(R"({"id":"8378e190-91ac-4c6e-b89b-122b1160c089","name":"n","flow_id":
"f2520b46-6fd7-4fbf-9f69-80ea6aedcc14","created":"2026-11-24T00:00:00Z")"
                                 + more + "}");
        return run ? run->value : FlowRun();
    };
    QCOMPARE(madeBy("").createdBy, CreatedBy::Manual);
    QCOMPARE(madeBy(R"(,"auto_scheduled":true)").createdBy, CreatedBy::Schedule);
    QCOMPARE(madeBy(R"(,"parent_task_run_id":"f2520b46-6fd7-4fbf-9f69-80ea6aedcc14")").createdBy, CreatedBy::Flow);
    // A run without a state says its type beside it, or is of no type at all.
    QCOMPARE(madeBy(R"(,"state_type":"FAILED","state_name":"Crashed","state":null)").state.type, StateType::Failed);
    QCOMPARE(madeBy(R"(,"state_type":"FAILED","state_name":"Crashed","state":null)").state.name, u"Crashed"_s);
    QCOMPARE(madeBy("").state.type, StateType::Unknown);
    QCOMPARE(madeBy("").expectedStart, madeBy("").created);
    QCOMPARE(madeBy(R"(,"next_scheduled_start_time":"1970-01-01T00:00:01Z")").expectedStart.us, 1'000'000);
}

void TestCodec::fingerprintsWhatIsSaid()
{
    const Exchange list = exchange(Generation::Prefect3, u"flow_runs-filter.start-time-desc.json"_s);
    const Codec &codec = Codec::of(Generation::Prefect3);
    const auto page = codec.flowRuns(list.body);
    QVERIFY(page);
    QVERIFY(page->rows.size() > 5);
    int changed = 0;
    for (size_t i = 0; i < page->rows.size(); ++i) {
        const Json &sent = list.response[i];
        // The same object by itself, and with everything that only tells the time of asking.
        QCOMPARE(codec.flowRun(toJsonText(sent))->fingerprint, page->rows[i].fingerprint);
        Json later = sent;
        later["estimated_run_time"] = 1234.5;
        later["estimated_start_time_delta"] = -1;
        QCOMPARE(codec.flowRun(toJsonText(later))->fingerprint, page->rows[i].fingerprint);
        for (const auto &[key, value] : sent.items()) {
            if (key == "estimated_run_time" || key == "estimated_start_time_delta")
                continue;
            Json other = sent;
            other.erase(key);
            if (const auto run = codec.flowRun(toJsonText(other))) {
                QVERIFY2(run->fingerprint != page->rows[i].fingerprint, key.c_str());
                ++changed;
            }
        }
        for (size_t j = 0; j < i; ++j)
            QVERIFY(page->rows[i].fingerprint != page->rows[j].fingerprint);
    }
    QVERIFY(changed > 100);
}

void TestCodec::refusesWhatIsNoList_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("spaces") << QByteArray("  \n");
    QTest::newRow("page of a proxy") << QByteArray("<html><body>Sign in</body></html>");
    QTest::newRow("object") << QByteArray("{\"detail\":\"Not Found\"}");
    QTest::newRow("number") << QByteArray("17");
    QTest::newRow("bracket") << QByteArray("[");
    QTest::newRow("two lists") << QByteArray("[][]");
    QTest::newRow("tail") << QByteArray("[] x");
    QTest::newRow("comma") << QByteArray("[],");
    QTest::newRow("zero bytes") << QByteArray(64, '\0');
    QTest::newRow("many brackets") << QByteArray(100'000, '[');
}

void TestCodec::refusesWhatIsNoList()
{
    QFETCH(QByteArray, body);
    for (const Generation generation : {Generation::Orion, Generation::Prefect2, Generation::Prefect3}) {
        const Codec &codec = Codec::of(generation);
        for (int kind = 0; kind <= static_cast<int>(Kind::Workers); ++kind) {
            const auto page = readAs(static_cast<Kind>(kind), codec, body);
            QVERIFY(!page);
            QCOMPARE(page.error().kind, ErrorKind::Parse);
            QVERIFY(!page.error().detail.isEmpty());
            QVERIFY(!page.error().detail.contains(u"Sign in"_s));
        }
        QVERIFY(!codec.deployment(body));
        QVERIFY(!codec.flowRun(body));
    }
}

QTEST_APPLESS_MAIN(TestCodec)
#include "tst_codec.moc"
