// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/deployments/fakeworkspace.h"

#include "views/common/messagebar.h"
#include "views/common/style.h"
#include "views/shell/appearance.h"
#include "views/shell/closequestion.h"
#include "views/shell/inspectorhost.h"
#include "views/shell/mainwindow.h"
#include "views/shell/messagehistory.h"
#include "views/shell/navbutton.h"
#include "views/shell/navigationrail.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fd;

namespace {

/// A page that notes what the shell asks of it.
class NotedPage : public Page
{
public:
    explicit NotedPage(const QString &name) : m_name(name), m_header(new QLabel(name, this))
    {
        m_action = new QAction(QStringLiteral("Do ") + name, this);
        m_inspector = new QLabel(QStringLiteral("inspector of ") + name, this);
    }

    [[nodiscard]] QString id() const override { return m_name; }
    [[nodiscard]] QString title() const override { return m_name; }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("view-history"); }
    void activate(const Destination &destination) override { visits += destination; }
    [[nodiscard]] QList<QAction *> menuActions(MenuId menu) const override
    {
        return menu == MenuId::Run && m_name == QLatin1String("runs") ? QList<QAction *>{m_action} : QList<QAction *>();
    }
    [[nodiscard]] QString statusText() const override { return QStringLiteral("status of ") + m_name; }
    [[nodiscard]] QWidget *headerWidget() override { return m_header; }
    [[nodiscard]] QWidget *inspector() override { return m_name == QLatin1String("runs") ? nullptr : m_inspector; }

    QList<Destination> visits;

private:
    QString m_name;
    QLabel *m_header;
    QWidget *m_inspector;
    QAction *m_action;
};

struct Shell {
    Shell() : appearance(*qApp, memory), window(workspace, memory, appearance, systemClock())
    {
        add(QStringLiteral("deployments"), {Destination::Kind::Deployments, Destination::Kind::Deployment}, true);
        add(QStringLiteral("runs"), {Destination::Kind::Runs}, true);
        add(QStringLiteral("run"), {Destination::Kind::Run}, false);
        window.resize(1440, 900);
        window.go({});
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::qWait(20);
    }
    ~Shell() { appearance.setTextStep(0); }

