// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "models/domain/deeplink.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace fd {
namespace {

CommandLine stop(const QString &text, int exitStatus)
{
    CommandLine command;
    command.action = CommandLine::Action::Stop;
    command.text = text;
    command.exitStatus = exitStatus;
    return command;
}

} // namespace

CommandLine parseCommandLine(const QStringList &arguments)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("fd::CommandLine", text); };
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("A desktop console for Prefect deployments."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, tr("Show this text."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")}, tr("Show the version."));
    const QCommandLineOption store(QStringLiteral("store"),
        tr("Open this workspace file; it is made when it is missing. Default: what was open last."), tr("FILE"));
    const QCommandLineOption sample(QStringLiteral("sample"), tr("Open the sample workspace."));
    const QCommandLineOption demo(QStringLiteral("headless-demo"),
        tr("Create the sample's deployments, run one, print its states and log, and write screenshots to FOLDER."),
        tr("FOLDER"));
    QCommandLineOption firstPaint(QStringLiteral("bench-first-paint"));
    QCommandLineOption scroll(QStringLiteral("bench-scroll"));
    firstPaint.setFlags(QCommandLineOption::HiddenFromHelp);
    scroll.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({help, version, store, sample, demo, firstPaint, scroll});
    parser.addPositionalArgument(
        QStringLiteral("LINK"), tr("A page of Prefect's own web UI or a flowdeck:// link to show."), tr("[LINK]"));
    if (!parser.parse(arguments))
        return stop(parser.errorText() + u'\n', 2);
    if (parser.isSet(help))
        return stop(parser.helpText(), 0);
    if (parser.isSet(version))
        return stop(QStringLiteral("Flowdeck %1\n").arg(QCoreApplication::applicationVersion()), 0);
    const QStringList positional = parser.positionalArguments();
    if (positional.size() > 1 || (positional.size() == 1 && !deepLinkFromText(positional.constFirst())))
        return stop(tr("Unknown argument: %1. See flowdeck --help.").arg(positional.constLast()) + u'\n', 2);
    CommandLine command;
    command.link = positional.value(0);
    command.sample = parser.isSet(sample);
    command.store = parser.value(store);
    command.demoFolder = parser.value(demo);
    if (parser.isSet(firstPaint))
        command.benchmark = Benchmark::FirstPaint;
    if (parser.isSet(scroll))
        command.benchmark = Benchmark::Scroll;
    if (parser.isSet(demo))
        command.action = CommandLine::Action::HeadlessDemo;
    return command;
}

} // namespace fd
