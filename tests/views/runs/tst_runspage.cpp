// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/flowrunrepository.h"
#include "samples.h"
#include "tests/support/builders.h"
#include "views/common/chips.h"
#include "views/common/countchip.h"
#include "views/common/format.h"
#include "views/common/histogrambrush.h"
#include "views/common/histogramchart.h"
#include "views/common/searchfield.h"
#include "views/common/stateplaceholder.h"
#include "views/common/style.h"
#include "views/runs/cancelrun.h"
#include "views/runs/runspage.h"
#include "views/runs/runstable.h"

#include <QtTest>
#include <QtWidgets>

namespace fd {
namespace {

constexpr int kName = static_cast<int>(FlowRunColumn::Name);

/// A shown runs page with everything it needs.
struct Shown {
    explicit Shown(int runs)
    {
        if (runs > 0)
            sample::addRuns(workspace, runs);
        page = std::make_unique<RunsPage>(workspace, memory, [this] { return now; });
        page->headerWidget()->setParent(&header);
        page->resize(1200, 700);
        header.resize(1200, 48);
        header.show();
        page->show();
        page->activate({.kind = Destination::Kind::Runs});
    }

    [[nodiscard]] RunsTable *table() const { return page->table(); }
    [[nodiscard]] FlowRunListModel *model() const { return page->table()->runs(); }
    [[nodiscard]] SearchField *search() const { return page->headerWidget()->findChild<SearchField *>(); }
    [[nodiscard]] FilterChip *chip(const QString &words) const
    {
        for (auto *one : page->findChildren<FilterChip *>()) {
            if (one->accessibleName().endsWith(words))
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] bool settles() const
    {
        return QTest::qWaitFor([this] { return model()->isSettled(); });
    }
    /// A run from long ago, stored and announced.
    RowId add(const QString &name, StateType type, Instant due)
    {
        FlowRun run = test::makeRun(0, type, due);
        run.name = name;
        const RowId row = test::store(workspace.store(), run);
        const bool shown = QTest::qWaitFor([this, row] { return model()->rowOf(row) >= 0; });
        return shown ? row : 0;
    }

    Instant now = sample::kNow;
    sample::SampleWorkspace workspace;
    sample::Memory memory;
    QWidget header;
    std::unique_ptr<RunsPage> page;
};

QDialog *question()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *dialog = qobject_cast<CancelRunDialog *>(widget); dialog && dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

} // namespace

class TestRunsPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setStyle(new FlowdeckStyle); }

    void showsRunsNewestFirst()
    {
        Shown shown(60);
        QVERIFY(shown.settles());
        QCOMPARE(shown.model()->rowCount(), 60);
        QCOMPARE(shown.model()->sortColumn(), FlowRunColumn::Start);
        QVERIFY(shown.model()->rowAt(0)->expectedStart > shown.model()->rowAt(1)->expectedStart);
        QVERIFY(!shown.table()->isColumnHidden(kName));
        QVERIFY(shown.table()->isColumnHidden(static_cast<int>(FlowRunColumn::Tags)));
        QCOMPARE(shown.page->statusText(), QStringLiteral("60 runs"));
    }

    void sortsOnlyWhereTheModelCan()
    {
        Shown shown(30);
        shown.table()->setSort(kName, Qt::AscendingOrder);
        QVERIFY(shown.settles());
        QVERIFY(shown.model()->rowAt(0)->name <= shown.model()->rowAt(1)->name);
        shown.table()->setSort(static_cast<int>(FlowRunColumn::Lateness), Qt::AscendingOrder);
        QCOMPARE(shown.table()->horizontalHeader()->sortIndicatorSection(), kName);
    }

    void filtersByStateAndText()
    {
        Shown shown(80);
        QVERIFY(shown.settles());
        auto *chips = shown.page->findChild<CountChips *>();
        emit chips->toggled(StateType::Failed, QStringLiteral("Failed"), true);
        QVERIFY(shown.settles());
        QVERIFY(shown.model()->rowCount() > 0 && shown.model()->rowCount() < 80);
        for (int row = 0; row < shown.model()->rowCount(); ++row)
            QCOMPARE(shown.model()->rowAt(row)->stateType, StateType::Failed);
        QVERIFY(shown.page->statusText().endsWith(QStringLiteral(" of 80 runs")));

        QTest::keyClicks(shown.search(), QStringLiteral("no such run"));
        QTRY_COMPARE(shown.model()->rowCount(), 0);
        auto *placeholder = shown.page->findChild<Placeholder *>();
        QTRY_VERIFY(placeholder->isVisible());
        QCOMPARE(shown.search()->text(), QStringLiteral("no such run"));
        emit placeholder->triggered();
        QTRY_COMPARE(shown.model()->rowCount(), 80);
        QVERIFY(shown.search()->text().isEmpty());
    }

