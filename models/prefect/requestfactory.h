// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/prefect/connectionsettings.h"

#include <QNetworkProxyFactory>
#include <QNetworkRequest>
#include <QSslConfiguration>

namespace fd {

/// Makes every request that goes to a server; nobody else makes one. HTTP/1.1, no cookies, no redirects and no cache
/// of Qt's own, JSON always, and secrets only where they may go.
class RequestFactory
{
public:
    explicit RequestFactory(ConnectionSettings settings);

    [[nodiscard]] const ConnectionSettings &settings() const { return m_settings; }
    /// The address below the API's. `pathAndQuery` is percent-encoded and begins with a slash.
    [[nodiscard]] QUrl urlOf(const QByteArray &pathAndQuery) const;
    /// A request for `url`, which must be of the API's origin.
    /// Error: Validation for settings that can't be used, Auth when a secret would go in clear.
    [[nodiscard]] Result<QNetworkRequest> request(const QUrl &url) const;
    /// The same for the upgrade to a web socket: the key goes in its first message instead of a header.
    [[nodiscard]] Result<QNetworkRequest> webSocketRequest(const QByteArray &path) const;
    /// What signs in on a web socket: the key, or "user:password" as it is; empty without a sign-in.
    [[nodiscard]] Secret webSocketToken() const;
    /// No proxy for this computer, the system's for everybody else.
    [[nodiscard]] static QNetworkProxy proxyFor(const QUrl &url);
    /// "host:port" of that proxy; empty without one.
    [[nodiscard]] static QString proxyName(const QUrl &url);

private:
    [[nodiscard]] Result<void> check(const QUrl &url) const;
    [[nodiscard]] QNetworkRequest plain(const QUrl &url) const;

    ConnectionSettings m_settings;
    Result<QSslConfiguration> m_tls;
};

/// Asks RequestFactory for the proxy of each request.
class ProxyChoice : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;
};

/// A path segment that may hold anything, slashes included.
[[nodiscard]] QByteArray pathSegment(const QString &text);

} // namespace fd
