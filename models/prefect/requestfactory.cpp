// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/requestfactory.h"

#include "models/prefect/addresses.h"

#include <QCoreApplication>
#include <QFile>
#include <QSslKey>

namespace fd {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("fd::RequestFactory", text); }

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(Error{.kind = ErrorKind::Validation,
            .detail = tr("The file %1 can't be read: %2.").arg(path, file.errorString()),
            .field = {},
            .file = path});
    }
    return file.readAll();
}

tl::unexpected<Error> notPem(const QString &path, const QString &what)
{
    return fail(Error{.kind = ErrorKind::Validation,
        .detail = tr("The file %1 holds no %2 in PEM form.").arg(path, what),
        .field = {},
        .file = path});
}

Result<QSslKey> readKey(const QString &path)
{
    FD_TRY_ASSIGN(pem, contentOf(path));
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    }
    return notPem(path, tr("private key without a password"));
}

Result<QSslConfiguration> tlsOf(const ConnectionSettings &settings)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!settings.caFile.isEmpty()) {
        FD_TRY_ASSIGN(pem, contentOf(settings.caFile));
        const QList<QSslCertificate> authorities = QSslCertificate::fromData(pem);
        if (authorities.isEmpty())
            return notPem(settings.caFile, tr("certificate"));
        // Instead of the system's, as Prefect's own client takes it.
        tls.setCaCertificates(authorities);
    }
    if (!settings.clientCertificateFile.isEmpty()) {
        FD_TRY_ASSIGN(pem, contentOf(settings.clientCertificateFile));
        const QList<QSslCertificate> chain = QSslCertificate::fromData(pem);
        if (chain.isEmpty())
            return notPem(settings.clientCertificateFile, tr("certificate"));
        const QString keyFile
            = settings.clientKeyFile.isEmpty() ? settings.clientCertificateFile : settings.clientKeyFile;
        FD_TRY_ASSIGN(key, readKey(keyFile));
        tls.setLocalCertificateChain(chain);
        tls.setPrivateKey(key);
    }
    return tls;
}

bool isToken(const QByteArray &name)
{
    static const QByteArray allowed("!#$%&'*+-.^_`|~");
    return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || allowed.contains(c);
    });
}

bool isHeaderValue(const QByteArray &value)
{
    return std::none_of(value.cbegin(), value.cend(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// Headers that say how the request is framed or what it is; a connection may not change them (prefect-3 §1.8).
bool isOurs(const QByteArray &name)
{
    static const QList<QByteArray> ours{"host", "content-type", "content-length", "transfer-encoding", "connection",
        "user-agent", "cookie", "prefect-csrf-token", "prefect-csrf-client", "x-prefect-api-version"};
    return ours.contains(name.toLower());
}

} // namespace

RequestFactory::RequestFactory(ConnectionSettings settings) : m_settings(std::move(settings)), m_tls(tlsOf(m_settings))
{
}

QUrl RequestFactory::urlOf(const QByteArray &pathAndQuery) const
{
    QByteArray base = m_settings.apiUrl.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    while (base.endsWith('/'))
        base.chop(1);
    return QUrl::fromEncoded(base + pathAndQuery);
}

Result<QNetworkRequest> RequestFactory::request(const QUrl &url) const
{
    FD_TRY(check(url));
    QNetworkRequest request = plain(url);
    // A wrong type makes Prefect 3 ignore the body: filters vanish (prefect-3 T53).
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setRawHeader("Accept", "application/json");
    if (m_settings.auth == ConnectionSettings::Auth::ApiKey)
        request.setRawHeader("Authorization", "Bearer " + m_settings.secret.reveal());
    else if (m_settings.auth == ConnectionSettings::Auth::Basic)
        request.setRawHeader("Authorization", "Basic " + m_settings.secret.reveal().toBase64());
    return request;
}

Result<QNetworkRequest> RequestFactory::webSocketRequest(const QByteArray &path) const
{
    QUrl url = urlOf(path);
    FD_TRY(check(url));
    url.setScheme(url.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    return plain(url);
}

Secret RequestFactory::webSocketToken() const
{
    return m_settings.auth == ConnectionSettings::Auth::None ? Secret() : m_settings.secret;
}

QNetworkProxy RequestFactory::proxyFor(const QUrl &url)
{
    if (isLoopback(url))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
}

QString RequestFactory::proxyName(const QUrl &url)
{
    const QNetworkProxy proxy = proxyFor(url);
    return proxy.type() == QNetworkProxy::NoProxy ? QString()
                                                  : QStringLiteral("%1:%2").arg(proxy.hostName()).arg(proxy.port());
}

Result<void> RequestFactory::check(const QUrl &url) const
{
    if (!m_tls)
        return fail(m_tls.error());
    if (!isSameOrigin(url, m_settings.apiUrl)) {
        return fail(ErrorKind::Network,
            tr("%1 is not the server of this connection, so nothing is sent there.").arg(toSentence(url)));
    }
    const bool signsIn = m_settings.auth != ConnectionSettings::Auth::None;
    if (signsIn && (m_settings.secret.isEmpty() || !isHeaderValue(m_settings.secret.reveal()))) {
        return fail(ErrorKind::Auth,
            m_settings.secret.isEmpty() ? tr("This connection signs in, but its key or password is missing.")
                                        : tr("The key or password of this connection holds a line break."));
    }
    for (const auto &[name, value] : m_settings.headers) {
        if (!isToken(name) || isOurs(name) || !isHeaderValue(value.reveal())) {
            return fail(ErrorKind::Validation,
                tr("The connection's own header \"%1\" can't be sent.").arg(QString::fromUtf8(name)));
        }
    }
    const bool secret = signsIn || !m_settings.headers.isEmpty();
    if (secret && url.scheme() != QLatin1String("https") && !isLoopback(url) && !m_settings.secretOverPlainHttp) {
        return fail(ErrorKind::Auth,
            tr("The key for %1 was not sent: over http:// everybody on the way can read it. Use https://, or allow it "
               "for this connection.")
                .arg(hostAndPort(url)));
    }
    return {};
}

QNetworkRequest RequestFactory::plain(const QUrl &url) const
{
    QNetworkRequest request(url);
    // CVE-2023-51714 and CVE-2024-39936 are open in this Qt.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // Qt would send the key along to wherever a redirect points.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Own words, not "prefect/…": the server adapts to those (prefect-3 §1.4).
    request.setRawHeader("User-Agent", "Flowdeck/" FLOWDECK_VERSION);
    request.setSslConfiguration(*m_tls);
    for (const auto &[name, value] : m_settings.headers)
        request.setRawHeader(name, value.reveal());
    return request;
}

QList<QNetworkProxy> ProxyChoice::queryProxy(const QNetworkProxyQuery &query)
{
    return {RequestFactory::proxyFor(query.url())};
}

QByteArray pathSegment(const QString &text) { return QUrl::toPercentEncoding(text); }

} // namespace fd
