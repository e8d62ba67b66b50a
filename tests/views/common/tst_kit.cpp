// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampletable.h"
#include "views/common/chips.h"
#include "views/common/messagebar.h"
#include "views/common/searchfield.h"
#include "views/common/stateplaceholder.h"

#include <QToolTip>
#include <QtTest>
#include <QtWidgets>

namespace fd {

class TestKit : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QApplication::setStyle(new FlowdeckStyle);
        applyScheme(*qApp, Scheme::Light);
    }

    void chipsByKeyboardAndMouse()
    {
        FilterChip chip(QStringLiteral("Tag is not"), QStringLiteral("sandbox"));
        chip.resize(chip.sizeHint());
        QCOMPARE(chip.accessibleName(), QStringLiteral("Filter: Tag is not sandbox"));
        QSignalSpy removed(&chip, &FilterChip::removeRequested);
        QSignalSpy edited(&chip, &FilterChip::editRequested);
        QTest::keyClick(&chip, Qt::Key_Delete);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 10, chip.height() / 2));
        QCOMPARE(removed.size(), 2);
        QTest::keyClick(&chip, Qt::Key_Return);
        QTest::keyClick(&chip, Qt::Key_Space);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(10, chip.height() / 2));
        QCOMPARE(edited.size(), 3);
        QCOMPARE(removed.size(), 2);
    }

    void countChips()
    {
        CountChips chips;
        QSignalSpy toggled(&chips, &CountChips::toggled);
        const QString failed = QStringLiteral("Failed");
        const QString done = QStringLiteral("Completed");
        chips.setCounts({{StateType::Failed, failed, 2}, {StateType::Completed, done, 1284}});
        chips.show();
        const auto buttons = [&chips] {
            QList<QAbstractButton *> shown;
            for (auto *button : chips.findChildren<QAbstractButton *>()) {
                if (!button->isHidden())
                    shown << button;
            }
            return shown;
        };
        QCOMPARE(buttons().size(), 2);
        QCOMPARE(buttons()[1]->accessibleName(), QStringLiteral("Completed: 1,284"));
        QTest::mouseClick(buttons()[0], Qt::LeftButton);
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(toggled[0][1].toString(), failed);
        // A pressed chip stays although nothing has that state any more, so that it can be released.
        chips.setCounts({{StateType::Failed, failed, 0}, {StateType::Completed, done, 0}});
        QCOMPARE(buttons().size(), 1);
        QVERIFY(buttons()[0]->isChecked());
    }

    void searchWaitsAndClears()
    {
        SearchField field(QStringLiteral("Search name"));
        QSignalSpy searched(&field, &SearchField::searchChanged);
        QSignalSpy last(&field, &SearchField::removeLastRequested);
        QTest::keyClicks(&field, QStringLiteral("ware"));
        QCOMPARE(searched.size(), 0);
        QTRY_COMPARE(searched.size(), 1);
        QCOMPARE(searched[0][0].toString(), QStringLiteral("ware"));
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(searched.size(), 2);
        QVERIFY(field.text().isEmpty());
        QTest::keyClick(&field, Qt::Key_Backspace);
        QCOMPARE(last.size(), 1);
        field.setSearch(QStringLiteral("restored"));
        QTest::qWait(150);
        QCOMPARE(searched.size(), 2);
        QCOMPARE(field.accessibleName(), QStringLiteral("Search name"));
    }

    void messagesComeOneAtATime()
    {
        QWidget window;
        window.resize(800, 500);
        window.show();
        MessageBar bar([] { return sample::now(); }, &window);
        int undone = 0;
        bar.post({.notice = Notice::Done,
            .title = QStringLiteral("first"),
            .detail = {},
            .actions = {{QStringLiteral("Undo"), [&undone] { ++undone; }}},
            .shownAt = {}});
        bar.post({.notice = Notice::Broken,
            .title = QStringLiteral("second"),
            .detail = QStringLiteral("why"),
            .actions = {},
            .shownAt = {}});
        QCOMPARE(bar.accessibleName(), QStringLiteral("first"));
        QCOMPARE(bar.history().size(), 2);
        QCOMPARE(bar.history()[0].shownAt, sample::now());
        QCOMPARE(bar.geometry().left(), metrics::kInset);
        QCOMPARE(bar.geometry().bottom(), window.height() - metrics::kInset - 1);
        QTest::mouseClick(bar.findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(undone, 1);
        QCOMPARE(bar.accessibleName(), QStringLiteral("second"));
        bar.dismiss();
        QVERIFY(bar.isHidden());
    }

    void placeholdersShowOnlyWhatTheyHave()
    {
        Placeholder place;
        place.setContent({.iconName = {},
            .title = QStringLiteral("No runs yet"),
            .text = {},
            .button = QStringLiteral("Quick Run…"),
            .buttonIcon = {},
            .remark = {}});
        auto *button = place.findChild<QPushButton *>();
        QSignalSpy triggered(&place, &Placeholder::triggered);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(triggered.size(), 1);
        place.setContent({});
        QVERIFY(button->isHidden());
    }

    void failedPanelHasDetails()
    {
        FailedPanel panel;
        panel.setError(QStringLiteral("Runs could not be read"),
            {.kind = ErrorKind::Server, .detail = QStringLiteral("<img src='x'> 503"), .field = {}, .file = {}});
        for (const QLabel *label : panel.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QSignalSpy retry(&panel, &FailedPanel::retryRequested);
        for (auto *button : panel.findChildren<QPushButton *>())
            button->click();
        QCOMPARE(retry.size(), 1);
        for (const QLabel *label : panel.findChildren<QLabel *>())
            QVERIFY(!label->isHidden());
        QVERIFY(!panel.grab().isNull());
    }

    void serverTextIsNeverRich()
    {
        QCOMPARE(plainToolTip(QString()), QString());
        QVERIFY(plainToolTip(QStringLiteral("<b>x</b>")).contains(QStringLiteral("&lt;b&gt;")));
        QCOMPARE(TextLabel(QStringLiteral("<b>x</b>")).textFormat(), Qt::PlainText);
    }

    void tableOpensAndRuns()
    {
        sample::Model model(100);
        const std::unique_ptr<TableView> table(sample::makeTable(&model));
        table->resize(1000, 500);
        table->show();
        QSignalSpy opened(table.get(), &TableView::opened);
        QSignalSpy second(table.get(), &TableView::openedInNewWindow);
        QSignalSpy run(table.get(), &TableView::buttonClicked);
        QSignalSpy space(table.get(), &TableView::spacePressed);
        table->setCurrentIndex(model.index(4, sample::Model::Name));
        QTest::keyClick(table.get(), Qt::Key_Return);
        QTest::keyClick(table.get(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(table.get(), Qt::Key_Space);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(second.size(), 1);
        QCOMPARE(space.size(), 1);
        // The ▶ changes neither the current row nor the selection.
        const QRect button = table->visualRect(model.index(2, sample::Model::Run));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(run.size(), 1);
        QCOMPARE(run[0][0].toModelIndex().row(), 2);
        QCOMPARE(table->currentIndex().row(), 4);
        const QRect name = table->visualRect(model.index(1, sample::Model::Name));
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, name.center());
        QCOMPARE(opened.size(), 2);
        QTest::keyClick(table.get(), Qt::Key_End);
        QCOMPARE(table->currentIndex().row(), 99);
    }

    void columnsLeaveInTheirOrder()
    {
        sample::Model model(5);
        const std::unique_ptr<TableView> table(sample::makeTable(&model));
        table->show();
        const auto shown = [&table](sample::Model::Column column) { return !table->isColumnHidden(column); };
        table->resize(1100, 300);
        QVERIFY(shown(sample::Model::Tags));
        QVERIFY(!shown(sample::Model::Duration));
        QCOMPARE(table->columnWidth(sample::Model::Name),
            table->viewport()->width() - 32 - 100 - 146 - 126 - 164 - 112 - 42);
        table->resize(860, 300);
        QVERIFY(!shown(sample::Model::Tags));
        QVERIFY(shown(sample::Model::Strip));
        table->resize(700, 300);
        QVERIFY(!shown(sample::Model::Strip));
        table->resize(500, 300);
        QVERIFY(!shown(sample::Model::Schedule) && !shown(sample::Model::Last));
        QVERIFY(shown(sample::Model::Name) && shown(sample::Model::Next));
        QVERIFY(table->columnWidth(sample::Model::Name) >= 150);
        table->resize(1100, 300);
        QVERIFY(shown(sample::Model::Tags) && shown(sample::Model::Last));
    }

    void tableStateIsKept()
    {
        sample::Model model(5);
        const std::unique_ptr<TableView> table(sample::makeTable(&model));
        table->resize(1100, 300);
        table->horizontalHeader()->moveSection(5, 2);
        table->setColumnWidth(sample::Model::Next, 140);
        table->setSort(sample::Model::Last, Qt::DescendingOrder);
        const QByteArray state = table->saveState();

        sample::Model otherModel(5);
        const std::unique_ptr<TableView> other(sample::makeTable(&otherModel));
        other->resize(1100, 300);
        other->restoreState(state);
        QCOMPARE(other->saveState(), state);
        QCOMPARE(otherModel.sortedColumn(), int(sample::Model::Last));
        other->resetColumns();
        QCOMPARE(other->horizontalHeader()->visualIndex(5), 5);
        for (const char *broken :
            {"", "{", "[]", R"({"columns":[{"id":99},7,{"id":"x"}],"sort":400})", R"({"columns":3})"})
            other->restoreState(broken);
        QVERIFY(!other->grab().isNull());
    }

    void hoverIsTracked()
    {
        sample::Model model(100);
        const std::unique_ptr<TableView> table(sample::makeTable(&model));
        table->resize(1000, 500);
        table->show();
        const QPoint place = table->visualRect(model.index(3, sample::Model::Run)).center();
        QMouseEvent move(QEvent::MouseMove, place, table->viewport()->mapToGlobal(place), Qt::NoButton, {}, {});
        QCoreApplication::sendEvent(table->viewport(), &move);
        QCOMPARE(table->hoveredRow(), 3);
        QCOMPARE(table->hoveredColumn(), int(sample::Model::Run));
    }

    void styleDrawsEveryControl_data()
    {
        QTest::addColumn<Scheme>("scheme");
        QTest::addColumn<bool>("mirrored");
        QTest::newRow("light") << Scheme::Light << false;
        QTest::newRow("dark") << Scheme::Dark << false;
        QTest::newRow("light, mirrored") << Scheme::Light << true;
        QTest::newRow("follow") << Scheme::Follow << false;
    }
    void styleDrawsEveryControl()
    {
        QFETCH(Scheme, scheme);
        QFETCH(bool, mirrored);
        applyScheme(*qApp, scheme);
        QWidget window;
        window.setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        auto *column = new QVBoxLayout(&window);
        for (const ButtonRole role :
            {ButtonRole::Plain, ButtonRole::Primary, ButtonRole::Destructive, ButtonRole::Flat, ButtonRole::Link})
            column->addWidget(pushButton(QStringLiteral("&Text"), role, QStringLiteral("view-refresh")));
        auto *combo = new QComboBox;
        combo->addItem(QStringLiteral("one"));
        auto *editable = new QComboBox;
        editable->setEditable(true);
        auto *progress = new QProgressBar;
        progress->setValue(40);
        auto *tabs = new QTabWidget;
        tabs->addTab(new QListWidget, QStringLiteral("One"));
        tabs->addTab(new QTreeWidget, QStringLiteral("Two"));
        auto *segments = new SegmentBar;
        segments->addSegment(1, QStringLiteral("All"));
        segments->addSegment(2, QStringLiteral("Error 1"));
        for (QWidget *widget :
            {static_cast<QWidget *>(combo), static_cast<QWidget *>(editable), static_cast<QWidget *>(progress),
                static_cast<QWidget *>(tabs), static_cast<QWidget *>(segments), static_cast<QWidget *>(new QSpinBox),
                static_cast<QWidget *>(new QLineEdit), static_cast<QWidget *>(new QPlainTextEdit),
                static_cast<QWidget *>(new QSlider), static_cast<QWidget *>(new QGroupBox(QStringLiteral("Group"))),
                static_cast<QWidget *>(new QCheckBox(QStringLiteral("x"))),
                static_cast<QWidget *>(new QRadioButton(QStringLiteral("x"))),
                static_cast<QWidget *>(switchBox(QStringLiteral("x"))), static_cast<QWidget *>(new QSplitter),
                static_cast<QWidget *>(separator(Qt::Horizontal)), static_cast<QWidget *>(new SkeletonRows)})
            column->addWidget(widget);
        window.resize(500, 900);
        window.show();
        QVERIFY(!window.grab().isNull());
        window.setEnabled(false);
        QVERIFY(!window.grab().isNull());
        QVERIFY(combo->sizeHint().height() >= metrics::kControl);
        applyScheme(*qApp, Scheme::Light);
    }

    void segmentsAreARadioGroup()
    {
        SegmentBar bar;
        bar.addSegment(10, QStringLiteral("All"));
        bar.addSegment(20, QStringLiteral("Error"));
        QCOMPARE(bar.current(), 10);
        QSignalSpy chosen(&bar, &SegmentBar::chosen);
        QTest::mouseClick(bar.findChildren<QRadioButton *>().last(), Qt::LeftButton);
        QCOMPARE(bar.current(), 20);
        QCOMPARE(chosen.size(), 1);
        bar.setCurrent(10);
        QCOMPARE(chosen.size(), 1);
    }

    void iconButtonsHaveNames()
    {
        const std::unique_ptr<QToolButton> button(
            iconButton(QStringLiteral("view-refresh"), QStringLiteral("Refresh")));
        QCOMPARE(button->accessibleName(), QStringLiteral("Refresh"));
        QCOMPARE(button->sizeHint().width(), button->sizeHint().height());
        QVERIFY(!button->icon().isNull());
        const std::unique_ptr<QToolButton> odd(iconButton(QStringLiteral("no-such-icon"), QStringLiteral("Odd")));
        QVERIFY(!odd->icon().isNull());
    }
};

} // namespace fd

QTEST_MAIN(fd::TestKit)
#include "tst_kit.moc"
