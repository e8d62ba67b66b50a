// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/exchange.h"
#include "models/prefect/requestfactory.h"

#include <QCoroTask>
#include <QPointer>

#include <deque>

namespace fd {

/// A read: it may be sent again without harm.
struct Request {
    /// Below the API's address, percent-encoded, with its query: "/deployments/filter".
    QByteArray path;
    /// What is posted; a GET when nothing. Prefect's lists are posts that only read.
    std::optional<QByteArray> body = std::nullopt;
    /// Nothing: the limits' `total`.
    std::optional<std::chrono::milliseconds> deadline = std::nullopt;
    /// False: the first failure is the answer.
    bool retry = true;
};

/// Carries requests to one server: few at once, the rest in a queue; retries with growing pauses in which nothing
/// else is sent either; same-origin redirects of GETs; CSRF tokens where the server asks for them.
/// Shared with the coroutines that are under way, so that it outlives its client as long as they need it.
class Transport : public QObject, public std::enable_shared_from_this<Transport>
{
    Q_OBJECT

public:
    Transport(ConnectionSettings settings, Limits limits);
    ~Transport() override;

    [[nodiscard]] const RequestFactory &factory() const { return m_factory; }
    [[nodiscard]] const Limits &limits() const { return m_limits; }
    /// Whether the server asked for CSRF tokens.
    [[nodiscard]] bool usesCsrf() const { return m_usesCsrf; }

    QCoro::Task<Answer> send(Request request);
    /// Ends everything that is under way or waits, and whatever is sent from now on, with Fault::Cancelled.
    void shutDown();
    [[nodiscard]] bool isShutDown() const { return m_isShutDown; }
    /// Waits; true when the time has passed, false when it was shut down meanwhile.
    QFuture<bool> sleep(std::chrono::milliseconds time);

private:
    struct Attempts;
    using Waiter = std::shared_ptr<QPromise<bool>>;

    QCoro::Task<Answer> sendOnce(Request request, QUrl url, bool urgent);
    QFuture<bool> turn(bool urgent);
    void giveTurns();
    /// What to do about an answer: nothing when it is the final one, else the pause before the next try.
    [[nodiscard]] std::optional<std::chrono::milliseconds> pauseAfter(const Answer &answer, Attempts &attempts) const;
    void pauseAll(std::chrono::milliseconds time);
    /// True when a token other than `stale` is there.
    QFuture<bool> freshToken(QByteArray stale);
    QCoro::Task<> fetchToken();

    RequestFactory m_factory;
    Limits m_limits;
    std::shared_ptr<QNetworkAccessManager> m_manager;
    QList<QPointer<Exchange>> m_exchanges;
    std::deque<Waiter> m_waiting;
    QList<Waiter> m_sleeping;
    int m_inFlight = 0;
    QTimer m_pause;
    bool m_hasAnswered = false;
    bool m_isShutDown = false;
    bool m_usesCsrf = false;
    /// Of this client alone: two with one id would invalidate each other's token (prefect-3 T30).
    QByteArray m_csrfClient;
    QByteArray m_csrfToken;
    Waiter m_csrfFetch;
};

} // namespace fd
