// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"
#include "tests/support/builders.h"
#include "views/common/searchfield.h"
#include "views/common/statestrip.h"
#include "views/common/style.h"
#include "views/common/tableview.h"
#include "views/common/timeline.h"
#include "views/runs/cancelrun.h"
#include "views/runs/logbar.h"
#include "views/runs/logfollower.h"
#include "views/runs/loglinepane.h"
#include "views/runs/logpanel.h"
#include "views/runs/logview.h"
#include "views/runs/parameterlist.h"
#include "views/runs/runlinks.h"
#include "views/runs/runpage.h"
#include "views/runs/runsidepanel.h"
#include "views/runs/taskpanel.h"

#include <QtTest>
#include <QtWidgets>

namespace fd {
namespace {

/// A shown run page over a workspace that is filled first.
struct Shown {
    void open(RowId run)
    {
        page = std::make_unique<RunPage>(workspace, memory, [] { return sample::kNow; });
        header.resize(1200, 48);
        page->headerWidget()->setParent(&header);
        page->inspector()->setParent(&side);
        side.resize(328, 800);
        header.show();
        side.show();
        page->inspector()->resize(side.size());
        page->inspector()->show();
        page->resize(1100, 800);
        page->show();
        page->activate({.kind = Destination::Kind::Run, .id = run});
    }
    [[nodiscard]] LogListModel *lines() const { return page->log()->view()->lines(); }
    [[nodiscard]] LogView *view() const { return page->log()->view(); }
    [[nodiscard]] LogFollower *follower() const { return page->log()->follower(); }
    [[nodiscard]] QScrollBar *bar() const { return view()->verticalScrollBar(); }
    [[nodiscard]] bool settles(int lineCount) const
    {
        return QTest::qWaitFor([this, lineCount] {
            return lines()->isSettled() && lines()->rowCount() == lineCount
                && !page->tasks()->timeline()->rows().isEmpty();
        });
    }
    [[nodiscard]] RowId selectedTask() const
    {
        const Timeline *timeline = page->tasks()->timeline();
        return timeline->selectedRow() < 0 ? 0 : timeline->rows()[timeline->selectedRow()].id;
    }

