// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/core/id.h"
#include "models/core/instant.h"

#include <QObject>
#include <QSet>

namespace fd {

/// What an event says changed. Events are hints: the rows are asked for by REST.
struct ServerEvent {
    QUuid id;
    Instant occurred;
    /// "prefect.flow-run.Running".
    QString name;
    /// The object it is about, or null ids.
    FlowRunId flowRun;
    DeploymentId deployment;
    /// "COMPLETED" when it is a run's change of state; empty otherwise.
    QString stateType;
};

/// The web socket /events/out of Prefect 3 (prefect-3 §3): signs in, filters, reconnects by itself with growing
/// pauses, drops what it has sent before. Lives in the GUI thread.
class EventFeed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    virtual void stop() = 0;
    [[nodiscard]] virtual bool isLive() const = 0;

signals:
    void received(const fd::ServerEvent &event);
    /// It is signed in and listening; what happened meanwhile must be asked for.
    void opened();
    /// It is not listening any more; it tries again by itself unless the server refused.
    void closed(const fd::Error &reason);
};

} // namespace fd
