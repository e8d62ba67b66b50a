// SPDX-License-Identifier: GPL-3.0-or-later
// What is sent, what must not be, and what an error answer says.
#include "tests/prefect/recorded.h"

#include <QTest>

using namespace fd;
using namespace fd::test;
using namespace Qt::StringLiterals;

namespace {

const std::array kGenerations{Generation::Orion, Generation::Prefect2, Generation::Prefect3};

Json parsed(const QByteArray &text) { return Json::parse(text.begin(), text.end()); }

/// The recorded request without what it alone had: the range of its page.
Json withRange(Json body, int limit, int offset)
{
    body["limit"] = limit;
    body["offset"] = offset;
    return body;
}

FlowRunId runOf(const Json &request, const char *filter, const char *member)
{
    return FlowRunId::fromText(toQString(request[filter][member]["any_"][0].get<std::string>()));
}

} // namespace

class TestCodecRequests : public QObject
{
    Q_OBJECT

private slots:
    void asksAsRecorded();
    void asksOnlyWhatTheGenerationKnows();
    void asksForWhatIsActive();
    void refusesToSend_data();
    void refusesToSend();
    void sendsTheRest();
    void understandsErrors_data();
    void understandsErrors();
    void namesRecordedErrors();
};

void TestCodecRequests::asksAsRecorded()
{
    for (const Generation generation : kGenerations) {
        const Codec &codec = Codec::of(generation);
        const PageRange range{.offset = 200, .limit = 50};
        const Json tasks = exchange(generation, u"task_runs-filter.completed.json"_s).requestBody;
        QCOMPARE(parsed(codec.taskRunsFilter(runOf(tasks, "flow_runs", "id"), range)), withRange(tasks, 50, 200));
        const Json logs = exchange(generation, u"logs-filter.completed.json"_s).requestBody;
        QCOMPARE(parsed(codec.logsFilter(runOf(logs, "logs", "flow_run_id"), range)), withRange(logs, 50, 200));
    }
    const Json failed
        = exchange(Generation::Prefect3, u"flow_runs-filter.failed-crashed.json"_s).requestBody["flow_runs"];
    FlowRunQuery query;
    query.states = {StateType::Failed, StateType::Crashed};
    QCOMPARE(parsed(Codec::of(Generation::Prefect3).filter(query, {}))["flow_runs"], failed);
}

void TestCodecRequests::asksOnlyWhatTheGenerationKnows()
{
    const DeploymentId deployment = DeploymentId::fromText(u"8378e190-91ac-4c6e-b89b-122b1160c089");
    const DeploymentQuery byUpdated{.order = DeploymentQuery::Order::UpdatedDescending, .ids = {deployment}};
    const QByteArray id = R"("8378e190-91ac-4c6e-b89b-122b1160c089")";
    QVERIFY(!Codec::of(Generation::Orion).supports(byUpdated));
    QCOMPARE(Codec::of(Generation::Orion).filter(byUpdated, {}),
        R"({"deployments":{"id":{"any_":[)" + id + R"(]}},"limit":200,"offset":0})");
    for (const Generation generation : {Generation::Prefect2, Generation::Prefect3}) {
        QVERIFY(Codec::of(generation).supports(byUpdated));
        QCOMPARE(Codec::of(generation).filter(byUpdated, {}),
            R"({"deployments":{"id":{"any_":[)" + id + R"(]}},"sort":"UPDATED_DESC","limit":200,"offset":0})");
    }
    QCOMPARE(Codec::of(Generation::Prefect2).filter(DeploymentQuery(), {.offset = 3, .limit = 1}),
        QByteArray(R"({"sort":"NAME_ASC","limit":1,"offset":3})"));

    FlowRunQuery runs;
    runs.order = FlowRunQuery::Order::ExpectedAscending;
    runs.deployments = {deployment};
    runs.states = {StateType::Running, StateType::Paused, StateType::Unknown};
    runs.expectedAfter = Instant{1};
    runs.expectedBefore = Instant{1'000'000};
    QCOMPARE(Codec::of(Generation::Orion).filter(runs, {}),
        R"({"flow_runs":{"deployment_id":{"any_":[)" + id + R"(]},"state":{"type":{"any_":["RUNNING"]}},)"
            + R"("expected_start_time":{"after_":"1970-01-01T00:00:00.000001+00:00",)"
            + R"("before_":"1970-01-01T00:00:01+00:00"}},"sort":"EXPECTED_START_TIME_ASC","limit":200,"offset":0})");
    // None of the types asked for exists there: nothing, not everything.
    runs = FlowRunQuery();
    runs.states = {StateType::Paused};
    QCOMPARE(Codec::of(Generation::Orion).filter(runs, {}),
        QByteArray(R"({"flow_runs":{"state":{"type":{"any_":[]}}},"sort":"EXPECTED_START_TIME_DESC","limit":200,)"
                   R"("offset":0})"));
}

