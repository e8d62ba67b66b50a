// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace fd {

/// What kind of failure an Error is. Callers branch on it; views turn it into a sentence.
enum class ErrorKind {
    Network,
    Timeout,
    Auth,
    NotFound,
    Conflict,
    Validation,
    RateLimited,
    Server,
    Parse,
    Storage,
    Cancelled,
};

/// A failure as a value: its kind, a technical detail, and where it happened when that is known.
struct Error {
    ErrorKind kind = ErrorKind::Validation;
    /// One sentence: what is wrong and, where possible, what to do. Never holds a secret.
    QString detail;
    /// Path of the field it is about, such as "flow_runner.config.env"; empty when none.
    QString field;
    /// The file it was found in; empty when none.
    QString file;
    /// 1-based place in `file`; 0 when unknown.
    int line = 0;
    int column = 0;

    friend bool operator==(const Error &, const Error &) = default;
};

/// "file:line:column: detail (field)", for logs, command line and tests.
[[nodiscard]] QString toText(const Error &error);

} // namespace fd
