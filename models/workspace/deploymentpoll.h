// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/deploymentpass.h"

namespace fd {

/// Asks what changed in a server's deployments since the last time, for the price of a few rows: the newest by
/// `updated` until the mark of the last poll, and their number (performance §5). Deletions show as a number that is
/// too low; what changes without a new `updated` (schedules, pool states) is met by a window of rows that goes round
/// through the whole list. Orion sorts by name only: there the window is all.
class DeploymentPoll
{
public:
    DeploymentPoll(SyncSession &session, const DeploymentPass &pass) : m_session(session), m_pass(pass) { }

    /// After the pass has loaded. Errors: Storage.
    QCoro::Task<Result<void>> load();
    /// One poll. Errors: of the server, or Storage.
    QCoro::Task<Result<void>> run();
    /// The next rows of the window that goes round. True when it came round to the beginning.
    QCoro::Task<Result<bool>> lookRound(int rows);
    /// Asks for some by id: what is gone is removed. Any number of ids.
    QCoro::Task<Result<void>> ask(QList<DeploymentId> ids);
    /// More changed or is missing than a poll may read: a full pass is due.
    [[nodiscard]] bool wantsPass() const { return m_wantsPass; }
    /// Deployments that came or changed since the last call; those of full passes are not told.
    [[nodiscard]] QSet<DeploymentId> takeChanged() { return std::exchange(m_changed, {}); }
    /// After a full pass: goes on from its mark.
    void passEnded();

private:
    QCoro::Task<Result<void>> readUpdated();
    QCoro::Task<Result<void>> compareCounts();
    QCoro::Task<Result<void>> put(std::vector<MirroredDeployment> rows, Instant asked);

    SyncSession &m_session;
    const DeploymentPass &m_pass;
    /// Everything up to this `updated` is known.
    std::optional<Instant> m_mark;
    int m_windowOffset = 0;
    /// How many polls in a row found fewer rows here than the server has.
    int m_shortPolls = 0;
    /// By how many the last pass was started; the same number again means that it did not help.
    int m_unmended = 0;
    bool m_wantsPass = false;
    QSet<FlowId> m_askedFlows;
    QSet<DeploymentId> m_changed;
};

} // namespace fd
