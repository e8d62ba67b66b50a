// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace fd {

/// A key or password. It has no stream operator and converts to nothing, so that it lands in no log, variant or file
/// by accident; `reveal` is the one way out.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray value) : m_value(std::move(value)) { }

    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }
    /// The text itself, for the one place that sends or stores it.
    [[nodiscard]] const QByteArray &reveal() const { return m_value; }

    friend bool operator==(const Secret &, const Secret &) = default;

private:
    QByteArray m_value;
};

} // namespace fd
