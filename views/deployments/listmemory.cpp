// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/listmemory.h"

#include "views/common/uimemory.h"

namespace fd {
namespace {

const QString kTextKey = QStringLiteral("deployments/search");
const QString kTagsKey = QStringLiteral("deployments/tags");
const QString kStatesKey = QStringLiteral("deployments/states");
const QString kCurrentKey = QStringLiteral("deployments/current");
const QString kScrollKey = QStringLiteral("deployments/scroll");

} // namespace

ListMemory ListMemory::recall(const UiMemory &memory)
{
    ListMemory known;
    known.filter.text = memory.value(kTextKey).toString();
    known.filter.tags = memory.value(kTagsKey).toStringList();
    for (const QString &word : memory.value(kStatesKey).toStringList()) {
        if (const StateType type = stateTypeFromWire(word); type != StateType::Unknown)
            known.filter.states += type;
    }
    known.current = memory.value(kCurrentKey).toInt();
    known.scroll = memory.value(kScrollKey).toInt();
    return known;
}

void ListMemory::remember(UiMemory &memory) const
{
    QStringList states;
    for (const StateType type : filter.states)
        states += toWire(type);
    memory.setValue(kTextKey, filter.text);
    memory.setValue(kTagsKey, filter.tags);
    memory.setValue(kStatesKey, states);
    memory.setValue(kCurrentKey, current);
    memory.setValue(kScrollKey, scroll);
}

} // namespace fd
