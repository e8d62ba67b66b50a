// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

namespace fd {

/// Where windows and pages keep what they remember (widths, sort, splitters, tabs). Written at once, so that it
/// also survives a kill. The application gives the one that is stored; tests give one in memory.
class UiMemory
{
public:
    virtual ~UiMemory() = default;
    /// The value of a key such as "deployments/columns"; invalid when there is none.
    [[nodiscard]] virtual QVariant value(const QString &key) const = 0;
    virtual void setValue(const QString &key, const QVariant &value) = 0;
};

/// A part of another memory: what the pages of one workspace remember.
class UiMemoryPart : public UiMemory
{
public:
    /// `prefix` is put before every key; `whole` must outlive this.
    UiMemoryPart(UiMemory &whole, const QString &prefix) : m_whole(whole), m_prefix(prefix) { }

    [[nodiscard]] QVariant value(const QString &key) const override { return m_whole.value(m_prefix + key); }
    void setValue(const QString &key, const QVariant &value) override { m_whole.setValue(m_prefix + key, value); }

private:
    UiMemory &m_whole;
    QString m_prefix;
};

} // namespace fd
