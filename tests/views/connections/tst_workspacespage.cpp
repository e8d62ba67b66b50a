// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/connections/samples.h"

#include "views/common/questiondialog.h"
#include "views/connections/connectionform.h"
#include "views/connections/noticecard.h"
#include "views/connections/testpanel.h"
#include "views/connections/workspaceinspector.h"
#include "views/connections/workspacemodel.h"
#include "views/connections/workspacespage.h"
#include "views/connections/workspacetable.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace fd;

namespace {

const QString kCanary = QStringLiteral("CANARY-91f3");
constexpr qint64 kSecondUs = 1'000'000;

/// The page with its header and inspector in one window, as the shell shows them.
struct Screen {
    explicit Screen(Connections &connections)
        : page(connections.book, connections.open, connections.test(), connections.memory, [this] { return now; })
    {
        auto *column = new QVBoxLayout(&window);
        column->addWidget(page.headerWidget());
        auto *row = new QHBoxLayout;
        column->addLayout(row);
        row->addWidget(&page, 1);
        page.activate({});
        row->addWidget(page.inspector());
        window.resize(1300, 800);
        window.show();
        page.headerWidget()->show();
        page.inspector()->show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        page.table()->setFocus();
    }
    ~Screen() { page.setParent(nullptr); }

    template<typename T>
    [[nodiscard]] T *part(const char *name)
    {
        return window.findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString cell(int row, WorkspaceColumn column) const
    {
        return page.table()->model()->index(row, static_cast<int>(column)).data().toString();
    }
    [[nodiscard]] QString spoken(int row) const
    {
        return page.table()
            ->model()
            ->index(row, static_cast<int>(WorkspaceColumn::Name))
            .data(Qt::AccessibleTextRole)
            .toString();
    }
    void press(const char *name) { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }
    [[nodiscard]] QuestionDialog *question() const
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *dialog = qobject_cast<QuestionDialog *>(widget); dialog != nullptr && dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }

    Instant now = systemClock()();
    QWidget window;
    WorkspacesPage page;
};

} // namespace

