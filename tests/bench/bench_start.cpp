// SPDX-License-Identifier: GPL-3.0-or-later
// Start and memory of the real program against an empty window, each pair one after the other.
#include "tests/bench/benchtools.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>

#include <cstdlib>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace fd::bench;

namespace {

constexpr int kPairs = 15;
constexpr int kFewPairs = 9;
constexpr double kMiB = 1024;

struct Outcome {
    double paintedMs = 0;
    double peakKib = 0;
    /// What it printed after "first-paint".
    QByteArray rest;
};

QByteArray readLine(int fd)
{
    QByteArray line;
    char c = 0;
    while (read(fd, &c, 1) == 1 && c != '\n')
        line += c;
    return line;
}

QByteArray readAll(int fd)
{
    QByteArray all;
    char buffer[4096];
    for (ssize_t got = 0; (got = read(fd, buffer, sizeof buffer)) > 0;)
        all.append(buffer, got);
    return all;
}

/// Starts a program and waits until it says that it has painted, then until it has ended.
Outcome start(const QList<QByteArray> &command)
{
    int ends[2] = {};
    if (pipe(ends) != 0)
        std::exit(1);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    std::vector<char *> arguments;
    for (const QByteArray &argument : command)
        arguments.push_back(const_cast<char *>(argument.constData())); // NOLINT: execve takes no const
    arguments.push_back(nullptr);
    QElapsedTimer timer;
    timer.start();
    pid_t child = 0;
    const int failed = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    close(ends[1]);
    Outcome outcome;
    const QByteArray line = failed == 0 ? readLine(ends[0]) : QByteArray();
    outcome.paintedMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    outcome.rest = readAll(ends[0]);
    close(ends[0]);
    posix_spawn_file_actions_destroy(&actions);
    rusage usage{};
    int status = 0;
    if (failed == 0)
        wait4(child, &status, 0, &usage);
    if (line != "first-paint") {
        std::fprintf(stderr, "%s did not paint: \"%s\", status %d\n", arguments[0], line.constData(), status);
        std::exit(1);
    }
    outcome.peakKib = static_cast<double>(usage.ru_maxrss);
    return outcome;
}

struct Programs {
    QList<QByteArray> full;
    QList<QByteArray> empty;
    QList<QByteArray> scroll;
    QList<QByteArray> window;
};

void measureStart(const Programs &programs, const QString &platform, double bar)
{
    const double ratio = medianRatio(
        kPairs, [&programs] { return start(programs.full).paintedMs; },
        [&programs] { return start(programs.window).paintedMs; });
    report({.id = QStringLiteral("start.") + platform,
        .what = QStringLiteral("start to painted table with 100 rows of a 100k/1M store (%1)").arg(platform),
        .against = QStringLiteral("empty QMainWindow"),
        .ratio = ratio,
        .bar = bar});
}

void measureStores(const Programs &programs)
{
    const double ratio = medianRatio(
        kPairs, [&programs] { return start(programs.full).paintedMs; },
        [&programs] { return start(programs.empty).paintedMs; });
    report({.id = QStringLiteral("start-full-store"),
        .what = QStringLiteral("start with a 100k/1M store"),
        .against = QStringLiteral("the same with an empty store"),
        .ratio = ratio,
        .bar = 1.15});
}

void measureMemory(const Programs &programs)
{
    std::vector<double> painted;
    const double ratio = medianRatio(
        kFewPairs,
        [&programs, &painted] {
            painted.push_back(start(programs.full).peakKib);
            return painted.back();
        },
        [&programs] { return start(programs.window).peakKib; });
    report({.id = QStringLiteral("memory.first-paint"),
        .what = QStringLiteral("resident memory at first paint (%1 MiB)").arg(median(painted) / kMiB, 0, 'f', 1),
        .against = QStringLiteral("empty QMainWindow"),
        .ratio = ratio,
        .bar = 2});
    const QByteArray answer = start(programs.scroll).rest;
    const qsizetype said = answer.lastIndexOf("rss ");
    if (said < 0) {
        std::fprintf(stderr, "no memory was reported after scrolling\n");
        std::exit(1);
    }
    const double scrolled = answer.mid(said + 4).trimmed().toDouble();
    const double more = (scrolled - median(painted)) / kMiB;
    report({.id = QStringLiteral("memory.scrolled"),
        .what = QStringLiteral("more memory after scrolling all rows (%1 MiB)").arg(more, 0, 'f', 1),
        .against = QStringLiteral("50 MiB"),
        .ratio = more / 50,
        .bar = 1});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption window(QStringLiteral("window"), {}, QStringLiteral("PROGRAM"));
    const QCommandLineOption flowdeck(QStringLiteral("flowdeck"), {}, QStringLiteral("PROGRAM"));
    const QCommandLineOption full(QStringLiteral("full"), {}, QStringLiteral("STORE"));
    const QCommandLineOption empty(QStringLiteral("empty"), {}, QStringLiteral("STORE"));
    const QCommandLineOption xvfb(QStringLiteral("xvfb"));
    parser.addOptions({window, flowdeck, full, empty, xvfb});
    parser.process(app);
    const QByteArray program = QFile::encodeName(parser.value(flowdeck));
    const QByteArray fullStore = QFile::encodeName(parser.value(full));
    const Programs programs{.full = {program, "--store", fullStore, "--bench-first-paint"},
        .empty = {program, "--store", QFile::encodeName(parser.value(empty)), "--bench-first-paint"},
        .scroll = {program, "--store", fullStore, "--bench-scroll"},
        .window = {QFile::encodeName(parser.value(window))}};
    // The first start reads files from disk and leaves the store with a schema and a lease.
    start(programs.window);
    start(programs.full);
    start(programs.empty);
    if (parser.isSet(xvfb)) {
        measureStart(programs, QStringLiteral("xvfb"), 2.5);
        return 0;
    }
    measureStart(programs, QStringLiteral("offscreen"), 3.5);
    measureStores(programs);
    measureMemory(programs);
    return 0;
}