    void add(const QString &id, const QList<Destination::Kind> &kinds, bool inRail)
    {
        window.addPage({.id = id,
            .title = id,
            .iconName = QStringLiteral("view-history"),
            .kinds = kinds,
            .inRail = inRail,
            .make = [this, id] { return pages[id] = new NotedPage(id); }});
    }
    [[nodiscard]] QAction *action(const QKeySequence &keys) const
    {
        for (QAction *action : window.actions()) {
            if (action->shortcuts().contains(keys))
                return action;
        }
        return nullptr;
    }
    template<typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return window.findChild<Widget *>(QLatin1String(name));
    }

    FakeWorkspace workspace;
    MemoryInMemory memory;
    Appearance appearance;
    QHash<QString, NotedPage *> pages;
    MainWindow window;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setStyle(new FlowdeckStyle); }

    void pagesAreMadeWhenVisited()
    {
        Shell shell;
        QCOMPARE(shell.pages.size(), 1);
        shell.action(QKeySequence(Qt::ALT | Qt::Key_2))->trigger();
        QCOMPARE(shell.window.currentPage()->id(), QStringLiteral("runs"));
        QCOMPARE(shell.window.windowTitle(), QStringLiteral("runs - sample - Flowdeck"));
        QVERIFY(shell.find<NavButton>("nav-runs")->isChecked());
        QVERIFY(!shell.find<NavButton>("nav-deployments")->isChecked());
        QCOMPARE(shell.find<QLabel>("page-status")->text(), QStringLiteral("status of runs"));
    }

    void backAndForwardWalkPages()
    {
        Shell shell;
        QAction *back = shell.action(QKeySequence(Qt::ALT | Qt::Key_Left));
        QAction *forward = shell.action(QKeySequence(Qt::ALT | Qt::Key_Right));
        QVERIFY(!back->isEnabled());
        emit shell.pages[QStringLiteral("deployments")]->navigate({.kind = Destination::Kind::Run, .id = 5}, false);
        shell.window.go({.kind = Destination::Kind::Run, .id = 6});
        back->trigger();
        QCOMPARE(shell.pages[QStringLiteral("run")]->visits.constLast().id, 5);
        back->trigger();
        QCOMPARE(shell.window.currentPage()->id(), QStringLiteral("deployments"));
        QVERIFY(!back->isEnabled());
        forward->trigger();
        QCOMPARE(shell.pages[QStringLiteral("run")]->visits.constLast().id, 5);
        QVERIFY(forward->isEnabled());
        shell.window.go({.kind = Destination::Kind::Runs});
        QVERIFY(!forward->isEnabled());
    }

    void secondWindowIsAskedFor()
    {
        Shell shell;
        QSignalSpy wanted(&shell.window, &MainWindow::newWindowRequested);
        const Destination there{.kind = Destination::Kind::Deployment, .id = 9};
        emit shell.window.currentPage()->navigate(there, true);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.constFirst().constFirst().value<Destination>(), there);
        QCOMPARE(shell.window.currentPage()->id(), QStringLiteral("deployments"));
    }

    void narrowWindowFolds()
    {
        Shell shell;
        auto *rail = shell.window.findChild<NavigationRail *>();
        auto *inspector = shell.window.findChild<InspectorHost *>();
        QVERIFY(!rail->isFolded());
        QVERIFY(inspector->isVisible() && !inspector->isFloating());
        shell.window.resize(1150, 700);
        QTRY_VERIFY(inspector->isFloating());
        QVERIFY(!inspector->isVisible() && !rail->isFolded());
        shell.window.resize(1040, 700);
        QTRY_VERIFY(rail->isFolded());
        QAction *show = shell.action(QKeySequence(Qt::CTRL | Qt::Key_I));
        show->trigger();
        QVERIFY(inspector->isVisible() && inspector->geometry().right() >= inspector->parentWidget()->width() - 2);
        QTest::keyClick(inspector, Qt::Key_Escape);
        QVERIFY(!inspector->isVisible());
        shell.action(QKeySequence(Qt::Key_F9))->trigger();
        QVERIFY(!rail->isFolded());
        shell.window.resize(1440, 900);
        QTRY_VERIFY(inspector->isVisible() && !inspector->isFloating());
        QVERIFY(inspector->width() >= 320 && inspector->width() <= 520);
    }

    void pageWithoutInspectorSaysSo()
    {
        Shell shell;
        QAction *inspector = shell.action(QKeySequence(Qt::CTRL | Qt::Key_I));
        shell.window.go({.kind = Destination::Kind::Runs});
        QVERIFY(!inspector->isEnabled());
        QCOMPARE(inspector->statusTip(), QStringLiteral("This page has no inspector."));
        shell.window.go({});
        QVERIFY(inspector->isEnabled() && inspector->isChecked());
    }

    void emptyMenusAreNotThere()
    {
        Shell shell;
        const auto titles = [&shell] {
            QStringList all;
            for (const QAction *menu : shell.window.menuBar()->actions()) {
                if (menu->isVisible())
                    all += menu->text().remove(u'&');
            }
            return all;
        };
        QVERIFY(!titles().contains(QStringLiteral("Run")));
        shell.window.go({.kind = Destination::Kind::Runs});
        QVERIFY(titles().contains(QStringLiteral("Run")));
        for (QAction *title : shell.window.menuBar()->actions()) {
            emit title->menu()->aboutToShow();
            for (const QAction *action : title->menu()->actions())
                QVERIFY(action->isSeparator() || !action->text().isEmpty());
            if (title->isVisible())
                QVERIFY2(!title->menu()->isEmpty(), qPrintable(title->text()));
        }
    }

    void messagesAreKept()
    {
        Shell shell;
        shell.window.post({.notice = Notice::Done,
            .title = QStringLiteral("<b>x</b> was started"),
            .detail = {},
            .actions = {},
            .shownAt = {}});
        auto *last = shell.find<QPushButton>("last-message");
        QVERIFY(last->isVisible());
        shell.action(QKeySequence(Qt::Key_F12))->trigger();
        auto *history = shell.window.findChild<MessageHistory *>();
        QVERIFY(history != nullptr && history->isVisible());
        shell.window.post(
            {.notice = Notice::Broken, .title = QStringLiteral("second"), .detail = {}, .actions = {}, .shownAt = {}});
        auto *model = history->findChild<MessageModel *>();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(model->at(0).title, QStringLiteral("second"));
    }

    void closingWithoutRunsQuits()
    {
        Shell shell;
        QSignalSpy quit(&shell.window, &MainWindow::quitRequested);
        shell.window.close();
        QCOMPARE(quit.size(), 1);
        QCOMPARE(quit.constFirst().constFirst().value<Workspace::Quit>(), Workspace::Quit::LeaveRunsRunning);
        QVERIFY(!shell.window.isVisible());
    }

    void closingWithRunsAsksOnce()
    {
        Shell shell;
        shell.workspace.setEngine({.kind = EngineStatus::Kind::Here, .detail = {}, .activeRuns = 2});
        QSignalSpy quit(&shell.window, &MainWindow::quitRequested);
        shell.window.close();
        shell.window.close();
        QVERIFY(shell.window.isVisible());
        QCOMPARE(shell.window.findChildren<CloseQuestion *>().size(), 1);
        auto *question = shell.window.findChild<CloseQuestion *>();
        QVERIFY(question->isVisible() && question->windowModality() == Qt::WindowModal);
        QTest::mouseClick(question->findChild<QPushButton *>(QStringLiteral("stay")), Qt::LeftButton);
        QTRY_VERIFY(shell.window.findChild<CloseQuestion *>() == nullptr);
        QVERIFY(shell.window.isVisible() && quit.isEmpty());
        shell.window.close();
        question = shell.window.findChild<CloseQuestion *>();
        QTest::mouseClick(question->findChild<QPushButton *>(QStringLiteral("stop")), Qt::LeftButton);
        QCOMPARE(quit.size(), 1);
        QCOMPARE(quit.constFirst().constFirst().value<Workspace::Quit>(), Workspace::Quit::StopRuns);
        QVERIFY(!shell.window.isVisible());
    }

    void droppedSpecIsAskedFor()
    {
        Shell shell;
        QSignalSpy asked(&shell.window, &MainWindow::specRequested);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/readme.txt"))});
        QDragEnterEvent enterOther(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&shell.window, &enterOther);
        QDropEvent other(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&shell.window, &other);
        QVERIFY(asked.isEmpty());
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/deploy.YAML"))});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&shell.window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent spec(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&shell.window, &spec);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.constFirst().constFirst().toString(), QStringLiteral("/tmp/deploy.YAML"));
    }

    void layoutIsRemembered()
    {
        MemoryInMemory memory;
        FakeWorkspace workspace;
        Appearance appearance(*qApp, memory);
        {
            MainWindow window(workspace, memory, appearance, systemClock());
            window.resize(1300, 800);
            window.show();
            QTest::qWait(20);
            for (QAction *action : window.actions()) {
                if (action->shortcut() == QKeySequence(Qt::Key_F9))
                    action->trigger();
            }
            QTRY_VERIFY(memory.values.contains(QStringLiteral("window/rail")));
        }
        MainWindow window(workspace, memory, appearance, systemClock());
        QVERIFY(window.findChild<NavigationRail *>()->isFolded());
    }

    void failedEngineRaisesTheBanner()
    {
        Shell shell;
        auto *banner = shell.find<QWidget>("banner");
        QVERIFY(!banner->isVisible());
        shell.workspace.setEngine(
            {.kind = EngineStatus::Kind::Failed, .detail = QStringLiteral("no <i>Python</i>"), .activeRuns = 0});
        QVERIFY(banner->isVisible());
        QVERIFY(banner->accessibleName().contains(QStringLiteral("no <i>Python</i>")));
        shell.workspace.setEngine({.kind = EngineStatus::Kind::Here, .detail = {}, .activeRuns = 0});
        QVERIFY(!banner->isVisible());
    }

    void largeTextIsNotCut()
    {
        Shell shell;
        shell.appearance.setTextStep(10);
        QTest::qWait(20);
        for (const NavButton *button : shell.window.findChildren<NavButton *>())
            QVERIFY(button->height() >= QFontMetrics(button->font()).height());
        for (const QLabel *label : shell.window.findChildren<QLabel *>()) {
            if (label->isVisible() && !label->text().isEmpty() && label->parentWidget() != shell.window.currentPage())
                QVERIFY2(label->height() >= QFontMetrics(label->font()).height(), qPrintable(label->text()));
        }
        shell.appearance.setTextStep(0);
    }

    void f6WalksTheRegions()
    {
        Shell shell;
        shell.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&shell.window));
        QSet<QWidget *> seen;
        for (int i = 0; i < 6; ++i) {
            QTest::keyClick(&shell.window, Qt::Key_F6);
            seen.insert(QApplication::focusWidget());
        }
        QVERIFY(seen.size() >= 2);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
