// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/timelineaxis.h"

#include "views/common/format.h"

#include <QLocale>

#include <array>

namespace fd {
namespace {

constexpr qint64 kMs = 1000;
constexpr qint64 kSecond = 1000 * kMs;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

constexpr std::array kSteps{kMs, 2 * kMs, 5 * kMs, 10 * kMs, 20 * kMs, 50 * kMs, 100 * kMs, 200 * kMs, 500 * kMs,
    kSecond, 2 * kSecond, 5 * kSecond, 10 * kSecond, 15 * kSecond, 30 * kSecond, kMinute, 2 * kMinute, 5 * kMinute,
    10 * kMinute, 15 * kMinute, 30 * kMinute, kHour, 2 * kHour, 3 * kHour, 6 * kHour, 12 * kHour, kDay, 2 * kDay,
    7 * kDay, 14 * kDay, 28 * kDay, 91 * kDay, 364 * kDay};

QString labelOf(Instant at, qint64 step)
{
    if (step >= kDay)
        return QLocale::system().toString(at.toLocal().date(), QStringLiteral("d MMM"));
    if (step >= kMinute)
        return format::clock(at);
    if (step >= kSecond)
        return format::clock(at, format::Seconds::Show);
    return format::logTime(at);
}

/// Moves `range` so that it lies within `bounds`, cutting it when it is longer.
TimeRange kept(TimeRange range, const TimeRange &bounds)
{
    const qint64 length = std::min(range.lengthUs(), bounds.lengthUs());
    const qint64 from = std::clamp(range.from.us, bounds.from.us, bounds.until.us - length);
    return {{from}, {from + length}};
}

} // namespace

void TimelineAxis::setRange(const TimeRange &range)
{
    m_range = range;
    m_range.until.us = std::max(range.until.us, range.from.us + kMinRangeUs);
}

void TimelineAxis::setPixels(int left, int width)
{
    m_left = left;
    m_width = std::max(1, width);
}

double TimelineAxis::x(Instant instant) const
{
    return m_left + static_cast<double>(instant - m_range.from) * m_width / static_cast<double>(m_range.lengthUs());
}

Instant TimelineAxis::at(double x) const
{
    return m_range.from.plusUs(qRound64((x - m_left) / m_width * static_cast<double>(m_range.lengthUs())));
}

TimeRange TimelineAxis::zoomed(double factor, double x, const TimeRange &bounds) const
{
    const Instant fixed = at(x);
    const double share = (x - m_left) / m_width;
    const double wanted = static_cast<double>(m_range.lengthUs()) / factor;
    const double length
        = std::clamp(wanted, double(kMinRangeUs), std::max(double(kMinRangeUs), double(bounds.lengthUs())));
    const Instant from = fixed.plusUs(-qRound64(share * length));
    return kept({from, from.plusUs(qRound64(length))}, bounds);
}

TimeRange TimelineAxis::moved(qint64 us, const TimeRange &bounds) const
{
    return kept({m_range.from.plusUs(us), m_range.until.plusUs(us)}, bounds);
}

QList<Tick> TimelineAxis::ticks(int minGap) const
{
    const qint64 wanted = m_range.lengthUs() / std::max(1, m_width / std::max(1, minGap));
    const auto *found = std::lower_bound(kSteps.begin(), kSteps.end(), wanted);
    const qint64 step = found == kSteps.end() ? kSteps.back() : *found;
    // Round in local time: midnight is where people expect it.
    const qint64 offset = qint64(m_range.from.toLocal().offsetFromUtc()) * kSecond;
    const qint64 local = m_range.from.us + offset;
    qint64 first = local / step * step;
    if (first < local)
        first += step;
    QList<Tick> ticks;
    for (qint64 at = first - offset; at <= m_range.until.us; at += step)
        ticks.append({Instant{at}, labelOf({at}, step)});
    return ticks;
}

} // namespace fd
