// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/benchmark.h"
#include "app/commandline.h"
#include "app/headlessdemo.h"
#include "app/installation.h"
#include "app/settings/keychain.h"
#include "app/settings/storeduimemory.h"
#include "app/settings/storedworkspacebook.h"
#include "models/domain/deeplink.h"
#include "views/common/format.h"
#include "views/common/style.h"
#include "views/shell/mainwindow.h"

#include <QApplication>
#include <QCoroTask>
#include <QDir>
#include <QMessageBox>
#include <QTextStream>

#include <sys/stat.h>

using namespace fd;

namespace {

/// The file to open instead of the known workspaces; empty for those.
QString storePath(const CommandLine &command)
{
    if (!command.store.isEmpty())
        return QFileInfo(command.store).absoluteFilePath();
    if (command.action == CommandLine::Action::HeadlessDemo)
        return QFileInfo(command.demoFolder + QStringLiteral("/sample.flowdeck")).absoluteFilePath();
    return {};
}

/// Settings of its own for the demo, which must not touch the user's; empty for the user's.
QString settingsFile(const CommandLine &command)
{
    return command.action == CommandLine::Action::HeadlessDemo ? command.demoFolder + QStringLiteral("/flowdeck.ini")
                                                               : QString();
}

QString workspaceName(const CommandLine &command)
{
    return command.action == CommandLine::Action::HeadlessDemo ? QStringLiteral("sample") : QString();
}

std::unique_ptr<UiMemory> makeMemory(const QString &file)
{
    return file.isEmpty() ? std::make_unique<StoredUiMemory>() : std::make_unique<StoredUiMemory>(file);
}

std::unique_ptr<WorkspaceBook> makeBook(Keychain &keychain, const QString &file)
{
    const QString folder = installation::workspaceFolder();
    return file.isEmpty() ? std::make_unique<StoredWorkspaceBook>(keychain, folder)
                          : std::make_unique<StoredWorkspaceBook>(keychain, folder, file);
}

/// A platform's own style stays as it is.
void useOwnStyleOverFusion(QApplication &application)
{
    if (QApplication::style()->name() == u"fusion")
        application.setStyle(new FlowdeckStyle);
}

int runWindow(Application &application, const CommandLine &command)
{
    MainWindow &window = application.start();
    if (command.benchmark != Benchmark::None)
        runBenchmark(window, command.benchmark);
    if (const auto link = deepLinkFromText(command.link))
        window.openLink(*link);
    return QApplication::exec();
}

int runDemo(Application &application, const CommandLine &command)
{
    int status = 1;
    QCoro::connect(runHeadlessDemo(application, command.demoFolder), &application, [&status](int result) {
        status = result;
        QCoreApplication::exit();
    });
    QApplication::exec();
    return status;
}

/// Somebody who started it from a menu sees no terminal.
int sayThatItDidNotOpen(const QString &path, const Error &error)
{
    QMessageBox box(QMessageBox::Critical, QCoreApplication::translate("fd::Application", "The workspace did not open"),
        QCoreApplication::translate("fd::Application", "%1 was not opened.").arg(QDir::toNativeSeparators(path)),
        QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(format::error(error));
    QObject::connect(&box, &QDialog::finished, &box, [](int) { QCoreApplication::exit(1); });
    box.open();
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    // Whatever Flowdeck writes is for its owner only; the supervisor gives flows the user's own mask back.
    qputenv("FLOWDECK_UMASK", QByteArray::number(umask(0077), 8));
    QCoreApplication::setApplicationName(QStringLiteral("flowdeck"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FLOWDECK_VERSION));
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    const CommandLine command = parseCommandLine(arguments);
    if (command.action == CommandLine::Action::Stop) {
        QTextStream(command.exitStatus == 0 ? stdout : stderr) << command.text;
        return command.exitStatus;
    }
    QApplication qtApplication(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Flowdeck"));
    QGuiApplication::setDesktopFileName(QStringLiteral("flowdeck"));
    useOwnStyleOverFusion(qtApplication);
    Keychain keychain;
    const QString settings = settingsFile(command);
    Application application(qtApplication, makeMemory(settings), makeBook(keychain, settings));
    const QString store = storePath(command);
    if (store.isEmpty() && !command.sample && !application.knowsWorkspaces()) {
        application.begin();
        return QApplication::exec();
    }
    if (!store.isEmpty())
        QDir().mkpath(QFileInfo(store).absolutePath());
    const Result<void> opened = !store.isEmpty() ? application.openFile(store, workspaceName(command))
        : command.sample                         ? application.openSample()
                                                 : application.openKnown();
    if (!opened) {
        QTextStream(stderr) << toText(opened.error()) << '\n';
        return command.action == CommandLine::Action::Window ? sayThatItDidNotOpen(store, opened.error()) : 1;
    }
    return command.action == CommandLine::Action::HeadlessDemo ? runDemo(application, command)
                                                               : runWindow(application, command);
}
