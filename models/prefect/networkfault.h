// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QNetworkReply>
#include <QSslError>

namespace fd {

/// Why a request brought no answer, as far as the retry rules and the diagnosis care.
enum class Fault : quint8 {
    NameNotFound,
    Refused,
    Unreachable,
    Tls,
    /// The port answers, but not in TLS.
    NotTls,
    Proxy,
    Timeout,
    TooLarge,
    /// The connection ended before the answer did.
    Cut,
    Redirect,
    /// Flowdeck itself did not send it: a secret in clear, a file that can't be read.
    NotSent,
    Cancelled,
    Other,
};

/// A request without an answer: why, and the sentence for people.
struct NetworkFault {
    Fault fault = Fault::Other;
    Error error;
    /// Where the server wanted to send a request that was not sent there.
    QUrl redirect;
};

/// Either a server's answer, of whatever status, or why there is none.
template<typename T>
using Answered = tl::expected<T, NetworkFault>;

/// Wraps a fault so that it converts to any Answered<T>.
[[nodiscard]] tl::unexpected<NetworkFault> noAnswer(Fault fault, ErrorKind kind, const QString &detail);
/// What happens to a request when its client is destroyed.
[[nodiscard]] tl::unexpected<NetworkFault> cancelledRequest();

/// Says what Qt's error means for this address. `tlsErrors` name the check that failed; `proxy` is "host:port" of the
/// proxy in between, empty when there is none.
[[nodiscard]] NetworkFault toFault(QNetworkReply::NetworkError error, const QString &qtText, const QUrl &url,
    const QList<QSslError> &tlsErrors, const QString &proxy);

} // namespace fd
