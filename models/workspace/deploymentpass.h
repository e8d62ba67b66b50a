// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/syncsession.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include <optional>

namespace fd {

/// Reads every deployment of a server once, page by page, in the order of their names, and removes from the store what
/// the server does not have any more. It costs a large server minutes (performance §5), so it goes in steps of one
/// question that the caller paces, and goes on after a restart where it was.
///
/// Rows move between pages while it reads: no sort has a tie-break and offsets shift with each insertion and deletion
/// (prefect-3 T22). Each page therefore begins some rows before the last one's end. When none of its rows was read
/// before under the same name, rows may have slipped through in between; it goes back until one is found. What was
/// there throughout comes after any such row in the order of names, so it is read. What changes meanwhile is for the
/// next poll: `updatedMark` is from before the first page.
class DeploymentPass
{
public:
    explicit DeploymentPass(SyncSession &session) : m_session(session) { }

    /// Reads where it stood when the file was open last. Errors: Storage.
    QCoro::Task<Result<void>> load();
    /// Begins a new pass with the next step.
    void start();
    [[nodiscard]] bool isUnderWay() const { return m_underWay; }
    /// Whether any pass over this server was ever complete.
    [[nodiscard]] bool wasComplete() const { return m_completed > 0; }
    /// One page, and after the last one what follows from all of them. True at the end of the pass.
    /// Errors: of the server, or Storage; then the next step goes on from what is stored.
    QCoro::Task<Result<bool>> step();
    /// Writes what was read and not written yet.
    QCoro::Task<Result<void>> flush();

    /// The pass that rows are noted under; 0 before the first.
    [[nodiscard]] qint64 number() const { return m_number; }
    [[nodiscard]] int done() const { return std::max(0, m_offset); }
    [[nodiscard]] int total() const { return m_total; }
    [[nodiscard]] int unreadable() const { return m_unreadable; }
    /// How often a page did not join the one before.
    [[nodiscard]] int seamsReadAgain() const { return m_seams; }
    /// The newest `updated` of the server when the pass began; nothing where it cannot be asked.
    [[nodiscard]] std::optional<Instant> updatedMark() const { return m_updatedMark; }

private:
    struct Staged {
        std::vector<MirroredDeployment> rows;
        Instant asked;
    };

    QCoro::Task<Result<void>> begin();
    QCoro::Task<Result<void>> firstPageFlows(const Page<MirroredDeployment> &page);
    QCoro::Task<Result<bool>> finish();
    [[nodiscard]] bool joins(const Page<MirroredDeployment> &page) const;
    [[nodiscard]] int pageLimit() const;
    bool take(Page<MirroredDeployment> page, int from, int limit, Instant asked);
    void beginFlush();
    QCoro::Task<Result<void>> endFlush();
    [[nodiscard]] QByteArray progress() const;

    SyncSession &m_session;
    bool m_underWay = false;
    qint64 m_number = 0;
    qint64 m_completed = 0;
    /// -1: the pass has begun but asked nothing yet.
    int m_offset = -1;
    int m_total = 0;
    int m_unreadable = 0;
    int m_pageSize = 0;
    /// How far before the end of the last page the next one begins, and how much further after a page that did not
    /// join.
    int m_overlap = 0;
    int m_back = 0;
    int m_seams = 0;
    bool m_bulk = false;
    std::optional<Instant> m_updatedMark;
    /// What was read in this pass, with a hash of the name it had.
    QHash<DeploymentId, size_t> m_read;
    /// The last rows of the last page, to join the next after a restart.
    QList<std::pair<DeploymentId, QString>> m_tail;
    QSet<QString> m_unreadableRows;
    QSet<FlowId> m_askedFlows;
    std::vector<Staged> m_staged;
    int m_stagedRows = 0;
    QElapsedTimer m_sinceFlush;
    std::optional<QFuture<Result<void>>> m_writing;
};

} // namespace fd
