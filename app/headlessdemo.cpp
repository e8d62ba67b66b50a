// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headlessdemo.h"

#include "app/application.h"
#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/logrepository.h"
#include "models/store/store.h"
#include "views/shell/mainwindow.h"

#include <QCoroTimer>
#include <QDir>
#include <QTextStream>

#include <chrono>

namespace fd {
namespace {

using namespace std::chrono_literals;

constexpr auto kLongestRun = 60s;
/// What a page gets to read and paint before its picture is taken.
constexpr auto kSettleTime = 600ms;

void print(const QString &line) { QTextStream(stdout) << line << '\n'; }

QString clockTime(Instant instant) { return instant.toLocal().toString(QStringLiteral("HH:mm:ss.zzz")); }

RowId sampleDeployment(Store &store)
{
    DeploymentRepository deployments(store.reader());
    const auto found = deployments.findByName(QStringLiteral("orders-etl"), QStringLiteral("nightly"));
    if (found)
        return found->row;
    const auto ids = deployments.ids(DeploymentSort::Name, false, 1);
    return ids.empty() ? 0 : ids.front();
}

QCoro::Task<void> pause(std::chrono::milliseconds length)
{
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(length);
    co_await timer;
}

QCoro::Task<std::optional<FlowRun>> waitForEnd(Store &store, RowId row)
{
    const auto deadline = std::chrono::steady_clock::now() + kLongestRun;
    std::optional<FlowRun> run = FlowRunRepository(store.reader()).find(row);
    while (run && !isTerminal(run->state.type) && std::chrono::steady_clock::now() < deadline) {
        co_await pause(50ms);
        run = FlowRunRepository(store.reader()).find(row);
    }
    co_return run;
}

void printRun(Store &store, const FlowRun &run)
{
    FlowRunRepository runs(store.reader());
    LogRepository logs(store.reader());
    print(QStringLiteral("\nRun %1 of %2/%3").arg(run.name, run.flowName, run.deploymentName));
    for (const State &state : runs.states(run.row))
        print(QStringLiteral("  %1  %2  %3")
                  .arg(clockTime(state.timestamp), state.name.leftJustified(12), state.message));
    print(QStringLiteral("Log"));
    for (const LogEntry &line : logs.lines(run.row, logs.positions(run.row, {})))
        print(QStringLiteral("  %1  %2").arg(clockTime(line.timestamp), line.message));
}

QCoro::Task<bool> takePicture(MainWindow &window, Destination destination, QString file)
{
    window.go(destination);
    co_await pause(kSettleTime);
    const bool saved = window.grab().save(file);
    print(saved ? QStringLiteral("Wrote %1").arg(file) : QStringLiteral("Could not write %1").arg(file));
    co_return saved;
}

int failed(const Error &error)
{
    QTextStream(stderr) << toText(error) << '\n';
    return 1;
}

} // namespace

QCoro::Task<int> runHeadlessDemo(Application &application, QString folder)
{
    Workspace &workspace = application.workspace();
    Store &store = workspace.store();
    const Result<void> added = co_await application.addSamples();
    if (!added)
        co_return failed(added.error());
    print(QStringLiteral("Workspace %1: %2 deployments")
              .arg(workspace.location())
              .arg(DeploymentRepository(store.reader()).count()));
    // Named: g++ 12 destroys an aggregate made inside a co_await expression twice.
    const RunRequest request{
        .idempotencyKey = makeIdempotencyKey(), .deployment = sampleDeployment(store), .parameters = "{}"};
    const Result<RunStarted> started = co_await workspace.startRun(request);
    if (!started)
        co_return failed(started.error());
    print(QStringLiteral("Quick Run: %1 is scheduled").arg(started->name));
    const std::optional<FlowRun> run = co_await waitForEnd(store, started->run);
    if (!run)
        co_return 1;
    printRun(store, *run);
    const Destination list;
    MainWindow &window = application.openWindow(list);
    window.resize(1440, 900);
    const Destination page{.kind = Destination::Kind::Run, .id = run->row};
    const bool listTaken = co_await takePicture(window, list, folder + QStringLiteral("/deployments.png"));
    const bool pageTaken = co_await takePicture(window, page, folder + QStringLiteral("/run.png"));
    print(QStringLiteral("\n%1").arg(run->state.name));
    const bool completed = run->state.type == StateType::Completed;
    co_return (completed && listTaken && pageTaken) ? 0 : 1;
}

} // namespace fd
