// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/bridgeevent.h"

#include "models/core/json.h"
#include "models/engine/jsonscanner.h"

namespace fd {
namespace {

constexpr QByteArrayView kLogStart = R"({"t":"log",)";
constexpr QByteArrayView kPrintStart = R"({"t":"print",)";

QString stringOf(const Json &event, const char *key) { return toQString(textOf(event, key)); }

template<typename SomeId>
SomeId idOf(const Json &event, const char *key)
{
    return SomeId::fromText(stringOf(event, key));
}

Instant timeOf(const Json &event)
{
    const Json &value = memberOf(event, "ts");
    return value.is_number_integer() ? Instant{value.get<qint64>()} : Instant{};
}

std::optional<Instant> scheduledTimeOf(const Json &event)
{
    const Json &value = memberOf(event, "scheduled_time");
    return value.is_number_integer() ? Instant{value.get<qint64>()} : instantFromIso(stringOf(event, "scheduled_time"));
}

State stateOf(const Json &event)
{
    State state;
    state.typeText = stringOf(event, "type");
    state.type = stateTypeFromWire(state.typeText);
    state.name = stringOf(event, "name");
    if (state.name.isEmpty())
        state.name = defaultStateName(state.type);
    state.message = stringOf(event, "message");
    state.timestamp = timeOf(event);
    state.scheduledTime = scheduledTimeOf(event);
    return state;
}

QByteArray parametersOf(const Json &event)
{
    const Json &value = memberOf(event, "parameters");
    return value.is_object() ? toJsonText(value) : QByteArray("{}");
}

TaskRun taskRunOf(const Json &event)
{
    TaskRun run;
    run.id = idOf<TaskRunId>(event, "run");
    run.name = stringOf(event, "name");
    run.taskName = stringOf(event, "task");
    run.dynamicKey = toDisplay(memberOf(event, "dynamic_key"));
    run.state = State::of(StateType::Pending, timeOf(event));
    run.childFlowRun = idOf<FlowRunId>(event, "child_flow_run");
    for (const Json &parent : memberOf(event, "parents"))
        run.parents += TaskRunId::fromText(toDisplay(parent));
    return run;
}

QByteArray helloDetails(const Json &event)
{
    Json details = Json::object();
    for (const auto &[from, to] : {std::pair{"pid", "pid"}, {"python", "python_version"}, {"executable", "interpreter"},
             {"prefect", "prefect_version"}}) {
        if (const Json &value = memberOf(event, from); !value.is_null())
            details[to] = value;
    }
    return toJsonText(details);
}

} // namespace

std::optional<BridgeEvent> BridgeEventReader::read(QByteArrayView line)
{
    m_broken = false;
    if (line.startsWith(kLogStart))
        return readLog(line, false);
    if (line.startsWith(kPrintStart))
        return readLog(line, true);
    return readOther(line);
}

std::optional<BridgeEvent> BridgeEventReader::readLog(QByteArrayView line, bool printed)
{
    const auto remembered = [](auto &memory, QByteArrayView raw, const auto &make) {
        if (memory.text != raw) {
            memory.text = raw.toByteArray();
            memory.value = make();
        }
        return memory.value;
    };
    LogEvent event;
    event.isOutput = printed;
    event.entry.level = kOutputLevel;
    JsonScanner scanner(line);
    while (scanner.next()) {
        const QByteArrayView key = scanner.key();
        if (key == "ts")
            event.entry.timestamp.us = scanner.integer();
        else if (key == "msg")
            event.entry.message = scanner.string();
        else if (key == "level")
            event.entry.level = static_cast<int>(scanner.integer());
        else if (key == "run" && scanner.isString())
            event.run = remembered(m_run, scanner.raw(), [&scanner] { return FlowRunId::fromText(scanner.string()); });
        else if (key == "task" && scanner.isString())
            event.task
                = remembered(m_task, scanner.raw(), [&scanner] { return TaskRunId::fromText(scanner.string()); });
        else if (key == "logger" || key == "stream")
            event.entry.logger = remembered(m_logger, scanner.raw(), [&scanner] { return scanner.string(); });
    }
    m_broken = !scanner.isComplete();
    if (m_broken)
        return {};
    return event;
}

std::optional<BridgeEvent> BridgeEventReader::readOther(QByteArrayView line)
{
    const auto event = parseJson(QByteArray::fromRawData(line.data(), line.size()));
    m_broken = !event || !event->is_object();
    if (m_broken)
        return {};
    const QString type = stringOf(*event, "t");
    if (type == QLatin1String("flow_state"))
        return FlowStateEvent{idOf<FlowRunId>(*event, "run"), stateOf(*event)};
    if (type == QLatin1String("task_state"))
        return TaskStateEvent{idOf<TaskRunId>(*event, "run"), stateOf(*event)};
    if (type == QLatin1String("task_run"))
        return TaskRunEvent{taskRunOf(*event), idOf<FlowRunId>(*event, "flow_run")};
    if (type == QLatin1String("hello"))
        return HelloEvent{helloDetails(*event)};
    if (type == QLatin1String("flow_run")) {
        return FlowRunEvent{.run = idOf<FlowRunId>(*event, "run"),
            .parentTaskRun = idOf<TaskRunId>(*event, "parent_task_run"),
            .parentFlowRun = idOf<FlowRunId>(*event, "parent_flow_run"),
            .name = stringOf(*event, "name"),
            .flowName = stringOf(*event, "flow_name"),
            .parameters = parametersOf(*event),
            .at = timeOf(*event)};
    }
    return {};
}

} // namespace fd
