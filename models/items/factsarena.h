// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/domain/state.h"
#include "models/items/idset.h"
#include "models/items/textquery.h"

#include <string>
#include <string_view>
#include <vector>

namespace fd {

/// What deployments are searched and counted by, in one block of memory that a search runs through at once.
/// A changed deployment gets a new place at the end; its old place is given back when a quarter is such waste.
class FactsArena
{
public:
    /// Adds or replaces a deployment. `text` is folded for search. No state means that it never ran.
    void put(RowId id, std::string_view text, std::optional<StateType> state);
    void remove(RowId id);

    /// The deployments that the query finds.
    [[nodiscard]] IdSet find(const TextQuery &query) const;
    /// Calls `visit(id, state)` for every deployment.
    template<typename Visit>
    void forEach(Visit visit) const
    {
        for (const Slot &slot : m_slots) {
            if (slot.id != 0)
                visit(slot.id, slot.state);
        }
    }

private:
    struct Slot {
        quint32 end = 0;
        RowId id = 0;
        std::optional<StateType> state;
    };

    [[nodiscard]] std::string_view textOf(size_t slot) const;
    [[nodiscard]] IdSet scan(const TextQuery &query) const;
    void compact();

    std::string m_text;
    std::vector<Slot> m_slots;
    /// Index of a deployment's slot + 1, by its id.
    std::vector<quint32> m_slotOf;
    size_t m_dead = 0;
};

} // namespace fd
