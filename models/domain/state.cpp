// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/state.h"

#include <array>

namespace fd {
namespace {

struct StateWords {
    QStringView wire;
    QStringView name;
};

constexpr std::array<StateWords, kStateTypeCount> kWords{{
    {u"SCHEDULED", u"Scheduled"},
    {u"PENDING", u"Pending"},
    {u"RUNNING", u"Running"},
    {u"COMPLETED", u"Completed"},
    {u"FAILED", u"Failed"},
    {u"CANCELLED", u"Cancelled"},
    {u"CRASHED", u"Crashed"},
    {u"PAUSED", u"Paused"},
    {u"CANCELLING", u"Cancelling"},
    {u"", u""},
}};

} // namespace

QString toWire(StateType type) { return kWords[static_cast<size_t>(type)].wire.toString(); }

StateType stateTypeFromWire(QStringView word)
{
    for (size_t i = 0; i + 1 < kWords.size(); ++i) {
        if (kWords[i].wire == word)
            return static_cast<StateType>(i);
    }
    return StateType::Unknown;
}

bool isTerminal(StateType type)
{
    return type == StateType::Completed || type == StateType::Failed || type == StateType::Cancelled
        || type == StateType::Crashed;
}

bool isActive(StateType type)
{
    return type == StateType::Pending || type == StateType::Running || type == StateType::Cancelling;
}

State State::of(StateType type, Instant timestamp, const QString &message)
{
    return named(type, defaultStateName(type), timestamp, message);
}

State State::named(StateType type, const QString &name, Instant timestamp, const QString &message)
{
    return {.type = type,
        .typeText = toWire(type),
        .name = name,
        .message = message,
        .timestamp = timestamp,
        .scheduledTime = {}};
}

QString defaultStateName(StateType type) { return kWords[static_cast<size_t>(type)].name.toString(); }

QStringList namesApart(StateType type)
{
    switch (type) {
    case StateType::Scheduled:
        return {QStringLiteral("Late"), QStringLiteral("AwaitingRetry"), QStringLiteral("AwaitingConcurrencySlot")};
    case StateType::Failed:
        return {QStringLiteral("Crashed")};
    default:
        return {};
    }
}

StateGroup stateGroup(StateType type, const QString &name)
{
    return {.type = type, .name = namesApart(type).contains(name) ? name : QString()};
}

} // namespace fd
