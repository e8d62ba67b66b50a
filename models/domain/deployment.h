// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/domain/state.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <array>
#include <optional>

namespace fd {

/// A schedule as it was given: its JSON object holds `interval`, `cron` or `rrule` and their companions.
struct Schedule {
    /// Compact JSON text, e.g. {"cron":"0 9 * * 1-5","timezone":"Europe/Berlin"}.
    QByteArray json;
    bool active = true;
    /// What a server keeps beside it (id, slug, parameters, max_scheduled_runs …): a compact JSON object, word for
    /// word.
    QByteArray otherFields = "{}";

    friend bool operator==(const Schedule &, const Schedule &) = default;
};

/// How a run's process is made, in Prefect Orion's form {"type","config"}.
struct FlowRunner {
    /// "universal" or "subprocess" here; other types of a server are kept as they are.
    QString type = QStringLiteral("universal");
    /// Compact JSON object: env, condaenv, virtualenv, stream_output.
    QByteArray config = "{}";

    friend bool operator==(const FlowRunner &, const FlowRunner &) = default;
};

/// A flow: the Python function that deployments wrap.
struct Flow {
    RowId row = 0;
    FlowId id;
    QString name;
    Instant created;
    Instant updated;
};

/// A deployment, everything but what is derived from its runs.
struct Deployment {
    /// 0 until it is stored.
    RowId row = 0;
    DeploymentId id;
    QString name;
    QString flowName;
    QString description;
    QString version;
    QStringList tags;
    /// Default parameters, a compact JSON object.
    QByteArray parameters = "{}";
    /// JSON schema of the flow's parameters; empty when unknown.
    QByteArray parameterSchema;
    QList<Schedule> schedules;
    bool paused = false;
    FlowRunner runner;
    /// Absolute path of the flow's Python file, and the flow's name in it ("" = the only one).
    QString path;
    QString entrypoint;
    /// Absolute path of the spec it was last created from, and that document's own YAML text.
    QString specPath;
    QString specText;
    /// Where a server hands its runs out; empty in a local workspace. In Orion the queue alone may be known.
    QString workPoolName;
    QString workQueueName;
    /// READY or NOT_READY, or what a newer server says; empty when it says none.
    QString status;
    std::optional<int> concurrencyLimit;
    /// job_variables (infra_overrides in Prefect 2), a compact JSON object.
    QByteArray jobVariables = "{}";
    bool enforceParameterSchema = false;
    /// Members that a server sent and that have no field here, a compact JSON object, word for word.
    QByteArray otherFields = "{}";
    Instant created;
    Instant updated;

    friend bool operator==(const Deployment &, const Deployment &) = default;
};

/// Runs of one day in the computer's time zone, for the 14-day strip.
struct DayCount {
    quint16 completed = 0;
    quint16 failed = 0;
    quint16 active = 0;

    friend bool operator==(const DayCount &, const DayCount &) = default;
};

inline constexpr int kStripDays = 14;
/// Oldest day first; the last entry is `lastDay`.
struct ActivityStrip {
    /// Day number since 1970-01-01 of the last entry.
    qint32 lastDay = 0;
    std::array<DayCount, kStripDays> days{};

    /// The same counts shifted so that the last entry is `day`; days outside are dropped.
    [[nodiscard]] ActivityStrip endingOn(qint32 day) const;

    friend bool operator==(const ActivityStrip &, const ActivityStrip &) = default;
};

/// The day number of an instant in the computer's time zone.
[[nodiscard]] qint32 localDay(Instant instant);

/// One row of the deployments table: what is shown, with the summaries that the store keeps.
struct DeploymentRow {
    RowId row = 0;
    DeploymentId id;
    QString name;
    QString flowName;
    QStringList tags;
    /// The first schedule; more are in `scheduleCount`.
    Schedule schedule;
    int scheduleCount = 0;
    int parameterCount = 0;
    bool paused = false;
    QString version;
    QString workPoolName;
    QString workQueueName;
    QString status;
    Instant created;
    Instant updated;
    std::optional<Instant> nextRun;
    /// The latest run, by its due time; `lastState` is meaningless when `lastRun` is 0.
    RowId lastRun = 0;
    State lastState;
    std::optional<Instant> lastStart;
    std::optional<Instant> lastEnd;
    /// How many runs are pending or running now.
    int activeRuns = 0;
    ActivityStrip strip;
};

} // namespace fd

Q_DECLARE_METATYPE(const fd::DeploymentRow *)
