// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/benchmark.h"
#include "app/commandline.h"
#include "app/headlessdemo.h"
#include "app/installation.h"
#include "app/settings/storeduimemory.h"
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

/// A path that the user typed, or the sample workspace's file.
QString storePath(const CommandLine &command)
{
    if (!command.store.isEmpty())
        return QFileInfo(command.store).absoluteFilePath();
    if (command.action == CommandLine::Action::HeadlessDemo)
        return QFileInfo(command.demoFolder + QStringLiteral("/sample.flowdeck")).absoluteFilePath();
    return installation::workspaceFolder() + QStringLiteral("/sample.flowdeck");
}

std::unique_ptr<UiMemory> makeMemory(const CommandLine &command)
{
    if (command.action == CommandLine::Action::HeadlessDemo)
        return std::make_unique<StoredUiMemory>(command.demoFolder + QStringLiteral("/flowdeck.ini"));
    return std::make_unique<StoredUiMemory>();
}

/// A platform's own style stays as it is.
void useOwnStyleOverFusion(QApplication &application)
{
    if (QApplication::style()->name() == u"fusion")
        application.setStyle(new FlowdeckStyle);
}

int runWindow(Application &application, const CommandLine &command)
{
    MainWindow &window = application.openWindow({});
    if (command.benchmark != Benchmark::None)
        runBenchmark(window, command.benchmark);
    if (command.store.isEmpty())
        application.offerSamples(window);
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
    QDir().mkpath(QFileInfo(storePath(command)).absolutePath());
    Application application(qtApplication, makeMemory(command));
    const Result<void> opened
        = application.openWorkspace(storePath(command), command.store.isEmpty() ? QStringLiteral("sample") : QString());
    if (!opened) {
        QTextStream(stderr) << toText(opened.error()) << '\n';
        return command.action == CommandLine::Action::Window ? sayThatItDidNotOpen(storePath(command), opened.error())
                                                             : 1;
    }
    return command.action == CommandLine::Action::HeadlessDemo ? runDemo(application, command)
                                                               : runWindow(application, command);
}
