// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QUuid>

#include <compare>

namespace fd {

/// A row's integer key in one workspace file. Cheap to hold by the hundred thousand; means nothing elsewhere.
using RowId = qint32;

/// Prefect's id of one kind of thing, 16 bytes. Ids of different kinds do not mix.
template<typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(const QUuid &uuid) : m_uuid(uuid) { }

    /// A new random (version 4) id.
    [[nodiscard]] static Id make() { return Id(QUuid::createUuid()); }
    /// Reads the usual text forms; null when the text is none.
    [[nodiscard]] static Id fromText(QStringView text) { return Id(QUuid::fromString(text)); }
    /// Reads the 16 bytes that `toBytes` wrote; null when there are not 16.
    [[nodiscard]] static Id fromBytes(const QByteArray &bytes)
    {
        return bytes.size() == 16 ? Id(QUuid::fromRfc4122(bytes)) : Id();
    }

    [[nodiscard]] bool isNull() const { return m_uuid.isNull(); }
    /// Lower case with dashes, as Prefect writes it.
    [[nodiscard]] QString toText() const { return m_uuid.toString(QUuid::WithoutBraces); }
    [[nodiscard]] QByteArray toBytes() const { return m_uuid.toRfc4122(); }

    friend bool operator==(const Id &, const Id &) = default;
    friend bool operator<(const Id &a, const Id &b) { return a.m_uuid < b.m_uuid; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return qHash(id.m_uuid, seed); }

private:
    QUuid m_uuid;
};

using FlowId = Id<struct FlowTag>;
using DeploymentId = Id<struct DeploymentTag>;
using FlowRunId = Id<struct FlowRunTag>;
using TaskRunId = Id<struct TaskRunTag>;

} // namespace fd
