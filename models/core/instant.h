// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringView>

#include <compare>
#include <functional>
#include <optional>

namespace fd {

/// A moment in UTC with microseconds, kept exactly. QDateTime cuts to milliseconds, Prefect does not.
struct Instant {
    /// Microseconds since 1970-01-01T00:00:00Z; years 1 to 9999 fit.
    qint64 us = 0;

    [[nodiscard]] static Instant fromMs(qint64 ms) { return {ms * 1000}; }
    [[nodiscard]] QDateTime toLocal() const { return QDateTime::fromMSecsSinceEpoch(floorMs()); }
    [[nodiscard]] qint64 floorMs() const { return us >= 0 ? us / 1000 : -((-us + 999) / 1000); }
    [[nodiscard]] Instant plusUs(qint64 delta) const { return {us + delta}; }

    friend auto operator<=>(const Instant &, const Instant &) = default;
    friend qint64 operator-(const Instant &a, const Instant &b) { return a.us - b.us; }
};

/// Reads ISO-8601 with offset or `Z` and up to six digits of fraction; nothing when it is not that.
[[nodiscard]] std::optional<Instant> instantFromIso(QStringView text);
[[nodiscard]] std::optional<Instant> instantFromIso(QLatin1StringView text);
/// "2026-11-23T21:05:02.123456+00:00"; without the fraction when it is zero, as Prefect writes it.
[[nodiscard]] QString toIso(Instant instant);

/// Where "now" comes from. Time is an argument, so tests set it.
using Clock = std::function<Instant()>;
/// The computer's clock with microseconds.
[[nodiscard]] Clock systemClock();

} // namespace fd

Q_DECLARE_METATYPE(fd::Instant)
