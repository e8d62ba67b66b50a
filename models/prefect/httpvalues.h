// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QByteArray>

#include <chrono>

namespace fd {

/// Reads "Tue, 24 Nov 2026 00:30:41 GMT", the one form of date that HTTP servers may send; nothing when it is not that.
[[nodiscard]] std::optional<Instant> instantFromHttpDate(const QByteArray &text);

/// How long a Retry-After header asks to wait: seconds, possibly with a fraction, or a date. Never negative and never
/// above `longest`; nothing when it is neither.
[[nodiscard]] std::optional<std::chrono::milliseconds> waitOfRetryAfter(
    const QByteArray &header, Instant now, std::chrono::milliseconds longest);

/// Whether a read that was answered so is worth another try: 408, 429, 502, 503.
[[nodiscard]] bool isWorthRetrying(int status);

/// The pause before try `number` (0 is the first repetition): `first` doubled `number` times, at most `longest`, then
/// 20 % more or less. `chance` is a random number of 0…1.
[[nodiscard]] std::chrono::milliseconds growingPause(
    int number, std::chrono::milliseconds first, std::chrono::milliseconds longest, double chance);

} // namespace fd
