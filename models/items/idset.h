// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <span>
#include <vector>

namespace fd {

/// A set of row ids as one bit each. Row ids are small and dense, so a million of them take 128 KiB and one pass.
class IdSet
{
public:
    IdSet() = default;
    explicit IdSet(std::span<const RowId> ids)
    {
        for (const RowId id : ids)
            insert(id);
    }

    /// Adds an id, which must not be negative; true when it was not there.
    bool insert(RowId id)
    {
        const size_t word = wordOf(id);
        if (word >= m_words.size())
            m_words.resize(std::max(word + 1, m_words.size() * 2));
        const bool isNew = (m_words[word] & bitOf(id)) == 0;
        m_words[word] |= bitOf(id);
        return isNew;
    }
    void remove(RowId id)
    {
        if (wordOf(id) < m_words.size())
            m_words[wordOf(id)] &= ~bitOf(id);
    }
    void clear() { m_words.clear(); }
    [[nodiscard]] bool contains(RowId id) const
    {
        return wordOf(id) < m_words.size() && (m_words[wordOf(id)] & bitOf(id)) != 0;
    }
    /// Keeps what is in `other` too.
    void intersect(const IdSet &other)
    {
        for (size_t word = 0; word < m_words.size(); ++word)
            m_words[word] &= word < other.m_words.size() ? other.m_words[word] : 0;
    }

private:
    [[nodiscard]] static size_t wordOf(RowId id) { return static_cast<quint32>(id) / 64; }
    [[nodiscard]] static quint64 bitOf(RowId id) { return quint64(1) << (static_cast<quint32>(id) % 64); }

    std::vector<quint64> m_words;
};

} // namespace fd
