// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/client.h"
#include "models/prefect/transport.h"

namespace fd {

/// What is wrong with the address itself, before anything is sent; nothing when it may be tried.
[[nodiscard]] std::optional<Error> faultOfAddress(const QUrl &url);

/// PrefectClient::diagnose.
QCoro::Task<Diagnosis> diagnoseServer(std::shared_ptr<Transport> transport);

} // namespace fd
