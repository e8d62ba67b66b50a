// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/runqueries.h"
#include "tests/engine/engineworld.h"

#include <QCoreApplication>
#include <QTimer>

#include <csignal>

using namespace fd;

/// Hosts an engine on the workspace in a folder until it is killed. With a second argument it kills itself, -9, after
/// that many microseconds.
int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    const QStringList given = QCoreApplication::arguments();
    if (given.size() < 2)
        return 64;
    test::EngineWorld world(given[1]);
    Engine engine(world.store(), world.options());
    if (given.size() > 2) {
        timer_t timer = {};
        sigevent kill = {};
        kill.sigev_notify = SIGEV_SIGNAL;
        kill.sigev_signo = SIGKILL;
        timer_create(CLOCK_MONOTONIC, &kill, &timer);
        const qint64 us = given[2].toLongLong();
        const itimerspec when{{}, {us / 1'000'000, us % 1'000'000 * 1000}};
        timer_settime(timer, 0, &when, nullptr);
    }
    engine.start();
    return QCoreApplication::exec();
}
