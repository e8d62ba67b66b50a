// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplerun.h"
#include "sampletable.h"
#include "views/common/statestrip.h"
#include "views/common/theme.h"
#include "views/common/timeline.h"

#include <QAccessible>
#include <QGraphicsView>
#include <QScrollBar>
#include <QtTest>

namespace fd {
namespace {

constexpr qint64 kSecond = 1'000'000;

std::unique_ptr<Timeline> shown(const QList<TimelineRow> &rows, const QSize &size = {900, 420})
{
    auto timeline = std::make_unique<Timeline>([] { return sample::now(); });
    timeline->setPalette(paletteOf(Theme::builtIn(false)));
    timeline->resize(size);
    timeline->setRows(rows);
    timeline->show();
    [[maybe_unused]] const bool exposed = QTest::qWaitForWindowExposed(timeline.get());
    return timeline;
}

void wheel(Timeline &timeline, QPoint position, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(position, timeline.viewport()->mapToGlobal(position), {}, QPoint(0, delta), Qt::NoButton,
        modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(timeline.viewport(), &event);
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private slots:
    void axisTicksAreRound()
    {
        TimelineAxis axis;
        const Instant from = *instantFromIso(u"2026-10-20T14:07:03Z");
        axis.setRange({from, from.plusUs(690 * kSecond)});
        axis.setPixels(0, 720);
        const QList<Tick> ticks = axis.ticks(60);
        QCOMPARE(ticks.first().label, QStringLiteral("14:08"));
        QCOMPARE(ticks.last().label, QStringLiteral("14:18"));
        QVERIFY(axis.x(ticks[1].at) - axis.x(ticks[0].at) >= 60);
        axis.setRange({from, from.plusUs(20'000)});
        QVERIFY(axis.ticks(60).first().label.contains(u'.'));
        axis.setRange({from, from.plusUs(40000LL * 86400 * kSecond)});
        QVERIFY(axis.ticks(60).size() < 200);
    }

    void axisKeepsTheTimeUnderThePointer()
    {
        TimelineAxis axis;
        const TimeRange all{Instant{0}, Instant{1000 * kSecond}};
        axis.setRange(all);
        axis.setPixels(100, 1000);
        const Instant before = axis.at(600);
        axis.setRange(axis.zoomed(4, 600, all));
        QVERIFY(qAbs(axis.at(600) - before) <= 2);
        QCOMPARE(axis.range().lengthUs(), 250 * kSecond);
        axis.setRange(axis.zoomed(0.001, 600, all));
        QCOMPARE(axis.range(), all);
        axis.setRange(axis.zoomed(1e12, 600, all));
        QCOMPARE(axis.range().lengthUs(), TimelineAxis::kMinRangeUs);
        axis.setRange(axis.moved(-5000 * kSecond, all));
        QCOMPARE(axis.range().from, Instant{0});
    }

    void wheelZoomsAndPans()
    {
        const auto timeline = shown(sample::taskRows());
        const TimeRange all = timeline->visibleRange();
        wheel(*timeline, {600, 100}, 120, Qt::ControlModifier);
        const TimeRange closer = timeline->visibleRange();
        QVERIFY(closer.lengthUs() < all.lengthUs());
        wheel(*timeline, {600, 100}, -120, Qt::ShiftModifier);
        QVERIFY(timeline->visibleRange().from > closer.from);
        QVERIFY(qAbs(timeline->visibleRange().lengthUs() - closer.lengthUs()) <= 2);
        // New rows leave a zoomed range alone; 0 shows everything again.
        const TimeRange kept = timeline->visibleRange();
        timeline->setRows(sample::taskRows());
        QCOMPARE(timeline->visibleRange(), kept);
        QTest::keyClick(timeline.get(), Qt::Key_0);
        QCOMPARE(timeline->visibleRange(), all);
    }

    void keysSelectAndZoom()
    {
        const auto timeline = shown(sample::taskRows());
        const QSignalSpy selected(timeline.get(), &Timeline::rowSelected);
        const QSignalSpy opened(timeline.get(), &Timeline::rowOpened);
        QTest::keyClick(timeline.get(), Qt::Key_Down);
        QTest::keyClick(timeline.get(), Qt::Key_Down);
        QTest::keyClick(timeline.get(), Qt::Key_Up);
        QCOMPARE(timeline->selectedRow(), 0);
        QTest::keyClick(timeline.get(), Qt::Key_End);
        QCOMPARE(timeline->selectedRow(), 11);
        QCOMPARE(selected.size(), 4);
        QTest::keyClick(timeline.get(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        const qint64 before = timeline->visibleRange().lengthUs();
        QTest::keyClick(timeline.get(), Qt::Key_Plus);
        QVERIFY(timeline->visibleRange().lengthUs() < before);
        QTest::keyClick(timeline.get(), Qt::Key_Minus);
        QVERIFY(qAbs(timeline->visibleRange().lengthUs() - before) <= 2);
    }

    void clickSelectsAndDragPicksARange()
    {
        const auto timeline = shown(sample::taskRows());
        QSignalSpy ranges(timeline.get(), &Timeline::rangeSelected);
        const QPoint row = timeline->barRect(3).center().toPoint();
        QTest::mouseClick(timeline->viewport(), Qt::LeftButton, {}, row);
        QCOMPARE(timeline->selectedRow(), 3);
        QTest::mousePress(timeline->viewport(), Qt::LeftButton, {}, {400, 200});
        QTest::mouseMove(timeline->viewport(), {600, 200});
        QTest::mouseRelease(timeline->viewport(), Qt::LeftButton, {}, {600, 200});
        QCOMPARE(ranges.size(), 1);
        QVERIFY(!ranges.last().first().value<TimeRange>().isEmpty());
        QCOMPARE(timeline->selectedRow(), 3);
        QTest::keyClick(timeline.get(), Qt::Key_Escape);
        QVERIFY(ranges.last().first().value<TimeRange>().isEmpty());
    }

    void selectionFollowsItsTask()
    {
        const auto timeline = shown(sample::taskRows());
        timeline->setSelectedRow(8);
        QList<TimelineRow> rows = sample::taskRows();
        rows.removeFirst();
        timeline->setRows(rows);
        QCOMPARE(timeline->selectedRow(), 7);
        timeline->setRows({});
        QCOMPARE(timeline->selectedRow(), -1);
        QTest::keyClick(timeline.get(), Qt::Key_Down);
        QCOMPARE(timeline->selectedRow(), -1);
    }

    void brokenParentsDoNoHarm()
    {
        QList<TimelineRow> rows = sample::taskRows();
        rows[0].parents = {-1, 99, 0};
        rows[2].start.reset();
        const auto timeline = shown(rows);
        timeline->setSelectedRow(0);
        QVERIFY(timeline->barRect(2).isNull());
        QVERIFY(!timeline->grab().isNull());
    }

    void tenThousandRowsAreAllThere()
    {
        const auto timeline = shown(sample::manyRows(10'000), {1200, 700});
        QVERIFY(timeline->verticalScrollBar()->maximum() > 100'000);
        timeline->setAllRowsVisible(true);
        QCOMPARE(timeline->verticalScrollBar()->maximum(), 0);
        QVERIFY(timeline->rowHeight() < 1);
        const QImage frame = timeline->viewport()->grab().toImage();
        // The run is a diagonal: bars near both ends, nothing in the other corners; failed ones are seen.
        const Theme &theme = Theme::builtIn(false);
        for (const int row : {10, 5000, 9990})
            QVERIFY(frame.pixelColor(timeline->barRect(row).center().toPoint()) != theme.base);
        QCOMPARE(frame.pixelColor(frame.width() - 70, 60), theme.base);
        const QRectF failed = timeline->barRect(96);
        bool red = false;
        for (int dy = -1; dy <= 1; ++dy)
            red = red || frame.pixelColor(failed.center().toPoint() + QPoint(0, dy)) == theme.stripBad;
        QVERIFY(red);
        timeline->zoom(50);
        QVERIFY(!timeline->viewport()->grab().isNull());
    }

    void rowsAreReadAloud()
    {
        const auto timeline = shown(sample::taskRows());
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(timeline.get());
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 12);
        QCOMPARE(list->child(8)->text(QAccessible::Name),
            QStringLiteral("load_lines, try 2, Completed, 2 min 30 s from 14:14:21"));
        QCOMPARE(list->indexOfChild(list->child(3)), 3);
        timeline->setRows({});
        QCOMPARE(list->childCount(), 0);
    }

    void segmentsOfARun()
    {
        const QList<StateStrip::Segment> segments = StateStrip::segments(sample::runStates(), sample::now());
        QList<qint64> seconds;
        for (const StateStrip::Segment &segment : segments)
            seconds << segment.length / kSecond;
        QCOMPARE(seconds, (QList<qint64>{15, 102, 21, 363, 60, 252, 0}));
        QVERIFY(segments[3].work && segments[5].work && !segments[4].work);
    }

    void waitingStartsWhenItWasDue()
    {
        State scheduled = State::of(StateType::Scheduled, Instant{0});
        scheduled.scheduledTime = Instant{100 * kSecond};
        const QList<State> states{scheduled, State::of(StateType::Running, Instant{110 * kSecond})};
        const auto segments = StateStrip::segments(states, Instant{130 * kSecond});
        QCOMPARE(segments[0].length, 10 * kSecond);
        QCOMPARE(segments[1].start, 10 * kSecond);
        QCOMPARE(segments[1].length, 20 * kSecond);
        QVERIFY(StateStrip::segments({}, Instant{}).isEmpty());
    }

    void barsFillTheWidth()
    {
        const QList<double> widths = StateStrip::barWidths({1, 1000, 0, 500}, 300, 6);
        QCOMPARE(widths[0], 6.0);
        QCOMPARE(widths[2], 0.0);
        QVERIFY(qAbs(widths[0] + widths[1] + widths[3] - 300) < 0.001);
        QVERIFY(qAbs(widths[1] - 2 * widths[3]) < 0.001);
        QVERIFY(StateStrip::barWidths({}, 300, 6).isEmpty());
        QCOMPARE(StateStrip::barWidths({0, 0}, 300, 6), (QList<double>{0, 0}));
    }

    void arrowKeysWalkTheStates()
    {
        StateStrip strip([] { return sample::now(); });
        strip.resize(900, strip.sizeHint().height());
        strip.setStates(sample::runStates());
        QSignalSpy selected(&strip, &StateStrip::stateSelected);
        QTest::keyClick(&strip, Qt::Key_Left);
        QCOMPARE(strip.selected(), 6);
        QTest::keyClick(&strip, Qt::Key_Left);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.selected(), 6);
        QCOMPARE(selected.size(), 3);
        QVERIFY(strip.accessibleDescription().startsWith(QStringLiteral("Completed")));
        QTest::keyClick(&strip, Qt::Key_Escape);
        QCOMPARE(strip.selected(), -1);
        QVERIFY(!strip.grab().isNull());
        strip.resize(200, strip.height());
        QVERIFY(!strip.grab().isNull());
        strip.setStates({});
        QVERIFY(!strip.grab().isNull());
    }

    void theCriticalPathIsTheChainThatEndedLast()
    {
        const auto row = [](RowId id, qint64 start, qint64 end, const QList<int> &parents) {
            TimelineRow made;
            made.id = id;
            made.stateType = StateType::Completed;
            made.start = Instant{start * kSecond};
            made.end = Instant{end * kSecond};
            made.parents = parents;
            return made;
        };
        Timeline timeline([] { return Instant{100 * kSecond}; });
        timeline.setRows(
            {row(1, 0, 10, {}), row(2, 0, 30, {}), row(3, 10, 20, {0}), row(4, 31, 40, {2, 1}), row(5, 31, 35, {1})});
        QVERIFY(timeline.criticalPath().isEmpty());
        timeline.setCriticalPathShown(true);
        QCOMPARE(timeline.criticalPath(), (QList<int>{1, 3}));
        timeline.resize(800, 300);
        QVERIFY(!timeline.grab().isNull());
        // Rows that wait for each other, one that has not started, none at all.
        TimelineRow waiting;
        waiting.parents = {0};
        timeline.setRows({row(1, 0, 10, {1}), row(2, 0, 20, {0}), waiting});
        QCOMPARE(timeline.criticalPath(), (QList<int>{0, 1}));
        timeline.setRows({});
        QVERIFY(timeline.criticalPath().isEmpty());
        timeline.setCriticalPathShown(false);
    }

    void percentilesAreNearestRank()
    {
        QCOMPARE(DurationChart::percentile({}, 0.5), qint64(0));
        QCOMPARE(DurationChart::percentile({{1, 10}, {2, 30}, {3, 20}}, 0.5), qint64(20));
        QCOMPARE(DurationChart::percentile({{1, 10}, {2, 30}, {3, 20}}, 0.95), qint64(30));
    }

    void chartsAreMadeWhenFirstShown()
    {
        DurationChart durations;
        durations.setDurations(sample::durations(40));
        HistogramChart histogram;
        histogram.setBins(sample::bins(96), 900 * kSecond);
        QVERIFY(durations.findChildren<QGraphicsView *>().isEmpty());
        QVERIFY(histogram.findChildren<QGraphicsView *>().isEmpty());
        durations.show();
        histogram.show();
        QCOMPARE(durations.findChildren<QGraphicsView *>().size(), 1);
        QCOMPARE(histogram.findChildren<QGraphicsView *>().size(), 1);
        // However low, the bars leave the line of times free.
        histogram.resize(400, 60);
        QVERIFY(histogram.findChild<QGraphicsView *>()->geometry().bottom()
            < 60 - QFontMetrics(histogram.font()).height() / 2);
        durations.setDurations({});
        histogram.setBins({}, 0);
        QVERIFY(!durations.grab().isNull());
        QVERIFY(!histogram.grab().isNull());
    }
};

} // namespace fd

QTEST_MAIN(fd::TestTimeline)
#include "tst_timeline.moc"
