// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <tl/expected.hpp>

namespace fd {

/// A value, or the Error that kept it from being made. `return fail(ErrorKind::…, …)` makes the second.
template<typename T>
using Result = tl::expected<T, Error>;

/// Wraps an Error so that it converts to any Result<T>.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

/// Makes an Error from its kind and detail, for functions that return Result<T>.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, const QString &detail)
{
    return fail(Error{.kind = kind, .detail = detail, .field = {}, .file = {}});
}

} // namespace fd

/// Returns early with the Error of `expression`, a Result<T>.
#define FD_TRY(expression)                                                                                             \
    do {                                                                                                               \
        if (auto fdTried = (expression); !fdTried)                                                                     \
            return ::fd::fail(std::move(fdTried).error());                                                             \
    } while (false)

#define FD_CONCAT_IMPL(a, b) a##b
#define FD_CONCAT(a, b) FD_CONCAT_IMPL(a, b)
/// Declares `name` as the value of `expression`, a Result<T>, or returns early with its Error.
#define FD_TRY_ASSIGN(name, expression)                                                                                \
    auto FD_CONCAT(fdTried, __LINE__) = (expression);                                                                  \
    if (!FD_CONCAT(fdTried, __LINE__))                                                                                 \
        return ::fd::fail(std::move(FD_CONCAT(fdTried, __LINE__)).error());                                            \
    auto name = std::move(*FD_CONCAT(fdTried, __LINE__))
/// The same two for coroutines: `expression` is a Task<Result<T>> or QFuture<Result<T>>, awaited here.
#define FD_CO_TRY(expression)                                                                                          \
    do {                                                                                                               \
        auto fdTask = (expression);                                                                                    \
        if (auto fdTried = co_await fdTask; !fdTried)                                                                  \
            co_return ::fd::fail(std::move(fdTried).error());                                                          \
    } while (false)
#define FD_CO_TRY_ASSIGN(name, expression)                                                                             \
    auto FD_CONCAT(fdTask, __LINE__) = (expression);                                                                   \
    auto FD_CONCAT(fdTried, __LINE__) = co_await FD_CONCAT(fdTask, __LINE__);                                          \
    if (!FD_CONCAT(fdTried, __LINE__))                                                                                 \
        co_return ::fd::fail(std::move(FD_CONCAT(fdTried, __LINE__)).error());                                         \
    auto name = std::move(*FD_CONCAT(fdTried, __LINE__))
