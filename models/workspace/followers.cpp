// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/followers.h"

namespace fd {
namespace {

constexpr int kRoundMs = 2000;
constexpr int kMoreMs = 20;
constexpr int kAfterErrorMs = 5000;

} // namespace

Followers::Followers(SyncSession &session, std::function<bool()> isOnline)
    : m_session(session), m_isOnline(std::move(isOnline))
{
}

void Followers::follow(RowId run, std::shared_ptr<void> keepAlive)
{
    auto &followed = m_followed[run];
    if (!followed)
        followed = std::shared_ptr<Followed>(new Followed{.follower = RunFollower(m_session, run), .rest = {}});
    ++followed->count;
    start(followed, std::move(keepAlive));
}

void Followers::unfollow(RowId run)
{
    const auto followed = m_followed.constFind(run);
    if (followed == m_followed.constEnd() || --(*followed)->count > 0)
        return;
    (*followed)->isOver = true;
    (*followed)->rest.end();
    m_followed.erase(followed);
}

void Followers::wake(const QSet<FlowRunId> &runs, const std::shared_ptr<void> &keepAlive)
{
    for (const auto &followed : std::as_const(m_followed)) {
        if (!runs.contains(followed->follower.id()))
            continue;
        followed->follower.lookAgain();
        followed->rest.end();
        start(followed, keepAlive);
    }
}

void Followers::stop()
{
    for (const auto &followed : std::as_const(m_followed)) {
        followed->isOver = true;
        followed->rest.end();
    }
    m_followed.clear();
}

void Followers::start(const std::shared_ptr<Followed> &followed, std::shared_ptr<void> keepAlive)
{
    if (!std::exchange(followed->isRunning, true))
        run(followed, std::move(keepAlive), m_isOnline);
}

QCoro::Task<void> Followers::run(std::shared_ptr<Followed> followed, [[maybe_unused]] std::shared_ptr<void> keepAlive,
    std::function<bool()> isOnline)
{
    while (!followed->isOver) {
        int restMs = kRoundMs;
        if (isOnline()) {
            auto asking = followed->follower.round();
            const auto next = co_await asking;
            if (followed->isOver)
                break;
            if (!next) {
                if (next.error().kind == ErrorKind::NotFound)
                    break;
                restMs = kAfterErrorMs;
            } else if (*next == RunFollower::Next::Never) {
                break;
            } else if (*next == RunFollower::Next::AtOnce) {
                restMs = kMoreMs;
            }
        }
        auto resting = followed->rest.begin(restMs);
        co_await resting;
    }
    followed->isRunning = false;
}

} // namespace fd
