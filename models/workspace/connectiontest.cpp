// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/connectiontest.h"

#include "models/prefect/client.h"

namespace fd {

QCoro::Task<Diagnosis> testConnection(ConnectionSettings settings)
{
    PrefectClient client(std::move(settings));
    co_return co_await client.diagnose();
}

} // namespace fd
