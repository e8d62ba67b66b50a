// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/stripbars.h"

#include "views/common/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace fd::strip {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::strip)
};

QDate dateOf(const ActivityStrip &strip, int day)
{
    return QDate(1970, 1, 1).addDays(strip.lastDay - (kStripDays - 1) + day);
}

QString counts(int completed, int failed, int active)
{
    QStringList parts;
    if (completed > 0)
        parts << Words::tr("%1 completed").arg(format::count(completed));
    if (failed > 0)
        parts << Words::tr("%1 failed").arg(format::count(failed));
    if (active > 0)
        parts << Words::tr("%1 running").arg(format::count(active));
    return parts.join(Words::tr(", "));
}

} // namespace

double barHeight(int count) { return count <= 0 ? 0 : std::min<double>(kRise, 2.6 + 1.7 * std::log2(count + 1)); }

int dayAt(int x)
{
    const int day = x / kPitch;
    return x < 0 || day >= kStripDays ? -1 : day;
}

void paint(QPainter &painter, QPoint baseLeft, const ActivityStrip &strip, const Theme &theme)
{
    const QColor &running = theme.state(StateHue::Running);
    for (int i = 0; i < kStripDays; ++i) {
        const DayCount &day = strip.days[static_cast<size_t>(i)];
        const int x = baseLeft.x() + i * kPitch;
        const int base = baseLeft.y();
        if (day == DayCount{}) {
            painter.fillRect(x, base - 1, kBar, 1, theme.frame);
            continue;
        }
        const int done = qRound(barHeight(day.completed));
        const int failed = qRound(barHeight(day.failed));
        // Running sits on top of done and shares its 16 px.
        const int active = std::min(qRound(barHeight(day.active)), kRise);
        painter.fillRect(x, base - done, kBar, done, theme.stripOk);
        painter.fillRect(x, base, kBar, failed, theme.stripBad);
        if (active > 0)
            painter.fillRect(x, base - std::min(kRise, done + active), kBar, std::min(active, kRise), running);
    }
}

QString dayText(const ActivityStrip &strip, int day, Instant now)
{
    const QDate date = dateOf(strip, day);
    const DayCount &count = strip.days[static_cast<size_t>(day)];
    const QString title = format::date(Instant::fromMs(date.startOfDay().toMSecsSinceEpoch()), now);
    const int all = count.completed + count.failed + count.active;
    if (all == 0)
        return Words::tr("%1 · no runs").arg(title);
    const QString runs = all == 1 ? Words::tr("1 run") : Words::tr("%n runs", nullptr, all);
    return Words::tr("%1 · %2, %3", "day, runs, counts")
        .arg(title, runs, counts(count.completed, count.failed, count.active));
}

QString spokenText(const ActivityStrip &strip)
{
    int completed = 0;
    int failed = 0;
    int active = 0;
    QStringList badDays;
    for (int i = 0; i < kStripDays; ++i) {
        const DayCount &day = strip.days[static_cast<size_t>(i)];
        completed += day.completed;
        failed += day.failed;
        active += day.active;
        if (day.failed > 0)
            badDays << QLocale::system().toString(dateOf(strip, i), Words::tr("d MMMM", "date pattern"));
    }
    if (completed + failed + active == 0)
        return Words::tr("14 days: no runs");
    const QString all = Words::tr("14 days: %1").arg(counts(completed, failed, active));
    return badDays.isEmpty() ? all : Words::tr("%1; failed on %2").arg(all, badDays.join(Words::tr(", ")));
}

} // namespace fd::strip
