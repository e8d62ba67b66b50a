// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/deployments/fakeworkspace.h"
#include "tests/views/shell/fakebook.h"

#include "models/store/deploymentrepository.h"
#include "views/common/style.h"
#include "views/shell/appearance.h"
#include "views/shell/mainwindow.h"
#include "views/shell/palettemodel.h"
#include "views/shell/workspaceswitcher.h"
#include "views/shell/workspacewords.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fd;

namespace {

/// A workspace that claims to mirror a server.
class MirrorWorkspace : public FakeWorkspace
{
public:
    [[nodiscard]] bool mirrorsServer() const override { return true; }
    [[nodiscard]] SyncStatus syncStatus() const override { return sync; }
    void refresh() override { ++refreshes; }
    void setSyncPaused(bool paused) override { isPaused = paused; }
    void setSync(const SyncStatus &status)
    {
        sync = status;
        emit syncStatusChanged(status);
    }

    SyncStatus sync;
    int refreshes = 0;
    bool isPaused = false;
};

class PlainPage : public Page
{
public:
    explicit PlainPage(Workspace &workspace) : m_header(new QLabel(workspace.name(), this)) { }
    [[nodiscard]] QString id() const override { return QStringLiteral("deployments"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Deployments"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("view-list-details"); }
    void activate(const Destination &) override { }
    [[nodiscard]] QWidget *headerWidget() override { return m_header; }

private:
    QLabel *m_header;
};

struct Shell {
    Shell() : appearance(*qApp, memory), window(local, memory, appearance, systemClock())
    {
        local.workspaceName = QStringLiteral("sample");
        remote.workspaceName = QStringLiteral("prod");
        book.all = {{.id = QStringLiteral("a"), .name = QStringLiteral("sample")},
            {.id = QStringLiteral("b"),
                .name = QStringLiteral("prod"),
                .isServer = true,
                .colour = 1,
                .protection = Protection::Production}};
        open.open = {{QStringLiteral("a"), &local}, {QStringLiteral("b"), &remote}};
        window.addPage({.id = QStringLiteral("deployments"),
            .title = QStringLiteral("Deployments"),
            .iconName = QStringLiteral("view-list-details"),
            .kinds = {Destination::Kind::Deployments, Destination::Kind::Deployment, Destination::Kind::Run},
            .inRail = true,
            .make = [this] { return new PlainPage(window.workspace()); }});
        window.setWorkspaces(book, open);
        window.setWorkspace(local, book.all[0]);
        window.resize(1200, 800);
        window.go({});
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    [[nodiscard]] QString banner() const
    {
        auto *bar = window.findChild<QWidget *>(QStringLiteral("banner"));
        return bar->isVisible() ? bar->findChild<QLabel *>()->text() : QString();
    }
    [[nodiscard]] QString live() const { return window.findChild<QPushButton *>(QStringLiteral("live"))->text(); }
    template<typename Widget>
    [[nodiscard]] Widget *popup() const
    {
        return window.findChild<Widget *>();
    }

    FakeWorkspace local;
    MirrorWorkspace remote;
    FakeBook book;
    FakeOpenWorkspaces open;
    MemoryInMemory memory;
    Appearance appearance;
    MainWindow window;
};

SyncStatus offline(Instant now = systemClock()())
{
    return {.kind = SyncStatus::Kind::Offline,
        .asOf = now.plusUs(-60'000'000),
        .error = Error{.kind = ErrorKind::Network, .detail = QStringLiteral("refused"), .field = {}, .file = {}},
        .nextTry = now.plusUs(18'000'000),
        .serverTitle = QStringLiteral("Prefect 3.8.8")};
}

} // namespace

class TestWorkspaces : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setStyle(new FlowdeckStyle); }

    void aWindowShowsAnotherWorkspace()
    {
        Shell shell;
        QCOMPARE(shell.window.windowTitle(), QStringLiteral("Deployments - sample - Flowdeck"));
        QPointer<Page> before = shell.window.currentPage();
        shell.window.setWorkspace(shell.remote, shell.book.all[1]);
        QVERIFY(before.isNull());
        QCOMPARE(shell.window.windowTitle(), QStringLiteral("Deployments - prod - Flowdeck"));
        QVERIFY(shell.window.currentPage() != nullptr);
        // What the workspace left behind says is not heard any more.
        shell.local.setEngine({.kind = EngineStatus::Kind::Failed, .detail = QStringLiteral("no python")});
        QVERIFY(shell.banner().isEmpty());
    }