void TestCodecRequests::asksForWhatIsActive()
{
    FlowRunQuery query;
    query.activeSince = Instant{0};
    QVERIFY(!Codec::of(Generation::Orion).supports(query));
    QVERIFY(!Codec::of(Generation::Prefect2).supports(query));
    QVERIFY(Codec::of(Generation::Prefect3).supports(query));
    const Json asked = parsed(Codec::of(Generation::Prefect3).filter(query, {}))["flow_runs"];
    QCOMPARE(asked, parsed(R"({"operator":"or_","end_time":{"after_":"1970-01-01T00:00:00+00:00"},
        "start_time":{"after_":"1970-01-01T00:00:00+00:00","is_null_":false}})"));
    // `or_` is about all members, so nothing can stand beside it.
    query.states = {StateType::Failed};
    QVERIFY(!Codec::of(Generation::Prefect3).supports(query));
    QCOMPARE(parsed(Codec::of(Generation::Prefect3).filter(query, {}))["flow_runs"],
        parsed(R"({"state":{"type":{"any_":["FAILED"]}}})"));
}

void TestCodecRequests::refusesToSend_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    const auto refused = [](const char *name, const QByteArray &json, const char *field) {
        QTest::newRow(name) << json << QString::fromLatin1(field);
    };
    refused("NaN", R"({"parameters":{"a":[1,NaN]}})", "parameters.a[1]");
    refused("Infinity", R"({"a":Infinity})", "a");
    refused("minus Infinity", R"({"a":-Infinity})", "a");
    refused("surrogate escape", R"({"a":{"b":"x\ud83d"}})", "a.b");
    refused("low surrogate first", R"(["\ude00\ud83d"])", "[0]");
    refused("surrogate before a letter", R"({"a":"\ud83dx"})", "a");
    refused("surrogate in a key", R"({"ok":1,"\udfff":2})", "\\udfff");
    refused("raw surrogate", "{\"a\":\"\xed\xa0\x80\"}", "a");
    refused("not UTF-8", "{\"a\":\"\xff\"}", "a");
    refused("cut UTF-8", "{\"a\":\"\xe2\x82\"}", "a");
    refused("beyond Unicode", "{\"a\":\"\xf4\x90\x80\x80\"}", "a");
    refused("2^64", R"({"a":[[18446744073709551616]]})", "a[0][0]");
    refused("below -2^63", R"({"a":-9223372036854775809})", "a");
    refused("251 deep", QByteArray(251, '[') + QByteArray(251, ']'), "");
    refused("cut", R"({"a":)", "a");
    refused("nothing", "", "");
    refused("two values", "1 2", "");
}

void TestCodecRequests::refusesToSend()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto sendable = Codec::checkSendable(json);
    QVERIFY(!sendable);
    QCOMPARE(sendable.error().kind, ErrorKind::Validation);
    QVERIFY(!sendable.error().detail.isEmpty());
    if (!json.startsWith("[[[["))
        QCOMPARE(sendable.error().field, field);
}

void TestCodecRequests::sendsTheRest()
{
    for (const QByteArray &json :
        {QByteArray(R"({"a":18446744073709551615,"b":-9223372036854775808,"c":1e999,"d":-0.0})"),
            QByteArray(R"({"a":"\ud83d\ude00","b":"\u0000","":{}})"), QByteArray("\"\xf0\x9f\x98\x80\""),
            QByteArray(" [ 1 , 2 ] "), QByteArray(250, '[') + QByteArray(250, ']')})
        QVERIFY2(Codec::checkSendable(json), json.constData());
}

