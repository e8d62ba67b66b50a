// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/connections/samples.h"

#include "views/connections/connectdialog.h"
#include "views/connections/firststartpage.h"
#include "views/connections/importprofilesdialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCoroFuture>
#include <QDirIterator>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fd;

namespace {

const QByteArray kCanary = "CANARY-2b8d";

template<typename T>
T *part(QWidget *widget, const char *name)
{
    return widget->findChild<T *>(QString::fromLatin1(name));
}

void press(QWidget *widget, const char *name) { QTest::mouseClick(part<QPushButton>(widget, name), Qt::LeftButton); }

bool isInFiles(const QString &folder, const QByteArray &canary)
{
    const QList<QByteArray> forms{canary, canary.toBase64(), canary.toHex(), canary.toPercentEncoding({}, "-"),
        QByteArray(reinterpret_cast<const char *>(QString::fromLatin1(canary).utf16()), canary.size() * 2)};
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        if (std::any_of(forms.begin(), forms.end(), [&bytes](const QByteArray &form) { return bytes.contains(form); }))
            return true;
    }
    return false;
}

/// A Connect dialog, filled in.
QPointer<ConnectDialog> openDialog(Connections &known, const QString &address, const QByteArray &key = {})
{
    auto *dialog = new ConnectDialog(known.book, known.test(), systemClock());
    dialog->open();
    QTest::keyClicks(part<QLineEdit>(dialog, "address"), address);
    if (!key.isEmpty()) {
        auto *auth = part<QComboBox>(dialog, "sign-in");
        QTest::keyClick(auth, Qt::Key_Down);
        QTest::keyClicks(part<QLineEdit>(dialog, "key"), QString::fromUtf8(key));
    }
    return dialog;
}

PrefectProfile profile(const QString &name, const QString &url)
{
    PrefectProfile profile;
    profile.name = name;
    profile.entry.name = name;
    profile.entry.isServer = true;
    profile.entry.connection.apiUrl = QUrl(url);
    return profile;
}

QStringList s_log;

void keepLog(QtMsgType, const QMessageLogContext &, const QString &text) { s_log += text; }

} // namespace

class TestConnectDialogs : public QObject
{
    Q_OBJECT

private slots:
    void savesWhatPassed()
    {
        Connections known;
        known.answer = passed();
        QPointer<ConnectDialog> dialog = openDialog(known, QStringLiteral("https://prefect.example.org/api/"));
        QSignalSpy connected(dialog, &ConnectDialog::connected);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE(connected.size(), 1);
        const WorkspaceEntry entry = known.book.entries().first();
        QCOMPARE(connected.first().first().toString(), entry.id);
        QCOMPARE(entry.name, QStringLiteral("prefect.example.org"));
        QCOMPARE(entry.connection.apiUrl, QUrl(QStringLiteral("https://prefect.example.org/api")));
        QTRY_VERIFY(dialog.isNull());
    }

    void refusedServerIsNotSaved()
    {
        Connections known;
        known.answer = failedAt(DiagnosisStep::Kind::SignIn, ErrorKind::Auth, QStringLiteral("The key was refused."));
        QPointer<ConnectDialog> dialog = openDialog(known, QStringLiteral("https://h/api"), "wrong");
        press(dialog, "connect-now");
        QTRY_VERIFY(part<QWidget>(dialog, "explanation")->isVisible());
        QVERIFY(!part<QPushButton>(dialog, "save-anyway")->isVisible());
        QVERIFY(known.book.entries().isEmpty());
        // All that was typed is still there.
        QCOMPARE(part<QLineEdit>(dialog, "key")->text(), QStringLiteral("wrong"));
        known.answer = passed();
        press(dialog, "connect-now");
        QTRY_COMPARE(known.book.entries().size(), 1);
        QTRY_VERIFY(dialog.isNull());
    }

