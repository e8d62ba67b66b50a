// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QFile>
#include <QString>

#include <sys/types.h>

namespace fd {

/// One line of a spool; see SpoolWriter in the supervisor for the types. `text` points into the chunk it was read from.
struct SpoolRecord {
    char type = 0;
    Instant at;
    QByteArrayView text;
};

/// What there is of one attempt to run.
struct SpoolState {
    enum class Kind {
        /// No file: nobody has begun, and a supervisor that was just started still may.
        Missing,
        /// An engine made it so that no supervisor can: the attempt will never begin.
        Claimed,
        /// Its supervisor lives.
        Held,
        /// Its supervisor has ended.
        Left,
    };
    Kind kind = Kind::Missing;
    /// Held: the supervisor.
    pid_t supervisor = 0;
};

/// The spool of an attempt in a run's folder.
[[nodiscard]] QString spoolPath(const QString &runFolder, int attempt);
[[nodiscard]] SpoolState spoolState(const QString &path);
/// Makes the attempt impossible. False when a supervisor has it already.
/// Error: Storage (disk full, no permission).
[[nodiscard]] Result<bool> claimSpool(const QString &path);

/// Reads a spool from where the last reader stopped.
class SpoolReader
{
public:
    /// `offset` is where to begin, in bytes.
    SpoolReader(const QString &path, qint64 offset);

    /// Reads the next bytes, cut after the last whole line; empty when there is none. Call `advance` for what was used.
    [[nodiscard]] QByteArray nextChunk();
    /// Takes the first record off `chunk`; nothing at its end.
    [[nodiscard]] static std::optional<SpoolRecord> takeRecord(QByteArrayView &chunk);
    void advance(qint64 bytes) { m_offset += bytes; }
    [[nodiscard]] qint64 offset() const { return m_offset; }

private:
    QFile m_file;
    qint64 m_offset;
};

} // namespace fd
