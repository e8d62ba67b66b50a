// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/json.h"
#include "models/engine/bridgeevent.h"
#include "models/engine/jsonscanner.h"
#include "models/engine/runrecorder.h"

#include <QTest>

using namespace fd;

/// The bridge's lines, and the fast path against the general JSON reader.
class BridgeEventTest : public QObject
{
    Q_OBJECT

private slots:
    void readsLogs();
    void readsPrints();
    void readsStates();
    void readsRuns();
    void agreesWithTheGeneralReader_data();
    void agreesWithTheGeneralReader();
    void refusesBrokenLines_data();
    void refusesBrokenLines();
    void admitsOnlyTrueStates();
};

namespace {

const QByteArray kRun = "1c0a3e7f-4f0e-4c0e-9b68-0d1f3a2f1c11";
const QByteArray kTask = "2d0a3e7f-4f0e-4c0e-9b68-0d1f3a2f1c22";

} // namespace

void BridgeEventTest::readsLogs()
{
    BridgeEventReader reader;
    const QByteArray line = R"({"t":"log","ts":1700000000123456,"run":")" + kRun + R"(","task":")" + kTask
        + R"(","level":30,"logger":"prefect.task_runs","msg":"a \"b\"\n\u00e4\ud83d\ude00 ü"})";
    for (int i = 0; i < 2; ++i) {
        const auto event = reader.read(line);
        QVERIFY(event.has_value());
        const auto &log = std::get<LogEvent>(*event);
        QCOMPARE(log.run.toText().toUtf8(), kRun);
        QCOMPARE(log.task.toText().toUtf8(), kTask);
        QCOMPARE(log.entry.timestamp.us, qint64(1700000000123456));
        QCOMPARE(log.entry.level, 30);
        QCOMPARE(log.entry.logger, QStringLiteral("prefect.task_runs"));
        QCOMPARE(log.entry.message, QString::fromUtf8("a \"b\"\nä😀 ü"));
        QVERIFY(!log.isOutput);
    }
}

void BridgeEventTest::readsPrints()
{
    BridgeEventReader reader;
    const auto event
        = reader.read(R"({"t":"print","ts":5,"run":")" + kRun + R"(","task":null,"stream":"stdout","msg":"hi"})");
    const auto &log = std::get<LogEvent>(event.value());
    QVERIFY(log.isOutput);
    QVERIFY(log.task.isNull());
    QCOMPARE(log.entry.level, kOutputLevel);
    QCOMPARE(log.entry.logger, QStringLiteral("stdout"));
}

void BridgeEventTest::readsStates()
{
    BridgeEventReader reader;
    const auto event = reader.read(R"({"t":"flow_state","ts":7,"run":")" + kRun
        + R"(","type":"SCHEDULED","name":"AwaitingRetry","message":"m","scheduled_time":9})");
    const auto &state = std::get<FlowStateEvent>(event.value()).state;
    QCOMPARE(state.type, StateType::Scheduled);
    QCOMPARE(state.name, QStringLiteral("AwaitingRetry"));
    QCOMPARE(state.timestamp.us, 7);
    QCOMPARE(state.scheduledTime->us, 9);
    const auto unknown
        = reader.read(R"({"t":"task_state","ts":7,"run":")" + kTask + R"(","type":"SUSPENDED","name":"S"})");
    QCOMPARE(std::get<TaskStateEvent>(unknown.value()).state.typeText, QStringLiteral("SUSPENDED"));
}

void BridgeEventTest::readsRuns()
{
    BridgeEventReader reader;
    const auto task = reader.read(R"({"t":"task_run","ts":1,"run":")" + kTask + R"(","flow_run":")" + kRun
        + R"(","name":"add-0","task":"add","dynamic_key":"0","parents":[")" + kRun + R"("]})");
    const auto &made = std::get<TaskRunEvent>(task.value());
    QCOMPARE(made.run.taskName, QStringLiteral("add"));
    QCOMPARE(made.run.dynamicKey, QStringLiteral("0"));
    QCOMPARE(made.run.parents.size(), 1);
    QVERIFY(made.run.childFlowRun.isNull());
    const auto flow = reader.read(R"({"t":"flow_run","ts":1,"run":")" + kRun + R"(","parent_task_run":")" + kTask
        + R"(","parent_flow_run":null,"name":"n","flow_name":"f","parameters":{"a":1.0,"b":12345678901234567890}})");
    QCOMPARE(std::get<FlowRunEvent>(flow.value()).parameters, QByteArray(R"({"a":1.0,"b":12345678901234567890})"));
    QVERIFY(!reader.read(R"({"t":"done","ts":1})").has_value());
    QVERIFY(!reader.isBroken());
}

void BridgeEventTest::agreesWithTheGeneralReader_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
        {R"("")", R"("plain")", R"("\\")", R"("\"")", R"("a\\\"b")", R"("\/\b\f\n\r\t")", R"("\u0000x")",
            R"("\u20ac\ud834\udd1e")", "\"\xc3\xa4\xf0\x9f\x98\x80\"", R"("{\"t\":\"log\"}")", R"("ends\\")"})
        QTest::newRow(text) << QByteArray(text);
}

void BridgeEventTest::agreesWithTheGeneralReader()
{
    QFETCH(QByteArray, text);
    const QByteArray object = "{\"key\":" + text + ",\"more\":-12}";
    JsonScanner scanner(object);
    QVERIFY(scanner.next());
    QCOMPARE(scanner.key(), QByteArrayView("key"));
    QCOMPARE(scanner.string(), toQString(parseJson(text)->get<std::string>()));
    QVERIFY(scanner.next());
    QCOMPARE(scanner.integer(), -12);
    QVERIFY(!scanner.next());
    QVERIFY(scanner.isComplete());
}

void BridgeEventTest::refusesBrokenLines_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray whole = R"({"t":"log","ts":1,"run":null,"task":null,"level":20,"logger":"l","msg":"a\nb"})";
    for (int length = 0; length < whole.size(); ++length)
        QTest::addRow("cut at %d", length) << whole.first(length);
    QTest::newRow("more behind") << whole + "x";
    QTest::newRow("nested") << QByteArray(R"({"t":"log","msg":{"a":1}})");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe", 3);
}

void BridgeEventTest::refusesBrokenLines()
{
    QFETCH(QByteArray, line);
    BridgeEventReader reader;
    QVERIFY(!reader.read(line).has_value());
    QVERIFY(reader.isBroken());
}

void BridgeEventTest::admitsOnlyTrueStates()
{
    const auto state = [](StateType type) { return State::of(type, {1}); };
    QVERIFY(admittedState(state(StateType::Running), state(StateType::Completed)).has_value());
    QVERIFY(!admittedState(state(StateType::Completed), state(StateType::Running)).has_value());
    QVERIFY(!admittedState(state(StateType::Cancelled), state(StateType::Completed)).has_value());
    QVERIFY(!admittedState(state(StateType::Cancelling), state(StateType::Running)).has_value());
    QCOMPARE(admittedState(state(StateType::Cancelling), state(StateType::Completed))->type, StateType::Completed);
    QCOMPARE(admittedState(state(StateType::Cancelling), state(StateType::Crashed))->type, StateType::Cancelled);
}

QTEST_GUILESS_MAIN(BridgeEventTest)
#include "tst_bridgeevent.moc"