    void unreachableServerMayBeSavedAllTheSame()
    {
        Connections known;
        known.answer
            = failedAt(DiagnosisStep::Kind::Connection, ErrorKind::Network, QStringLiteral("Nothing listens there."));
        QPointer<ConnectDialog> dialog = openDialog(known, QStringLiteral("http://127.0.0.1:4200/api"));
        press(dialog, "connect-now");
        QTRY_VERIFY(part<QPushButton>(dialog, "save-anyway")->isVisible());
        // Another address has not been tried.
        QTest::keyClicks(part<QLineEdit>(dialog, "address"), QStringLiteral("x"));
        QVERIFY(!part<QPushButton>(dialog, "save-anyway")->isVisible());
        press(dialog, "connect-now");
        QTRY_VERIFY(part<QPushButton>(dialog, "save-anyway")->isVisible());
        press(dialog, "save-anyway");
        QTRY_COMPARE(known.book.entries().size(), 1);
        QTRY_VERIFY(dialog.isNull());
    }

    void offersTheBetterAddress()
    {
        Connections known;
        known.answer
            = failedAt(DiagnosisStep::Kind::Address, ErrorKind::Validation, QStringLiteral("A page's address."));
        known.answer.suggestedUrl = QUrl(QStringLiteral("http://h:4200/api"));
        QPointer<ConnectDialog> dialog = openDialog(known, QStringLiteral("http://h:4200/deployments"));
        press(dialog, "connect-now");
        QTRY_VERIFY(part<QPushButton>(dialog, "use-address")->isVisible());
        known.answer = passed();
        press(dialog, "use-address");
        QTRY_COMPARE(known.book.entries().size(), 1);
        QCOMPARE(known.book.entries().first().connection.apiUrl, QUrl(QStringLiteral("http://h:4200/api")));
        QTRY_VERIFY(dialog.isNull());
    }

    void nothingIsAskedOfAnAddressThatIsNone()
    {
        Connections known;
        QPointer<ConnectDialog> dialog = openDialog(known, QStringLiteral("ftp://h/api"));
        press(dialog, "connect-now");
        QVERIFY(known.asked.isEmpty());
        QVERIFY(part<QLabel>(dialog, "address-problem")->isVisible());
        delete dialog;
    }

    void aLateAnswerToAClosedDialogIsDropped()
    {
        Connections known;
        known.answer = passed();
        auto promise = std::make_shared<QPromise<Diagnosis>>();
        promise->start();
        const ConnectionTest slow
            = [promise](ConnectionSettings) -> QCoro::Task<Diagnosis> { co_return co_await promise->future(); };
        auto *dialog = new ConnectDialog(known.book, slow, systemClock());
        dialog->open();
        QTest::keyClicks(part<QLineEdit>(dialog, "address"), QStringLiteral("http://h/api"));
        press(dialog, "connect-now");
        QVERIFY(!part<QPushButton>(dialog, "connect-now")->isEnabled());
        press(dialog, "cancel");
        QTest::qWait(1);
        promise->addResult(passed());
        promise->finish();
        QTest::qWait(20);
        QVERIFY(known.book.entries().isEmpty());
    }

    void importsWhatIsTicked()
    {
        Connections known;
        known.addServer(QStringLiteral("mine"), QStringLiteral("http://known/api"));
        PrefectProfiles found;
        found.path = QStringLiteral("/home/me/.prefect/profiles.toml");
        found.profiles = {profile(QStringLiteral("a & <b>b</b>"), QStringLiteral("https://a/api")),
            profile(QStringLiteral("known"), QStringLiteral("http://known/api")),
            profile(QStringLiteral("ephemeral"), {}), profile(QStringLiteral("z"), QStringLiteral("https://z/api"))};
        found.profiles[0].entry.connection.auth = ConnectionSettings::Auth::ApiKey;
        found.profiles[0].entry.connection.secret = Secret(kCanary);
        found.profiles[0].warnings = {QStringLiteral("Other users can read its key.")};
        found.profiles[2].problem = QStringLiteral("It has no API address.");
        QPointer<ImportProfilesDialog> dialog = new ImportProfilesDialog(known.book, found);
        dialog->open();
        const QList<QCheckBox *> boxes = dialog->findChildren<QCheckBox *>(QStringLiteral("profile"));
        QCOMPARE(boxes.size(), 4);
        QVERIFY(boxes.at(0)->isChecked() && boxes.at(3)->isChecked());
        QVERIFY(!boxes.at(1)->isChecked() && boxes.at(1)->isEnabled());
        QVERIFY(!boxes.at(2)->isChecked() && !boxes.at(2)->isEnabled());
        QCOMPARE(part<QPushButton>(dialog, "import")->text(), QStringLiteral("Import 2 profiles"));
        boxes.at(3)->click();
        QSignalSpy imported(dialog, &ImportProfilesDialog::imported);
        press(dialog, "import");
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(imported.first().at(1).value<SecretsKept>(), SecretsKept::ThisSessionOnly);
        QCOMPARE(known.book.entries().size(), 2);
        QCOMPARE(known.book.entries().last().name, QStringLiteral("a & <b>b</b>"));
        QTRY_VERIFY(dialog.isNull());
    }

