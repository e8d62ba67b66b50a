// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/store/connection.h"

#include <QFutureWatcher>

namespace fd {

/// Calls `done(Result<T>)` in the receiver's thread when the read has ended. The answer to a receiver that is
/// gone by then is dropped.
template<typename T, typename Done>
void whenRead(QFuture<Result<T>> read, QObject *receiver, Done done)
{
    auto *watcher = new QFutureWatcher<Result<T>>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver, [watcher, done = std::move(done)]() mutable {
        watcher->deleteLater();
        done(watcher->future().takeResult());
    });
    watcher->setFuture(std::move(read));
}

/// Runs a bounded read on the GUI thread's own connection; `read(Connection &)` returns the value.
template<typename Read>
[[nodiscard]] auto readNow(Connection &connection, Read read) -> Result<std::invoke_result_t<Read, Connection &>>
{
    connection.clearError();
    auto value = read(connection);
    if (std::optional<Error> error = connection.error()) {
        connection.clearError();
        return fail(std::move(*error));
    }
    return value;
}

} // namespace fd
