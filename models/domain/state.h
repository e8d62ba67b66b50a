// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QStringList>

#include <optional>

namespace fd {

/// Prefect's state types. Unknown keeps what a newer server says; its text is in State::typeText.
enum class StateType : quint8 {
    Scheduled,
    Pending,
    Running,
    Completed,
    Failed,
    Cancelled,
    Crashed,
    Paused,
    Cancelling,
    Unknown,
};
inline constexpr int kStateTypeCount = 10;

/// The wire word of a type, such as "COMPLETED"; empty for Unknown.
[[nodiscard]] QString toWire(StateType type);
/// The type of a wire word (exact upper case, as every generation requires); Unknown for any other.
[[nodiscard]] StateType stateTypeFromWire(QStringView word);
/// COMPLETED, FAILED, CANCELLED and CRASHED end a run.
[[nodiscard]] bool isTerminal(StateType type);
/// PENDING, RUNNING and CANCELLING occupy a concurrency slot.
[[nodiscard]] bool isActive(StateType type);

/// One state of a flow run or task run.
struct State {
    StateType type = StateType::Scheduled;
    /// The type as sent, kept when `type` is Unknown.
    QString typeText;
    /// "Completed", "Late", "AwaitingRetry" …: the name decides the mark and the word.
    QString name;
    QString message;
    Instant timestamp;
    /// When a SCHEDULED state is due.
    std::optional<Instant> scheduledTime;

    /// A state with the type's own name, "Running" for Running.
    [[nodiscard]] static State of(StateType type, Instant timestamp, const QString &message = {});
    [[nodiscard]] static State named(
        StateType type, const QString &name, Instant timestamp, const QString &message = {});

    friend bool operator==(const State &, const State &) = default;
};

/// How lists of runs count and filter states: by type, with a few names apart that tell something else than the rest
/// of their type.
struct StateGroup {
    StateType type = StateType::Scheduled;
    /// One of `namesApart(type)`; empty for all other names of the type.
    QString name = {};

    friend bool operator==(const StateGroup &, const StateGroup &) = default;
};
/// Late and what awaits something, for Scheduled; Crashed for Failed, which is how servers without a type of its own
/// say it.
[[nodiscard]] QStringList namesApart(StateType type);
/// The group of a state.
[[nodiscard]] StateGroup stateGroup(StateType type, const QString &name);

/// "Completed" for Completed: the default name that Prefect gives a state of that type.
[[nodiscard]] QString defaultStateName(StateType type);

} // namespace fd
