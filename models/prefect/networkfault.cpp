// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/networkfault.h"

#include "models/prefect/addresses.h"

#include <QCoreApplication>

namespace fd {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("fd::NetworkFault", text); }

NetworkFault fault(Fault what, ErrorKind kind, const QString &detail)
{
    return {.fault = what, .error = {.kind = kind, .detail = detail, .field = {}, .file = {}}, .redirect = {}};
}

/// Which check of the certificate failed, in our words where Qt's are vague.
QString tlsReason(const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    switch (error.error()) {
    case QSslError::HostNameMismatch:
        return tr("the certificate is for %1").arg(certificate.subjectInfo(QSslCertificate::CommonName).join(u", "));
    case QSslError::CertificateExpired:
        return tr("the certificate expired on %1").arg(certificate.expiryDate().date().toString(Qt::ISODate));
    case QSslError::CertificateNotYetValid:
        return tr("the certificate is valid only from %1")
            .arg(certificate.effectiveDate().date().toString(Qt::ISODate));
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
        return tr("the certificate is self-signed; give its file as the connection's CA file if it is yours");
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::UnableToGetIssuerCertificate:
        return tr("the certificate was issued by %1, which is not trusted; give its CA file if it is yours")
            .arg(certificate.issuerInfo(QSslCertificate::CommonName).join(u", "));
    default:
        return error.errorString();
    }
}

NetworkFault tlsFault(const QString &qtText, const QUrl &url, const QList<QSslError> &tlsErrors)
{
    if (!tlsErrors.isEmpty()) {
        return fault(Fault::Tls, ErrorKind::Network,
            tr("The TLS certificate of %1 was not accepted: %2.").arg(url.host(), tlsReason(tlsErrors.first())));
    }
    // OpenSSL's words for bytes that are no TLS record.
    if (qtText.contains(QLatin1String("wrong version number")) || qtText.contains(QLatin1String("packet length"))) {
        return fault(Fault::NotTls, ErrorKind::Network,
            tr("%1 does not speak TLS on this port; the address may have to begin with http://.")
                .arg(hostAndPort(url)));
    }
    return fault(Fault::Tls, ErrorKind::Network, tr("No TLS connection to %1: %2.").arg(hostAndPort(url), qtText));
}

} // namespace

tl::unexpected<NetworkFault> noAnswer(Fault what, ErrorKind kind, const QString &detail)
{
    return tl::unexpected<NetworkFault>(fault(what, kind, detail));
}

tl::unexpected<NetworkFault> cancelledRequest()
{
    return noAnswer(Fault::Cancelled, ErrorKind::Cancelled, tr("The request was cancelled."));
}

NetworkFault toFault(QNetworkReply::NetworkError error, const QString &qtText, const QUrl &url,
    const QList<QSslError> &tlsErrors, const QString &proxy)
{
    const QString where = hostAndPort(url);
    const bool isAboutPeer
        = error == QNetworkReply::HostNotFoundError || error == QNetworkReply::ConnectionRefusedError;
    // Qt tells a proxy that is away from a server that is only for tunnels.
    if (!proxy.isEmpty() && isAboutPeer) {
        return fault(Fault::Proxy, ErrorKind::Network,
            tr("The system's proxy %1 could not be reached on the way to %2.").arg(proxy, where));
    }
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return fault(Fault::NameNotFound, ErrorKind::Network,
            tr("No computer is known by the name %1; check its spelling, or whether the VPN is on.").arg(url.host()));
    case QNetworkReply::ConnectionRefusedError:
        return fault(Fault::Refused, ErrorKind::Network,
            tr("%1 refused the connection: nothing listens on that port, or a firewall closed it.").arg(where));
    case QNetworkReply::RemoteHostClosedError:
        return fault(Fault::Cut, ErrorKind::Network, tr("%1 closed the connection before it had answered.").arg(where));
    case QNetworkReply::SslHandshakeFailedError:
        return tlsFault(qtText, url, tlsErrors);
    case QNetworkReply::TimeoutError:
        return fault(Fault::Timeout, ErrorKind::Timeout, tr("%1 did not answer in time.").arg(where));
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return fault(Fault::Proxy, ErrorKind::Network,
            tr("The system's proxy could not be used to reach %1: %2.").arg(where, qtText));
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return fault(
            Fault::Proxy, ErrorKind::Network, tr("The proxy in front of %1 wants a user and password.").arg(where));
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError:
        return fault(Fault::Unreachable, ErrorKind::Network, tr("There is no network to reach %1.").arg(where));
    case QNetworkReply::UnknownNetworkError:
        // Qt has one code for "no route", "network down" and a reset while writing.
        if (qtText.contains(QLatin1String("unreachable"), Qt::CaseInsensitive))
            return fault(Fault::Unreachable, ErrorKind::Network, tr("%1 can't be reached: %2.").arg(where, qtText));
        return fault(Fault::Cut, ErrorKind::Network, tr("The connection to %1 failed: %2.").arg(where, qtText));
    case QNetworkReply::UnknownContentError:
        // A good status and this: Qt gave up unpacking an answer that grows without end.
        return fault(Fault::TooLarge, ErrorKind::Network, tr("The answer of %1 is too large.").arg(where));
    default:
        return fault(Fault::Other, ErrorKind::Network, tr("The request to %1 failed: %2.").arg(where, qtText));
    }
}

} // namespace fd
