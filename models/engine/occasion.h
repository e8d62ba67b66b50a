// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>

#include <optional>

namespace fd {

/// Something that coroutines of one thread wait for, again and again. (Awaiting a Qt signal with QCoro 0.8 resumes
/// twice when the signal is emitted twice before the event loop is reached.)
class Occasion
{
public:
    /// Finishes at the next `notify`.
    [[nodiscard]] QFuture<void> next()
    {
        if (!m_promise) {
            m_promise.emplace();
            m_promise->start();
        }
        return m_promise->future();
    }
    void notify()
    {
        if (m_promise)
            m_promise->finish();
        m_promise.reset();
    }

private:
    std::optional<QPromise<void>> m_promise;
};

} // namespace fd
