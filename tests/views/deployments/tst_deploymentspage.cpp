// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/deployments/fakeworkspace.h"

#include "views/common/chips.h"
#include "views/common/questiondialog.h"
#include "views/common/searchfield.h"
#include "views/common/stateplaceholder.h"
#include "views/deployments/deploymentspage.h"
#include "views/deployments/deploymenttable.h"
#include "views/deployments/parameterfield.h"
#include "views/deployments/parametersdialog.h"
#include "views/deployments/quickrunner.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace fd;

namespace {

/// The page with its header and inspector in one window, as the shell shows them.
struct Screen {
    explicit Screen(FakeWorkspace &openWorkspace, const MemoryInMemory &known = {})
        : workspace(openWorkspace), memory(known), page(workspace, memory)
    {
        auto *column = new QVBoxLayout(&window);
        column->addWidget(page.headerWidget());
        auto *row = new QHBoxLayout;
        column->addLayout(row);
        row->addWidget(&page, 1);
        page.activate({});
        row->addWidget(page.inspector());
        for (const MenuId menu : {MenuId::Edit, MenuId::View, MenuId::Deployment, MenuId::Run}) {
            for (QAction *action : page.menuActions(menu)) {
                if (action != nullptr && action->shortcutContext() == Qt::WindowShortcut)
                    page.addAction(action);
            }
        }
        window.resize(1300, 700);
        window.show();
        page.headerWidget()->show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(page.model()->isSettled());
    }
    ~Screen() { page.setParent(nullptr); }

    [[nodiscard]] SearchField *search() { return page.headerWidget()->findChild<SearchField *>(); }
    [[nodiscard]] QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < page.model()->rowCount(); ++row)
            all += page.model()->rowAt(row)->name;
        return all;
    }
    void select(const QString &name)
    {
        const int row = static_cast<int>(names().indexOf(name));
        QVERIFY2(row >= 0, qPrintable(name));
        QVERIFY(page.table()->selectId(page.model()->idAt(row)));
        QTest::qWait(1);
    }
    [[nodiscard]] QRect cell(int row, DeploymentColumn column) const
    {
        return page.table()->visualRect(page.model()->index(row, static_cast<int>(column)));
    }
    void click(int row, DeploymentColumn column, bool twice = false)
    {
        const QPoint at = cell(row, column).center();
        QTest::mouseClick(page.table()->viewport(), Qt::LeftButton, {}, at);
        if (twice)
            QTest::mouseDClick(page.table()->viewport(), Qt::LeftButton, {}, at);
    }
    [[nodiscard]] QString inspected() const
    {
        return window.findChild<QLabel *>(QStringLiteral("inspected-name"))->text();
    }

    FakeWorkspace &workspace;
    MemoryInMemory memory;
    QWidget window;
    DeploymentsPage page;
};

Deployment needy()
{
    Deployment value = FakeWorkspace::deployment(QStringLiteral("ledger"), QStringLiteral("close"));
    value.parameterSchema = R"({"type":"object","properties":{"month":{"type":"integer","position":0},
        "region":{"enum":["eu","us"],"position":1},"note":{"type":"string","default":"x","position":2}},
        "required":["month","region"]})";
    return value;
}

template<typename Dialog>
Dialog *openDialog()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *dialog = qobject_cast<Dialog *>(widget); dialog != nullptr && dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

} // namespace

