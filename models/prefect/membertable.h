// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/codectext.h"
#include "models/prefect/fieldreader.h"

namespace fd {

/// How much a member matters.
enum class MemberUse : quint8 {
    /// Missing or null leaves the default.
    Optional,
    /// Missing or null makes the row unreadable.
    Needed,
    /// It changes on every answer and says nothing new.
    Volatile,
};

/// What to do with one member of an object.
template<typename Target>
struct Member {
    std::string_view name;
    void (*read)(Target &, FieldReader &);
    MemberUse use = MemberUse::Optional;
};

/// The members of one kind of object, in the order in which servers send them, so that finding one costs nothing.
template<typename Target>
struct MemberTable {
    std::span<const Member<Target>> members;
    /// Members that are not in the table; without it they are skipped.
    void (*other)(Target &, std::string_view key, FieldReader &) = nullptr;
};

/// For members that are known and not kept.
template<typename Target>
void skipMember(Target &, FieldReader &)
{
}

/// One pass over the members of one object.
template<typename Target>
class MemberPass
{
public:
    MemberPass(const MemberTable<Target> &table, Target &target) : m_table(table), m_target(target) { }

    /// The table's entry for a key; null when it has none.
    const Member<Target> *find(std::string_view key)
    {
        const size_t count = m_table.members.size();
        for (size_t step = 0; step < count; ++step) {
            const size_t at = m_next + step < count ? m_next + step : m_next + step - count;
            if (m_table.members[at].name == key) {
                m_next = at + 1 == count ? 0 : at + 1;
                m_seen |= quint64(1) << at;
                return &m_table.members[at];
            }
        }
        return nullptr;
    }

    void read(const Member<Target> *member, std::string_view key, FieldReader &reader)
    {
        if (member && member->use == MemberUse::Needed && reader.isNull())
            reader.refuse(CodecText::tr("The server sent null where a value is needed."));
        else if (member)
            member->read(m_target, reader);
        else if (m_table.other)
            m_table.other(m_target, key, reader);
    }

    /// Refuses the object when a needed member was not there.
    void finish(RowFault &fault) const
    {
        for (size_t at = 0; at < m_table.members.size() && !fault.found; ++at) {
            if (m_table.members[at].use != MemberUse::Needed || (m_seen >> at & 1) != 0)
                continue;
            fault.found = true;
            fault.field = QString::fromUtf8(
                m_table.members[at].name.data(), static_cast<qsizetype>(m_table.members[at].name.size()));
            fault.detail = CodecText::tr("The server left out a member that is needed.");
        }
    }

private:
    const MemberTable<Target> &m_table;
    Target &m_target;
    size_t m_next = 0;
    quint64 m_seen = 0;
};

/// Reads an object inside a row; null leaves `target` as it is.
template<typename Target>
void readObject(FieldReader &reader, const MemberTable<Target> &table, Target &target)
{
    if (reader.isNull())
        return;
    MemberPass<Target> pass(table, target);
    reader.members([&pass](std::string_view key, FieldReader &value) { pass.read(pass.find(key), key, value); });
    pass.finish(reader.fault());
}

/// Appends `"key":value` to the inside of an object. The value is checked and compact.
void appendMember(QByteArray &members, std::string_view key, FieldReader &reader);
/// The members between braces.
[[nodiscard]] QByteArray inBraces(const QByteArray &members);

} // namespace fd
