// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/clientapi.h"
#include "models/workspace/deploymentpoll.h"
#include "models/workspace/followers.h"
#include "models/workspace/runmirror.h"
#include "models/workspace/syncstatus.h"

#include <QElapsedTimer>
#include <QObject>

namespace fd {

struct ServerEvent;

/// How a mirror is kept.
struct SyncOptions {
    /// Without an address nothing is asked until setConnection.
    ConnectionSettings connection;
    int refreshSeconds = 15;
    int keptDays = 14;
    Clock clock;
};

/// Mirrors a server into a store and keeps it fresh, one question after the other: polls when they are due, the pages
/// of a full pass in between, paced. Live events and followed runs have questions of their own. All of it ends with
/// `stop`; coroutines that are under way then hold it until they notice.
class SyncLoop : public QObject, public std::enable_shared_from_this<SyncLoop>
{
    Q_OBJECT

public:
    [[nodiscard]] static std::shared_ptr<SyncLoop> start(Store &store, SyncOptions options);
    /// Cancels everything. The store is not touched afterwards.
    void stop();

    [[nodiscard]] const SyncStatus &status() const { return m_status; }
    void refresh();
    void setPaused(bool paused);
    void setConnection(ConnectionSettings connection);
    void setRefreshSeconds(int seconds);
    /// Deletes what is mirrored and begins anew.
    void clearMirror();
    void follow(RowId run);
    void unfollow(RowId run);

signals:
    void statusChanged(const fd::SyncStatus &status);

private:
    enum class Fault : quint8 { None, Offline, SignedOut, Refused };

    SyncLoop(Store &store, SyncOptions options);
    static QCoro::Task<void> run(std::shared_ptr<SyncLoop> self);
    QCoro::Task<Result<void>> load();
    QCoro::Task<int> turn();
    QCoro::Task<void> clearNow();
    QCoro::Task<Result<void>> connectToServer();
    QCoro::Task<Result<void>> checkServer();
    QCoro::Task<Result<void>> poll();
    QCoro::Task<Result<void>> lookFurther();
    QCoro::Task<Result<bool>> step();
    void makeParts();
    [[nodiscard]] bool isMirrored() const;
    [[nodiscard]] bool isOnline() const { return m_isConnected && m_fault == Fault::None && !m_isPaused; }
    [[nodiscard]] int intervalMs() const;

    int restAfter(const Error &error);
    bool notePartial(const Error &error);
    void publish();

    void listen();
    void takeEvent(const ServerEvent &event);
    void answerHints();
    static QCoro::Task<void> askHinted(std::shared_ptr<SyncLoop> self);
    void lookAtClock();

    SyncOptions m_options;
    ClientApi m_api;
    SyncSession m_session;
    std::unique_ptr<DeploymentPass> m_pass;
    std::unique_ptr<DeploymentPoll> m_poll;
    std::unique_ptr<RunMirror> m_runs;
    Followers m_followers;
    SyncRest m_rest;

    /// What was told last.
    SyncStatus m_status;
    std::optional<Instant> m_asOf;
    std::optional<Instant> m_nextTry;
    std::optional<Error> m_error;
    QString m_serverTitle;
    Fault m_fault = Fault::None;
    bool m_isConnected = false;
    bool m_isPaused = false;
    bool m_isLive = false;
    bool m_refreshAsked = false;
    bool m_clearAsked = false;
    int m_failures = 0;
    int m_polls = 0;
    /// What goes on is without one kind of rows.
    std::optional<Error> m_partial;
    /// Told until the new mirror is complete.
    std::optional<Error> m_notice;

    /// All in milliseconds of `m_steady`.
    QElapsedTimer m_steady;
    qint64 m_nextPoll = 0;
    qint64 m_nextStep = 0;
    qint64 m_nextPass = 0;
    qint64 m_noPassBefore = 0;
    qint64 m_passBegan = 0;
    qint64 m_busyMs = 0;
    int m_stepFailures = 0;

    QTimer m_hintTimer;
    QSet<FlowRunId> m_hintedRuns;
    QSet<DeploymentId> m_hintedDeployments;
    bool m_answersHints = false;

    QTimer m_clockTimer;
    qint64 m_clockOffsetUs = 0;
};

} // namespace fd
