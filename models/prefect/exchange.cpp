// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/exchange.h"

#include "models/prefect/addresses.h"
#include "models/prefect/httpvalues.h"
#include "models/prefect/requestfactory.h"

namespace fd {

namespace {

double secondsOf(std::chrono::milliseconds time) { return std::chrono::duration<double>(time).count(); }

/// Qt makes an error of every status from 400 on; for us they are answers.
bool isErrorOfStatus(QNetworkReply::NetworkError error)
{
    // 400 is an operation that is invalid in the protocol, for Qt.
    return error == QNetworkReply::ProtocolInvalidOperationError
        || (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError)
        || (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError);
}

} // namespace

Exchange::Exchange(std::shared_ptr<QNetworkAccessManager> manager, const QNetworkRequest &request,
    const std::optional<QByteArray> &body, const Limits &limits, std::chrono::milliseconds total)
    : m_manager(std::move(manager)), m_limits(limits)
{
    m_promise.start();
    m_reply = body ? m_manager->post(request, *body) : m_manager->get(request);
    m_reply->setParent(nullptr);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::readHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::readMore);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::finish);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_reply, &QNetworkReply::requestSent, &m_connecting, &QTimer::stop);
    watch(total);
}

Exchange::~Exchange()
{
    // Before its manager, which this may be the last to hold.
    delete m_reply;
}

void Exchange::watch(std::chrono::milliseconds total)
{
    const QString where = hostAndPort(m_reply->url());
    const auto start = [this](QTimer &timer, std::chrono::milliseconds time, const QString &sentence) {
        timer.setSingleShot(true);
        timer.setInterval(time);
        connect(&timer, &QTimer::timeout, this,
            [this, sentence] { end(noAnswer(Fault::Timeout, ErrorKind::Timeout, sentence)); });
        timer.start();
    };
    start(m_connecting, m_limits.connect,
        tr("%1 could not be reached within %2 s.").arg(where).arg(secondsOf(m_limits.connect)));
    start(m_idle, m_limits.idle, tr("%1 sent nothing for %2 s.").arg(where).arg(secondsOf(m_limits.idle)));
    start(m_deadline, total, tr("%1 had not answered wholly after %2 s.").arg(where).arg(secondsOf(total)));
}

void Exchange::cancel() { end(cancelledRequest()); }

void Exchange::readHead()
{
    m_connecting.stop();
    m_idle.start();
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (length > m_limits.answerBytes)
        end(noAnswer(Fault::TooLarge, ErrorKind::Network,
            tr("The answer of %1 is too large (%2 MiB).").arg(hostAndPort(m_reply->url())).arg(length >> 20)));
}

void Exchange::readMore()
{
    m_idle.start();
    m_received.body += m_reply->readAll();
    if (m_received.body.size() > m_limits.answerBytes)
        end(noAnswer(Fault::TooLarge, ErrorKind::Network,
            tr("The answer of %1 is too large (more than %2 MiB).")
                .arg(hostAndPort(m_reply->url()))
                .arg(m_limits.answerBytes >> 20)));
}

void Exchange::end(tl::unexpected<NetworkFault> reason)
{
    if (m_ended || m_reason)
        return;
    m_reason = std::move(reason).value();
    m_reply->abort();
}

void Exchange::finish()
{
    if (std::exchange(m_ended, true))
        return;
    m_promise.addResult(outcome());
    m_promise.finish();
    deleteLater();
}

Answer Exchange::outcome()
{
    if (m_reason)
        return tl::unexpected<NetworkFault>(*m_reason);
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QNetworkReply::NetworkError error = m_reply->error();
    const bool answered = error == QNetworkReply::NoError || (status >= 400 && isErrorOfStatus(error));
    if (!answered || status == 0) {
        const QString proxy = RequestFactory::proxyName(m_reply->url());
        return tl::unexpected<NetworkFault>(toFault(error, m_reply->errorString(), m_reply->url(), m_tlsErrors, proxy));
    }
    m_received.status = status;
    m_received.body += m_reply->readAll();
    // Qt takes some of the answers that were cut for whole ones.
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (!m_reply->hasRawHeader("Content-Encoding") && m_received.body.size() < length) {
        return tl::unexpected<NetworkFault>(toFault(QNetworkReply::RemoteHostClosedError, {}, m_reply->url(), {}, {}));
    }
    m_received.contentType = m_reply->rawHeader("Content-Type");
    m_received.location = m_reply->rawHeader("Location");
    m_received.retryAfter = m_reply->rawHeader("Retry-After");
    m_received.serverTime = instantFromHttpDate(m_reply->rawHeader("Date"));
    return std::move(m_received);
}

} // namespace fd