class TestWorkspacesPage : public QObject
{
    Q_OBJECT

private slots:
    void modelFollowsBookAndWorkspaces()
    {
        Connections known;
        const Instant now = systemClock()();
        WorkspaceModel model(known.book, known.open, [now] { return now; });
        QAbstractItemModelTester tester(&model);
        const QString first = known.addServer(QStringLiteral("a"), QStringLiteral("http://a/api"));
        const QString second = known.addServer(QStringLiteral("b"), QStringLiteral("http://b/api"));
        QCOMPARE(model.rowCount(), 2);
        {
            ServerWorkspace workspace;
            workspace.add(FakeWorkspace::deployment(QStringLiteral("f"), QStringLiteral("d")));
            known.open.open(second, &workspace);
            QTRY_VERIFY(model.rowAt(1).counts && model.rowAt(1).counts->deployments == 1);
            const RowId more = workspace.add(FakeWorkspace::deployment(QStringLiteral("f"), QStringLiteral("e")));
            workspace.addRun(more, QStringLiteral("r"), State::of(StateType::Completed, now), kSecondUs);
            QTRY_COMPARE(model.rowAt(1).counts->deployments, 2);
            QTRY_COMPARE(model.rowAt(1).counts->runs, 1);
            SyncStatus offline;
            offline.kind = SyncStatus::Kind::Offline;
            workspace.setSync(offline);
            QCOMPARE(model.rowAt(1).sync.kind, SyncStatus::Kind::Offline);
            known.open.open(second, nullptr);
        }
        QVERIFY(!model.rowAt(1).isOpen && !model.rowAt(1).counts);
        known.book.remove(first);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowAt(0).entry.id, second);
        known.addServer(QStringLiteral("c"), QStringLiteral("http://c/api"));
        model.tick();
        QCOMPARE(model.rowCount(), 2);
    }

    void rowsSayHowEachStands()
    {
        Connections known;
        const QString live = known.addServer(QStringLiteral("warehouse-prod"), QStringLiteral("https://p/api"));
        const QString offline = known.addServer(QStringLiteral("legacy"), QStringLiteral("http://10.20.0.8:4200/api"));
        const QString broken = known.addServer(QStringLiteral("gone"), QStringLiteral("http://g/api"));
        known.addServer(QStringLiteral("closed"), QStringLiteral("http://c/api"));
        WorkspaceEntry local;
        local.name = QStringLiteral("sample");
        const QString localId = known.book.add(local);
        ServerWorkspace first;
        ServerWorkspace second;
        FakeWorkspace third;
        Screen screen(known);
        first.setSync({.kind = SyncStatus::Kind::Live,
            .asOf = screen.now,
            .error = {},
            .nextTry = {},
            .serverTitle = QStringLiteral("Prefect 3.8.8 <b>bold</b>")});
        second.can.reason = QStringLiteral("one schedule each, no pools");
        second.setSync({.kind = SyncStatus::Kind::Offline,
            .asOf = screen.now.plusUs(-3600 * kSecondUs),
            .error = {},
            .nextTry = screen.now.plusUs(125 * kSecondUs),
            .serverTitle = QStringLiteral("Orion 2.0b8")});
        known.open.open(live, &first);
        known.open.open(offline, &second);
        known.open.open(localId, &third);
        known.open.fail(
            broken, {.kind = ErrorKind::Storage, .detail = QStringLiteral("It is damaged."), .field = {}, .file = {}});

        QCOMPARE(screen.cell(0, WorkspaceColumn::Server), QStringLiteral("Prefect 3.8.8 <b>bold</b>"));
        QCOMPARE(screen.cell(0, WorkspaceColumn::Connection), QStringLiteral("Live"));
        QCOMPARE(screen.cell(1, WorkspaceColumn::Connection), QStringLiteral("Offline"));
        QVERIFY2(screen.spoken(1).contains(QStringLiteral("next try in 2 min")), qPrintable(screen.spoken(1)));
        QCOMPARE(screen.cell(2, WorkspaceColumn::Connection), QStringLiteral("Did not open"));
        QVERIFY(screen.spoken(2).contains(QStringLiteral("It is damaged.")));
        QCOMPARE(screen.cell(3, WorkspaceColumn::Connection), QStringLiteral("Not open"));
        QCOMPARE(screen.cell(4, WorkspaceColumn::Server), QStringLiteral("Local engine"));
        QCOMPARE(screen.cell(4, WorkspaceColumn::Connection), QStringLiteral("Running"));
        QCOMPARE(screen.page.statusText(), QStringLiteral("2 of 5 connected"));
        screen.page.table()->viewport()->grab();
        for (const QString &id : {live, offline, localId})
            known.open.open(id, nullptr);
    }

    void keyboardSwitchesRenamesAndTests()
    {
        Connections known;
        const QString first = known.addServer(QStringLiteral("a"), QStringLiteral("http://a/api"));
        const QString second = known.addServer(QStringLiteral("b"), QStringLiteral("http://b/api"));
        known.answer = passed();
        Screen screen(known);
        QSignalSpy switched(&screen.page, &WorkspacesPage::switchRequested);
        QTest::keyClick(screen.page.table(), Qt::Key_Down);
        QTest::keyClick(screen.page.table(), Qt::Key_Return);
        QCOMPARE(switched.size(), 1);
        QCOMPARE(switched.first().first().toString(), second);
        QTest::keyClick(screen.page.table(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(known.asked.size(), 1);
        QCOMPARE(known.asked.first().apiUrl, QUrl(QStringLiteral("http://b/api")));
        QCOMPARE(switched.size(), 1);

        QTest::keyClick(screen.page.table(), Qt::Key_F2);
        auto *name = screen.part<QLineEdit>("workspace-name");
        QTRY_VERIFY(name->hasFocus());
        QTest::keyClicks(name, QStringLiteral("renamed"));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(known.book.find(second)->name, QStringLiteral("renamed"));
        QCOMPARE(known.book.find(first)->name, QStringLiteral("a"));
    }

    void testShowsFiveStepsAndWhatToTry()
    {
        Connections known;
        known.addServer(QStringLiteral("legacy"), QStringLiteral("http://10.20.0.8:4200/api"));
        known.answer = failedAt(DiagnosisStep::Kind::Connection, ErrorKind::Network,
            QStringLiteral("Nothing listens on port 4200. <img src=x> Is it running?"));
        Screen screen(known);
        screen.press("test-again");
        auto *card = screen.part<NoticeCard>("explanation");
        QTRY_VERIFY(card->isVisible());
        QVERIFY(card->text().contains(QStringLiteral("Nothing listens on port 4200. <img src=x>")));
        QVERIFY(screen.part<QLabel>("step-1")->accessibleName().contains(QStringLiteral("passed")));
        QVERIFY(screen.part<QLabel>("step-2")->accessibleName().contains(QStringLiteral("failed")));
        QVERIFY(screen.part<QLabel>("step-4")->text().contains(QStringLiteral("not reached")));
        QVERIFY(!screen.part<QPushButton>("use-address")->isVisible());
        for (const QLabel *label : screen.window.findChildren<QLabel *>())
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
    }

    void reportHasNoSecret()
    {
        Connections known;
        const QString id = known.addServer(QStringLiteral("a"), QStringLiteral("https://a/api"));
        WorkspaceEntry entry = known.book.find(id).value();
        entry.connection.auth = ConnectionSettings::Auth::ApiKey;
        known.book.update(entry);
        // A server that sends the key back.
        known.answer = failedAt(
            DiagnosisStep::Kind::SignIn, ErrorKind::Auth, QStringLiteral("The key %1 was refused.").arg(kCanary));
        Screen screen(known);
        QTest::keyClicks(screen.part<QLineEdit>("key"), kCanary);
        screen.press("test-again");
        QTRY_VERIFY(screen.part<QPushButton>("copy-report")->isEnabled());
        QCOMPARE(known.asked.first().secret.reveal(), kCanary.toUtf8());
        screen.press("copy-report");
        const QString report = QGuiApplication::clipboard()->text();
        QVERIFY(report.contains(QStringLiteral("https://a/api")));
        QVERIFY(report.contains(QStringLiteral("Sign-in: failed")));
        QVERIFY2(!report.contains(kCanary), qPrintable(report));
        for (const QLabel *label : screen.window.findChildren<QLabel *>())
            QVERIFY(!label->text().contains(kCanary) && !label->accessibleName().contains(kCanary));
    }

    void editedConnectionIsSavedOnceItPasses()
    {
        Connections known;
        const QString id = known.addServer(QStringLiteral("a"), QStringLiteral("http://a"));
        known.answer
            = failedAt(DiagnosisStep::Kind::Version, ErrorKind::Validation, QStringLiteral("The address lacks /api."));
        known.answer.suggestedUrl = QUrl(QStringLiteral("http://a/api"));
        Screen screen(known);
        QSignalSpy edited(&screen.page, &WorkspacesPage::connectionEdited);
        auto *address = screen.part<QLineEdit>("address");
        address->selectAll();
        QTest::keyClicks(address, QStringLiteral("http://a/ui"));
        QVERIFY(screen.part<QPushButton>("test-and-save")->isVisible());
        screen.press("test-and-save");
        QTRY_VERIFY(screen.part<QPushButton>("use-address")->isVisible());
        QVERIFY(screen.part<QPushButton>("save-anyway")->isVisible());
        QCOMPARE(known.book.find(id)->connection.apiUrl, QUrl(QStringLiteral("http://a")));
        known.answer = passed();
        screen.press("use-address");
        QTRY_COMPARE(edited.size(), 1);
        QCOMPARE(known.book.find(id)->connection.apiUrl, QUrl(QStringLiteral("http://a/api")));
        QVERIFY(!screen.part<QPushButton>("test-and-save")->isVisible());
    }

    void keptKeyIsNotShownAndNeverGoesToAnotherHost()
    {
        Connections known;
        const QString id = known.addServer(QStringLiteral("a"), QStringLiteral("https://a/api"));
        WorkspaceEntry entry = known.book.find(id).value();
        entry.connection.auth = ConnectionSettings::Auth::ApiKey;
        known.book.update(entry);
        ConnectionSettings settings = entry.connection;
        settings.secret = Secret(kCanary.toUtf8());
        known.answer = passed();
        Screen screen(known);
        QCoro::connect(known.book.keepSecrets(id, settings), &known.book, [](SecretsKept) {});
        QTRY_VERIFY(screen.part<QLabel>("kept")->text().contains(QStringLiteral("no keychain took it")));
        QVERIFY(screen.part<QLineEdit>("key")->text().isEmpty());
        screen.press("test-again");
        QTRY_COMPARE(known.asked.size(), 1);
        QCOMPARE(known.asked.first().secret.reveal(), kCanary.toUtf8());

        auto *address = screen.part<QLineEdit>("address");
        address->selectAll();
        QTest::keyClicks(address, QStringLiteral("https://evil/api"));
        const QString kept = screen.part<QLabel>("kept")->text();
        QVERIFY2(kept.contains(QStringLiteral("another server")), qPrintable(kept + address->text()));
        screen.press("test-again");
        QTRY_COMPARE(known.asked.size(), 2);
        QVERIFY(known.asked.last().secret.isEmpty());
    }

    void forgettingAndClearingAskAndNameWhatFollows()
    {
        Connections known;
        const QString id = known.addServer(QStringLiteral("<b>prod</b>"), QStringLiteral("https://a/api"));
        Screen screen(known);
        QSignalSpy forget(&screen.page, &WorkspacesPage::forgetRequested);
        QSignalSpy clear(&screen.page, &WorkspacesPage::clearCopyRequested);
        QTest::keyClick(screen.page.table(), Qt::Key_Delete);
        QuestionDialog *dialog = screen.question();
        QVERIFY(dialog != nullptr);
        QVERIFY(dialog->windowTitle().contains(QStringLiteral("<b>prod</b>")));
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY(forget.isEmpty());
        screen.press("forget");
        QTest::mouseClick(screen.question()->findChild<QPushButton *>(QStringLiteral("act")), Qt::LeftButton);
        QCOMPARE(forget.size(), 1);
        QCOMPARE(forget.first().first().toString(), id);
        screen.press("clear-copy");
        QTest::mouseClick(screen.question()->findChild<QPushButton *>(QStringLiteral("act")), Qt::LeftButton);
        QCOMPARE(clear.size(), 1);
        QVERIFY(known.book.find(id));
    }

    void settingsOfTheInspectorAreKept()
    {
        Connections known;
        const QString id = known.addServer(QStringLiteral("a"), QStringLiteral("https://a/api"));
        Screen screen(known);
        auto *inspector = qobject_cast<WorkspaceInspector *>(screen.page.inspector());
        const auto choices = inspector->findChildren<QAbstractButton *>();
        const auto named = [&choices](const QString &name) {
            for (QAbstractButton *button : choices) {
                if (button->text() == name || button->accessibleName() == name)
                    return button;
            }
            return static_cast<QAbstractButton *>(nullptr);
        };
        named(QStringLiteral("Production"))->click();
        named(QStringLiteral("Violet"))->click();
        auto *refresh = screen.part<QComboBox>("refresh");
        QTest::keyClick(refresh, Qt::Key_Down);
        const WorkspaceEntry entry = known.book.find(id).value();
        QCOMPARE(entry.protection, Protection::Production);
        QCOMPARE(entry.colour, 2);
        QCOMPARE(entry.refreshSeconds, 30);
        QCOMPARE(screen.cell(0, WorkspaceColumn::Protection), QStringLiteral("Production"));
    }

    void anUnusableAddressIsNotTested()
    {
        Connections known;
        known.addServer(QStringLiteral("a"), QStringLiteral("https://a/api"));
        Screen screen(known);
        auto *address = screen.part<QLineEdit>("address");
        address->selectAll();
        QTest::keyClicks(address, QStringLiteral("prefect.example.org"));
        screen.press("test-and-save");
        QVERIFY(screen.part<QLabel>("address-problem")->isVisible());
        QVERIFY(known.asked.isEmpty());
    }
};

QTEST_MAIN(TestWorkspacesPage)
#include "tst_workspacespage.moc"