void TestCodecRequests::understandsErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("field");
    const auto told = [](const char *name, int status, const QByteArray &body, ErrorKind kind, const char *detail,
                          const char *field = "") {
        QTest::newRow(name) << status << body << kind << QString::fromUtf8(detail) << QString::fromUtf8(field);
    };
    told("proxy", 502, "<html>secret</html>", ErrorKind::Server,
        "The server answered 502 with a page that is not from Prefect.");
    told("text", 404, "not here", ErrorKind::NotFound, "The server answered 404 with a page that is not from Prefect.");
    told("empty", 400, "", ErrorKind::Validation, "The server answered 400 without saying why.");
    told("other JSON", 429, R"({"a":1})", ErrorKind::RateLimited, "The server answered 429 without saying why.");
    told("broken JSON", 500, R"({"a":)", ErrorKind::Server, "The server answered 500 without saying why.");
    told("sign in", 401, R"({"exception_message":"Unauthorized"})", ErrorKind::Auth,
        "The server answered 401: Unauthorized");
    told("list of texts", 422, R"({"detail":["One","Two"]})", ErrorKind::Validation, "One");
    told("odd members", 422, R"({"exception_detail":[{"loc":5,"msg":7}],"detail":null})", ErrorKind::Validation,
        "The server answered 422 without saying why.");
    told("time-out", 408, R"({"detail":"Late"})", ErrorKind::Timeout, "Late");
    told("locked", 423, R"({"detail":"Locked"})", ErrorKind::Conflict, "Locked");
    told("parameter", 409, R"({"detail":"Error: Validation failed for field 'x'. Failure reason: no"})",
        ErrorKind::Conflict, "Error: Validation failed for field 'x'. Failure reason: no", "parameters.x");
    told("nested place", 422,
        R"({"exception_detail":[{"loc":["body","schedules",0,"schedule","function-after[f(), CronSchedule]","cron"],)"
        R"("msg":"Value error, Bad","type":"value_error"}]})",
        ErrorKind::Validation, "Bad", "schedules[0].schedule.cron");
}

void TestCodecRequests::understandsErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, detail);
    QFETCH(QString, field);
    const Error error = Codec::error(status, body);
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.detail, detail);
    QCOMPARE(error.field, field);
}

void TestCodecRequests::namesRecordedErrors()
{
    struct Known {
        Generation generation;
        QString name;
        QString field;
    };
    const QList<Known> known{{Generation::Orion, u"deployments-create.422-bad-cron.json"_s, u"schedule.cron"_s},
        {Generation::Prefect2, u"deployments-create.422-bad-cron.json"_s, u"schedules[0].schedule.cron"_s},
        {Generation::Prefect3, u"deployments-create.422-bad-cron.json"_s, u"schedules[0].schedule.cron"_s},
        {Generation::Prefect3, u"deployments-create.422-bad-timezone.json"_s, u"schedules[0].schedule"_s},
        {Generation::Prefect3, u"create_flow_run.409-wrong-type.json"_s, u"parameters.x"_s},
        {Generation::Prefect3, u"create_flow_run.422-bad-job-variables.json"_s, u"job_variables.env"_s},
        {Generation::Orion, u"deployments-read.422-bad-uuid.json"_s, u"id"_s},
        {Generation::Orion, u"create_flow_run.422-bad-state.json"_s, u"state.type"_s}};
    for (const Known &one : known) {
        const Exchange recorded = exchange(one.generation, one.name);
        QCOMPARE(Codec::error(recorded.status, recorded.body).field, one.field);
    }
    int count = 0;
    for (const Generation generation : kGenerations) {
        for (const Exchange &recorded : exchanges(generation)) {
            if (recorded.status < 400)
                continue;
            const Error error = Codec::error(recorded.status, recorded.body);
            QVERIFY2(!error.detail.isEmpty() && error.detail.size() <= 540, qPrintable(recorded.name));
            QVERIFY2(
                !error.detail.contains(u"without saying why"_s) || recorded.body.isEmpty(), qPrintable(recorded.name));
            ++count;
        }
    }
    QVERIFY(count > 80);
}

QTEST_APPLESS_MAIN(TestCodecRequests)
#include "tst_codecrequests.moc"
