// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benchtools.h"
#include "tests/engine/engineworld.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace fd;
using namespace fd::test;

namespace {

constexpr int kLaunchPairs = 25;
constexpr int kLogRounds = 5;
constexpr int kLogLines = 100'000;

/// Runs a command with descriptor 3 open, as the supervisor does, and returns its time to exit in milliseconds.
double spawnedMs(const QStringList &command)
{
    QList<QByteArray> texts;
    std::vector<char *> pointers;
    for (const QString &text : command)
        texts += text.toUtf8();
    for (QByteArray &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int target : {0, 1, 2, 3})
        posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_RDWR, 0);
    QElapsedTimer clock;
    clock.start();
    pid_t pid = -1;
    if (posix_spawn(&pid, pointers[0], &actions, nullptr, pointers.data(), environ) != 0)
        qFatal("posix_spawn failed");
    waitpid(pid, nullptr, 0);
    posix_spawn_file_actions_destroy(&actions);
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// From a run's due time to the moment its end was announced, in milliseconds.
double launchedMs(EngineWorld &world, RowId deployment)
{
    const RowId run = world.schedule(deployment, "{}", 150);
    const Instant due = world.run(run).expectedStart;
    Instant seen;
    // QTest's waiting looks only every 10 ms.
    QEventLoop loop;
    QObject::connect(&world.store(), &Store::changed, &loop, [&world, &loop, &seen, run] {
        seen = systemClock()();
        if (world.run(run).details.contains("exit_code"))
            loop.quit();
    });
    QTimer::singleShot(kDeadlineMs, &loop, [] { qFatal("a run did not end in time"); });
    loop.exec();
    return static_cast<double>(seen - due) / 1000;
}

void benchLaunch()
{
    EngineWorld world;
    const RowId deployment
        = world.deploy(QStringLiteral("empty"), "from prefect import flow\n@flow\ndef empty():\n    pass\n");
    QFile request(world.path(QStringLiteral("request.json")));
    if (!request.open(QIODevice::WriteOnly))
        qFatal("cannot write the request");
    request.write(QJsonDocument(QJsonObject{{QStringLiteral("path"), world.path(QStringLiteral("empty.py"))},
                                    {QStringLiteral("flow_run_id"), FlowRunId::make().toText()},
                                    {QStringLiteral("flow_run_name"), QStringLiteral("bench")}})
                      .toJson());
    request.close();
    const QStringList command = {QStringLiteral("/usr/bin/python3"), QStringLiteral(FLOWDECK_BRIDGE),
        QStringLiteral("run"), QStringLiteral("--fd"), QStringLiteral("3"), request.fileName()};
    Engine engine(world.store(), world.options());
    engine.start();
    (void)launchedMs(world, deployment);
    (void)spawnedMs(command);
    const double ratio = bench::medianRatio(
        kLaunchPairs, [&world, deployment] { return launchedMs(world, deployment); },
        [&command] { return spawnedMs(command); });
    bench::report({.id = QStringLiteral("launch"),
        .what = QStringLiteral("due time to the child's exit seen"),
        .against = QStringLiteral("posix_spawn of the same Python command"),
        .ratio = ratio,
        .bar = 1.15});
}

double cpuSeconds(int who)
{
    rusage usage = {};
    getrusage(who, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/// What the flow itself measured of its logging, in seconds of CPU.
double childCpuSeconds(const EngineWorld &world) { return world.fileContent(QStringLiteral("cpu")).toDouble(); }

void benchLogIngest()
{
    std::vector<double> ratios;
    for (int round = 0; round < kLogRounds; ++round) {
        EngineWorld world;
        const QByteArray body = "import time\nfrom prefect import flow, get_run_logger\n@flow\ndef noisy():\n"
                                "    log = get_run_logger()\n    begin = time.process_time()\n    for i in range("
            + QByteArray::number(kLogLines)
            + "):\n        log.info('Processed record %d of the batch, all fields valid', i)\n"
              "    spent = time.process_time() - begin\n    with open('"
            + world.path(QStringLiteral("cpu")).toUtf8() + "', 'w') as f: f.write(str(spent))\n";
        const RowId run = world.schedule(world.deploy(QStringLiteral("noisy"), body));
        Engine engine(world.store(), world.options());
        const double before = cpuSeconds(RUSAGE_SELF);
        engine.start();
        // Asked seldom, so that asking costs nothing.
        const auto ended = [&] { return world.run(run).details.contains("exit_code"); };
        QElapsedTimer deadline;
        deadline.start();
        while (!ended() && deadline.elapsed() < kDeadlineMs)
            QTest::qWait(100);
        const double ours = cpuSeconds(RUSAGE_SELF) - before;
        const double childs = childCpuSeconds(world);
        if (FlowRunRepository(world.store().reader()).find(run)->state.type != StateType::Completed)
            qFatal("the run did not complete");
        std::fprintf(
            stderr, "log-ingest: %.2f us against %.2f us per line\n", ours * 1e6 / kLogLines, childs * 1e6 / kLogLines);
        ratios.push_back(ours / childs);
    }
    bench::report({.id = QStringLiteral("log-ingest"),
        .what = QStringLiteral("100,000 log lines into the store, CPU per line of Flowdeck"),
        .against = QStringLiteral("the child's own logging CPU per line"),
        .ratio = bench::median(ratios),
        .bar = 0.5});
}

} // namespace

/// Prints one JSON line per row of the bench table; what each round took goes to stderr.
int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    benchLaunch();
    benchLogIngest();
    return 0;
}
