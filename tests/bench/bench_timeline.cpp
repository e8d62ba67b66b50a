// SPDX-License-Identifier: GPL-3.0-or-later
// One frame of the task timeline while zooming.
#include "tests/bench/benchtools.h"
#include "views/common/style.h"
#include "views/common/timeline.h"

#include <QApplication>
#include <QRandomGenerator>

using namespace fd;
using namespace fd::bench;

namespace {

constexpr int kTasks = 10'000;
constexpr double kFrameMs = 16;
constexpr int kSteps = 40;

QList<TimelineRow> manyRows()
{
    QRandomGenerator random(1);
    const std::array types{StateType::Completed, StateType::Completed, StateType::Failed, StateType::Cancelled};
    QList<TimelineRow> rows;
    qint64 at = 0;
    for (int task = 0; task < kTasks; ++task) {
        at += random.bounded(400'000);
        TimelineRow row;
        row.id = task + 1;
        row.name = QStringLiteral("load_partition-%1").arg(task);
        row.stateType = types[static_cast<size_t>(random.bounded(4))];
        row.stateName = defaultStateName(row.stateType);
        row.start = Instant{at};
        row.end = Instant{at + 200'000 + random.bounded(30'000'000)};
        if (task > 0)
            row.parents = {random.bounded(task)};
        rows += row;
    }
    return rows;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new FlowdeckStyle);
    applyScheme(app, Scheme::Light);
    Timeline timeline([] { return Instant{}; });
    timeline.resize(1200, 800);
    timeline.setRows(manyRows());
    timeline.show();
    QApplication::processEvents();
    std::vector<double> frames;
    for (int step = 0; step < 2 * kSteps; ++step) {
        frames.push_back(millisecondsOf([&timeline, step] {
            timeline.zoom(step < kSteps ? 1.1 : 1 / 1.1);
            timeline.viewport()->repaint();
        }));
    }
    report({.id = QStringLiteral("timeline-frame"),
        .what = QStringLiteral("one frame of the timeline of 10,000 task runs while zooming (%1 ms)")
                    .arg(median(frames), 0, 'f', 1),
        .against = QStringLiteral("16 ms"),
        .ratio = median(frames) / kFrameMs,
        .bar = 1});
    return 0;
}
