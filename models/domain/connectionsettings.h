// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QList>
#include <QUrl>

namespace fd {

/// How a server is reached. Secrets in it come from the keychain and live in memory only.
struct ConnectionSettings {
    /// With its "/api", without a slash at the end.
    QUrl apiUrl;
    enum class Auth : quint8 { None, ApiKey, Basic };
    Auth auth = Auth::None;
    /// The API key, or "user:password".
    Secret secret;
    /// Extra headers such as those of a proxy that signs in (PREFECT_CLIENT_CUSTOM_HEADERS); values may be secret.
    QList<std::pair<QByteArray, Secret>> headers;
    /// PEM files; empty when not used.
    QString caFile;
    QString clientCertificateFile;
    QString clientKeyFile;
    /// The key may go over plain http to a host that is not this computer. Off: such a request is refused.
    bool secretOverPlainHttp = false;

    friend bool operator==(const ConnectionSettings &, const ConnectionSettings &) = default;
};

} // namespace fd
