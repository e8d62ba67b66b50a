// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/runfollower.h"
#include "models/workspace/syncrest.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace fd {

/// The runs that somebody looks at, each with a coroutine that brings what there is to see of it. Nothing is asked
/// while `isOnline` says no.
class Followers
{
public:
    Followers(SyncSession &session, std::function<bool()> isOnline);

    /// Counted: each `follow` needs its `unfollow`. `keepAlive` is held by the coroutine, and holds the session.
    void follow(RowId run, std::shared_ptr<void> keepAlive);
    void unfollow(RowId run);
    /// Something happened to these runs: those that had come to an end are looked at again, the others at once.
    void wake(const QSet<FlowRunId> &runs, const std::shared_ptr<void> &keepAlive);
    /// Ends all of them.
    void stop();

private:
    struct Followed {
        RunFollower follower;
        SyncRest rest;
        int count = 0;
        bool isRunning = false;
        bool isOver = false;
    };
    void start(const std::shared_ptr<Followed> &followed, std::shared_ptr<void> keepAlive);
    static QCoro::Task<void> run(
        std::shared_ptr<Followed> followed, std::shared_ptr<void> keepAlive, std::function<bool()> isOnline);

    SyncSession &m_session;
    std::function<bool()> m_isOnline;
    QHash<RowId, std::shared_ptr<Followed>> m_followed;
};

} // namespace fd
