// SPDX-License-Identifier: GPL-3.0-or-later
// Live events: hints of what to ask for.
#include "models/prefect/eventfeed.h"
#include "models/workspace/syncloop.h"

namespace fd {

void SyncLoop::listen()
{
    EventFeed *feed = m_api.events();
    if (!feed)
        return;
    connect(feed, &EventFeed::received, this, &SyncLoop::takeEvent);
    connect(feed, &EventFeed::opened, this, [this] {
        m_isLive = true;
        // What happened before it opened has no event.
        m_nextPoll = 0;
        publish();
        m_rest.end();
    });
    connect(feed, &EventFeed::closed, this, [this] {
        m_isLive = false;
        m_nextPoll = std::min(m_nextPoll, m_steady.elapsed() + intervalMs());
        publish();
        m_rest.end();
    });
    feed->start();
}

void SyncLoop::takeEvent(const ServerEvent &event)
{
    if (!event.flowRun.isNull() && !event.stateType.isEmpty())
        m_hintedRuns.insert(event.flowRun);
    else if (!event.deployment.isNull())
        m_hintedDeployments.insert(event.deployment);
    else if (!event.flowRun.isNull() && !event.name.endsWith(QLatin1String("heartbeat")))
        m_hintedRuns.insert(event.flowRun);
    else
        return;
    // Not started anew by each event: a busy server would put it off for ever.
    if (!m_hintTimer.isActive())
        m_hintTimer.start();
}

void SyncLoop::answerHints()
{
    if (isOnline() && !m_answersHints)
        askHinted(shared_from_this());
}

QCoro::Task<void> SyncLoop::askHinted(std::shared_ptr<SyncLoop> self)
{
    self->m_answersHints = true;
    const QSet<FlowRunId> runs = std::exchange(self->m_hintedRuns, {});
    const QSet<DeploymentId> deployments = std::exchange(self->m_hintedDeployments, {});
    std::vector<FlowRunId> runIds(runs.begin(), runs.end());
    auto askingRuns = askRuns(self->m_session, std::move(runIds));
    const auto askedRuns = co_await askingRuns;
    bool failed = !askedRuns;
    if (!self->m_session.isStopped() && !failed) {
        auto asking = self->m_poll->ask(QList<DeploymentId>(deployments.begin(), deployments.end()));
        const auto asked = co_await asking;
        failed = !asked;
    }
    self->m_answersHints = false;
    if (self->m_session.isStopped())
        co_return;
    // What an answer did not say is for the next poll.
    if (failed)
        self->refresh();
    self->m_followers.wake(runs, self);
    if (!self->m_hintedRuns.isEmpty() || !self->m_hintedDeployments.isEmpty())
        self->m_hintTimer.start();
}

} // namespace fd