    void brokenFileIsSaid()
    {
        Connections known;
        PrefectProfiles found;
        found.path = QStringLiteral("/p.toml");
        found.error = Error{.kind = ErrorKind::Parse,
            .detail = QStringLiteral("This is not TOML."),
            .field = {},
            .file = found.path,
            .line = 3,
            .column = 7};
        ImportProfilesDialog dialog(known.book, found);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QVERIFY(part<QWidget>(&dialog, "file-error")->isVisible());
        QVERIFY(!part<QPushButton>(&dialog, "import")->isEnabled());
    }

    void firstStartOffersItsWaysIn()
    {
        FirstStartPage page;
        page.show();
        QSignalSpy sample(&page, &FirstStartPage::sampleRequested);
        QSignalSpy connection(&page, &FirstStartPage::connectRequested);
        QSignalSpy import(&page, &FirstStartPage::importRequested);
        QSignalSpy skipped(&page, &FirstStartPage::skipped);
        QVERIFY(!part<QPushButton>(&page, "import")->isVisible());
        page.setProfiles({QStringLiteral("local"), QStringLiteral("<b>staging</b>")});
        QCOMPARE(part<QLabel>(&page, "profiles-found")->text(),
            QStringLiteral("2 Prefect profiles were found: local, <b>staging</b>."));
        QCOMPARE(part<QLabel>(&page, "profiles-found")->textFormat(), Qt::PlainText);
        part<QPushButton>(&page, "open-sample")->setFocus();
        QTest::keyClick(page.focusWidget(), Qt::Key_Space);
        press(&page, "connect");
        press(&page, "import");
        press(&page, "skip");
        QCOMPARE(sample.size() + connection.size() + import.size() + skipped.size(), 4);
    }

    /// The rule: a key is in no file, log, title or clipboard after a session of the dialogs.
    void aKeyIsNowhere()
    {
        Connections known;
        s_log.clear();
        const QtMessageHandler before = qInstallMessageHandler(keepLog);
        known.answer = failedAt(DiagnosisStep::Kind::SignIn, ErrorKind::Auth, QStringLiteral("It was refused."));
        QPointer<ConnectDialog> dialog
            = openDialog(known, QStringLiteral("https://me:%1@h/api").arg(QString::fromUtf8(kCanary)), kCanary);
        press(dialog, "connect-now");
        QTRY_VERIFY(part<QWidget>(dialog, "explanation")->isVisible());
        part<QLineEdit>(dialog, "key")->selectAll();
        part<QLineEdit>(dialog, "key")->copy();
        known.answer = passed();
        press(dialog, "connect-now");
        QTRY_COMPARE(known.book.entries().size(), 1);
        QTRY_VERIFY(dialog.isNull());
        QVERIFY(!known.asked.last().secret.isEmpty());
        QVERIFY(known.asked.last().apiUrl.userInfo().isEmpty());
        const WorkspaceEntry &entry = known.book.entries().first();
        qInstallMessageHandler(before);

        QVERIFY(!entry.name.contains(QString::fromUtf8(kCanary)));
        QVERIFY(!isInFiles(known.folder.path(), kCanary));
        QVERIFY(!s_log.join(u'\n').contains(QString::fromUtf8(kCanary)));
        QVERIFY(!QGuiApplication::clipboard()->text().contains(QString::fromUtf8(kCanary)));
        // It is only where it is needed.
        QCOMPARE(known.book.secretsKept(entry.id), SecretsKept::ThisSessionOnly);
    }
};

QTEST_MAIN(TestConnectDialogs)
#include "tst_connectdialogs.moc"
