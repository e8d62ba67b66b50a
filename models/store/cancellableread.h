// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/connection.h"

#include <mutex>

namespace fd {

/// A read that whoever asked for it can give up: shared between them and the work that Store::read runs.
class CancellableRead
{
public:
    /// Runs `read()` on the connection, unless it was given up before; then it answers an empty value.
    template<typename Read>
    auto run(Connection &connection, Read read) -> std::invoke_result_t<Read>
    {
        if (!enter(&connection))
            return {};
        auto value = read();
        std::ignore = enter(nullptr);
        return value;
    }
    /// The query that runs ends at once with ErrorKind::Cancelled. From any thread.
    void cancel()
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
        if (m_connection)
            m_connection->interrupt();
    }
    [[nodiscard]] bool isCancelled()
    {
        const std::lock_guard lock(m_mutex);
        return m_cancelled;
    }

private:
    [[nodiscard]] bool enter(Connection *connection)
    {
        const std::lock_guard lock(m_mutex);
        m_connection = connection;
        return !m_cancelled;
    }

    std::mutex m_mutex;
    Connection *m_connection = nullptr;
    bool m_cancelled = false;
};

} // namespace fd
