// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/core/instant.h"

#include <QMetaType>

#include <optional>

namespace fd {

/// How a workspace stands to the server it mirrors. A local workspace is always Live: its file is the truth.
struct SyncStatus {
    enum class Kind : quint8 {
        /// What is shown follows by events, or is the truth itself.
        Live,
        /// What is shown is asked for at intervals.
        Polling,
        /// The first answer of this session is awaited.
        Connecting,
        /// A full pass is under way: `done` of `total` rows.
        Mirroring,
        /// Switched off by the user.
        Paused,
        /// The server does not answer; tried again at `nextTry`.
        Offline,
        /// The server refuses the key: nothing is asked until it is mended.
        SignedOut,
        /// What answers is no Prefect API, too old, or another server than the mirrored one.
        Refused,
    };
    Kind kind = Kind::Live;
    /// When the server last confirmed what is shown; nothing when it never did, or for the truth itself.
    std::optional<Instant> asOf = {};
    int done = 0;
    /// 0 when unknown.
    int total = 0;
    std::optional<Error> error = {};
    std::optional<Instant> nextTry = {};
    /// Rows that the server has and that could not be read.
    int unreadable = 0;
    /// "Prefect 3.8.8"; empty for a local workspace and before the first answer.
    QString serverTitle = {};
    /// Server clock minus this computer's; shown from 30 s on.
    qint64 clockSkewUs = 0;

    friend bool operator==(const SyncStatus &, const SyncStatus &) = default;
};

} // namespace fd

Q_DECLARE_METATYPE(fd::SyncStatus)
