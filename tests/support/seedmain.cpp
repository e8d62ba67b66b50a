// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seedstore.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 4) {
        std::fputs("usage: flowdeck_seed FILE DEPLOYMENTS RUNS\n", stderr);
        return 2;
    }
    const fd::test::Seed seed{.deployments = arguments[2].toInt(),
        .runs = arguments[3].toInt(),
        .now = fd::systemClock()(),
        .seed = 1,
        .idle = true};
    const fd::Result<void> done = fd::test::seedStore(arguments[1], seed);
    if (!done)
        std::fputs(qPrintable(fd::toText(done.error()) + QLatin1Char('\n')), stderr);
    return done ? 0 : 1;
}
