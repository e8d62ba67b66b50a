// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/prefect/eventfeed.h"
#include "models/prefect/limits.h"
#include "models/prefect/recentids.h"
#include "models/prefect/requestfactory.h"

#include <QAbstractSocket>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>

class QWebSocket;

namespace fd {

/// Reads one message of /events/out; nothing when it is no event (prefect-3 §3.3).
[[nodiscard]] std::optional<ServerEvent> readEvent(const QByteArray &message);

/// EventFeed over Prefect's web socket.
class WebSocketFeed : public EventFeed
{
    Q_OBJECT

public:
    WebSocketFeed(RequestFactory factory, const Limits &limits, QObject *parent = nullptr);
    ~WebSocketFeed() override;

    void start() override;
    void stop() override;
    [[nodiscard]] bool isLive() const override { return m_stage == Stage::Live; }

private:
    enum class Stage : quint8 { Stopped, Pausing, Opening, SigningIn, Live };

    void open();
    void signIn();
    void listen();
    void read(const QString &text);
    void checkPulse();
    void hangUp(ErrorKind kind, const QString &why);
    void onEnded();
    /// Says why it is not listening; pauses and tries again, or stops for good when the server refused.
    void end(const Error &why, bool isRefused);
    [[nodiscard]] Error whyEnded(bool &isRefused);

    RequestFactory m_factory;
    Limits m_limits;
    std::unique_ptr<QWebSocket> m_socket;
    Stage m_stage = Stage::Stopped;
    QTimer m_pause;
    QTimer m_deadline;
    QTimer m_pulse;
    bool m_isAlive = false;
    /// Since the filter was sent, and whether anything came since.
    QElapsedTimer m_listening;
    bool m_hasReceived = false;
    int m_failures = 0;
    int m_dropsAfterFilter = 0;
    /// Why we ourselves ended the connection.
    std::optional<Error> m_ownReason;
    std::optional<Instant> m_lastOccurred;
    RecentIds m_seen;
};

} // namespace fd
