// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QList>
#include <QString>

namespace fd {

/// A part of time; empty when `until` is not after `from`.
struct TimeRange {
    Instant from;
    Instant until;

    [[nodiscard]] qint64 lengthUs() const { return until - from; }
    [[nodiscard]] bool isEmpty() const { return until <= from; }

    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

/// A labelled place on a time axis.
struct Tick {
    Instant at;
    QString label;
};

/// Maps time to pixels and finds round ticks. Time runs to the right in every language.
class TimelineAxis
{
public:
    void setRange(const TimeRange &range);
    void setPixels(int left, int width);
    [[nodiscard]] const TimeRange &range() const { return m_range; }

    [[nodiscard]] double x(Instant instant) const;
    [[nodiscard]] Instant at(double x) const;
    /// The range after zooming by `factor` (over 1 is closer) with the time at `x` staying there, within `bounds`.
    [[nodiscard]] TimeRange zoomed(double factor, double x, const TimeRange &bounds) const;
    /// The range moved by `us`, within `bounds`.
    [[nodiscard]] TimeRange moved(qint64 us, const TimeRange &bounds) const;
    /// Ticks at round local times, at least `minGap` pixels apart.
    [[nodiscard]] QList<Tick> ticks(int minGap) const;

    /// The closest zoom: one millisecond across.
    static constexpr qint64 kMinRangeUs = 1000;

private:
    TimeRange m_range{Instant{0}, Instant{60'000'000}};
    int m_left = 0;
    int m_width = 1;
};

} // namespace fd

Q_DECLARE_METATYPE(fd::TimeRange)
