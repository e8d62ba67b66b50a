// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/schedule/tzfile.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace fd {

/// The rules of one IANA time zone, with its changes laid out for searching. Shared and never changed after loading.
/// All times are whole seconds: "utc" since 1970 in UTC, "wall" the same count of a clock on the wall.
class TimeZone
{
public:
    /// The zone of that name (exact case), from the system's time-zone database ($TZDIR, or the usual folders).
    /// Each is read once. Error: Validation, when there is no such zone or its file cannot be read.
    [[nodiscard]] static Result<std::shared_ptr<const TimeZone>> find(const QString &name);
    /// UTC itself, which needs no file.
    [[nodiscard]] static std::shared_ptr<const TimeZone> utc();
    /// All names that `find` knows and people may choose, sorted.
    [[nodiscard]] static QStringList names();
    /// The version of the time-zone data ("2025b"), or "unknown".
    [[nodiscard]] static QString dataVersion();

    TimeZone(QString name, const ZoneFile &file);

    [[nodiscard]] const QString &name() const { return m_name; }
    /// Whether the clock never changes.
    [[nodiscard]] bool isFixed() const { return m_at.size() == 1; }

    /// Index of the clock in force at `utc`; `hint` is the index found last and makes the next search short.
    [[nodiscard]] int indexAt(qint64 utc, int &hint) const;
    /// Seconds to add to UTC at `utc`.
    [[nodiscard]] int offsetAt(qint64 utc) const;
    /// Whether daylight saving time is in force at `utc`.
    [[nodiscard]] bool isDstAt(qint64 utc) const;
    /// The instant of a wall time as Python's zoneinfo reads it (PEP 495): a repeated time is its first occurrence
    /// with `second` false; a skipped time is read with the offset before the change with `second` false, else with
    /// the one after it.
    [[nodiscard]] qint64 utcOf(qint64 wall, bool second, int &hint) const;
    [[nodiscard]] qint64 utcOf(qint64 wall, bool second) const;

    /// What a wall time is.
    enum class WallKind { Ordinary, Skipped, Repeated };
    [[nodiscard]] WallKind kindOf(qint64 wall) const;
    /// Wall times from `from` to before `until` are all ordinary and `offset` seconds ahead of UTC.
    struct Stretch {
        qint64 from = 0;
        qint64 until = 0;
        int offset = 0;
    };
    /// The stretch that holds `wall`; an empty one when it is skipped or repeated.
    [[nodiscard]] Stretch stretchAt(qint64 wall) const;
    /// The next change of the clock after `utc`; INT64_MAX when there is none.
    [[nodiscard]] qint64 nextChange(qint64 utc) const;

    /// Changes beyond this are folded back by whole cycles of 400 years.
    [[nodiscard]] const std::vector<qint64> &changeTimes() const { return m_at; }
    [[nodiscard]] const std::vector<qint32> &offsets() const { return m_offset; }
    [[nodiscard]] const std::vector<bool> &dstFlags() const { return m_isDst; }
    /// The changes that Python's older libraries know, which end in 2037.
    [[nodiscard]] const ZoneFile &file() const { return m_file; }

private:
    [[nodiscard]] qint64 folded(qint64 utc) const
    {
        return utc < m_end ? utc : m_end - kCycle + (utc - m_end) % kCycle;
    }

    static constexpr qint64 kCycle = 146097LL * 86400;

    QString m_name;
    ZoneFile m_file;
    /// m_at[0] is the beginning of time; from m_at[i] on, m_offset[i] holds.
    std::vector<qint64> m_at;
    std::vector<qint32> m_offset;
    std::vector<bool> m_isDst;
    /// Wall times at which zoneinfo switches to clock i, for the first and the second reading.
    std::vector<qint64> m_firstWall;
    std::vector<qint64> m_secondWall;
    /// Where folding by cycles begins; INT64_MAX for zones without rules for the future.
    qint64 m_end = INT64_MAX;
};

} // namespace fd
