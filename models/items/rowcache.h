// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/changes.h"

#include <QDeadlineTimer>

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

namespace fd {

/// The rows that were looked at lately, read 64 at a time from around the one that is needed. Rows are kept by
/// their id, so a list that is sorted or filtered anew finds them again. Holds at most some 4,000 rows.
/// After a failed read it goes on showing what it has and tries again a second later.
template<typename Row>
class RowCache
{
public:
    /// Reads rows by id; those that are gone are left out.
    using Read = std::function<Result<std::vector<Row>>(std::span<const RowId>)>;
    /// The id under which a row was read.
    using IdOf = RowId (*)(const Row &);

    RowCache(Read read, IdOf idOf) : m_read(std::move(read)), m_idOf(idOf) { }

    /// The value shown in `row` of the list `ids`; null when it is gone or cannot be read.
    [[nodiscard]] const Row *at(std::span<const RowId> ids, int row)
    {
        if (m_young.size() >= kGeneration)
            m_old = std::exchange(m_young, {});
        const RowId id = ids[static_cast<size_t>(row)];
        Entry *entry = find(id);
        if ((!entry || entry->stale) && m_retry.hasExpired()) {
            readAround(ids, row);
            entry = find(id);
        }
        if (!entry)
            return nullptr;
        entry->lastRow = row;
        return entry->isThere ? &entry->value : nullptr;
    }

    /// Has the changed rows read again when they are looked at; answers where they stand in `ids`, ascending. Nothing
    /// when everything changed.
    [[nodiscard]] std::vector<int> markStale(const EntityChanges &changes, std::span<const RowId> ids)
    {
        m_retry = QDeadlineTimer(0);
        std::vector<int> rows;
        if (changes.everything) {
            for (Entries *entries : {&m_young, &m_old}) {
                for (auto &[id, entry] : *entries)
                    entry.stale = true;
            }
            return rows;
        }
        for (const QSet<RowId> *changed : {&changes.added, &changes.updated, &changes.removed}) {
            for (const RowId id : *changed) {
                Entry *entry = find(id);
                if (!entry)
                    continue;
                entry->stale = true;
                if (const int row = rowOf(ids, id, entry->lastRow); row >= 0)
                    rows.push_back(row);
            }
        }
        std::sort(rows.begin(), rows.end());
        return rows;
    }
    void clear()
    {
        m_young.clear();
        m_old.clear();
    }
    /// The error of the latest read; taken by the caller that reports it.
    [[nodiscard]] std::optional<Error> takeError() { return std::exchange(m_error, std::nullopt); }

private:
    static constexpr int kBlock = 64;
    static constexpr size_t kGeneration = 2048;
    static constexpr qint64 kRetryMs = 1000;

    struct Entry {
        Row value;
        int lastRow = -1;
        bool isThere = false;
        bool stale = false;
    };
    using Entries = std::unordered_map<RowId, Entry>;

    /// Rows that are used move to the young generation; when that is full, the old one is dropped.
    Entry *find(RowId id)
    {
        if (const auto found = m_young.find(id); found != m_young.end())
            return &found->second;
        if (auto node = m_old.extract(id))
            return &m_young.insert(std::move(node)).position->second;
        return nullptr;
    }

    void readAround(std::span<const RowId> ids, int row)
    {
        const size_t first = static_cast<size_t>(row) / kBlock * kBlock;
        std::vector<RowId> wanted;
        for (const RowId id : ids.subspan(first, std::min<size_t>(kBlock, ids.size() - first))) {
            const Entry *entry = find(id);
            if (!entry || entry->stale)
                wanted.push_back(id);
        }
        Result<std::vector<Row>> rows = m_read(wanted);
        if (!rows) {
            m_error = rows.error();
            m_retry = QDeadlineTimer(kRetryMs);
            return;
        }
        for (const RowId id : wanted) {
            Entry &entry = m_young[id];
            entry.isThere = entry.stale = false;
        }
        for (Row &value : *rows) {
            Entry &entry = m_young[m_idOf(value)];
            entry.value = std::move(value);
            entry.isThere = true;
        }
    }

    static int rowOf(std::span<const RowId> ids, RowId id, int lastRow)
    {
        if (lastRow >= 0 && static_cast<size_t>(lastRow) < ids.size() && ids[static_cast<size_t>(lastRow)] == id)
            return lastRow;
        const auto found = std::find(ids.begin(), ids.end(), id);
        return found == ids.end() ? -1 : static_cast<int>(found - ids.begin());
    }

    Read m_read;
    IdOf m_idOf;
    Entries m_young;
    Entries m_old;
    QDeadlineTimer m_retry = QDeadlineTimer(0);
    std::optional<Error> m_error;
};

} // namespace fd
