// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/generation.h"

#include <QString>
#include <QUrl>

namespace fd {

/// What a server turned out to be, found by asking it. Outside models/prefect nobody looks at versions: they use
/// the flags.
struct ServerInfo {
    Generation generation = Generation::Prefect3;
    /// "3.8.8", as /admin/version says; empty on Cloud.
    QString version;
    /// "Prefect 3.8.8", for people.
    QString title;
    bool isCloud = false;
    bool hasEvents = false;
    bool hasWorkPools = false;
    bool hasWorkers = false;
    /// PATCH /deployments/{id}; Orion can only create again.
    bool canEditDeployments = false;
    bool hasManySchedules = false;
    /// POST …/deployments/filter takes UPDATED_DESC.
    bool canSortByUpdated = false;
    bool canPauseRuns = false;
    bool needsCsrf = false;
    /// The largest page it gives.
    int pageLimit = 200;
    /// Base of its own pages, for "Open in browser".
    QUrl uiUrl;

    friend bool operator==(const ServerInfo &, const ServerInfo &) = default;
};

} // namespace fd