    void aServersAgeAndTroubleAreSaid()
    {
        Shell shell;
        shell.window.setWorkspace(shell.remote, shell.book.all[1]);
        shell.remote.setSync(offline());
        QVERIFY2(shell.banner().startsWith(QStringLiteral("Offline. Everything shown is as of")),
            qPrintable(shell.banner()));
        QVERIFY(shell.live().startsWith(QStringLiteral("Offline · as of")));
        for (QPushButton *button :
            shell.window.findChild<QWidget *>(QStringLiteral("banner"))->findChildren<QPushButton *>())
            button->click();
        QCOMPARE(shell.remote.refreshes, 1);
        shell.remote.setSync({.kind = SyncStatus::Kind::Mirroring, .done = 400, .total = 1284});
        QVERIFY(shell.live().startsWith(QStringLiteral("Reading 400 of")));
        QVERIFY(shell.banner().isEmpty());
        shell.remote.setSync({.kind = SyncStatus::Kind::Live, .asOf = systemClock()(), .clockSkewUs = 90'000'000});
        QVERIFY(shell.banner().contains(QStringLiteral("clock")));
        QTest::keyClick(&shell.window, Qt::Key_F5);
        QCOMPARE(shell.remote.refreshes, 2);
    }

    void theSwitcherNarrowsAndChooses()
    {
        Shell shell;
        QSignalSpy wanted(&shell.window, &MainWindow::switchRequested);
        QTest::keyClick(&shell.window, Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
        auto *switcher = shell.popup<WorkspaceSwitcher>();
        QVERIFY(switcher);
        QCOMPARE(switcher->findChild<QListView *>()->model()->rowCount(), 2);
        QTest::keyClicks(switcher->findChild<QLineEdit *>(), QStringLiteral("pro"));
        QCOMPARE(switcher->findChild<QListView *>()->model()->rowCount(), 1);
        QTest::keyClick(switcher->findChild<QLineEdit *>(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("b"));
        QTest::keyClick(&shell.window, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(wanted.size(), 2);
    }

    void thePaletteFindsInAllWorkspaces()
    {
        Shell shell;
        shell.local.add(FakeWorkspace::deployment(QStringLiteral("orders-ingest"), QStringLiteral("hourly")));
        const RowId there
            = shell.remote.add(FakeWorkspace::deployment(QStringLiteral("orders-ingest"), QStringLiteral("us")));
        QSignalSpy wanted(&shell.window, &MainWindow::switchRequested);
        QTest::keyClick(&shell.window, Qt::Key_K, Qt::ControlModifier);
        auto *palette = shell.popup<CommandPalette>();
        QVERIFY(palette);
        auto *list = palette->findChild<QListView *>();
        auto *model = palette->findChild<PaletteModel *>();
        const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTest::keyClicks(palette->findChild<QLineEdit *>(), QStringLiteral("ord us"));
        QTRY_VERIFY(model->rowCount() == 2 && model->itemAt(1)->title == QLatin1String("orders-ingest / us"));
        QCOMPARE(model->itemAt(1)->detail, QStringLiteral("Deployment in prod"));
        QCOMPARE(list->currentIndex().row(), 1);
        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("b"));
        QCOMPARE(wanted[0][1].value<Destination>().id, there);
    }

    void thePaletteRunsCommandsAndFollowsLinks()
    {
        Shell shell;
        const RowId row = shell.local.add(FakeWorkspace::deployment(QStringLiteral("f"), QStringLiteral("d")));
        QTest::keyClick(&shell.window, Qt::Key_K, Qt::ControlModifier);
        auto *palette = shell.popup<CommandPalette>();
        auto *text = palette->findChild<QLineEdit *>();
        text->setText(QStringLiteral(">full screen"));
        auto *model = palette->findChild<PaletteModel *>();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(model->itemAt(1)->keys, QStringLiteral("F11"));
        const QString id = DeploymentRepository(shell.local.store().reader()).find(row)->id.toText();
        text->setText(QStringLiteral("http://h:4200/deployments/deployment/%1").arg(id));
        QCOMPARE(model->rowCount(), 2);
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(shell.popup<CommandPalette>() == nullptr);
        shell.window.openLink(*deepLinkFromText(QStringLiteral("00000000-1111-2222-3333-444444444444")));
    }

    void words()
    {
        const Instant now = systemClock()();
        QCOMPARE(syncBanner({.kind = SyncStatus::Kind::Live}, now).text, QString());
        QVERIFY(syncBanner(offline(now), now).text.contains(QStringLiteral("Next try in 18 s")));
        QVERIFY(syncBanner({.kind = SyncStatus::Kind::Live, .unreadable = 2}, now)
                    .text.contains(QStringLiteral("could not be read")));
    }
};

QTEST_MAIN(TestWorkspaces)
#include "tst_workspaces.moc"