class TestDeploymentsPage : public QObject
{
    Q_OBJECT

private slots:
    void searchNarrowsAndClears()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        QCOMPARE(screen.page.model()->rowCount(), 12);
        QTest::keyClicks(screen.search(), QStringLiteral("orders-ingest"));
        QTRY_COMPARE(screen.page.model()->rowCount(), 2);
        QTest::keyClicks(screen.search(), QStringLiteral(" zzz"));
        QTRY_COMPARE(screen.page.model()->rowCount(), 0);
        auto *empty = screen.page.findChild<Placeholder *>();
        QTRY_VERIFY(empty->isVisible());
        QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_COMPARE(screen.page.model()->rowCount(), 12);
        QVERIFY(screen.search()->text().isEmpty());
    }

    void comesBackAsItWasLeft()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        MemoryInMemory known;
        RowId current = 0;
        int rows = 0;
        {
            Screen screen(workspace);
            QTest::keyClicks(screen.search(), QStringLiteral("tag:tier-1"));
            QTest::keyClick(screen.search(), Qt::Key_Return);
            QTest::keyClicks(screen.search(), QStringLiteral("o"));
            QTRY_VERIFY(screen.page.model()->rowCount() > 1 && screen.page.model()->rowCount() < 12);
            rows = screen.page.model()->rowCount();
            current = screen.page.model()->idAt(rows - 1);
            screen.page.table()->selectId(current);
            QTRY_COMPARE(screen.memory.value(QStringLiteral("deployments/current")).toInt(), current);
            known = screen.memory;
        }
        Screen again(workspace, known);
        QCOMPARE(again.search()->text(), QStringLiteral("o"));
        QVERIFY(again.page.findChild<FilterChip *>(QStringLiteral("tag-chip"))->isVisible());
        QCOMPARE(again.page.model()->rowCount(), rows);
        QTRY_COMPARE(again.page.table()->currentId(), current);
    }

    void typedFiltersBecomeChips()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        auto *tag = screen.page.findChild<FilterChip *>(QStringLiteral("tag-chip"));
        QVERIFY(!tag->isVisible());
        QTest::keyClicks(screen.search(), QStringLiteral("tag:tier-1 state:completed"));
        QTest::keyClick(screen.search(), Qt::Key_Return);
        QTRY_COMPARE(screen.page.model()->rowCount(), 1);
        QVERIFY(tag->isVisible());
        QVERIFY(screen.search()->text().isEmpty());
        screen.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&screen.window));
        tag->setFocus();
        QTest::keyClick(tag, Qt::Key_Delete);
        QTRY_VERIFY(!tag->isVisible());
        QCOMPARE(screen.page.model()->filter().states, QList<StateType>{StateType::Completed});
        QTest::keyClick(screen.search(), Qt::Key_Backspace);
        QTRY_COMPARE(screen.page.model()->rowCount(), 12);
    }

    void sortingKeepsTheSelection()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        screen.select(QStringLiteral("gpu-train"));
        const RowId id = screen.page.table()->currentId();
        for (const DeploymentColumn column : {DeploymentColumn::State, DeploymentColumn::Name, DeploymentColumn::Tags,
                 DeploymentColumn::Schedule, DeploymentColumn::NextRun, DeploymentColumn::LastRun,
                 DeploymentColumn::Activity, DeploymentColumn::Created, DeploymentColumn::Updated}) {
            for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
                screen.page.table()->setSort(static_cast<int>(column), order);
                QTRY_VERIFY(screen.page.model()->isSettled());
                QCOMPARE(screen.page.table()->currentId(), id);
                QCOMPARE(screen.page.table()->selectedIds(), QList<RowId>{id});
            }
        }
        screen.page.table()->setSort(static_cast<int>(DeploymentColumn::Name), Qt::AscendingOrder);
        QTRY_VERIFY(screen.page.model()->isSettled());
        QStringList sorted = screen.names();
        std::sort(sorted.begin(), sorted.end());
        QCOMPARE(screen.names(), sorted);
    }

    void doubleClickOnRunStartsOneRun()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        screen.select(QStringLiteral("hourly"));
        const RowId selected = screen.page.table()->currentId();
        QSignalSpy said(&screen.page, &Page::message);
        QSignalSpy went(&screen.page, &Page::navigate);
        screen.click(0, DeploymentColumn::Run, true);
        QTRY_COMPARE(workspace.requests.size(), 1);
        QTest::qWait(QApplication::doubleClickInterval() + 100);
        QCOMPARE(workspace.requests.size(), 1);
        QVERIFY(!workspace.requests.constFirst().idempotencyKey.isEmpty());
        QCOMPARE(said.constFirst().constFirst().value<Message>().title.isEmpty(), false);
        QCOMPARE(screen.page.table()->currentId(), selected);
        QVERIFY(went.isEmpty());
        screen.click(0, DeploymentColumn::Run);
        QTRY_COMPARE(workspace.requests.size(), 2);
        QVERIFY(workspace.requests.at(0).idempotencyKey != workspace.requests.at(1).idempotencyKey);
    }

    void secondClickWhileWaitingOnlySaysSo()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        workspace.answerAfterMs = 700;
        Screen screen(workspace);
        QSignalSpy said(&screen.page, &Page::message);
        screen.click(1, DeploymentColumn::Run);
        const RowId id = screen.page.model()->idAt(1);
        QVERIFY(screen.page.runner()->isBusy(id));
        screen.click(1, DeploymentColumn::Run);
        QCOMPARE(workspace.requests.size(), 1);
        QCOMPARE(said.size(), 1);
        QCOMPARE(said.constFirst().constFirst().value<Message>().title, QStringLiteral("Still waiting for an answer"));
        QTRY_VERIFY(!screen.page.runner()->isBusy(id));
        QCOMPARE(said.constLast().constFirst().value<Message>().title, QStringLiteral("mellow-ibis was started"));
    }

    void keyboardAloneReachesQuickRun()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        screen.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&screen.window));
        QTest::keyClick(&screen.window, Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(screen.search()->hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("plant-7"));
        QTRY_COMPARE(screen.page.model()->rowCount(), 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(screen.page.table()->hasFocus());
        QTest::qWait(10);
        QSignalSpy asked(&screen.page, &Page::inspectorRequested);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QVERIFY(workspace.requests.isEmpty());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(workspace.requests.size(), 1);
    }

    void missingParametersAreAskedFor()
    {
        FakeWorkspace workspace;
        workspace.add(needy());
        Screen screen(workspace);
        screen.click(0, DeploymentColumn::Run);
        auto *dialog = openDialog<ParametersDialog>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->fields().size(), 2);
        auto *run = dialog->findChild<QPushButton *>(QStringLiteral("run"));
        auto *month = qobject_cast<QLineEdit *>(dialog->fields().at(0)->control());
        auto *region = qobject_cast<QComboBox *>(dialog->fields().at(1)->control());
        QTest::keyClicks(month, QStringLiteral("1.5"));
        QTest::mouseClick(run, Qt::LeftButton);
        QVERIFY(workspace.requests.isEmpty());
        QCOMPARE(month->accessibleDescription(), QStringLiteral("Must be a whole number, such as 500."));
        month->clear();
        QTest::keyClicks(month, QStringLiteral("9007199254740993"));
        region->setCurrentIndex(1);
        QVERIFY(
            dialog->findChild<QLabel *>(QStringLiteral("sent"))->text().contains(QStringLiteral("9007199254740993")));
        workspace.runError = Error{.kind = ErrorKind::Validation,
            .detail = QStringLiteral("No such month."),
            .field = QStringLiteral("month"),
            .file = {}};
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_COMPARE(month->accessibleDescription(), QStringLiteral("No such month."));
        QCOMPARE(month->text(), QStringLiteral("9007199254740993"));
        workspace.runError.reset();
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_VERIFY(openDialog<ParametersDialog>() == nullptr);
        QCOMPARE(workspace.requests.size(), 2);
        QCOMPARE(workspace.requests.constLast().parameters, QByteArray(R"({"month":9007199254740993,"region":"us"})"));
    }

    void inspectorFollowsTheSelection()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        screen.select(QStringLiteral("hourly"));
        QTRY_COMPARE(screen.inspected(), QStringLiteral("hourly"));
        auto *panel = qobject_cast<InspectorPanel *>(screen.page.inspector());
        for (int tab = 0; tab < InspectorPanel::TabCount; ++tab) {
            panel->setTab(tab);
            screen.select(tab % 2 == 0 ? QStringLiteral("digest") : QStringLiteral("archive"));
            QTRY_COMPARE(screen.inspected(), tab % 2 == 0 ? QStringLiteral("digest") : QStringLiteral("archive"));
            QCOMPARE(panel->tab(), tab);
        }
        QCOMPARE(screen.page.title(), QStringLiteral("digest - Deployments"));
        // With a mark before it and without, the flow stands under the name.
        const auto *name = screen.window.findChild<QLabel *>(QStringLiteral("inspected-name"));
        const auto *flow = screen.window.findChild<QLabel *>(QStringLiteral("inspected-flow"));
        for (const QString &deployment : {QStringLiteral("hourly"), QStringLiteral("hello")}) {
            screen.select(deployment);
            QTRY_COMPARE(screen.inspected(), deployment);
            QTRY_COMPARE(flow->mapTo(panel, QPoint()).x(), name->mapTo(panel, QPoint()).x());
        }
        screen.page.table()->selectAll();
        auto *several = screen.window.findChild<QLabel *>(QStringLiteral("several-title"));
        QTRY_VERIFY(several->isVisible());
        QCOMPARE(several->text(), QStringLiteral("12 deployments selected"));
        QCOMPARE(screen.page.statusText(), QStringLiteral("12 selected · 12 deployments"));
    }

    void deletingAsksOnce()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        screen.select(QStringLiteral("archive"));
        screen.page.table()->setFocus();
        QAction *remove = nullptr;
        for (QAction *action : screen.page.menuActions(MenuId::Deployment)) {
            if (action != nullptr && action->shortcut() == QKeySequence(Qt::Key_Delete))
                remove = action;
        }
        QVERIFY(remove != nullptr && remove->isEnabled());
        remove->trigger();
        auto *question = openDialog<QuestionDialog>();
        QVERIFY(question != nullptr);
        QVERIFY(question->findChild<QPushButton *>(QStringLiteral("cancel"))->isDefault());
        QSignalSpy said(&screen.page, &Page::message);
        QTest::mouseClick(question->findChild<QPushButton *>(QStringLiteral("act")), Qt::LeftButton);
        QTRY_COMPARE(screen.page.model()->total(), 11);
        QTRY_COMPARE(said.size(), 1);
        QVERIFY(!screen.names().contains(QStringLiteral("archive")));
    }

    void emptyWorkspaceOffersASpec()
    {
        FakeWorkspace workspace;
        Screen screen(workspace);
        auto *empty = screen.page.findChild<Placeholder *>();
        QTRY_VERIFY(empty->isVisible());
        QSignalSpy asked(&screen.page, &DeploymentsPage::openSpecRequested);
        QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void columnsAndTabAreRemembered()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        MemoryInMemory memory;
        {
            DeploymentsPage page(workspace, memory);
            page.activate({});
            page.table()->setSort(static_cast<int>(DeploymentColumn::Name), Qt::DescendingOrder);
            memory.setValue(QStringLiteral("deployments/columns"), page.table()->saveState());
            qobject_cast<InspectorPanel *>(page.inspector())->setTab(InspectorPanel::Runs);
        }
        DeploymentsPage page(workspace, memory);
        page.activate({});
        QCOMPARE(page.model()->sortColumn(), DeploymentColumn::Name);
        QCOMPARE(page.model()->sortOrder(), Qt::DescendingOrder);
        QCOMPARE(qobject_cast<InspectorPanel *>(page.inspector())->tab(), int(InspectorPanel::Runs));
    }

    void hostileTextStaysText()
    {
        const QString html = QStringLiteral("<b onclick=x>bold</b><img src='file:///etc/passwd'>");
        const QString bidi = QString(QChar(0x202E)) + QStringLiteral("gpj.exe");
        const QString ansi = QStringLiteral("\x1b[31mred\x1b[0m\nsecond\tline");
        const QString huge(1'000'000, u'x');
        FakeWorkspace workspace;
        for (const QString &text : {html, bidi, ansi, huge}) {
            Deployment value = FakeWorkspace::deployment(text, text, {text.left(200)});
            value.description = text;
            value.version = text;
            value.specText = text;
            value.parameters = R"({"<i>p</i>":"<b>v</b>"})";
            workspace.add(value);
        }
        Screen screen(workspace);
        auto *panel = qobject_cast<InspectorPanel *>(screen.page.inspector());
        for (int row = 0; row < screen.page.model()->rowCount(); ++row) {
            screen.page.table()->selectId(screen.page.model()->idAt(row));
            QTest::qWait(1);
            for (int tab = 0; tab < InspectorPanel::TabCount; ++tab) {
                panel->setTab(tab);
                QVERIFY(!screen.window.grab().isNull());
            }
            QVERIFY(screen.page.title().size() < 200);
        }
        for (const QLabel *label : screen.window.findChildren<QLabel *>())
            QVERIFY2(
                label->textFormat() == Qt::PlainText || label->text().isEmpty(), qPrintable(label->text().left(50)));
    }

    void everythingHasAName()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        Screen screen(workspace);
        for (const QWidget *widget : screen.window.findChildren<QWidget *>()) {
            if ((widget->focusPolicy() & Qt::TabFocus) == 0 || !widget->isVisible())
                continue;
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            if (interface == nullptr || interface->role() == QAccessible::Client)
                continue;
            QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        }
    }

    void readOnlyWorkspaceSaysWhy()
    {
        FakeWorkspace workspace;
        workspace.fillScene(systemClock()());
        workspace.can = {.reason = QStringLiteral("This workspace is read-only.")};
        Screen screen(workspace);
        screen.select(QStringLiteral("hourly"));
        QSignalSpy said(&screen.page, &Page::message);
        screen.click(0, DeploymentColumn::Run);
        QTRY_COMPARE(said.size(), 1);
        QVERIFY(workspace.requests.isEmpty());
        for (QAction *action : screen.page.menuActions(MenuId::Deployment)) {
            if (action != nullptr && action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_R)) {
                QVERIFY(!action->isEnabled());
                QCOMPARE(action->statusTip(), QStringLiteral("This workspace is read-only."));
            }
        }
    }
};

QTEST_MAIN(TestDeploymentsPage)
#include "tst_deploymentspage.moc"
