// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/factsarena.h"

#include "models/items/textscan.h"

namespace fd {
namespace {

/// Stands between two texts; no word contains it.
constexpr char kSeparator = '\0';
constexpr size_t kLeastWaste = 256;

} // namespace

void FactsArena::put(RowId id, std::string_view text, std::optional<StateType> state)
{
    const size_t at = static_cast<size_t>(id);
    if (at < m_slotOf.size() && m_slotOf[at] != 0) {
        const size_t slot = m_slotOf[at] - 1;
        if (textOf(slot) == text) {
            m_slots[slot].state = state;
            return;
        }
        remove(id);
    }
    if (at >= m_slotOf.size())
        m_slotOf.resize(std::max(at + 1, m_slotOf.size() * 2));
    m_text.append(text);
    m_text.push_back(kSeparator);
    m_slots.push_back({.end = static_cast<quint32>(m_text.size()), .id = id, .state = state});
    m_slotOf[at] = static_cast<quint32>(m_slots.size());
}

void FactsArena::remove(RowId id)
{
    const size_t at = static_cast<size_t>(id);
    if (at >= m_slotOf.size() || m_slotOf[at] == 0)
        return;
    m_slots[m_slotOf[at] - 1].id = 0;
    m_slotOf[at] = 0;
    if (++m_dead > std::max(kLeastWaste, m_slots.size() / 4))
        compact();
}

void FactsArena::compact()
{
    FactsArena fresh;
    fresh.m_text.reserve(m_text.size());
    for (size_t slot = 0; slot < m_slots.size(); ++slot) {
        if (m_slots[slot].id != 0)
            fresh.put(m_slots[slot].id, textOf(slot), m_slots[slot].state);
    }
    *this = std::move(fresh);
}

std::string_view FactsArena::textOf(size_t slot) const
{
    const size_t begin = slot == 0 ? 0 : m_slots[slot - 1].end;
    return std::string_view(m_text).substr(begin, m_slots[slot].end - begin - 1);
}

IdSet FactsArena::find(const TextQuery &query) const
{
    if (!query.words().isEmpty())
        return scan(query);
    IdSet found;
    for (size_t slot = 0; slot < m_slots.size(); ++slot) {
        if (m_slots[slot].id != 0 && query.matches(textOf(slot)))
            found.insert(m_slots[slot].id);
    }
    return found;
}

IdSet FactsArena::scan(const TextQuery &query) const
{
    const QByteArray &longest = query.words().constFirst();
    const std::string_view word(longest.constData(), static_cast<size_t>(longest.size()));
    const std::string_view text(m_text);
    IdSet found;
    size_t slot = 0;
    for (size_t at = 0; at < text.size(); at = m_slots[slot].end) {
        const size_t hit = scanFor(word, text.substr(at));
        if (hit == std::string_view::npos)
            break;
        while (m_slots[slot].end <= at + hit)
            ++slot;
        if (m_slots[slot].id != 0 && query.matches(textOf(slot), 1))
            found.insert(m_slots[slot].id);
    }
    return found;
}

} // namespace fd