    void takesADeploymentFromTheDestination()
    {
        Shown shown(50);
        const RowId deployment = shown.model()->rowAt(3)->deployment;
        const QString name = shown.model()->rowAt(3)->deploymentName;
        shown.page->activate({.kind = Destination::Kind::Runs, .deployment = deployment});
        QVERIFY(shown.settles());
        for (int row = 0; row < shown.model()->rowCount(); ++row)
            QCOMPARE(shown.model()->rowAt(row)->deployment, deployment);
        FilterChip *chip = shown.chip(name);
        QVERIFY(chip && chip->isVisible());
        QTest::keyClick(chip, Qt::Key_Delete);
        QVERIFY(shown.settles());
        QCOMPARE(shown.model()->rowCount(), 50);
    }

    void aDayOfTheStripShowsExactlyItsRuns()
    {
        Shown shown(200);
        QVERIFY(shown.settles());
        auto *chips = shown.page->findChild<CountChips *>();
        emit chips->toggled(StateType::Failed, QStringLiteral("Failed"), true);
        QTest::keyClicks(shown.search(), QStringLiteral("no such run"));
        const Instant from{1'792'454'400'000'000}; // 2026-10-20T00:00:00Z
        const Instant until = from.plusUs(86'400'000'000);
        constexpr RowId deployment = 1;
        shown.page->activate({.kind = Destination::Kind::Runs, .deployment = deployment, .from = from, .until = until});
        QVERIFY(shown.settles());
        QVERIFY(shown.search()->text().isEmpty());
        const std::vector<RowId> all = FlowRunRepository(shown.workspace.store().reader())
                                           .ids({.deployment = deployment}, FlowRunSort::Start, true);
        int those = 0;
        for (const FlowRunRow &run : FlowRunRepository(shown.workspace.store().reader()).rows(all))
            those += run.expectedStart >= from && run.expectedStart < until ? 1 : 0;
        QVERIFY(those > 0 && those < static_cast<int>(all.size()));
        QCOMPARE(shown.model()->rowCount(), those);
        FilterChip *time = shown.chip(QStringLiteral("Tue 20 Oct"));
        QVERIFY(time && time->isVisible());
        QTest::keyClick(time, Qt::Key_Delete);
        QVERIFY(shown.settles());
        QVERIFY(!time->isVisible());
        QCOMPARE(shown.model()->rowCount(), static_cast<int>(all.size()));
    }

    void anotherFilterStartsAtTheTop()
    {
        Shown shown(200);
        QVERIFY(shown.settles());
        RunsTable *table = shown.table();
        table->setCurrentIndex(shown.model()->index(0, kName));
        // The current row is not among them, and they are more than fit.
        shown.page->activate(
            {.kind = Destination::Kind::Runs, .from = Instant{0}, .until = shown.model()->rowAt(100)->expectedStart});
        QVERIFY(shown.settles());
        QVERIFY(shown.model()->rowCount() > 60 && shown.model()->rowCount() < 200);
        QCoreApplication::processEvents();
        QCOMPARE(table->verticalScrollBar()->value(), 0);
    }

    void theBrushIsATimeFilter()
    {
        Shown shown(80);
        QVERIFY(shown.settles());
        auto *brush = shown.page->findChild<HistogramBrush *>();
        QTRY_VERIFY(brush->isVisible());
        const auto drag = [brush](double from, double to) {
            const int y = brush->height() / 2;
            const auto at = [brush, y](double share) { return QPoint(qRound(share * (brush->width() - 1)), y); };
            QTest::mousePress(brush, Qt::LeftButton, {}, at(from));
            QTest::mouseMove(brush, at((from + to) / 2));
            QTest::mouseMove(brush, at(to));
            QTest::mouseRelease(brush, Qt::LeftButton, {}, at(to));
        };
        drag(0.6, 0.8);
        QVERIFY(shown.settles());
        const TimeRange range = brush->selection();
        QVERIFY(!range.isEmpty());
        QCOMPARE(range.from.us % 3'600'000'000, 0);
        QCOMPARE(range.until.us % 3'600'000'000, 0);
        QVERIFY(shown.model()->rowCount() > 0 && shown.model()->rowCount() < 80);
        for (int row = 0; row < shown.model()->rowCount(); ++row)
            QVERIFY(shown.model()->rowAt(row)->expectedStart >= range.from
                && shown.model()->rowAt(row)->expectedStart < range.until);
        QVERIFY(shown.chip(format::period(range.from, range.until, shown.now)));

        QTest::keyClick(shown.page.get(), Qt::Key_BracketLeft, Qt::AltModifier);
        QCOMPARE(brush->selection(), (TimeRange{range.from.plusUs(-range.lengthUs()), range.from}));
        QTest::keyClick(shown.page.get(), Qt::Key_BracketRight, Qt::AltModifier);
        QCOMPARE(brush->selection(), range);

        QTest::mouseClick(brush, Qt::LeftButton, {}, QPoint(2, 10));
        QVERIFY(brush->selection().isEmpty());
        QVERIFY(shown.settles());
        QCOMPARE(shown.model()->rowCount(), 80);
    }

    void lateRunsHaveTheirOwnChip()
    {
        Shown shown(40);
        FlowRun late = test::makeRun(0, StateType::Scheduled, shown.now);
        late.name = QStringLiteral("dusty-mole");
        late.state = State::named(StateType::Scheduled, QStringLiteral("Late"), shown.now);
        test::store(shown.workspace.store(), late);
        const auto chip = [&shown](const QString &name) -> CountChip * {
            for (auto *one : shown.page->findChildren<CountChip *>()) {
                if (one->stateName() == name && one->isVisible())
                    return one;
            }
            return nullptr;
        };
        QTRY_VERIFY(chip(QStringLiteral("Late")));
        QCOMPARE(chip(QStringLiteral("Late"))->toolTip(), QStringLiteral("Late: 1"));
        QVERIFY(!chip(QStringLiteral("AwaitingConcurrencySlot")));
        QTest::mouseClick(chip(QStringLiteral("Late")), Qt::LeftButton);
        QVERIFY(shown.settles());
        QCOMPARE(shown.model()->rowCount(), 1);
        QCOMPARE(shown.model()->rowAt(0)->name, QStringLiteral("dusty-mole"));
        // It is remembered by its name.
        RunsPage second(shown.workspace, shown.memory, [] { return sample::kNow; });
        second.activate({.kind = Destination::Kind::Runs});
        QTRY_COMPARE(second.table()->runs()->rowCount(), 1);
    }

    void keepsSelectionAndScrollWhileRunsCome()
    {
        Shown shown(200);
        QVERIFY(shown.settles());
        RunsTable *table = shown.table();
        table->setCurrentIndex(shown.model()->index(60, kName));
        table->scrollTo(table->currentIndex(), QAbstractItemView::PositionAtCenter);
        const RowId current = table->currentRun()->row;
        const int top = table->visualRect(table->currentIndex()).top();
        QSignalSpy above(table, &RunsTable::rowsAboveChanged);
        QVERIFY(shown.add(QStringLiteral("new-one"), StateType::Running, shown.now) != 0);
        QVERIFY(shown.settles());
        QCOMPARE(table->currentRun()->row, current);
        QCOMPARE(table->visualRect(table->currentIndex()).top(), top);
        QTRY_COMPARE(above.size(), 1);
        QCOMPARE(above.first().first().toInt(), 1);
        table->scrollToTop();
        QCOMPARE(above.last().first().toInt(), 0);

        test::setState(shown.workspace.store(), current, StateType::Running);
        QTRY_COMPARE(table->currentRun()->stateType, StateType::Running);
        QCOMPARE(table->currentRun()->row, current);
    }

    void opensByKeyboard()
    {
        Shown shown(20);
        QVERIFY(shown.settles());
        QSignalSpy navigate(shown.page.get(), &Page::navigate);
        shown.search()->setFocus();
        QTest::keyClick(shown.search(), Qt::Key_Down);
        QTest::keyClick(shown.table(), Qt::Key_Down);
        QTest::keyClick(shown.table(), Qt::Key_Return);
        QCOMPARE(navigate.size(), 1);
        const auto destination = navigate.first().first().value<Destination>();
        QCOMPARE(destination.kind, Destination::Kind::Run);
        QCOMPARE(destination.id, shown.model()->idAt(1));
        QTest::keyClick(shown.table(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(navigate.last().at(1).toBool(), true);
    }

    void cancelAsksOnce()
    {
        Shown shown(0);
        const RowId run = shown.add(QStringLiteral("<b>bold</b>"), StateType::Running, shown.now);
        shown.table()->setCurrentIndex(shown.model()->index(0, kName));
        QAction *cancel = shown.page->menuActions(MenuId::Run).last();
        QVERIFY(cancel->isEnabled());
        cancel->trigger();
        cancel->trigger();
        QDialog *dialog = question();
        QVERIFY(dialog);
        QCOMPARE(dialog->windowModality(), Qt::WindowModal);
        QVERIFY(shown.workspace.cancelled.isEmpty());
        dialog->reject();
        QTRY_VERIFY(!question());
        QVERIFY(shown.workspace.cancelled.isEmpty());

        cancel->trigger();
        question()->accept();
        QCOMPARE(shown.workspace.cancelled, QList<RowId>{run});

        QSignalSpy message(shown.page.get(), &Page::message);
        shown.workspace.refusal
            = Error{.kind = ErrorKind::Conflict, .detail = QStringLiteral("It has ended."), .field = {}, .file = {}};
        QTRY_VERIFY(!question());
        cancel->trigger();
        question()->accept();
        QTRY_COMPARE(message.size(), 1);
        QCOMPARE(message.first().first().value<Message>().title, QStringLiteral("<b>bold</b> was not cancelled"));
    }

    void cancelIsOffWithAReason()
    {
        Shown shown(0);
        shown.workspace.setCapabilities({.reason = QStringLiteral("Another Flowdeck runs this workspace.")});
        QVERIFY(shown.add(QStringLiteral("one"), StateType::Running, shown.now) != 0);
        shown.table()->setCurrentIndex(shown.model()->index(0, kName));
        QAction *cancel = shown.page->menuActions(MenuId::Run).last();
        QVERIFY(!cancel->isEnabled());
        QCOMPARE(cancel->toolTip(), QStringLiteral("Another Flowdeck runs this workspace."));
    }

    void saysWhenThereIsNothing()
    {
        Shown shown(0);
        QVERIFY(shown.settles());
        auto *placeholder = shown.page->findChild<Placeholder *>();
        QTRY_VERIFY(placeholder->isVisible());
        QVERIFY(shown.page->findChild<HistogramChart *>()->isHidden()
            || !shown.page->findChild<HistogramChart *>()->isVisible());
        QSignalSpy navigate(shown.page.get(), &Page::navigate);
        emit placeholder->triggered();
        QCOMPARE(navigate.first().first().value<Destination>().kind, Destination::Kind::Deployments);
    }

    void remembersColumns()
    {
        Shown shown(10);
        shown.table()->horizontalHeader()->resizeSection(kName, 211);
        sample::Memory &memory = shown.memory;
        QVERIFY(memory.value(QStringLiteral("runs/columns")).isValid());
        RunsPage second(shown.workspace, memory, [] { return sample::kNow; });
        second.resize(1200, 700);
        second.show();
        second.activate({.kind = Destination::Kind::Runs});
        QCOMPARE(second.table()->columnWidth(kName), 211);
    }

    void runningDurationsTickAlone()
    {
        Shown shown(0);
        QVERIFY(shown.add(QStringLiteral("goes-on"), StateType::Running, shown.now) != 0);
        const auto text
            = [&shown] { return shown.model()->index(0, static_cast<int>(FlowRunColumn::Duration)).data().toString(); };
        QCOMPARE(text(), QStringLiteral("0 s"));
        shown.now = shown.now.plusUs(8 * sample::kSecondUs);
        QCOMPARE(text(), QStringLiteral("8 s"));
    }

    void tellsScreenReadersWhatARowSays()
    {
        Shown shown(5);
        QVERIFY(!shown.table()->accessibleName().isEmpty());
        QVERIFY(!shown.search()->accessibleName().isEmpty());
        const QModelIndex state = shown.model()->index(1, 0);
        QVERIFY(!state.data(Qt::AccessibleTextRole).toString().isEmpty());
        for (const auto *button : shown.page->findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                    button->metaObject()->className());
        }
    }

    void survivesPoison()
    {
        Shown shown(0);
        const QString names[] = {QStringLiteral("<img src=file:///etc/passwd>"), QStringLiteral("\u202Eevil"),
            QString(1 << 20, u'x'), QStringLiteral("line\nend\x1B[31m")};
        for (const QString &name : names)
            QVERIFY(shown.add(name, StateType::Completed, shown.now) != 0);
        QVERIFY(!shown.page->grab().isNull());
    }
};

} // namespace fd

QTEST_MAIN(fd::TestRunsPage)
#include "tst_runspage.moc"
