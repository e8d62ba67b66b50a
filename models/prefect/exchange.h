// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/prefect/limits.h"
#include "models/prefect/networkfault.h"

#include <QFuture>
#include <QNetworkAccessManager>
#include <QPromise>
#include <QTimer>

#include <memory>

namespace fd {

/// A server's answer, of whatever status.
struct Reply {
    int status = 0;
    QByteArray body;
    QByteArray contentType;
    QByteArray location;
    QByteArray retryAfter;
    /// Its Date header.
    std::optional<Instant> serverTime;
};

using Answer = Answered<Reply>;

/// One request and its one answer, with its own deadlines and its own bound on the size: Qt's transfer timeout does
/// not fire while bytes drip. Lives until the answer was taken; a cancelled one has an answer too.
class Exchange : public QObject
{
    Q_OBJECT

public:
    /// Sends at once: POST with a body, GET without. `total` is the deadline of this one.
    Exchange(std::shared_ptr<QNetworkAccessManager> manager, const QNetworkRequest &request,
        const std::optional<QByteArray> &body, const Limits &limits, std::chrono::milliseconds total);

    ~Exchange() override;

    [[nodiscard]] QFuture<Answer> answer() const { return m_promise.future(); }
    /// Ends it now; does nothing when it has ended.
    void cancel();

private:
    void watch(std::chrono::milliseconds total);
    void readHead();
    void readMore();
    void finish();
    void end(tl::unexpected<NetworkFault> reason);
    [[nodiscard]] Answer outcome();

    std::shared_ptr<QNetworkAccessManager> m_manager;
    Limits m_limits;
    QNetworkReply *m_reply = nullptr;
    QTimer m_deadline;
    QTimer m_idle;
    QTimer m_connecting;
    Reply m_received;
    QList<QSslError> m_tlsErrors;
    /// Set before aborting, because Qt reports every abort alike.
    std::optional<NetworkFault> m_reason;
    bool m_ended = false;
    QPromise<Answer> m_promise;
};

} // namespace fd
