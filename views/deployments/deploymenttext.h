// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"
#include "models/items/deploymentlistmodel.h"
#include "views/common/message.h"
#include "views/common/plaintext.h"

#include <QHash>
#include <QString>

namespace fd {

/// One state as marks show it.
struct MarkState {
    StateType type = StateType::Unknown;
    QString name = {};
    /// There is nothing to show: no run so far.
    bool none = false;

    friend bool operator==(const MarkState &, const MarkState &) = default;
};

/// What a deployment needs of its reader: late or active now, paused, else the result of its latest run.
[[nodiscard]] MarkState nowMark(const DeploymentRow &row, Instant now);
/// Its next run is overdue.
[[nodiscard]] bool isLate(const DeploymentRow &row, Instant now);

/// The words of one row of the deployments table.
struct DeploymentWords {
    QString name, flow;
    QString schedule, scheduleDetail;
    QString nextRun, nextRunDetail;
    QString lastDetail;
    QString version, created, updated;
    bool late = false;
    /// Nothing is scheduled or everything is paused: the schedule is quiet.
    bool scheduleQuiet = false;
};

[[nodiscard]] DeploymentWords deploymentWords(const DeploymentRow &row, Instant now);

/// The words of the rows in sight, kept while they are true, so that painting a row again formats nothing.
class DeploymentWordCache
{
public:
    [[nodiscard]] const DeploymentWords &words(const DeploymentRow &row, Instant now);
    /// Forgets everything, as when a row or the locale changed.
    void clear() { m_known.clear(); }

private:
    struct Entry {
        DeploymentWords words;
        Instant until;
    };
    QHash<RowId, Entry> m_known;
};

/// A cell as plain text, for copying, screen readers and tool tips.
[[nodiscard]] QString deploymentCellText(const DeploymentRow &row, DeploymentColumn column, Instant now);
/// The whole row as one sentence: "us-hourly, orders-ingest, late by …, last Completed …".
[[nodiscard]] QString spokenDeployment(const DeploymentRow &row, Instant now);

/// A message without actions.
[[nodiscard]] Message plainMessage(Notice notice, const QString &title, const QString &detail = {});
/// "1 parameter", "3 parameters".
[[nodiscard]] QString parameterCountText(int count);

} // namespace fd
