// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/prefect/serverinfo.h"
#include "models/prefect/transport.h"

namespace fd {

/// Generation and title that belong to what /admin/version says.
/// Error: Validation when the server is older than what Flowdeck knows, or the text is no version.
[[nodiscard]] Result<ServerInfo> infoOfVersion(const QString &version);

/// What one request for /admin/version (on Cloud: a count) showed.
struct FirstContact {
    /// As far as the version tells; the error says what is wrong.
    Result<ServerInfo> info;
    /// The connection failed: no answer at all.
    bool isUnreached = false;
    /// The server wants another key, or one at all.
    bool isRefused = false;
    /// Something answered that is no Prefect API.
    bool isOther = false;
    /// Why it was not reached, when it was not.
    NetworkFault why;
};

/// Asks who is there. `retry` as in Request.
QCoro::Task<FirstContact> contactServer(std::shared_ptr<Transport> transport, bool retry);
/// Finds out what the server of `info` can do, by asking it for each thing (all at once, some 10 ms each;
/// /openapi.json costs a fresh Prefect 3 server 1.5 s).
QCoro::Task<Result<ServerInfo>> probeCapabilities(std::shared_ptr<Transport> transport, ServerInfo info);

} // namespace fd