    sample::SampleWorkspace workspace;
    sample::Memory memory;
    QWidget header;
    QWidget side;
    std::unique_ptr<RunPage> page;
};

QAction *action(const RunPage &page, MenuId menu, int position) { return page.menuActions(menu).value(position); }

} // namespace

class TestRunPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setStyle(new FlowdeckStyle); }

    void showsStatesTasksLogsAndParameters()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        QCOMPARE(shown.page->title(), QStringLiteral("brave-otter"));
        QCOMPARE(shown.page->tasks()->timeline()->rows().size(), 13);
        QCOMPARE(shown.page->states()->selected(), 6);
        const auto *side = qobject_cast<RunSidePanel *>(shown.page->inspector());
        const QList<RunParameter> &parameters = side->parameters()->parameters();
        QCOMPARE(parameters.size(), 5);
        QVERIFY(parameters[2].changed && parameters[4].changed && !parameters[0].changed);
        QTRY_COMPARE(shown.page->statusText(), QStringLiteral("12 task runs · 1,204 log lines"));
        QVERIFY(!action(*shown.page, MenuId::Run, 1)->isEnabled());
        for (const auto *button : shown.page->headerWidget()->findChildren<QPushButton *>())
            QVERIFY(!button->text().contains(QStringLiteral("Cancel")) || button->isHidden());
    }

    void walksStatesAndTasksByKeyboard()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        StateStrip *strip = shown.page->states();
        QTest::keyClick(strip, Qt::Key_Left);
        QCOMPARE(strip->selected(), 5);
        const int top = shown.view()->rowAt(0);
        QVERIFY(shown.lines()->rowAt(top + 1)->timestamp >= shown.lines()->rowAt(0)->timestamp);
        QVERIFY(top > 0);
        Timeline *timeline = shown.page->tasks()->timeline();
        QTest::keyClick(timeline, Qt::Key_Down);
        QCOMPARE(shown.selectedTask(), run.tasks[0]);
        QTest::keyClick(timeline, Qt::Key_Right);
        QCOMPARE(strip->selected(), 6);
        const TimeRange all = timeline->visibleRange();
        QTest::keyClick(timeline, Qt::Key_Plus);
        QVERIFY(timeline->visibleRange().lengthUs() < all.lengthUs());
        QTest::keyClick(timeline, Qt::Key_0);
        QCOMPARE(timeline->visibleRange().lengthUs(), all.lengthUs());
    }

    void escapeGoesOneStepBack()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        QSignalSpy navigate(shown.page.get(), &Page::navigate);
        QTest::keyClick(shown.page->tasks()->timeline(), Qt::Key_Escape);
        QCOMPARE(navigate.size(), 1);
        QCOMPARE(navigate.first().first().value<Destination>().kind, Destination::Kind::Runs);
    }

    void selectionCouplesTasksAndLog()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        shown.view()->goTo(731);
        QCOMPARE(shown.selectedTask(), shown.lines()->rowAt(731)->taskRun);
        QTRY_COMPARE(shown.lines()->rowCount(), 1204);

        emit shown.page->tasks()->taskSelected(run.tasks[2]);
        QTRY_VERIFY(shown.lines()->isSettled() && shown.lines()->rowCount() < 200);
        for (int row = 0; row < shown.lines()->rowCount(); ++row)
            QCOMPARE(shown.lines()->rowAt(row)->taskRun, run.tasks[2]);
        QCOMPARE(shown.page->log()->bar()->task(), run.tasks[2]);
        shown.page->log()->showTask(0);
        QTRY_COMPARE(shown.lines()->rowCount(), 1204);
    }

    void levelsFilter()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        emit shown.page->log()->bar()->filterChosen(40, 0);
        QTRY_VERIFY(shown.lines()->isSettled() && shown.lines()->rowCount() == 1);
        QCOMPARE(shown.lines()->rowAt(0)->level, 40);
        // The deployment's level is there again for its next run.
        emit shown.page->log()->bar()->filterChosen(30, 0);
        QTRY_VERIFY(shown.lines()->isSettled());
        const int warnings = shown.lines()->rowCount();
        QVERIFY(warnings < 1204);
        shown.open(run.run);
        QTRY_COMPARE(shown.lines()->rowCount(), warnings);
        QCOMPARE(shown.page->log()->bar()->minimumLevel(), 30);
        emit shown.page->log()->bar()->filterChosen(0, 0);
        QTRY_COMPARE(shown.lines()->rowCount(), 1204);
    }

    void searchSaysWhichOfHowMany()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        SearchField *search = shown.page->log()->bar()->search();
        QTest::keyClicks(search, QStringLiteral("TIMEOUT"));
        const auto says = [&shown](const QString &text) {
            for (const auto *label : shown.page->log()->bar()->findChildren<QLabel *>()) {
                if (label->text() == text)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("1 of 2")));
        QCOMPARE(shown.view()->currentIndex().row(), 731);
        action(*shown.page, MenuId::Edit, 1)->trigger();
        QVERIFY(says(QStringLiteral("2 of 2")));
        QCOMPARE(shown.view()->currentIndex().row(), 745);
        action(*shown.page, MenuId::Edit, 1)->trigger();
        QVERIFY(says(QStringLiteral("1 of 2")));
        action(*shown.page, MenuId::Edit, 2)->trigger();
        QVERIFY(says(QStringLiteral("2 of 2")));
        shown.view()->setCurrentIndex(shown.lines()->index(3, 0));
        QVERIFY(says(QStringLiteral("2 found")));
        // The same as a pattern, and one that is none.
        QToolButton *pattern = nullptr;
        for (auto *button : shown.page->log()->bar()->findChildren<QToolButton *>())
            pattern = button->isCheckable() ? button : pattern;
        QVERIFY(pattern && !pattern->accessibleName().isEmpty());
        search->setText(QStringLiteral("time(out"));
        QTRY_VERIFY(says(QStringLiteral("none")));
        QTest::mouseClick(pattern, Qt::LeftButton);
        QTRY_VERIFY(says(QStringLiteral("not valid")));
        search->setText(QStringLiteral("TIME(out)"));
        QTRY_VERIFY(says(QStringLiteral("1 of 2")));
        QTest::keyClick(search, Qt::Key_Escape);
        QTRY_VERIFY(!says(QStringLiteral("1 of 2")));
    }

    void followsUntilScrolledUp()
    {
        Shown shown;
        const sample::SampleRun run = sample::addRunningRun(shown.workspace, 3, 300);
        shown.open(run.run);
        QVERIFY(shown.settles(300));
        QVERIFY(shown.follower()->isFollowing());
        QTRY_COMPARE(shown.bar()->value(), shown.bar()->maximum());
        sample::addLines(shown.workspace, run.run, {QStringLiteral("a"), QStringLiteral("b")});
        QVERIFY(shown.settles(302));
        QTRY_COMPARE(shown.bar()->value(), shown.bar()->maximum());
        QVERIFY(shown.follower()->isFollowing());

        shown.bar()->triggerAction(QAbstractSlider::SliderPageStepSub);
        QVERIFY(!shown.follower()->isFollowing());
        const int value = shown.bar()->value();
        sample::addLines(shown.workspace, run.run, QStringList(14, QStringLiteral("late")));
        QVERIFY(shown.settles(316));
        QCOMPARE(shown.bar()->value(), value);
        QCOMPARE(shown.follower()->missed(), 14);
        const auto *follow = shown.page->log()->bar()->findChild<QPushButton *>();
        QCOMPARE(follow->text(), QStringLiteral("Follow, 14 new"));
        QTest::keyClick(shown.view(), Qt::Key_End);
        QVERIFY(shown.follower()->isFollowing());
        QCOMPARE(shown.bar()->value(), shown.bar()->maximum());
        QCOMPARE(follow->text(), QStringLiteral("Follow"));
    }

    void filterDoesNotMoveTheHand()
    {
        Shown shown;
        const sample::SampleRun run = sample::addRunningRun(shown.workspace, 3, 300);
        shown.open(run.run);
        QVERIFY(shown.settles(300));
        shown.bar()->triggerAction(QAbstractSlider::SliderToMinimum);
        QVERIFY(!shown.follower()->isFollowing());
        emit shown.page->log()->bar()->filterChosen(30, 0);
        QTRY_VERIFY(shown.lines()->isSettled() && shown.lines()->rowCount() == 6);
        QVERIFY(!shown.follower()->isFollowing());
    }

    void growsWithoutLosingPlace()
    {
        Shown shown;
        const sample::SampleRun run = sample::addRunningRun(shown.workspace, 5, 200);
        shown.open(run.run);
        QVERIFY(shown.settles(200));
        shown.view()->goTo(50);
        const int top = shown.view()->visualRect(shown.view()->currentIndex()).top();
        QSignalSpy resets(shown.lines(), &QAbstractItemModel::modelReset);
        sample::addLines(shown.workspace, run.run, QStringList(40, QStringLiteral("more")));
        test::setState(shown.workspace.store(), run.run, StateType::Completed, sample::kNow);
        QVERIFY(shown.settles(240));
        QTRY_COMPARE(shown.page->states()->selected(), 2);
        QCOMPARE(shown.view()->currentIndex().row(), 50);
        QCOMPARE(shown.view()->visualRect(shown.view()->currentIndex()).top(), top);
        QCOMPARE(resets.size(), 0);
        QVERIFY(!action(*shown.page, MenuId::Run, 1)->isEnabled());
    }

    void cancelAsksOnce()
    {
        Shown shown;
        const sample::SampleRun run = sample::addRunningRun(shown.workspace, 1, 1);
        shown.open(run.run);
        action(*shown.page, MenuId::Run, 1)->trigger();
        auto *dialog = shown.page->window()->findChild<CancelRunDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->accept();
        QCOMPARE(shown.workspace.cancelled, QList<RowId>{run.run});
    }

    void waitsInWords()
    {
        Shown shown;
        FlowRun pending = test::makeRun(0, StateType::Pending, sample::kNow);
        const RowId row = test::store(shown.workspace.store(), pending);
        shown.open(row);
        bool found = false;
        for (const auto *label : shown.page->tasks()->findChildren<QLabel *>())
            found = found || (label->isVisible() && label->text().startsWith(QStringLiteral("Waits for its process")));
        QVERIFY(found);
        QVERIFY(!shown.page->tasks()->timeline()->isVisible());
        const auto says = [&shown](const QString &start) {
            for (const auto *label : shown.page->log()->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().startsWith(start))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("No lines yet.")));
    }

    void tasksAsTableAndSubflows()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        action(*shown.page, MenuId::View, 0)->trigger();
        const TableView *table = shown.page->tasks()->table();
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 13);
        QCOMPARE(table->model()->index(8, 0).data().toString(), QStringLiteral("load_lines"));
        QCOMPARE(table->model()->index(8, 2).data().toString(), QStringLiteral("try 2"));
        QSignalSpy navigate(shown.page.get(), &Page::navigate);
        emit shown.page->tasks()->taskOpened(run.tasks[11]);
        QCOMPARE(navigate.first().first().value<Destination>().id, run.subflow);
        RunLink *link = nullptr;
        for (RunLink *candidate : shown.page->inspector()->findChildren<RunLink *>())
            link = candidate->run() == run.subflow ? candidate : link;
        QVERIFY(link);
        QTest::mouseClick(link, Qt::LeftButton);
        QCOMPARE(navigate.size(), 2);
    }

    void copiesAndExportsWithTimes()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        QApplication::clipboard()->clear();
        shown.view()->goTo(731);
        QTest::keyClick(shown.view(), Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(
            QApplication::clipboard()->text().contains(QStringLiteral("ERROR     load_lines  ConnectionReset")));
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("2026-10-20 14:")));

        QTemporaryDir folder;
        QSignalSpy message(shown.page.get(), &Page::message);
        action(*shown.page, MenuId::File, 0)->trigger();
        auto *dialog = shown.page->window()->findChild<QFileDialog *>();
        QVERIFY(dialog);
        emit dialog->fileSelected(folder.filePath(QStringLiteral("a.log")));
        dialog->reject();
        QTRY_COMPARE(message.size(), 1);
        QFile file(folder.filePath(QStringLiteral("a.log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 1204 + 3);
    }

    void showsAWholeLine()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        shown.view()->goTo(731);
        QTest::keyClick(shown.view(), Qt::Key_Return);
        auto *pane = shown.page->log()->findChild<LogLinePane *>();
        QVERIFY(pane->isVisible());
        QVERIFY(pane->findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("\nTraceback")));
        QTest::keyClick(shown.view(), Qt::Key_Escape);
        QVERIFY(!pane->isVisible());
    }

    void takesTenThousandTasksAndAHundredThousandLines()
    {
        Shown shown;
        const sample::SampleRun run = sample::addRunningRun(shown.workspace, 10'000, 100'000);
        shown.open(run.run);
        QVERIFY(QTest::qWaitFor(
            [&shown] {
                return shown.lines()->rowCount() == 100'000 && shown.page->tasks()->timeline()->rows().size() == 10'000;
            },
            60'000));
        QCOMPARE(shown.page->log()->bar()->findChild<QComboBox *>()->count(), 10'001);
        // Rows are looked at, not made: no widget, item or text per line or task.
        QVERIFY(shown.page->findChildren<QWidget *>().size() < 200);
        shown.view()->goTo(77'777);
        QCOMPARE(shown.view()->currentLine()->message, QStringLiteral("line 77777"));
        shown.view()->selectAll();
        QVERIFY(!shown.page->grab().isNull());
    }

    void survivesPoison()
    {
        Shown shown;
        const sample::SampleRun run = sample::addRunningRun(shown.workspace, 1, 1);
        sample::addLines(shown.workspace, run.run,
            {QStringLiteral("<img src=file:///etc/passwd><b>x"), QStringLiteral("\u202Etxet"), QString(1 << 20, u'y'),
                QString(1 << 20, u'\n'), QStringLiteral("\x1B[31mred\x1B[0m")},
            50);
        shown.open(run.run);
        QVERIFY(shown.settles(6));
        for (int row = 0; row < 6; ++row) {
            shown.view()->goTo(row);
            QTest::keyClick(shown.view(), Qt::Key_Return);
            QVERIFY(!shown.page->grab().isNull());
        }
        const auto *pane = shown.page->log()->findChild<LogLinePane *>();
        QVERIFY(pane->findChild<QPlainTextEdit *>()->toPlainText() == QStringLiteral("red"));
    }

    void remembersTheSplitter()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        auto *splitter = shown.page->findChild<QSplitter *>();
        const int before = splitter->sizes().first();
        QTest::mousePress(splitter->handle(1), Qt::LeftButton, {}, QPoint(20, 1));
        QTest::mouseMove(splitter->handle(1), QPoint(20, -80));
        QTest::mouseRelease(splitter->handle(1), Qt::LeftButton, {}, QPoint(20, -80));
        const int moved = splitter->sizes().first();
        QVERIFY(moved < before);
        RunPage second(shown.workspace, shown.memory, [] { return sample::kNow; });
        second.resize(shown.page->size());
        second.show();
        second.activate({.kind = Destination::Kind::Run, .id = run.run});
        QTRY_COMPARE(second.findChild<QSplitter *>()->sizes().first(), moved);
    }

    void saysWhenTheRunIsGone()
    {
        Shown shown;
        shown.open(4711);
        QVERIFY(!shown.page->states()->isVisible());
    }

    void hasNamesForScreenReaders()
    {
        Shown shown;
        const sample::SampleRun run = sample::addFinishedRun(shown.workspace);
        shown.open(run.run);
        QVERIFY(shown.settles(1204));
        for (QWidget *part : {static_cast<QWidget *>(shown.page.get()), &shown.header, &shown.side}) {
            for (const auto *button : part->findChildren<QAbstractButton *>()) {
                // A line edit's own clear button says nothing in Qt either.
                if (button->isVisible() && !qobject_cast<QLineEdit *>(button->parentWidget()))
                    QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                        button->metaObject()->className());
            }
        }
        QVERIFY(!shown.view()->accessibleName().isEmpty());
        QVERIFY(!shown.page->tasks()->table()->accessibleName().isEmpty());
        QVERIFY(!shown.page->states()->accessibleName().isEmpty());
        QVERIFY(!shown.page->tasks()->timeline()->accessibleName().isEmpty());
        QVERIFY(!shown.page->log()->bar()->findChild<QComboBox *>()->accessibleName().isEmpty());
    }
};

} // namespace fd

QTEST_MAIN(fd::TestRunPage)
#include "tst_runpage.moc"
