// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>

#include <vector>

namespace fd {

/// One change of a zone's clock: from `at` (seconds since 1970 in UTC) on, local time is UTC plus `offset` seconds.
struct ZoneChange {
    qint64 at = 0;
    int offset = 0;
    bool isDst = false;
};

/// What a zone file of the system's time-zone database (RFC 8536) says.
struct ZoneFile {
    /// The clock before the first change: the first type that is not daylight saving time.
    ZoneChange before;
    /// Every change from the 64-bit block, in ascending order.
    std::vector<ZoneChange> changes;
    /// The changes Python's older libraries see: those of the 32-bit block, which ends in 2037. Zone files made
    /// without that block get it from `changes` and the footer.
    std::vector<ZoneChange> changes32;
    /// The rule for all later years, as in the TZ variable: "CET-1CEST,M3.5.0,M10.5.0/3". Empty when there is none.
    QByteArray footer;
};

/// Reads the bytes of a zone file. Error: Parse, when they are none.
[[nodiscard]] Result<ZoneFile> readZoneFile(const QByteArray &bytes);

/// The changes that a footer makes in the years `first` to `last`, in ascending order; none when it has no
/// daylight saving time or cannot be read.
[[nodiscard]] std::vector<ZoneChange> footerChanges(const QByteArray &footer, int first, int last);

} // namespace fd
